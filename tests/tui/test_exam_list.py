"""The list of a test: states, numbers, columns that stay apart, beside the question or in its place."""

from __future__ import annotations

import re

import pytest

from keykata.study.views import ListLine
from keykata.tui.screens.exam_list import PITCH, SIDE_PITCH, lay_lines, pitch_for
from keykata.tui.widgets.body import Body
from keykata.tui.widgets.sheet import Sheet
from support.homes import Desk
from support.screens import LARGE, SMALL, begun_test, exam_of, side_of, text, too_wide


async def test_the_list_shows_states_and_goes_to_a_typed_number(wide: Desk) -> None:
    app, _ = begun_test(wide)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("a", "m", "enter", "b", "enter", "l")
        shown = text(app)
        assert "/ list" in shown
        assert "1  A" in shown
        assert "*" in shown
        assert "›  3" in shown
        assert "65  –" in shown
        assert "a blank is wrong, a guess may be right" in shown
        assert "more below" not in shown
        assert too_wide(app) == []
        await pilot.press("1", "2", "enter")
        assert "12 of 65" in text(app)
        await pilot.press("l", "right", "down", "enter")
        assert "26 of 65" in text(app)
        await pilot.press("l", "m", "enter")
        assert "1 of 65" in text(app)
        await pilot.press("l", "u")
        assert " 1  A" not in text(app)
        await pilot.press("escape")
        assert "1 of 65" in text(app)


async def test_on_a_wide_screen_the_list_stands_beside_the_question(wide: Desk) -> None:
    app, _ = begun_test(wide)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        shown = text(app)
        assert "All questions" in shown
        assert "65  –" in shown
        await pilot.press("l")
        assert "A  " in text(app)
        await pilot.press("4", "5", "enter")
        assert "45 of 65" in text(app)
        assert too_wide(app) == []


async def test_marks_keep_apart_from_the_next_column_of_the_list(wide: Desk) -> None:
    app, _ = begun_test(wide)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        for _ in range(30):
            letters = "ab"[: exam_of(app).sitting.standing().selects]
            await pilot.press(*letters, "m", "right")
        await pilot.pause()
        rows = [line for line in side_of(app) if "*" in line]
        assert len(rows) == 22
        assert all(re.match(r"[ ›]{1,2}\d+  (A|AB)? +\* [ ›]\d", row) for row in rows[:20])
        assert any("AB *" in row for row in rows)
        assert max(len(row) for row in rows) <= app.screen.query_one("#side", Body).size.width


@pytest.mark.parametrize("pitch", [PITCH, SIDE_PITCH])
def test_columns_of_a_list_stay_in_line_however_many_letters_are_chosen(pitch: int) -> None:
    chosen = ("A", "A B C", "", "B C D E")
    lines = tuple(
        ListLine(n, chosen[n % 4], 0 if chosen[n % 4] else 1, marked=n % 4 == 3) for n in range(1, 31)
    )
    wide = pitch_for(lines, pitch)
    sheet = Sheet(wide * 3)
    lay_lines(sheet, lines, 13, pitch=wide, rows=10)
    assert len(sheet.rows) == 10
    for number, row in enumerate(sheet.rows, 1):
        cells = [row.content.plain[column : column + wide] for column in range(0, wide * 3, wide)]
        assert [int(cell.strip("› ").split(" ")[0]) for cell in cells] == [number, number + 10, number + 20]
        assert all(cell.endswith(" ") for cell in cells[:2])
