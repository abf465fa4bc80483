"""The plan of a real home: what the queue does with an exam ahead, and that cramming does no harm."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from keykata.core.days import add_days, days_between
from keykata.core.errors import UsageError
from keykata.memory.fold import fold
from keykata.memory.model import Rating
from keykata.practice.paper import RecallSlot
from keykata.study import pack_text
from keykata.study.dojo import Dojo
from keykata.study.plan_words import exam_line, notes
from support.homes import Desk

TERMS = ("customer-managed-key", "key-policy", "grant", "key-rotation", "alias")


def rate_all(dojo: Dojo, rating: Rating, count: int) -> list[str]:
    """Take terms on and rate facts of them, all on one day; the cards."""
    for term in TERMS:
        dojo.take_on(f"kms:{term}")
    fresh = [card for card, _ in dojo.rooms.queues.fresh()]
    by_term = [[card for card in fresh if card.startswith(f"kms:{term}/")] for term in TERMS]
    cards = [card for cards in zip_longest(*by_term) for card in cards if card][:count]
    paper = dojo.rooms.papers.cards(cards, mode="quiz", title="Practice", seed=1)
    sitting = dojo._start(paper, {})
    for _ in sitting.paper.slots:
        sitting.rate(rating)
        sitting.advance()
    return cards


def test_without_a_date_nothing_is_planned(desk: Desk) -> None:
    page = desk.open().plan()
    assert page.days == ()
    assert "No exam date" in exam_line(page)


def test_an_exam_over_ten_years_away_is_refused(desk: Desk) -> None:
    dojo = desk.open()
    today = dojo.rooms.ledger.today()
    with pytest.raises(UsageError, match="over ten years away"):
        dojo.set_exam_date("9999-12-31")
    assert dojo.settings()["exam-date"] is None
    dojo.set_exam_date(add_days(today, 3_653))
    assert dojo.plan().in_days == 3_653


def test_a_date_too_far_ahead_that_is_in_the_log_counts_as_none(desk: Desk) -> None:
    dojo = desk.open()
    dojo.rooms.ledger.set("exam-date", "9999-12-31")
    page = dojo.plan()
    assert page.days == ()
    assert "No exam date" in exam_line(page)


def test_the_queue_is_ordered_by_points_at_stake_on_exam_day(desk: Desk) -> None:
    dojo = desk.open()
    rate_all(dojo, Rating.EASY, 40)
    desk.clock.pass_days(30)
    dojo.set_exam_date(add_days(dojo.rooms.ledger.today(), 40))
    rows = dojo.rooms.queues.due_rows()
    assert len(rows) > 10
    weights, engine, exam = dojo.rooms.planner.weights, dojo.rooms.ledger.engine, dojo.rooms.ledger.exam_date
    stakes = [
        weights[row.item] * (1 - engine.retrievability(row.stability, days_between(row.last_day, exam or "")))
        for row in rows
    ]
    assert stakes[0] == max(stakes)
    for term in TERMS:  # neighbours of one term are set apart, so the order holds within each
        own = [stake for stake, row in zip(stakes, rows, strict=True) if row.item == f"kms:{term}"]
        assert own == sorted(own, reverse=True)


def test_nothing_comes_back_after_an_exam_ahead(desk: Desk) -> None:
    dojo = desk.open()
    dojo.set_exam_date(add_days(dojo.rooms.ledger.today(), 3))
    cards = rate_all(dojo, Rating.EASY, 10)
    states = dojo.rooms.cards.states(cards)
    assert max(state.interval for state in states.values()) > 3  # FSRS itself goes further
    for card in cards:
        assert max(found.interval for found in dojo.rooms.cards.outlooks(card, "concept", states[card])) <= 3


def test_in_the_final_window_the_queue_is_the_plan_and_a_missed_day_plans_itself_again(desk: Desk) -> None:
    dojo = desk.open()
    rate_all(dojo, Rating.GOOD, 60)
    desk.clock.pass_days(1)
    dojo.set_minutes(5)
    dojo.set_exam_date(add_days(dojo.rooms.ledger.today(), 6))
    plan = dojo.rooms.planner.plan()
    assert plan is not None
    assert plan.last
    if plan.in_window:  # beside the plan's cards, only steps of learning that are under way
        rows = dojo.rooms.queues.due_rows()
        today = {card for card, day in plan.last.items() if day == plan.today}
        assert {row.card for row in rows} >= today
        assert {row.card for row in rows if row.phase == "review"} <= today
    desk.clock.pass_days(1)
    later = dojo.rooms.planner.plan()
    assert later is not None
    assert later.days[0].day == add_days(plan.today, 1)
    answered = {row[0] for row in dojo.rooms.ledger.store.answered_rows()}
    assert set(later.last) | set(later.left_out) >= set(plan.last) & answered
    assert all(day.minutes <= 5 for day in dojo.plan().days)


def test_who_does_not_sit_the_mock_of_a_day_in_the_window_gets_the_next_last_looks(desk: Desk) -> None:
    dojo = desk.open()
    rate_all(dojo, Rating.EASY, 120)
    desk.clock.pass_days(5)
    dojo.set_minutes(5)
    dojo.set_exam_date(add_days(dojo.rooms.ledger.today(), 4))
    plan = dojo.rooms.planner.plan()
    assert plan is not None
    assert plan.days[0].mock
    assert plan.in_window
    cards = {row.card for row in dojo.rooms.queues.due_rows() if row.phase == "review"}
    assert cards
    assert cards <= {*plan.last, *plan.left_out}
    assert dojo.home().today.repeat


def test_time_beyond_the_daily_minutes_begins_nothing_new_on_the_day_before(desk: Desk) -> None:
    dojo = desk.open()
    rate_all(dojo, Rating.EASY, 80)
    desk.clock.pass_days(9)
    dojo.take_on("kms:data-key")
    dojo.set_minutes(5)
    dojo.set_exam_date(add_days(dojo.rooms.ledger.today(), 1))
    sitting = dojo.start_today()
    while not sitting.done:
        slot = sitting.standing().slot
        desk.clock.pass_seconds(90)
        if isinstance(slot, RecallSlot):
            sitting.rate(Rating.EASY)
        else:
            sitting.respond(slot.right)
        sitting.advance()
    sitting.finish()
    more = dojo.home().today
    assert more.repeat
    assert not more.new
    assert {row.card for row in dojo.rooms.queues.due_rows()} <= set(dojo.plan().left_out.cards)


def test_with_little_time_a_day_it_is_said_why_there_are_fewer_mock_exams(desk: Desk) -> None:
    dojo = desk.open()
    dojo.set_exam_date(add_days(dojo.rooms.ledger.today(), 21))
    assert sum(row.mock > 0 for row in dojo.plan().days) == 2
    assert any(note.startswith("Mock exams stand at least 9 days apart") for note in notes(dojo.plan()))
    dojo.set_minutes(60)
    assert sum(row.mock > 0 for row in dojo.plan().days) == 4
    assert not any("apart" in note for note in notes(dojo.plan()))


def test_what_is_left_out_is_said(desk: Desk) -> None:
    dojo = desk.open()
    rate_all(dojo, Rating.GOOD, 80)
    desk.clock.pass_days(1)
    dojo.set_minutes(5)
    dojo.set_exam_date(add_days(dojo.rooms.ledger.today(), 2))
    page = dojo.plan()
    assert page.left_out.cards
    assert any(f"{len(page.left_out.cards)} cards would need a last look" in note for note in notes(page))
    dojo.set_minutes(page.left_out.minutes)
    assert not dojo.plan().left_out.cards


def test_cramming_is_a_review_at_its_real_day_and_does_no_harm(desk: Desk) -> None:
    dojo = desk.open()
    rate_all(dojo, Rating.EASY, 1)
    desk.clock.pass_days(2)
    cards = [row[0] for row in dojo.rooms.ledger.store.answered_rows()]
    before = dojo.rooms.cards.states(cards)
    assert all(state.due_day > dojo.rooms.ledger.today() for state in before.values())
    sitting = dojo._start(dojo.rooms.papers.cards(cards, mode="quiz", title="Practice", seed=1), {})
    for _ in sitting.paper.slots:
        sitting.rate(Rating.GOOD)
        sitting.advance()
    engine = dojo.rooms.ledger.engine
    for card, state in dojo.rooms.cards.states(cards).items():
        was = before[card]
        memory = engine.next_memory((was.stability, was.difficulty), 2, Rating.GOOD)
        assert (state.stability, state.difficulty) == memory
        plain = fold(card, dojo.rooms.ledger.store.card_events(card), engine, fuzz=False)
        assert plain is not None
        assert plain.due_day == add_days(state.last_day, engine.interval(memory[0], 0.9))


def test_siblings_are_on_different_days_and_topics_alternate(desk: Desk) -> None:
    dojo = desk.open()
    for term in TERMS:
        dojo.take_on(f"kms:{term}")
    items = dojo.rooms.queues.today(1)
    terms = [card.split("/")[0] for card in items.new]
    assert len(terms) == len(set(terms)) > 1


def test_the_pack_holds_facts_once_each_and_no_markup_runs(desk: Desk) -> None:
    dojo = desk.open()
    rate_all(dojo, Rating.AGAIN, 5)
    dojo.set_exam_date(add_days(dojo.rooms.ledger.today(), 1))
    pack = dojo.pack()
    assert 5 <= len(pack.facts) <= 40
    assert len({fact.card for fact in pack.facts}) == len(pack.facts)
    assert any(fact.recall is not None for fact in pack.facts)
    recalls = [fact.recall for fact in pack.facts]
    assert recalls.index(None) == sum(recall is not None for recall in recalls)
    page = pack_text.html(pack)
    assert page.count("<li>") == len(pack.facts) + len(pack.mixups) + len(pack.habits)
    assert "you may forget" in "\n".join(pack_text.markdown(pack))
