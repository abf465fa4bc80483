"""A test on screen: choosing, moving, the clock, handing in, and what came out."""

from __future__ import annotations

import pytest

from keykata.study.exam_sitting import ExamSitting
from keykata.tui.actions import find_action
from keykata.tui.app import KeyKataApp
from keykata.tui.screens.exam import ExamScreen
from keykata.tui.turns import STARTLED
from support.homes import Desk
from support.screens import SMALL, TINY, app_of, begun_test, exam_of, message, place_of, text, too_wide


def turn_of(app: KeyKataApp) -> tuple[int, ...]:
    return exam_of(app).sitting.standing().turn.chosen


def to_multiple(sitting: ExamSitting, *, selects: int) -> None:
    while sitting.standing().selects != selects:
        sitting.forward()


async def test_a_letter_chooses_at_once_and_again_lets_go(wide: Desk) -> None:
    app, dojo = begun_test(wide)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        to_multiple(exam_of(app).sitting, selects=1)
        await pilot.press("a", "2")
        assert "● B  " in text(app)
        again = wide.open().resume(exam_of(app).sitting.id)
        assert isinstance(again, ExamSitting)
        assert again.attempt.turns[exam_of(app).sitting.position - 1].chosen == (1,)
        await pilot.press("b")
        assert turn_of(app) == ()
        await pilot.press("down", "space")
        assert "● C  " in text(app)
        await pilot.press("0")
        assert "●" not in text(app)
        assert "right" not in text(app).lower()
    assert dojo.stats_json()["answers"] == 0


async def test_multiple_response_says_how_many_and_refuses_more(wide: Desk) -> None:
    app, _ = begun_test(wide)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        to_multiple(exam_of(app).sitting, selects=2)
        await pilot.press("a")
        assert "select 2" in text(app)
        assert "1 of 2 selected" in text(app)
        await pilot.press("b", "c")
        assert turn_of(app) == (0, 1)
        assert message(app) == "Select 2: let one go first."


async def test_marks_and_crossings_out_stand_where_they_were(wide: Desk) -> None:
    app, _ = begun_test(wide)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        to_multiple(exam_of(app).sitting, selects=1)
        await pilot.press("B")
        assert "Is caps lock on?" in message(app)
        await pilot.press("down", "down", "x", "m")
        assert text(app).count("crossed out") == 2
        assert "* marked" in text(app)
        await pilot.press("right", "left")
        assert text(app).count("crossed out") == 2
        await pilot.press("b")
        assert text(app).count("crossed out") == 1
        await pilot.press("B")
        assert turn_of(app) == ()


async def test_the_header_tells_position_minutes_and_pace(wide: Desk) -> None:
    app, _ = begun_test(wide)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "1 of 65 · 130 min left" in text(app)
        assert "on pace" in text(app)
        for _ in range(8):
            await pilot.press("a", "enter")
        wide.clock.pass_seconds(47 * 60)
        exam_of(app).look()
        await pilot.pause()
        head = text(app).split("\n")
        assert "9 of 65 · 83 min left" in head[0]
        assert head[1].startswith("━━━─━━━━──")  # the fourth takes two
        assert head[1].index("┊") == 23
        assert head[1].endswith("33 behind")
        await pilot.press("h")
        assert "min left" not in text(app)
        assert "behind" not in text(app)
        await pilot.press("h")
        assert "83 min left" in text(app)


async def test_how_far_and_the_time_stay_in_the_header_of_a_marked_question_on_a_small_screen(
    wide: Desk,
) -> None:
    app, _ = begun_test(wide)
    async with app.run_test(size=TINY) as pilot:
        await pilot.pause()
        await pilot.press("m")
        head = text(app).splitlines()[0]
        assert head.startswith("Test · all …")
        assert head.endswith("* · 1 of 65 · 130 min left")


async def test_without_a_limit_there_is_no_clock_and_a_plain_rule(wide: Desk) -> None:
    app, _ = begun_test(wide, count=5, minutes=0)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        head = text(app).split("\n")
        assert head[0].rstrip().endswith("1 of 5")
        assert set(head[1]) == {"─"}
        await pilot.press("escape")
        assert "Home offers to go on" in message(app)
        await pilot.press("escape")
        assert "Go on: Test" in text(app)


async def test_warnings_come_on_the_message_line_and_at_five_minutes_the_blanks(wide: Desk) -> None:
    app, _ = begun_test(wide, count=4, minutes=40)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        to_multiple(exam_of(app).sitting, selects=1)
        await pilot.press("a")
        for passed, said in ((10 * 60, "30 minutes left."), (20 * 60, "10 minutes left.")):
            wide.clock.pass_seconds(passed)
            exam_of(app).look()
            assert message(app) == said
        await pilot.press("l")
        wide.clock.pass_seconds(5 * 60)
        exam_of(app).look()
        assert message(app).startswith("5 minutes left. Blank: ")
        assert "5:00 left" in text(app)
        assert "/ list" in text(app)
        wide.clock.pass_seconds(61)
        exam_of(app).look()
        await pilot.pause()
        assert "3:59 left" in text(app)


@pytest.mark.parametrize("over", ["l", "n", "question_mark", ""])
async def test_at_zero_the_report_opens_whatever_is_in_front(wide: Desk, over: str) -> None:
    app, dojo = begun_test(wide, count=4, minutes=10)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("a", *([over] if over else []))
        await pilot.pause()
        wide.clock.pass_seconds(10 * 60 + 5)
        exam_of(app).look()
        await pilot.pause()
        assert "handed in as it stood" in text(app)
        assert "of 10 min" in text(app)
    assert dojo.open_sittings() == ()


async def test_a_key_after_zero_is_dropped(wide: Desk) -> None:
    app, dojo = begun_test(wide, count=4, minutes=10)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        wide.clock.pass_seconds(10 * 60 + 5)
        await pilot.press("a")
        assert "handed in as it stood" in text(app)
    assert dojo.history_json()[0]["answered"] == 0


async def test_a_test_that_another_program_handed_in_opens_its_report(wide: Desk) -> None:
    app, dojo = begun_test(wide)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        there = wide.open().resume(exam_of(app).sitting.id)
        assert isinstance(there, ExamSitting)
        there.hand_in()
        await pilot.press("a")
        assert "Another program handed it in meanwhile." in text(app)
    assert not list(dojo.log_json())


async def test_keys_meant_for_the_test_begin_nothing_on_the_report_that_comes_at_zero(wide: Desk) -> None:
    app, dojo = begun_test(wide, count=4, minutes=10)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        wide.clock.pass_seconds(10 * 60 + 5)
        exam_of(app).look()
        await pilot.press("enter", "enter", "enter")
        assert "handed in as it stood" in text(app)
        assert len(dojo.history_json()) == 1
        await pilot.pause(STARTLED)
        await pilot.press("enter")
        assert "1 of 4" in text(app)


async def test_leaving_asks_in_words_what_the_clock_does(wide: Desk) -> None:
    app, _ = begun_test(wide, count=4, minutes=10)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        assert "The clock stands still while you are away." in message(app)
        await pilot.press("m", "escape")
        assert isinstance(app.screen, ExamScreen)
        wide.clock.pass_seconds(60)
        await pilot.press("escape")
        assert "Go on: Test" in text(app)
        wide.clock.pass_days(1)
        await pilot.press("down", "enter")
        assert "9 min left" in text(app)


async def test_handing_in_says_what_is_blank_and_goes_there_or_ends(wide: Desk) -> None:
    app, dojo = begun_test(wide, count=4, minutes=10)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        to_multiple(exam_of(app).sitting, selects=1)
        await pilot.press("a", "m", "l", *["down"] * 4)
        assert "› Hand in" in text(app)
        await pilot.press("enter")
        shown = text(app)
        assert "1 of 4 answered" in shown
        assert "Blank: " in shown
        assert "Marked: " in shown
        assert "› Go to the first of 3 blanks" in shown
        assert "10 min left" in shown
        await pilot.press("enter")
        assert isinstance(app.screen, ExamScreen)
        await pilot.press("l", *["down"] * 4, "enter", "down", "enter")
        await pilot.pause()
        assert "left blank, and so wrong" in text(app)
    assert dojo.open_sittings() == ()


async def test_enter_at_the_end_hands_in(wide: Desk) -> None:
    app, _ = begun_test(wide, count=3, minutes=0)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for _ in range(3):
            letters = "ab"[: exam_of(app).sitting.standing().selects]
            await pilot.press(*letters, "enter")
        assert "› Hand in" in text(app)
        await pilot.press("enter")
        assert "of 3 right" in text(app)


async def test_nothing_that_helps_opens_in_a_test(wide: Desk) -> None:
    app, _ = begun_test(wide, count=4)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for key in ("slash", "t", "o"):
            await pilot.press(key)
            assert isinstance(app.screen, ExamScreen)
        app.action_search()
        assert message(app) == "Shut until the test is handed in."
        app.open_page("wide:term-01")
        assert isinstance(app.screen, ExamScreen)
        await pilot.press("question_mark", "slash")
        assert "Shut until" in message(app)
        await pilot.press("escape", "n", *"think", "enter")
        assert "note is kept" in message(app)


async def test_a_click_chooses_and_goes(wide: Desk) -> None:
    app, _ = begun_test(wide)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        column, row = place_of(app, "  C  ")
        await pilot.click(offset=(column + 8, row))
        assert turn_of(app) == (2,)
        await pilot.press("l")
        column, row = place_of(app, "   5  ")
        await pilot.click(offset=(column + 2, row))
        assert "5 of 65" in text(app)


def test_letters_and_numbers_of_options_belong_to_no_command() -> None:
    for key in "abcdef123456":
        action = find_action("exam", key)
        assert action is not None
        assert action.name.startswith("choose")


async def test_s_and_g_say_how_sure_a_choice_is(wide: Desk) -> None:
    app, _ = begun_test(wide, count=4)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        to_multiple(exam_of(app).sitting, selects=1)
        await pilot.press("s")
        assert "Choose first" in message(app)
        await pilot.press("a", "s")
        assert "You are sure" in text(app)
        await pilot.press("g")
        assert "A guess" in text(app)
        await pilot.press("g")
        assert "A guess" not in text(app)
        assert turn_of(app) == (0,)


async def test_a_note_half_typed_at_zero_is_kept(wide: Desk) -> None:
    app, dojo = begun_test(wide, count=4, minutes=10)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        item = exam_of(app).sitting.standing().slot.item
        await pilot.press("n", *"look again")
        wide.clock.pass_seconds(10 * 60 + 5)
        exam_of(app).look()
        await pilot.pause()
        assert "handed in as it stood" in text(app)
    assert dojo.question_page(item).notes == ("look again",)


async def test_the_end_comes_once_however_many_clocks_tell_it(wide: Desk) -> None:
    app, _ = begun_test(wide, count=4, minutes=10)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        screen = exam_of(app)
        wide.clock.pass_seconds(10 * 60 + 5)
        screen.look()
        await pilot.pause()
        screen.look()
        await pilot.pause()
        assert "handed in as it stood" in text(app)


async def test_old_reports_open_from_home(wide: Desk) -> None:
    dojo = wide.open()
    sitting = dojo.start_test(count=4, seed=3)
    sitting.select(sitting.standing().slot.right)
    sitting.hand_in()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("h")
        shown = text(app)
        assert "1 of 4   25 %" in shown
        assert "1 session" in shown
        assert too_wide(app) == []
        await pilot.press("tab")
        assert "/ tests" in text(app)
        await pilot.press("enter")
        assert "1 of 4 right" in text(app)
        await pilot.press("escape")
        assert "Past sessions" in text(app)
