"""One attempt open in two programs on the same home, as in two tabs of the browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from keykata.core.errors import UsageError
from keykata.core.event import Event
from keykata.practice.paper import RecallSlot
from keykata.study.exam_sitting import ExamSitting
from keykata.study.sitting import Sitting
from support.clocks import HandClock
from support.homes import Desk


class Between(HandClock):
    """Lets another program act once, when the time is read: after a call has looked, before it writes."""

    act: Callable[[], object] | None = None

    def wall(self) -> int:
        """Milliseconds UTC."""
        act, self.act = self.act, None
        if act is not None:
            act()
        return super().wall()


@pytest.fixture
def between(desk: Desk) -> Between:
    """The clock of the desk."""
    clock = desk.clock = Between()
    return clock


def begun(desk: Desk, *, count: int = 4, minutes: int = 0, each: int = 0) -> ExamSitting:
    return desk.open().start_test(count=count, minutes=minutes, seconds_each=each, seed=7)


def answer_right(sitting: ExamSitting) -> None:
    sitting.select(sitting.standing().slot.right)


def events_of(desk: Desk, sitting: ExamSitting | Sitting) -> list[Event]:
    return desk.open().rooms.ledger.store.attempt_events(sitting.id)


def opened_twice(desk: Desk) -> tuple[ExamSitting, ExamSitting]:
    """One test in two programs on the same home."""
    here = begun(desk)
    there = desk.open().resume(here.id)
    assert isinstance(there, ExamSitting)
    return here, there


def test_handing_in_counts_what_was_chosen_in_another_program(desk: Desk) -> None:
    here, there = opened_twice(desk)
    there.go(2)
    answer_right(there)
    answer_right(here)
    report = there.hand_in()
    assert (report.answered, report.scored_correct) == (2, 2)


def test_what_was_handed_in_in_another_program_has_ended_here(desk: Desk) -> None:
    here, there = opened_twice(desk)
    answer_right(here)
    there.hand_in()
    assert not here.ended_elsewhere
    with pytest.raises(UsageError, match="has ended"):
        answer_right(here)
    assert here.finished
    assert here.ended_elsewhere
    assert here.hand_in() == there.report()
    log = desk.open().log_json()
    assert [answer["correct"] for answer in log] == [True]
    assert desk.open().stats_json()["answers"] == 1


def test_a_look_at_the_clock_finds_what_was_handed_in_elsewhere(desk: Desk) -> None:
    here, there = opened_twice(desk)
    there.hand_in()
    here.tick()
    assert here.finished
    assert not there.ended_elsewhere


def quiz_twice(desk: Desk) -> tuple[Sitting, Sitting]:
    """One quiz in two programs on the same home."""
    here = desk.open().start_quiz(count=3, seed=7)
    there = desk.open().resume(here.id)
    assert isinstance(there, Sitting)
    return here, there


def respond(sitting: Sitting) -> None:
    sitting.respond(sitting.standing().slot.right)


def test_handed_in_in_both_at_the_same_moment_each_answer_counts_once(desk: Desk, between: Between) -> None:
    here, there = opened_twice(desk)
    answer_right(here)
    between.act = there.hand_in
    assert here.hand_in() == there.report()
    assert desk.open().stats_json()["answers"] == 1
    assert [event.kind for event in events_of(desk, here)].count("attempt-finished") == 1


def test_a_choice_saved_elsewhere_while_this_one_hands_in_counts(desk: Desk, between: Between) -> None:
    here, there = opened_twice(desk)
    between.act = lambda: answer_right(there)
    report = here.hand_in()
    assert (report.answered, report.scored_correct) == (1, 1)


def test_two_of_a_question_that_takes_two_chosen_at_the_same_moment(desk: Desk, between: Between) -> None:
    here = desk.open().start_test(count=40, seed=7)
    while here.standing().selects != 2:
        here.forward()
    there = desk.open().resume(here.id)
    assert isinstance(there, ExamSitting)
    there.go(here.position)
    between.act = lambda: there.choose(0)
    assert here.choose(1).turn.chosen == (0, 1)


def test_saving_the_time_of_a_question_leaves_the_choice_made_elsewhere(desk: Desk) -> None:
    here = begun(desk, each=60)
    there = desk.open().resume(here.id)
    assert isinstance(there, ExamSitting)
    desk.clock.pass_seconds(7)
    answer_right(there)
    here.leave()
    assert there.hand_in().answered == 1


def test_the_time_of_a_question_on_show_in_two_programs_runs_once(desk: Desk) -> None:
    here = begun(desk, each=60)
    there = desk.open().resume(here.id)
    for _ in range(4):
        desk.clock.pass_seconds(6)
        for sitting in (here, there):
            sitting.tick()
            sitting.leave()
    assert (here.left(), there.left()) == (36, 36)


def test_a_clock_that_stood_still_goes_by_what_another_program_used(desk: Desk) -> None:
    here = begun(desk, minutes=10)
    there = desk.open().resume(here.id)
    desk.clock.pass_seconds(300)
    stopped = desk.clock.seconds
    there.leave()
    desk.clock.seconds = 20.0  # as after ctrl+z
    here.leave()
    desk.clock.seconds = stopped
    assert desk.open().resume(here.id).left() == 300


def test_a_question_answered_in_one_program_is_refused_in_the_other(desk: Desk, between: Between) -> None:
    here, there = quiz_twice(desk)
    between.act = lambda: respond(there)
    with pytest.raises(UsageError, match="Another program answered this one"):
        respond(here)
    assert here.standing().turn.answered
    assert desk.open().stats_json()["answers"] == 1


def test_going_on_passes_by_what_was_answered_in_the_other_program(desk: Desk) -> None:
    here, there = quiz_twice(desk)
    respond(here)
    there.advance()
    respond(there)
    assert here.advance()
    assert here.position == 3


def test_undo_takes_back_what_was_answered_here(desk: Desk) -> None:
    here, there = quiz_twice(desk)
    respond(here)
    there.advance()
    respond(there)
    assert here.undo()
    assert [turn.answered for turn in desk.open().resume(here.id).attempt.turns] == [False, True, False]
    assert not here.undo()


def test_a_session_ends_once(desk: Desk, between: Between) -> None:
    here, there = quiz_twice(desk)
    respond(here)
    between.act = there.finish
    assert here.finish() == there.report()
    assert here.ended_elsewhere
    with pytest.raises(UsageError, match="has ended"):
        respond(here)
    assert [event.kind for event in events_of(desk, here)].count("attempt-finished") == 1


def test_a_fact_that_came_again_may_be_gone_by_an_undo_elsewhere(desk: Desk) -> None:
    dojo = desk.open()
    dojo.take_on("kms:customer-managed-key")
    here = dojo.start_today(seed=7)
    last = len(here.attempt.turns)
    fact = next(place for place, slot in enumerate(here.paper.slots, 1) if isinstance(slot, RecallSlot))
    there = desk.open().resume(here.id)
    assert isinstance(there, Sitting)
    there.go(fact)
    there.rate(1)
    here.tick()
    here.go(last + 1)
    there.undo()
    here.tick()
    assert here.standing().total == last
    assert here.position == last


def test_moving_on_takes_back_no_choice_of_another_program(desk: Desk) -> None:
    here, there = opened_twice(desk)
    right = here.standing().slot.right
    here.select([place for place in range(4) if place not in right][: len(right)])
    answer_right(there)
    desk.clock.pass_seconds(5)
    here.go(2)
    assert here.hand_in().scored_correct == 1
