"""`home` and `end` go to the top and the end of every page and list; in a field they move its cursor."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from keykata.practice.form import Filter
from keykata.study.dojo import Dojo
from keykata.tui.actions import TYPING_AREAS, find_action
from keykata.tui.registry import ACTIONS
from keykata.tui.screens.exam import ExamScreen
from keykata.tui.starts import Start
from support.homes import Desk
from support.screens import SMALL, app_of, frame, long_bank, text

TERM = "kms:customer-managed-key"
LOW = (80, 12)


def body(shown: str) -> list[str]:
    """The lines between header and footer."""
    return shown.split("\n")[2:-2]


def test_every_area_with_pages_has_a_top_and_an_end() -> None:
    areas = {area for action in ACTIONS if action.name == "page-down" for area in action.areas}
    assert areas > set(TYPING_AREAS)
    for area in areas:
        before = "ctrl+" if area in TYPING_AREAS else ""
        for key, run in (("home", "far(-1)"), ("end", "far(1)")):
            found = find_action(area, before + key)
            assert found is not None, area
            assert (found.run, found.shown) == (run, before + key), area
    assert find_action("search", "home") is None


@pytest.mark.parametrize("page", [TERM, "kms:kms-open-kinds"])
async def test_a_page_goes_to_its_end_and_back_to_its_top(dojo: Dojo, page: str) -> None:
    app = app_of(dojo, Start("page", page=page))
    async with app.run_test(size=LOW) as pilot:
        await pilot.pause()
        top = body(text(app))
        assert "more below" in text(app)
        await pilot.press("end")
        assert "more below" not in text(app)
        end = body(text(app))
        await pilot.press("pagedown", "pagedown")
        assert body(text(app)) == end
        await pilot.press("home")
        assert body(text(app)) == top


@pytest.mark.parametrize("key", ["s", "e", "question_mark"])
async def test_so_do_pages_that_only_scroll(dojo: Dojo, key: str) -> None:
    dojo.set_exam_date("2026-12-14")
    app = app_of(dojo)
    async with app.run_test(size=LOW) as pilot:
        await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        top = body(text(app))
        await pilot.press("end")
        assert "more below" not in text(app)
        assert body(text(app)) != top
        await pilot.press("home")
        assert body(text(app)) == top


async def test_a_list_beside_a_field_is_gone_through_with_ctrl(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("l")
        rows = [row.id for row in dojo.library_rows("term")]
        await pilot.press("ctrl+end")
        assert frame(app).cursor == rows[-1]
        assert f"{len(rows)} of {len(rows)}" in text(app)
        await pilot.press("ctrl+home")
        assert frame(app).cursor == rows[0]


@pytest.mark.parametrize("key", ["l", "slash"])
async def test_in_a_field_they_move_its_cursor_and_not_the_list(dojo: Dojo, key: str) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(key, *"ey")
        await pilot.press("home", "k", "end", "s")
        assert app.screen.query_one(Input).value == "keys"
        assert frame(app).cursor == frame(app).targets()[0]


async def test_the_list_of_past_sessions_goes_to_its_ends(dojo: Dojo) -> None:
    for _ in range(30):
        dojo.start_term(TERM, count=3)
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("h")
        names = frame(app).targets()
        await pilot.press("end")
        assert frame(app).cursor == names[-1]
        await pilot.press("home")
        assert frame(app).cursor == names[0]


async def test_a_question_goes_to_its_first_and_last_option_and_its_ends(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", long_bank(tmp_path))
    app = app_of(desk.open(), Start("quiz", wanted=Filter(items=("long:long-one",)), count=1))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        top = body(text(app))
        await pilot.press("end", "enter")
        assert "● F" in text(app)
        assert "more below" not in text(app)
        await pilot.press("home")
        assert body(text(app)) == top
        await pilot.press("enter", "down", "up")
        assert "● A" in text(app)
    desk.close()


async def test_the_list_of_a_test_goes_to_handing_in_and_back(dojo: Dojo) -> None:
    app = app_of(dojo, Start("resume", attempt=dojo.start_test(count=30, seed=1).id))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ExamScreen)
        await pilot.press("l", "end")
        assert "enter hand in" in text(app)
        await pilot.press("home", "enter")
        assert "1 of 30" in text(app)
        await pilot.press("end", "space")
        count = len(app.screen.sitting.standing().slot.texts)
        assert app.screen.sitting.standing().turn.chosen == (count - 1,)
