"""Opening the app on a terminal, or the menu of plain mode."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from keykata.cli.browser import drawn_in_browser, leave_with_server
from keykata.cli.home import dojo, places, speaks_plain
from keykata.cli.out import stderr, stdout
from keykata.core.errors import DamagedError, UsageError

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo
    from keykata.tui.app import Start


def has_terminal() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_screen(context: click.Context, start: Callable[[Dojo], Start] | None = None) -> None:
    """Run the app, at Home or straight at something.

    Args:
        start: makes what to open first; called once the dojo is open.

    Raises:
        UsageError: there is no terminal to draw on.
    """
    if drawn_in_browser(os.environ):
        leave_with_server()
    elif not has_terminal():
        raise UsageError(
            "This needs a terminal to draw on, and there is none.",
            hint=f"Add --plain: {context.command_path} --plain works with lines of text.",
        )
    gc.disable()  # until the first paint: the app switches it on again
    from keykata.cli.sharing import synced
    from keykata.tui.app import run_app

    while True:
        try:
            with dojo(context) as opened:
                code = run_app(opened, start(opened) if start else None)
                synced(opened, stderr())
                context.exit(code)
        except DamagedError as error:
            if not _rescued(context, error):
                raise


def _rescued(context: click.Context, error: DamagedError) -> bool:
    """Show what is damaged and offer the newest good backup; whether it was restored."""
    if drawn_in_browser(os.environ):
        return False  # a page takes one app: the damage is told in words
    from keykata.cli.clock import SystemClock
    from keykata.study.caring import Care
    from keykata.tui.rescue import run_rescue

    return run_rescue(Care(places(context), SystemClock()), error)


def open_home(context: click.Context) -> None:
    """`keykata` without a command."""
    if not speaks_plain(context):
        open_screen(context)
        return
    from keykata.cli.plain.ear import standard_ear
    from keykata.cli.plain.menu import Menu
    from keykata.cli.sharing import shared_dojo

    out = stdout()
    with shared_dojo(context, out) as opened:
        Menu(opened, standard_ear(out), out).run()
