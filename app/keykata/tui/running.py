"""Running the app, and telling how it ended."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.console import Console

from keykata.tui.app import KeyKataApp
from keykata.tui.hearing import forgiving

if TYPE_CHECKING:
    from textual.app import App

    from keykata.study.dojo import Dojo
    from keykata.study.front import Frontage
    from keykata.tui.starts import Start

TROUBLE_WIDTH = 120


class ScreenFaultError(RuntimeError):
    """A fault of the app itself, with what Textual said of it: for the log file, not for the terminal."""


def run_app(
    door: Callable[[], Dojo],
    start: Start | None,
    frontage: Frontage | None,
    halt: Callable[[int], None],
) -> int:
    """Run the app until it is left; its exit code.

    Args:
        door, start, frontage: as `KeyKataApp` takes them.
        halt: stops the program by a signal, until it is told to go on.

    Raises:
        KeyKataError: the data of the home could not be read any more.
        ScreenFaultError: the app broke; the terminal is restored, and the text says how.
    """
    app = KeyKataApp(door, start, frontage)
    app.driver_class = forgiving(app.driver_class, halt)
    broke = run_untold(app)
    if app.trouble is not None:
        raise app.trouble
    if broke:
        raise ScreenFaultError(broke)
    return app.return_code or 0


def run_untold(app: App[Any]) -> str:
    """Run an app until it is left; what it broke on, which is for the log file, "" when on nothing."""
    trouble = io.StringIO()
    app.error_console = Console(file=trouble, width=TROUBLE_WIDTH, markup=False, highlight=False)
    app.run()
    return trouble.getvalue()
