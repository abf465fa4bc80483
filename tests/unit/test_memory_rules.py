"""Steps, luck, resets, and the order of the queue."""

from __future__ import annotations

import pytest

from keykata.bank.model import Aspect, Comparison, Concept, Faq, Place, Scenario, Sorter, Subject, Term
from keykata.core.errors import UsageError
from keykata.core.event import Event
from keykata.memory.deck import card_kind, card_specs, concept_cards
from keykata.memory.engine import Engine
from keykata.memory.fold import fold, outlooks
from keykata.memory.model import CardState, Rating
from keykata.memory.queue import DueRow, order_due
from keykata.memory.rating import rate_answer

ENGINE = Engine()
FACT = "kms:key-deletion/waiting/c1"
MONDAY = "2026-11-23"


def event(number: int, what: str, day: str = MONDAY, **body: object) -> Event:
    return Event(f"E{number}", number * 60_000, day, "d", number, what, "A", None, FACT, {"v": 1, **body})


def answered(number: int, rating: int, day: str = MONDAY, kind: str = "concept", **more: object) -> Event:
    return event(number, "answer", day, rating=rating, retention=0.9, kind=kind, **more)


def state_after(*events: Event) -> CardState:
    state = fold(FACT, events, ENGINE)
    assert state is not None
    return state


def test_a_card_is_new_and_due_on_the_day_it_is_taken_on() -> None:
    state = state_after(event(1, "taken-on", why="read"))
    assert (state.phase, state.due_day, state.reps) == ("new", MONDAY, 0)


def test_a_new_fact_goes_through_its_steps_before_it_rests_for_days() -> None:
    first = state_after(answered(1, 3))
    assert (first.phase, first.due_at) == ("learning", 60_000 + 600_000)
    second = state_after(answered(1, 3), answered(2, 3))
    assert second.phase == "review"
    assert second.interval >= 1
    assert second.due_at == 0


def test_a_forgotten_fact_comes_back_within_minutes() -> None:
    lapsed = state_after(answered(1, 4), answered(2, 1, "2026-12-20"))
    assert (lapsed.phase, lapsed.interval, lapsed.lapses) == ("relearning", 0, 1)
    assert lapsed.due_at == 120_000 + 600_000


def test_a_right_question_has_no_steps() -> None:
    assert state_after(answered(1, 3, kind="question")).interval >= 1


def test_a_missed_question_is_due_again_today() -> None:
    missed = state_after(answered(1, 1, kind="question"))
    assert (missed.interval, missed.due_day) == (0, MONDAY)


def test_luck_comes_back_tomorrow_however_well_it_was_known() -> None:
    known = [answered(1, 4, kind="question"), answered(2, 4, "2026-12-20", kind="question")]
    lucky = state_after(*known, answered(3, 2, "2027-03-01", kind="question", lucky=True))
    assert (lucky.interval, lucky.due_day, lucky.lucky) == (1, "2027-03-02", True)


def test_a_reset_starts_the_card_again() -> None:
    state = state_after(answered(1, 4), event(2, "reset", "2026-11-25"))
    assert (state.phase, state.reps, state.due_day) == ("new", 0, "2026-11-25")


def test_the_four_outcomes_shown_are_the_ones_that_happen() -> None:
    before = state_after(answered(1, 4))
    shown = outlooks(
        FACT, before, now=120_000, day="2026-12-20", retention=0.9, engine=ENGINE, kind="concept"
    )
    for rating in Rating:
        after = state_after(answered(1, 4), answered(2, int(rating), "2026-12-20"))
        assert shown[rating - 1].interval == after.interval


@pytest.mark.parametrize(
    ("correct", "confidence", "expected"),
    [
        (False, "sure", (Rating.AGAIN, False)),
        (True, None, (Rating.GOOD, False)),
        (True, "sure", (Rating.GOOD, False)),
        (True, "guess", (Rating.HARD, True)),
        (False, "guess", (Rating.AGAIN, False)),
    ],
)
def test_the_rating_of_a_question_follows_from_the_answer(
    correct: bool, confidence: str | None, expected: tuple[Rating, bool]
) -> None:
    assert rate_answer(correct, confidence) == expected


@pytest.mark.parametrize("retention", [0.69, 0.98, -5.0, 1.5])
def test_a_retention_that_makes_no_sense_is_refused(retention: float) -> None:
    with pytest.raises(UsageError, match="does not fit"):
        ENGINE.interval(10.0, retention)


def test_recall_is_ninety_percent_when_the_stability_has_passed() -> None:
    assert ENGINE.retrievability(12.0, 12) == pytest.approx(0.9, abs=1e-6)


def due(
    card: str, item: str, phase: str = "review", stability: float = 5.0, *, sure_wrong: bool = False
) -> DueRow:
    return DueRow(
        card=card,
        item=item,
        kind="faq",
        phase=phase,
        stability=stability,
        last_day=MONDAY,
        sure_wrong=sure_wrong,
    )


def test_confident_errors_come_first_then_what_was_forgotten_then_the_shakiest() -> None:
    rows = [
        due("k:a", "k:a", stability=90.0),
        due("k:b", "k:b", stability=2.0),
        due("k:c", "k:c", phase="relearning"),
        due("k:d", "k:d", phase="relearning", sure_wrong=True),
    ]
    ordered = order_due(rows, day="2026-12-01", engine=ENGINE)
    assert [row.card for row in ordered] == ["k:d", "k:c", "k:b", "k:a"]


def test_facts_of_one_term_do_not_meet_when_others_can_stand_between() -> None:
    rows = [
        due("k:a/1", "k:a", stability=1.0),
        due("k:a/2", "k:a", stability=2.0),
        due("k:b/1", "k:b", stability=3.0),
    ]
    ordered = order_due(rows, day="2026-12-01", engine=ENGINE)
    assert [row.item for row in ordered] == ["k:a", "k:b", "k:a"]


def term() -> Term:
    return Term(
        id="t",
        name="T",
        short="What it is.",
        definition="It is.",
        concepts=(
            Concept(
                id="wait", text="Waits ==1|7|first== to ==1|30|last== days, ==then== ends.", loose="At once."
            ),
        ),
        faqs=(Faq(id="why", q="Why?", a="Because."),),
        place=Place(file="t.yaml"),
    )


def test_a_term_gives_a_card_for_each_side_gap_question_and_loose_claim() -> None:
    kinds = {spec.card: spec.kind for spec in card_specs("b", term())}
    assert kinds["b:t/front"] == kinds["b:t/back"] == "term"
    assert kinds["b:t/wait/c1"] == "concept"
    assert kinds["b:t/why"] == "faq"
    assert kinds["b:t/wait/loose"] == "loose"
    assert len(kinds) == 6


def test_the_kind_of_a_card_can_be_read_off_its_id() -> None:
    comparison = Comparison(
        id="c",
        title="C",
        subjects=(Subject(id="one", term="b:t", phrase="a t"),),
        aspects=(Aspect(id="cost", label="Cost", ask="What does {subject} cost?", cells={"one": "much"}),),
        sorter=Sorter(title="S", scenarios=(Scenario(id="case", say="A case.", fits="one", because="So."),)),
        place=Place(file="c.yaml"),
    )
    for spec in (*card_specs("b", term()), *card_specs("b", comparison)):
        assert card_kind(spec.card) == spec.kind


def test_a_miss_brings_back_the_gaps_of_its_concept_only() -> None:
    cards = concept_cards("b", term(), "wait")
    assert "b:t/wait/c1" in cards
    assert all(card.startswith("b:t/wait/") and not card.endswith("loose") for card in cards)
