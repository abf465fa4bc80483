"""The report of a test, Home and the picker before one, the sorter and the missed list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.practice.form import Filter
from keykata.study.dojo import Dojo
from keykata.study.exam_sitting import ExamSitting
from keykata.tui.app import KeyKataApp
from keykata.tui.screens.exam import ExamScreen
from keykata.tui.screens.exam_report import ExamReportScreen
from keykata.tui.screens.sitting import SittingScreen
from keykata.tui.starts import Start
from keykata.tui.widgets.charts import scale_line, time_chart
from support.homes import Desk
from support.screens import LARGE, SMALL, app_of, message, text, too_wide

COMPARISON = "kms:kms-key-kinds"


@pytest.fixture
def wide(tmp_path: Path, wide_bank: Path) -> Iterator[Desk]:
    """A learner's computer with a bank for whole exams."""
    made = Desk(tmp_path, wide_bank)
    yield made
    made.close()


def sat(desk: Desk, dojo: Dojo, *, right: int) -> ExamSitting:
    """An exam with so many of its first questions right, the next five wrong, the others blank."""
    sitting = dojo.start_exam(seed=3)
    for place in range(right + 5):
        slot = sitting.standing().slot
        wrong = [option for option in range(len(slot.texts)) if option not in slot.right]
        desk.clock.pass_seconds(300 if place == 1 else 100)
        if place == 2:
            sitting.mark()
        if place == 3:
            sitting.select(wrong[: len(slot.right)])
        sitting.select(slot.right if place < right else wrong[: len(slot.right)])
        sitting.forward()
    return sitting


def reported(desk: Desk, dojo: Dojo, *, right: int) -> KeyKataApp:
    """The app with an exam that only waits to be handed in."""
    return app_of(dojo, Start("resume", attempt=sat(desk, dojo, right=right).id))


async def hand_in(app: KeyKataApp) -> None:
    assert isinstance(app.screen, ExamScreen)
    app.screen.action_hand_in()


async def test_the_report_tells_what_it_knows_and_offers_what_to_do(wide: Desk) -> None:
    dojo = wide.open()
    app = reported(wide, dojo, right=55)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        await hand_in(app)
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        shown = text(app)
        assert "Mock exam 1 · Mon 23 Nov" in shown
        assert "of 130 min" in shown
        assert "estimated. 720 passes." in shown
        assert "PASS" in shown
        assert "that count were right" in shown
        assert "5 left blank, and so wrong." in shown
        assert "likely to pass today, between" in " ".join(shown.split())
        assert "Changed 1 answer" in shown
        assert "1 to right: worth +1" in shown
        assert "Over four minutes" in shown
        assert "› Practise the 10 you missed" in shown
        assert "w wrong 10 · m marked 1 · s slow 1" in shown
        assert "Time for each question" in shown
        assert "Secure" in shown
        assert too_wide(app) == []
        await pilot.press("g")
        assert message(app) == "None was said to be a guess."
        await pilot.press("w")
        assert "1 of 10" in text(app)
        await pilot.press("escape", "m")
        assert "1 of 1" in text(app)
        await pilot.press("escape", "enter")
        assert "Practice · missed" in text(app)


async def test_on_a_narrow_screen_the_domains_and_habits_are_told_in_words(wide: Desk) -> None:
    dojo = wide.open()
    app = reported(wide, dojo, right=44)
    async with app.run_test(size=(40, 60)) as pilot:
        await pilot.pause()
        await hand_in(app)
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        lines = text(app).splitlines()
        place = next(at for at, line in enumerate(lines) if line.startswith("Secure"))
        assert lines[place].endswith(" of 15")
        assert lines[place + 1].startswith("  30 % of the exam, ")
        assert "  Over four minutes 1" in lines
        assert "    of them 1 right" in lines


async def test_a_blank_says_so_and_not_yet_is_said_in_words(wide: Desk) -> None:
    dojo = wide.open()
    app = reported(wide, dojo, right=3)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await hand_in(app)
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "NOT YET" in text(app)
        assert "needs improvement" in text(app)
        assert too_wide(app) == []
        await pilot.press("w", *["right"] * 6)
        assert "Left blank. The answer" in text(app)


@pytest.mark.parametrize(
    ("chosen", "before", "after"),
    [
        (
            1,
            "Blank: 1 2 3 4, too few chosen in 1 of them.",
            "4 left blank, too few chosen in 1 of them, and so",
        ),
        (2, "Blank: 2 3 4.", "3 left blank, and so wrong."),
    ],
)
async def test_the_page_before_handing_in_and_the_report_count_the_same_blanks(
    wide: Desk, chosen: int, before: str, after: str
) -> None:
    dojo = wide.open()
    pairs = [
        entry.id for entry in dojo.library.entries("question") if entry.selects == 2 and "wide" in entry.id
    ]
    sitting = dojo.start_test(Filter(items=tuple(pairs)), count=4, seed=1)
    sitting.select(range(chosen))
    sitting.leave()
    app = app_of(dojo, Start("resume", attempt=sitting.id))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("l", *["down"] * 4, "enter")
        await pilot.pause()
        assert before in text(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert after in text(app)


async def test_an_old_report_opens_without_what_holds_today(wide: Desk) -> None:
    dojo = wide.open()
    sitting = sat(wide, dojo, right=55)
    sitting.hand_in()
    assert dojo.readiness_after(sitting.report()) is not None
    wide.clock.pass_days(1)
    app = app_of(dojo)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        app.push_screen(ExamReportScreen(dojo.report(sitting.id)))
        await pilot.pause()
        await pilot.pause()
        assert "estimated. 720 passes." in text(app)
        assert "likely to pass today" not in text(app)


async def test_the_second_exam_stands_beside_the_first(wide: Desk) -> None:
    dojo = wide.open()
    test = dojo.start_test(count=4, seed=3)
    test.hand_in()
    wide.clock.pass_seconds(60)
    again = dojo.start_test(count=4, seed=3)
    app = app_of(dojo, Start("resume", attempt=again.id))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        await hand_in(app)
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "Before" in text(app)
        assert "0 of   4" in text(app)
        assert "PASS" not in text(app)
        assert "estimated" not in text(app)


async def test_an_exam_is_offered_where_a_bank_fills_one_and_begins(wide: Desk) -> None:
    app = app_of(wide.open())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "A whole mock exam: 65 questions" in text(app)
        await pilot.press("m")
        assert "› Start, 130 minutes" in text(app)
        assert "With extra time, 160 minutes" in text(app)
        await pilot.press("down", "down", "enter")
        assert "1 of 65 · 130 min left" in text(app)
        await pilot.press("escape")
        assert "The clock runs on while you are away." in message(app)


async def test_a_strict_exam_whose_time_ran_out_while_away_opens_as_its_report(wide: Desk) -> None:
    dojo = wide.open()
    dojo.start_exam(seed=3, strict=True).leave()
    app = app_of(dojo)
    wide.clock.pass_days(1)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "handed in as it stood" in text(app)


async def test_the_picker_starts_a_test_with_a_limit(wide: Desk) -> None:
    app = app_of(wide.open())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p", "t", "e")
        assert "10 minutes in all" in text(app)
        assert "answers at the end" in text(app)
        await pilot.press("minus", "enter")
        assert "1 of 5 · 10 min left" in text(app)
        await pilot.press("escape", "escape", "p")
        assert "10 minutes in all" in text(app)
        await pilot.press("e")
        assert "answers after each" in text(app)
        await pilot.press("enter")
        assert isinstance(app.screen, SittingScreen)
        assert "1 of 5 · 10 min left" in text(app)
        await pilot.press("a", "enter")
        wide.clock.pass_seconds(601)
        app.screen.look()
        await pilot.pause()
        assert "The time is over: what was answered counts." in text(app)


async def test_the_sorter_goes_on_when_right_and_stops_when_wrong(dojo: Dojo) -> None:
    app = app_of(dojo, Start("page", page=COMPARISON))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("k")
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        assert screen.sitting.mode == "drill"
        (fits,) = screen.sitting.standing().slot.right
        await pilot.press(str(fits + 1))
        assert "Before: right." in text(app)
        assert "1 of 1 right   median" in text(app)
        await pilot.press("h")
        assert "median" not in text(app)
        (fits,) = screen.sitting.standing().slot.right
        await pilot.press(str((fits + 1) % 3 + 1))
        assert "Not this one." in text(app)
        await pilot.press("space")
        assert "3 of" in text(app).split("\n")[0]


async def test_what_was_missed_is_listed_and_practised(dojo: Dojo) -> None:
    sitting = dojo.start_opening()
    slot = sitting.standing().slot
    wrong = next(place for place in range(len(slot.texts)) if place not in slot.right)
    sitting.respond((wrong,))
    sitting.finish()
    dojo.note(slot.item, "remember this")
    app = app_of(dojo)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert "x Missed 1" in text(app)
        await pilot.press("x")
        shown = text(app)
        assert "› Practise 1 of them" in shown
        assert "missed 1 of 1 · never right yet" in shown
        assert "Your note  remember this" in shown
        assert too_wide(app) == []
        await pilot.press("enter")
        assert "Practice · missed" in text(app)


def test_the_scale_shows_score_cut_and_range() -> None:
    line = scale_line(748, (654, 842), cut=720, scale=(100, 1000), width=76).plain
    assert line.startswith("100 ─")
    assert line.endswith("─ 1000")
    assert len(line) == 76
    assert line.index("┃") < line.index("●")
    assert line.count("━") > 10


def test_the_time_chart_has_a_column_for_each_question_and_a_line_for_the_pace() -> None:
    rows = [row.plain for row in time_chart([30.0, 130.0, 300.0], 120.0, 76)]
    assert rows[0] == "  4:00   ┃"
    assert rows[2] == "  2:00 ─┃┃ pace"
    assert rows[-1].strip() == "1"
    wide = time_chart([60.0] * 100, 120.0, 50)
    assert max(row.cell_length for row in wide) <= 50
