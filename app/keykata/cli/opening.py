"""Opening the app on a terminal, or the menu of plain mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from keykata.cli.drawing import draw, has_terminal
from keykata.cli.home import places, speaks_plain
from keykata.cli.out import stdout

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo
    from keykata.tui.starts import Start

__all__ = ["has_terminal", "open_home", "open_screen"]


def open_screen(context: click.Context, start: Callable[[Dojo], Start] | None = None) -> None:
    """Run the app, at Home or straight at something, and exit with its code.

    Raises:
        UsageError: there is no terminal to draw on.
    """
    context.exit(draw(places(context), start, called=context.command_path))


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
