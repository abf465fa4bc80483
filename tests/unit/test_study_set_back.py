"""A clock that was ahead and is put right: what was said last holds, whatever the moments say."""

from __future__ import annotations

from keykata.study.exam_sitting import ExamSitting
from keykata.study.sitting import Sitting
from support.homes import Desk

TWO_DAYS = 2 * 86_400_000  # ms


def test_choices_changed_after_the_clock_was_put_right_are_there_when_the_exam_goes_on(desk: Desk) -> None:
    exam = desk.open().start_test(count=3, seed=7)
    exam.select([0])
    exam.mark()
    desk.clock.at -= TWO_DAYS
    exam.select([1])
    exam.mark()
    before = exam.lines()
    assert (before[0].chosen, before[0].marked) == ("B", False)
    resumed = desk.open().resume(exam.id)
    assert isinstance(resumed, ExamSitting)
    assert resumed.lines() == before


def test_undo_takes_back_what_was_answered_last(desk: Desk) -> None:
    sitting = desk.open().start_opening()
    sitting.respond(sitting.standing().slot.right)
    sitting.advance()
    desk.clock.at -= TWO_DAYS
    sitting.respond(sitting.standing().slot.right)
    assert sitting.undo()
    assert [turn.answered for turn in sitting.attempt.turns[:2]] == [True, False]
    sitting.respond(sitting.standing().slot.right)
    resumed = desk.open().resume(sitting.id)
    assert isinstance(resumed, Sitting)
    assert resumed.undo()
    assert [turn.answered for turn in resumed.attempt.turns[:2]] == [True, False]


def test_a_strict_exam_runs_on_from_its_last_answer_after_the_clock_was_put_right(desk: Desk) -> None:
    exam = desk.open().start_exam(strict=True, seed=7)
    exam.choose(0)
    desk.clock.at -= TWO_DAYS
    desk.clock.pass_seconds(60)
    exam.choose(1)
    desk.clock.pass_seconds(1_800)
    assert desk.open().resume(exam.id).left() == (130 - 31) * 60


def test_a_setting_holds_that_was_changed_after_the_clock_was_put_right(desk: Desk) -> None:
    dojo = desk.open()
    dojo.set_minutes(30)
    desk.clock.at -= TWO_DAYS
    dojo.set_minutes(45)
    assert dojo.home().minutes == 45
    assert desk.open().home().minutes == 45
    dojo.rooms.ledger.store.rebuild()
    assert dojo.home().minutes == 45
