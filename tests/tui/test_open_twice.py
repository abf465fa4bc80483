"""A session or test on screen that is open in another program on the same home, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from keykata.practice.attempt import Turn
from keykata.study.exam_sitting import ExamSitting
from keykata.study.sitting import Sitting
from keykata.tui.app import KeyKataApp
from keykata.tui.screens.exam_report import ExamReportScreen
from keykata.tui.screens.report import ReportScreen
from keykata.tui.screens.sitting import SittingScreen
from keykata.tui.starts import Start
from support.homes import Desk
from support.screens import SMALL, app_of, begun_test, exam_of, message, text

DONE_TWICE: dict[str, tuple[Callable[[ExamSitting], object], Callable[[Turn], bool]]] = {
    "m": (lambda there: there.mark(), lambda turn: turn.marked),
    "a": (lambda there: there.choose(0), lambda turn: turn.chosen == (0,)),
    "A": (lambda there: there.strike(0), lambda turn: turn.struck == (0,)),
}


def opened_twice(desk: Desk) -> tuple[KeyKataApp, Sitting]:
    dojo = desk.open()
    begun = dojo.start_quiz(count=3, seed=7)
    there = desk.open().resume(begun.id)
    assert isinstance(there, Sitting)
    return app_of(dojo, Start("resume", attempt=begun.id)), there


def respond(sitting: Sitting) -> None:
    sitting.respond(sitting.standing().slot.right)


async def test_what_was_answered_elsewhere_is_shown_and_enter_goes_on(desk: Desk) -> None:
    app, there = opened_twice(desk)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        respond(there)
        await pilot.press(*"abc"[: len(there.standing().slot.right)], "enter")
        assert message(app) == "Another program answered this one meanwhile."
        assert "Right" in text(app)
        await pilot.press("enter")
        assert "2 of 3" in text(app)
    assert desk.open().stats_json()["answers"] == 1


async def test_what_was_ended_elsewhere_opens_its_report(desk: Desk) -> None:
    app, there = opened_twice(desk)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        there.finish()
        await pilot.press(*"abc"[: len(there.standing().slot.right)], "enter")
        assert isinstance(app.screen, ReportScreen)
        assert "Another program ended it meanwhile." in text(app)


async def test_a_session_ended_since_home_offered_it_opens_as_its_report(desk: Desk) -> None:
    app, there = opened_twice(desk)
    there.finish()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ReportScreen)
        assert "Another program ended it meanwhile." in text(app)


async def test_a_mark_set_elsewhere_is_not_taken_away_by_setting_it_here(desk: Desk) -> None:
    app, there = opened_twice(desk)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        there.mark()
        await pilot.press("m")
        assert "marked" in text(app)
        await pilot.press("m")  # what is on show by now is let go
        assert "marked" not in text(app)


@pytest.mark.parametrize("key", DONE_TWICE)
async def test_what_was_done_elsewhere_in_a_test_is_not_undone_by_doing_it_here(desk: Desk, key: str) -> None:
    act, holds = DONE_TWICE[key]
    app, _ = begun_test(desk, count=4)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        there = desk.open().resume(exam_of(app).sitting.id)
        assert isinstance(there, ExamSitting)
        act(there)
        await pilot.press(key)
        assert holds(exam_of(app).sitting.attempt.turns[0])
        await pilot.press(key)
        assert not holds(exam_of(app).sitting.attempt.turns[0])


async def test_how_sure_was_said_elsewhere_is_not_taken_back_by_saying_it_here(desk: Desk) -> None:
    app, _ = begun_test(desk, count=4)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("a")
        there = desk.open().resume(exam_of(app).sitting.id)
        assert isinstance(there, ExamSitting)
        there.go(1)
        there.assure("sure")
        await pilot.press("s")
        assert "You are sure" in text(app)


def sitting_of(app: KeyKataApp) -> SittingScreen:
    assert isinstance(app.screen, SittingScreen)
    return app.screen


async def test_an_answer_given_elsewhere_is_shown_by_itself_and_so_is_its_undoing(desk: Desk) -> None:
    app, there = opened_twice(desk)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        respond(there)
        sitting_of(app).beat()
        assert message(app) == "Another program answered this one meanwhile."
        assert "Right" in text(app)
        assert there.undo()
        sitting_of(app).beat()
        assert message(app) == "Another program took its answer to this one back."
        assert "Right" not in text(app)
    assert desk.open().stats_json()["answers"] == 0


async def test_a_question_whose_time_was_over_elsewhere_is_left_here_too(desk: Desk) -> None:
    begun = desk.open().start_quiz(count=3, seed=7, seconds_each=10)
    desk.clock.pass_seconds(6)
    app = app_of(desk.open(), Start("resume", attempt=begun.id))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        desk.clock.pass_seconds(5)
        assert begun.tick().moved
        sitting_of(app).beat()
        assert "2 of 3" in text(app)
        assert message(app) == "The time for that one was over: it stays blank."


async def test_what_was_ended_elsewhere_opens_its_report_by_itself(desk: Desk) -> None:
    app, there = opened_twice(desk)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        there.finish()
        sitting_of(app).beat()
        await pilot.pause()
        assert isinstance(app.screen, ReportScreen)
        assert "Another program ended it meanwhile." in text(app)


async def test_what_was_done_elsewhere_in_a_test_is_shown_by_itself(desk: Desk) -> None:
    app, _ = begun_test(desk, count=4)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        there = desk.open().resume(exam_of(app).sitting.id)
        assert isinstance(there, ExamSitting)
        there.mark()
        exam_of(app).beat()
        assert message(app) == "Another program changed this one meanwhile."
        assert "marked" in text(app)
        there.hand_in()
        exam_of(app).beat()
        await pilot.pause()
        assert isinstance(app.screen, ExamReportScreen)
        assert "Another program handed it in meanwhile." in text(app)
