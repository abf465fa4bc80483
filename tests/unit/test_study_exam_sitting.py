"""A test with its answers at the end: choices on disk, a clock, handed in whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.errors import UsageError
from keykata.store.database import DATABASE
from keykata.study.caring import Care
from keykata.study.exam_sitting import ExamSitting
from keykata.study.phrases import open_phrase
from support.homes import Desk


def begun(desk: Desk, *, count: int = 6, minutes: int = 0, seed: int | None = 7) -> ExamSitting:
    return desk.open().start_test(count=count, minutes=minutes, seed=seed)


def answer_right(sitting: ExamSitting) -> None:
    sitting.select(sitting.standing().slot.right)


def test_nothing_counts_before_it_is_handed_in(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_test(count=3, seed=7)
    answer_right(sitting)
    (line,) = dojo.log_json()
    assert (line["correct"], line["right"], line["rating"]) == (None, None, None)
    assert dojo.stats_json()["answers"] == 0
    report = sitting.hand_in()
    assert (report.answered, report.scored_correct, report.items) == (1, 1, 3)
    (line,) = dojo.log_json()
    assert line["correct"] is True


def test_choosing_again_lets_go_and_one_answer_replaces_another(desk: Desk) -> None:
    sitting = begun(desk)
    while sitting.standing().selects > 1:
        sitting.forward()
    sitting.choose(0)
    assert sitting.choose(1).turn.chosen == (1,)
    assert sitting.choose(1).turn.chosen == ()


def test_multiple_response_refuses_one_too_many(desk: Desk) -> None:
    sitting = begun(desk, count=40)
    while sitting.standing().selects != 2:
        sitting.forward()
    sitting.choose(0)
    sitting.choose(1)
    with pytest.raises(UsageError, match="takes 2"):
        sitting.choose(2)
    assert sitting.standing().turn.chosen == (0, 1)


def test_a_change_remembers_what_was_chosen_before(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_test(count=6, seed=7)
    while sitting.standing().selects > 1:
        sitting.forward()
    sitting.choose(2)
    sitting.choose(0)
    sitting.hand_in()
    (line,) = dojo.log_json()
    assert (line["chosen"], line["changed_from"]) == (["A"], ["C"])


def test_a_kill_loses_no_choice_mark_or_crossing_out(desk: Desk) -> None:
    sitting = begun(desk)
    answer_right(sitting)
    sitting.forward()
    sitting.mark()
    sitting.strike(1)
    again = desk.open().resume(sitting.id)
    assert isinstance(again, ExamSitting)
    assert again.position == 2
    assert again.lines()[0].missing == 0
    assert again.standing().turn.marked
    assert again.standing().turn.struck == (1,)


def test_the_time_runs_only_while_it_is_open(desk: Desk) -> None:
    sitting = begun(desk, minutes=10)
    desk.clock.pass_seconds(120)
    assert sitting.tick().left == 480
    sitting.leave()
    desk.clock.pass_days(1)
    again = desk.open().resume(sitting.id)
    assert isinstance(again, ExamSitting)
    assert again.tick().left == 480


def test_warnings_come_once_as_the_minutes_are_crossed(desk: Desk) -> None:
    sitting = begun(desk, minutes=40)
    heard = []
    for _ in range(39):
        desk.clock.pass_seconds(60)
        heard += sitting.tick().warnings
    assert heard == [30, 10, 5, 1]


def test_at_zero_what_is_there_is_handed_in_with_the_deadline_as_its_end(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_test(count=4, minutes=10, seed=7)
    answer_right(sitting)
    desk.clock.pass_seconds(11 * 60)
    assert sitting.tick().expired
    with pytest.raises(UsageError, match="time is over"):
        sitting.choose(0)
    (entry,) = dojo.history_json()
    assert str(entry["finished_at"]).startswith("2026-11-23T12:10:00")
    assert entry["answered"] == 1


def test_seconds_of_every_visit_add_up(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_test(count=3, seed=7)
    desk.clock.pass_seconds(30)
    answer_right(sitting)
    sitting.forward()
    desk.clock.pass_seconds(10)
    sitting.mark()
    desk.clock.pass_seconds(5)
    sitting.backward()
    desk.clock.pass_seconds(20)
    sitting.forward()
    answer_right(sitting)
    sitting.hand_in()
    assert [line["seconds"] for line in dojo.log_json()] == [50, 15]


def test_a_blank_is_wrong_and_moves_no_card(desk: Desk) -> None:
    dojo = desk.open()
    report = dojo.start_test(count=3, seed=7).hand_in()
    assert (report.scored, report.scored_correct, report.answered) == (3, 0, 0)
    assert dojo.stats_json()["cards"] == {"new": 0, "learning": 0, "review": 0, "due": 0}


def test_how_sure_one_was_counts_in_the_report_and_in_what_comes_back(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_test(count=3, seed=7)
    with pytest.raises(UsageError, match="Nothing is chosen"):
        sitting.assure("sure")
    sitting.select(wrong_of(sitting))
    assert sitting.assure("sure").turn.confidence == "sure"
    sitting.forward()
    sitting.select(sitting.standing().slot.right, "guess")
    sitting.forward()
    answer_right(sitting)
    sitting.assure("guess")
    assert sitting.assure("guess").turn.confidence is None
    report = dojo.resume(sitting.id).report()
    assert report.sure_wrong == 0  # nothing counts yet
    report = sitting.hand_in()
    assert (report.sure_wrong, report.lucky) == (1, 1)
    assert [line["confidence"] for line in dojo.log_json()] == ["sure", "guess", None]
    assert [line["rating"] for line in dojo.log_json()] == [1, 2, 3]


def test_another_choice_takes_back_how_sure_one_was(desk: Desk) -> None:
    sitting = begun(desk)
    while sitting.standing().selects > 1:
        sitting.forward()
    sitting.choose(0)
    sitting.assure("sure")
    assert sitting.choose(1).turn.confidence is None


def test_every_old_report_opens_as_it_was(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_test(count=3, seed=7)
    answer_right(sitting)
    before = sitting.hand_in()
    desk.clock.pass_days(3)
    (past,) = desk.open().past()
    assert (past.id, past.right, past.counted, past.at_end) == (sitting.id, 1, 3, True)
    after = desk.open().report(dojo.named_attempt(past.id[-6:].lower()))
    assert (after.paper, after.attempt, after.scored_correct) == (before.paper, before.attempt, 1)
    with pytest.raises(UsageError, match="No session ends"):
        dojo.named_attempt("zzzzzz")


def wrong_of(sitting: ExamSitting) -> tuple[int, ...]:
    """A whole choice that is wrong."""
    slot = sitting.standing().slot
    wrong = [place for place in range(len(slot.texts)) if place not in slot.right]
    return tuple(wrong[: len(slot.right)])


def test_each_question_has_its_own_time_over_all_its_visits(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_test(count=3, seconds_each=60, seed=7)
    desk.clock.pass_seconds(40)
    sitting.forward()
    assert sitting.left() == 60
    sitting.backward()
    assert sitting.left() == 20
    desk.clock.pass_seconds(21)
    with pytest.raises(UsageError, match="time for this one"):
        sitting.choose(0)
    assert sitting.tick().moved
    assert sitting.position == 2
    with pytest.raises(UsageError, match="time for question 1"):
        sitting.go(1)
    desk.clock.pass_seconds(30)
    sitting.leave()
    again = desk.open().resume(sitting.id)
    assert isinstance(again, ExamSitting)
    assert again.tick().moved  # the first is the first blank, and its time is over
    assert (again.position, again.left()) == (2, 30)
    answer_right(again)
    for _ in range(2):
        desk.clock.pass_seconds(61)
        ended = again.tick()
    assert ended.expired
    assert again.report().correct == 1


def test_a_strict_exam_that_ran_out_days_ago_is_not_taken_for_a_clock_set_back(desk: Desk) -> None:
    dojo = desk.open()
    exam = dojo.start_exam(strict=True, seed=7)
    answer_right(exam)
    exam.leave()
    desk.clock.pass_days(3)
    between = dojo.start_quiz(count=1, seed=7)
    between.respond(between.standing().slot.right)
    assert dojo.resume(exam.id).finished
    entry = next(one for one in dojo.history_json() if one["mode"] == "exam")
    assert str(entry["finished_at"]).startswith("2026-11-23T14:10:00")
    assert not [notice for notice in dojo.home().notices if notice.kind == "clock"]
    dojo.rooms.ledger.close()
    (clock,) = [one for one in Care(desk.places, desk.clock).look().findings if one.check == "clock"]
    assert clock.state == "ok"
    spoil_ends(desk.places.home / DATABASE)
    findings = Care(desk.places, desk.clock).look().findings
    assert [one.text for one in findings if one.check == "log" and one.state == "wrong"] == [
        "1 event cannot be read."
    ]


def test_what_is_left_of_a_strict_exam_is_told_before_it_goes_on(desk: Desk) -> None:
    dojo = desk.open()
    exam = dojo.start_exam(strict=True, seed=7)
    answer_right(exam)
    desk.clock.pass_seconds(60)
    exam.leave()
    desk.clock.pass_seconds(3_600 - 0.5)
    (going,) = dojo.home().open
    assert (going.left, open_phrase(going)) == (70, "2 of 65, 70 min left")
    assert dojo.resume(exam.id).left() == 69 * 60 + 0.5
    desk.clock.pass_seconds(2 * 3_600)
    (going,) = dojo.home().open
    assert open_phrase(going) == "2 of 65, time over"


def test_a_strict_exam_runs_on_while_away_also_after_the_clock_was_set_back(desk: Desk) -> None:
    dojo = desk.open()
    exam = dojo.start_exam(strict=True, seed=7)
    exam.choose(0)
    desk.clock.at -= 3_600_000
    exam.choose(1)
    desk.clock.pass_seconds(60)
    exam.leave()
    desk.clock.pass_seconds(1_800)
    assert dojo.resume(exam.id).left() == (130 - 31) * 60


def spoil_ends(path: Path) -> None:
    """Leave half of what is told of the ends of attempts."""
    with closing(sqlite3.connect(path)) as db, db:
        (guard,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'event_never_changes'").fetchone()
        db.execute("PRAGMA ignore_check_constraints = ON")  # a disk that fails asks for no leave
        db.execute("DROP TRIGGER event_never_changes")
        db.execute("UPDATE event SET body = '{\"reason' WHERE kind = 'attempt-finished'")
        db.execute(guard)
