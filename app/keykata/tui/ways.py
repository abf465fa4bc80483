"""Ways to screens that Home, keys that work everywhere and the command palette share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from keykata.core.errors import KeyKataError, UsageError
from keykata.core.safe import quoted

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo
    from keykata.tui.app import KeyKataApp
    from keykata.tui.starts import PaperWish

MINUTE_DIGITS = 4


def once_looked(app: KeyKataApp, then: Callable[[], None]) -> None:
    """Go on once it is known what was edited since; with many cards in the queue a thread finds out first."""
    if app.dojo.changes_pending():
        app.turns.wait_for(app.run_worker(_look(app, then), group="changes", exclusive=True))
    else:
        then()


async def _look(app: KeyKataApp, then: Callable[[], None]) -> None:
    try:
        await asyncio.to_thread(app.dojo.look_for_changes)
    except KeyKataError as error:
        app.tell_error(error)
    else:
        then()


def open_search(app: KeyKataApp) -> None:
    """Search everything."""
    from keykata.tui.screens.search import SearchScreen

    app.push_screen(SearchScreen())


def open_library(app: KeyKataApp) -> None:
    """Browse the library."""
    from keykata.tui.screens.library import LibraryScreen

    app.push_screen(LibraryScreen())


def open_practise(app: KeyKataApp) -> None:
    """Choose what to practise."""
    from keykata.tui.screens.practice import PracticeScreen

    app.push_screen(PracticeScreen())


def open_problems(app: KeyKataApp) -> None:
    """What is wrong in the banks."""
    from keykata.tui.screens.problems import ProblemsScreen

    app.push_screen(ProblemsScreen())


def open_mock(app: KeyKataApp, wish: PaperWish | None = None) -> None:
    """The mock exams left open and the one the banks can give, or why there is none.

    Args:
        wish: the paper that was asked for.
    """
    from keykata.tui.screens.mock import MockScreen

    offer, left_open = app.dojo.exam_offer(), app.dojo.open_exams()
    if offer.items or left_open:
        app.push_screen(MockScreen(offer, left_open, wish))
    else:
        app.tell(f"No open bank can fill a mock exam.{practise_hint(app.dojo, ' p practises.')}")


def practise_hint(dojo: Dojo, words: str) -> str:
    """Words that name practice as the way on; "" where there is nothing to practise."""
    return words if dojo.can_practise() else ""


def open_progress(app: KeyKataApp) -> None:
    """How it goes."""
    from keykata.tui.screens.progress import ProgressScreen

    app.push_screen(ProgressScreen())


def open_sorter(app: KeyKataApp) -> None:
    """The only sorter there is, or a list of them."""
    from keykata.tui.screens.choices import Choice, ChoicesScreen

    links = app.dojo.sorters()
    if len(links) == 1:
        _sort(app, links[0].id)
    elif links:
        rows = tuple(Choice(link.id, link.name) for link in links)
        app.push_screen(ChoicesScreen("Key sorter", rows, lambda choice: _sort(app, choice.target)))
    else:
        app.tell("No open bank has anything to sort.")


def _sort(app: KeyKataApp, comparison: str) -> None:
    app.sit(lambda: app.dojo.start_sorter(comparison))


def open_missed(app: KeyKataApp) -> None:
    """What was missed and mixed up."""
    from keykata.tui.screens.missed import MissedScreen

    app.push_screen(MissedScreen())


def open_plan(app: KeyKataApp) -> None:
    """The days until the exam."""
    from keykata.tui.screens.plan import PlanScreen

    app.push_screen(PlanScreen())


def open_pack(app: KeyKataApp) -> None:
    """The page for the night before."""
    from keykata.tui.screens.pack import PackScreen

    app.push_screen(PackScreen())


def ask_exam_date(app: KeyKataApp, present: str | None, after: Callable[[str | None], None]) -> None:
    """Ask for the exam's date; an empty line clears it.

    Args:
        after: called with what was saved, None when it was left as it was.
    """
    from keykata.tui.screens.line import LineModal

    app.push_screen(
        LineModal(
            "The date of your exam, as 2026-12-14; an empty line clears it:",
            lambda text: app.dojo.set_exam_date(text.strip() or None),
            value=present or "",
            empty=True,
        ),
        after,
    )


def ask_minutes(app: KeyKataApp, present: int, after: Callable[[str | None], None]) -> None:
    """Ask for the minutes a day."""
    from keykata.tui.screens.line import LineModal

    def save(text: str) -> None:
        if not text.strip().isdecimal() or len(text.strip()) > MINUTE_DIGITS:
            raise UsageError(f"{quoted(text)} is not a number of minutes.", hint="Give 5 to 240.")
        app.dojo.set_minutes(int(text))

    app.push_screen(LineModal("Minutes a day, 5 to 240:", save, value=str(present)), after)


def open_past(app: KeyKataApp) -> None:
    """Every ended session."""
    from keykata.tui.screens.past import PastScreen

    app.push_screen(PastScreen())
