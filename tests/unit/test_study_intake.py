"""What the plan takes on by itself: facts of terms, as many as it says, siblings apart, never too late."""

from __future__ import annotations

import pytest

from keykata.core.days import add_days
from keykata.core.event import TAKEN_ON, Event
from keykata.core.ids import item_of
from keykata.practice.paper import QuestionSlot, RecallSlot
from keykata.study.dojo import Dojo
from keykata.study.sitting import Sitting
from support.homes import Desk


def taken(dojo: Dojo) -> list[Event]:
    """What entered because of the plan."""
    events = dojo.rooms.ledger.store.events()
    return [event for event in events if event.kind == TAKEN_ON and event.body["why"] == "plan"]


def aim(dojo: Dojo, days: int) -> None:
    """Set the exam so many days ahead."""
    dojo.set_exam_date(add_days(dojo.rooms.ledger.today(), days))


def work(sitting: Sitting) -> None:
    """Answer everything, known or right; then end it."""
    for position, turn in enumerate(sitting.attempt.turns, 1):
        sitting.go(position)
        slot = sitting.paper.slots[turn.slot]
        if isinstance(slot, RecallSlot):
            sitting.rate(4)
        else:
            sitting.respond(slot.right)
    sitting.finish()


def test_today_takes_on_as_many_facts_as_the_plan_says(desk: Desk) -> None:
    dojo = desk.open()
    aim(dojo, 18)
    planned = dojo.plan().days[0].new
    assert dojo.home().today.new == planned > 5
    assert taken(dojo) == []  # looking takes nothing on
    sitting = dojo.start_today()
    shown = {slot.card for slot in sitting.paper.slots if isinstance(slot, RecallSlot)}
    assert {event.card for event in taken(dojo)} == shown
    assert len(shown) == planned


def test_without_a_date_nothing_is_taken_on(desk: Desk) -> None:
    dojo = desk.open()
    dojo.start_today()
    assert taken(dojo) == []


def test_no_two_facts_of_a_term_are_begun_on_one_day_and_no_question_tests_them(desk: Desk) -> None:
    dojo = desk.open()
    aim(dojo, 18)
    for _ in range(3):
        sitting = dojo.start_today()
        facts = [slot.card for slot in sitting.paper.slots if isinstance(slot, RecallSlot)]
        begun = [card for card in facts if (state := dojo.rooms.cards.state(card)) and not state.reps]
        assert len({item_of(card) for card in begun}) == len(begun) > 0
        parts = {"/".join(card.split("/")[:2]) for card in facts}
        for slot in sitting.paper.slots:
            if isinstance(slot, QuestionSlot):
                assert parts.isdisjoint("/".join(card.split("/")[:2]) for card in slot.tests)
        work(sitting)
        desk.clock.pass_days(1)
    days = [event.day for event in taken(dojo)]
    assert len(set(days)) == 3


def test_a_second_session_of_the_day_takes_nothing_more_on(desk: Desk) -> None:
    dojo = desk.open()
    aim(dojo, 18)
    work(dojo.start_today())
    before = len(taken(dojo))
    dojo.start_today()
    assert len(taken(dojo)) == before


def test_what_a_broken_off_session_took_on_comes_first_on_the_next_day(desk: Desk) -> None:
    dojo = desk.open()
    aim(dojo, 18)
    dojo.start_today().finish()
    before = {event.card for event in taken(dojo)}
    desk.clock.pass_days(1)
    sitting = dojo.start_today()
    assert before <= {slot.card for slot in sitting.paper.slots}
    assert {event.card for event in taken(dojo)} == before


@pytest.mark.parametrize("days", [0, 1, 3])
def test_too_late_for_a_last_look_nothing_is_begun(desk: Desk, days: int) -> None:
    dojo = desk.open()
    aim(dojo, days)
    assert dojo.home().today.new == 0
    dojo.start_today()
    assert taken(dojo) == []


def test_the_terms_most_asked_about_come_first_and_all_the_plan_leaves_out_is_said(desk: Desk) -> None:
    dojo = desk.open()
    aim(dojo, 10)
    shares = dojo.rooms.intake.shares
    picked = [item_of(card) for card, _ in dojo.rooms.intake.picks(12, each=1)]
    assert min(shares[term] for term in picked) >= max(shares[term] for term in shares.keys() - set(picked))
    page = dojo.plan()
    plan = dojo.rooms.planner.plan()
    assert plan is not None
    begun = {item_of(card) for card in plan.begun}
    assert len(begun) + page.left_out.terms == len(dojo.library.entries("term"))
    assert sum(day.new for day in page.days) == len(plan.begun)


def test_terms_go_deep_by_turns(desk: Desk) -> None:
    dojo = desk.open()
    picks = [item_of(card) for card, _ in dojo.rooms.intake.picks(120, each=10)]
    shares = dojo.rooms.intake.shares
    counts = {term: picks.count(term) for term in set(picks)}
    assert max(counts.values()) > 1
    for term, count in counts.items():  # none has more facts than its share calls for, give or take one
        for other, its in counts.items():
            assert shares[term] / count >= shares[other] / (its + 1) - 1e-9 or count == 10
