"""The app on a terminal: at Home, or straight at something."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from keykata.cli.browser import drawn_in_browser, leave_with_server
from keykata.cli.door import Door
from keykata.core.errors import DamagedError, UsageError
from keykata.study.places import Places

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo
    from keykata.study.front import Frontage
    from keykata.tui.starts import Start

PROGRAM = "keykata"
LEAVING = 1.0  # seconds for the synced folder: whoever leaves does not wait for what others wrote


def has_terminal() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def draw(where: Places, start: Callable[[Dojo], Start] | None = None, *, called: str = PROGRAM) -> int:
    """Run the app until it is left; its exit code.

    Args:
        start: makes what to open first; called once the dojo is open.
        called: how this was called, for the hint to use plain mode.

    Raises:
        UsageError: there is no terminal to draw on.
    """
    if drawn_in_browser(os.environ):
        leave_with_server()
    elif not has_terminal():
        raise UsageError(
            "This needs a terminal to draw on, and there is none.",
            hint=f"Add --plain: {called} --plain works with lines of text.",
        )
    gc.disable()  # until the first paint: the app switches it on again
    while True:
        try:
            return _run(where, start)
        except DamagedError as error:
            opened = _rescued(where, error)
            if opened is None:
                raise
            if not opened:
                return 0


def _run(where: Places, start: Callable[[Dojo], Start] | None) -> int:
    from keykata.cli.clock import SystemClock, stop
    from keykata.cli.ending import end_on_signals
    from keykata.study.front import Frontage
    from keykata.tui.hearing import SIGNAL_CODES
    from keykata.tui.running import run_app

    frontage = Frontage(where, SystemClock())
    left = (0, *SIGNAL_CODES.values())  # not broken, and not a home that cannot be read any more
    with Door(where) as door:
        if start is None and frontage.kept() is None:
            door()  # what cannot be opened is told before the screen is taken
        try:
            code = run_app(door, start(door()) if start else None, frontage, stop)
        finally:
            end_on_signals()  # the app listened itself, and let go of them
        _leave(door(), frontage if code in left else None)
    if code in left:
        frontage.settle()
    return code


def _leave(dojo: Dojo, frontage: Frontage | None) -> None:
    """Exchange with the synced folder, and see to it that the next start is quick."""
    from keykata.cli.out import stderr
    from keykata.cli.syncing import synced, within

    synced(dojo, stderr(), within(LEAVING))
    if frontage is not None:
        frontage.renew(dojo)


def _rescued(where: Places, error: DamagedError) -> bool | None:
    """Offer the newest good backup; whether to open what was restored, None where nothing was."""
    if drawn_in_browser(os.environ):
        return None  # a page takes one app: the damage is told in words
    from keykata.cli.clock import SystemClock
    from keykata.cli.ending import end_on_signals
    from keykata.study.caring import Care
    from keykata.tui.rescue import run_rescue

    try:
        return run_rescue(Care(where, SystemClock()), error)
    finally:
        end_on_signals()  # the screen listened itself
