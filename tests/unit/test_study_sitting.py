"""A sitting, from the first question to the report, over the shipped banks."""

from __future__ import annotations

import pytest

from keykata.core.errors import UsageError
from keykata.practice.form import Filter
from keykata.practice.paper import QuestionSlot, RecallSlot
from keykata.study.quiz_settings import QuizSettings
from keykata.study.sitting import Sitting
from support.homes import Desk

FLAGSHIP = "kms:customer-managed-key"


def right(sitting: Sitting) -> tuple[int, ...]:
    return sitting.standing().slot.right


def wrong(sitting: Sitting) -> tuple[int, ...]:
    slot = sitting.standing().slot
    return tuple(place for place in range(len(slot.texts)) if place not in slot.right)[: len(slot.right)]


def test_the_opening_is_the_ten_of_the_bank_in_order(desk: Desk) -> None:
    sitting = desk.open().start_opening()
    assert [slot.item for slot in sitting.paper.slots][:2] == ["kms:kms-open-kinds", "kms:kms-open-disable"]
    assert len(sitting.paper.slots) == 10


def test_a_right_answer_comes_back_on_a_later_day(desk: Desk) -> None:
    sitting = desk.open().start_opening()
    sitting.respond(right(sitting), "sure")
    standing = sitting.standing()
    assert standing.turn.correct is True
    assert standing.again is not None
    assert standing.again.days >= 1


def test_a_miss_comes_back_today_and_brings_in_the_facts_it_tests(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_opening()
    sitting.respond(wrong(sitting))
    standing = sitting.standing()
    assert standing.turn.correct is False
    assert standing.again is not None
    assert standing.again.days == 0
    assert standing.entered > 0


def test_a_lucky_guess_comes_back_tomorrow(desk: Desk) -> None:
    sitting = desk.open().start_opening()
    sitting.respond(right(sitting), "guess")
    standing = sitting.standing()
    assert standing.turn.lucky
    assert standing.again is not None
    assert standing.again.days == 1


def test_undo_takes_the_answer_and_what_it_brought_back(desk: Desk) -> None:
    dojo = desk.open()
    before = dojo.stats_json()
    sitting = dojo.start_opening()
    sitting.respond(wrong(sitting))
    assert sitting.undo()
    assert dojo.stats_json() == before
    assert sitting.position == 1
    assert not sitting.standing().turn.answered


def test_an_item_once_seen_is_never_first_again(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_opening()
    sitting.respond(wrong(sitting))
    sitting.undo()
    sitting.respond(right(sitting))
    lines = list(dojo.log_json(everything=True))
    assert [(line["state"], line["first"]) for line in lines] == [("undone", True), ("counts", False)]


def test_a_sitting_goes_on_where_it_was_after_any_kind_of_exit(desk: Desk) -> None:
    sitting = desk.open().start_opening()
    sitting.respond(right(sitting))
    sitting.advance()
    sitting.respond(wrong(sitting))
    again = desk.open()
    opened = again.open_sittings()
    assert [(one.position, one.total) for one in opened] == [(3, 10)]
    resumed = again.resume(opened[0].id)
    assert resumed.position == 3
    assert resumed.attempt.turns[1].correct is False


def test_a_finished_sitting_is_not_offered_again(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_opening()
    sitting.respond(right(sitting))
    report = sitting.finish()
    assert dojo.open_sittings() == ()
    assert (report.answered, report.scored_correct, report.items) == (1, 1, 10)


def test_an_answered_question_takes_no_second_answer(desk: Desk) -> None:
    sitting = desk.open().start_opening()
    sitting.respond(right(sitting))
    with pytest.raises(UsageError, match="answered"):
        sitting.respond(right(sitting))


def test_skipping_leaves_a_question_for_the_end(desk: Desk) -> None:
    sitting = desk.open().start_opening()
    assert sitting.skip()
    assert sitting.position == 2
    for _ in range(9):
        sitting.respond(right(sitting))
        assert sitting.advance()
    assert sitting.position == 1


def test_the_same_seed_gives_the_same_paper_on_any_home(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Desk(tmp_path_factory.mktemp("other"))
    dojo, elsewhere = desk.open(), other.open()
    dojo.start_opening().respond((0,))
    one = dojo.start_quiz(count=5, seed=7).paper
    two = elsewhere.start_quiz(count=5, seed=7).paper
    assert one == two
    other.close()


def test_without_a_seed_what_was_seen_comes_last(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_opening()
    sitting.respond(right(sitting))
    seen = sitting.paper.slots[0].item
    total = len(dojo.library.entries("question"))
    slots = dojo.start_quiz(count=total).paper.slots
    assert seen not in [slot.item for slot in slots[: len(slots) - 1]]


def test_practising_a_term_asks_about_that_term(desk: Desk) -> None:
    sitting = desk.open().start_term(FLAGSHIP, count=10)
    assert len(sitting.paper.slots) == 10
    for slot in sitting.paper.slots:
        if isinstance(slot, QuestionSlot):
            assert FLAGSHIP in [topic.id for topic in slot.topics]
        else:
            assert slot.item == FLAGSHIP


def test_taking_a_term_on_fills_the_queue_once(desk: Desk) -> None:
    dojo = desk.open()
    page = dojo.term_page(FLAGSHIP)
    assert dojo.take_on(FLAGSHIP) == page.to_take_on == page.total
    assert dojo.take_on(FLAGSHIP) == 0
    assert dojo.home().today.new > 0


def test_today_mixes_facts_and_questions_and_ends(desk: Desk) -> None:
    dojo = desk.open()
    dojo.take_on(FLAGSHIP)
    sitting = dojo.start_today()
    kinds = {slot.kind for slot in sitting.paper.slots}
    assert "question" in kinds
    assert kinds & {"concept", "faq", "term"}
    steps = 0
    while not sitting.done:
        steps += 1
        assert steps < 200
        if isinstance(sitting.standing().slot, RecallSlot):
            sitting.rate(3)
        else:
            sitting.respond(right(sitting))
        sitting.advance()
    assert sitting.finish().finished


def test_tomorrow_the_reviews_wait(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_opening()
    while not sitting.done:
        sitting.respond(right(sitting), "guess")
        sitting.advance()
    sitting.finish()
    assert dojo.home().today.repeat == 0
    assert [(coming.in_days, coming.cards) for coming in dojo.home().coming] == [(1, 10)]
    desk.clock.pass_days(1)
    assert dojo.home().today.repeat == 10
    assert len(dojo.start_review().paper.slots) == 10


def test_a_review_of_nothing_says_so(desk: Desk) -> None:
    with pytest.raises(UsageError, match="Nothing is due"):
        desk.open().start_review()


def test_a_filter_that_leaves_nothing_says_so(desk: Desk) -> None:
    with pytest.raises(UsageError, match="nothing to ask"):
        desk.open().start_quiz(Filter(only="kept"))


def test_kept_and_missed_can_be_asked_for(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_opening()
    sitting.respond(wrong(sitting))
    item = sitting.standing().slot.item
    dojo.keep(item, on=True)
    for only in ("kept", "missed", "weak"):
        assert [slot.item for slot in dojo.start_quiz(Filter(only=only)).paper.slots] == [item]
    dojo.keep(item, on=False)
    with pytest.raises(UsageError):
        dojo.start_quiz(Filter(only="kept"))


def test_a_cause_is_kept_with_the_miss(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_opening()
    sitting.respond(wrong(sitting))
    sitting.cause("misread")
    assert [line["cause"] for line in dojo.log_json()] == ["misread"]


def test_rebuilding_changes_nothing(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_term(FLAGSHIP)
    while not sitting.done:
        if isinstance(sitting.standing().slot, RecallSlot):
            sitting.rate(1)
        else:
            sitting.respond(wrong(sitting))
        sitting.advance()
    before = (dojo.home(), dojo.stats_json(), dojo.history_json())
    dojo.rebuild()
    assert (dojo.home(), dojo.stats_json(), dojo.history_json()) == before


def test_a_timed_quiz_ends_at_zero_with_what_was_answered(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(count=5, minutes=10)
    assert sitting.left() == 600
    sitting.respond(right(sitting))
    sitting.advance()
    desk.clock.pass_seconds(9.5 * 60)
    assert sitting.tick().warnings == (5, 1)
    desk.clock.pass_seconds(60)
    with pytest.raises(UsageError, match="time is over"):
        sitting.respond(right(sitting))
    assert sitting.finished
    assert str(dojo.history_json()[-1]["finished_at"]).startswith("2026-11-23T12:10:00")


def test_a_question_not_answered_in_its_own_time_stays_blank(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(count=3, seconds_each=30, seed=4)
    desk.clock.pass_seconds(29)
    sitting.respond(sitting.standing().slot.right)
    desk.clock.pass_seconds(600)  # reasons are read at leisure
    assert sitting.left() is None
    assert not sitting.tick().moved
    sitting.advance()
    assert sitting.left() == 30
    desk.clock.pass_seconds(31)
    assert sitting.tick().moved
    assert sitting.position == 3
    desk.clock.pass_seconds(31)
    assert sitting.tick().moved
    assert sitting.done
    report = sitting.finish()
    assert (report.answered, report.correct, report.scored) == (1, 1, 3)
    assert [missed.position for missed in report.missed] == [2, 3]
    assert len(list(dojo.log_json())) == 1


def test_how_a_quiz_was_chosen_last_is_known_at_the_next_start(desk: Desk) -> None:
    dojo = desk.open()
    assert dojo.last_quiz() == QuizSettings()
    wanted = Filter(banks=("kms",), levels=("apply",))
    dojo.start_test(wanted, count=5, minutes=20).hand_in()
    dojo.start_opening()  # nobody chose it
    assert desk.open().last_quiz() == QuizSettings(wanted, 5, at_end=True, minutes=20)
