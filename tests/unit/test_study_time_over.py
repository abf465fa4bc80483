"""Time that is noticed to be over only later, as where the program was stopped in its terminal."""

from __future__ import annotations

from keykata.study.exam_sitting import ExamSitting
from support.homes import Desk


def answer_right(sitting: ExamSitting) -> None:
    sitting.select(sitting.standing().slot.right)


def test_what_passed_after_the_end_is_the_time_of_no_question(desk: Desk) -> None:
    sitting = desk.open().start_test(count=6, minutes=1, seed=7)
    desk.clock.pass_seconds(20)
    answer_right(sitting)
    desk.clock.pass_seconds(10)
    sitting.forward()
    answer_right(sitting)
    desk.clock.pass_seconds(3600)  # the program was stopped in its terminal
    assert sitting.tick().expired
    assert sitting.report().times[:2] == (30, 30)


def test_a_question_takes_no_longer_than_its_own_time(desk: Desk) -> None:
    sitting = desk.open().start_quiz(count=2, seconds_each=10, seed=7)
    desk.clock.pass_seconds(3600)
    sitting.respond(sitting.standing().slot.right)
    test = desk.open().start_test(count=2, seconds_each=10, seed=7)
    answer_right(test)
    desk.clock.pass_seconds(3600)
    assert test.tick().moved
    desk.clock.pass_seconds(3600)
    assert test.tick().expired
    assert [answer["seconds"] for answer in desk.open().log_json()] == [10, 10]
