"""The shipped content walked through the screens: everything in it can be shown, answered and told."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot

from keykata.practice.paper import SortSlot
from keykata.study.sitting import Sitting
from keykata.tui.app import KeyKataApp
from keykata.tui.screens.report import ReportScreen
from keykata.tui.screens.sitting import SittingScreen
from keykata.tui.screens.term_view import TermView
from keykata.tui.widgets.sheet import Sheet
from support.cards import MARKS, every_slot
from support.homes import Desk
from support.screens import SMALL, app_of, too_wide

WIDTH = 76


def test_no_page_of_a_term_shows_marks(desk: Desk) -> None:
    dojo = desk.open()
    marked = []
    for entry in dojo.library.entries("term"):
        sheet = Sheet(WIDTH)
        TermView(dojo.term_page(entry.id), unfolded=True).lay(sheet)
        if MARKS.search("\n".join(row.content.plain for row in sheet.rows)):
            marked.append(entry.id)
    assert marked == []


async def test_the_narrowest_and_widest_sorter_and_questions_are_answered_and_told(desk: Desk) -> None:
    dojo = desk.open()
    sorters = {len(slot.choices): slot.item for slot in every_slot(dojo) if isinstance(slot, SortSlot)}
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        for item in (sorters[min(sorters)], sorters[max(sorters)]):
            await _walk(app, pilot, lambda item=item: dojo.start_sorter(item, count=1, seed=5))
        await _walk(app, pilot, lambda: dojo.start_quiz(count=4, seed=5))
    answers = list(dojo.log_json())
    assert len(answers) == 2 + 4
    assert all(line["correct"] is (line["chosen"] == line["right"]) for line in answers)


async def _walk(app: KeyKataApp, pilot: Pilot[None], begin: Callable[[], Sitting]) -> None:
    """Answer all of a sitting, a scenario with its last place, and leave its report."""
    app.sit(begin)
    await pilot.pause()
    assert isinstance(app.screen, SittingScreen)
    for _ in app.screen.sitting.paper.slots:
        assert isinstance(app.screen, SittingScreen)
        slot = app.screen.sitting.standing().slot
        last = str(len(slot.texts))
        keys = [last] if isinstance(slot, SortSlot) else ["abcdef"[place] for place in slot.right]
        assert too_wide(app) == []
        await pilot.press(*keys, *(() if isinstance(slot, SortSlot) else "s"))
        if isinstance(app.screen, SittingScreen) and app.screen.area() in ("answered", "stopped"):
            assert too_wide(app) == []
            await pilot.press("enter")
    assert isinstance(app.screen, ReportScreen)
    await pilot.press("escape")
