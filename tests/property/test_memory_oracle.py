"""Our fold against `fsrs`, the pure-Python scheduler of the same authors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from keykata.core.days import add_days
from keykata.core.event import Event
from keykata.memory.engine import Engine
from keykata.memory.fold import fold

CARD = "kms:some-question"
START = "2026-01-05"
histories = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 4)), min_size=1, max_size=12)
NEAR = 1e-5  # of a number, which one of the two keeps with half the digits: of two days both may be as near
retentions = st.sampled_from([0.75, 0.85, 0.9, 0.95])


def answers(history: list[tuple[int, int]], retention: float) -> list[Event]:
    events, day = [], START
    for number, (gap, rating) in enumerate(history):
        day = add_days(day, gap if number else 0)
        body = {"v": 1, "rating": rating, "retention": retention, "kind": "question", "correct": rating > 1}
        events.append(Event(f"E{number}", number * 1000, day, "d", number, "answer", "A", CARD, CARD, body))
    return events


@settings(max_examples=60, deadline=None)
@example([(0, 3), (39, 3), (4, 4)], 0.75)
@given(histories, retentions)
def test_the_same_ratings_on_the_same_days_give_the_same_memory(
    history: list[tuple[int, int]], retention: float
) -> None:
    events = answers(history, retention)
    engine = Engine()
    state = fold(CARD, events, engine, fuzz=False)
    scheduler = fsrs.Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
    )
    card = fsrs.Card(card_id=1)
    for event in events:
        moment = datetime.fromisoformat(event.day).replace(tzinfo=UTC)
        card, _ = scheduler.review_card(card, fsrs.Rating(event.body["rating"]), moment)
    assert state is not None
    assert card.stability is not None
    assert card.last_review is not None
    assert state.stability == pytest.approx(card.stability, rel=NEAR)
    if history[-1][1] > 1 and card.stability < 36_500:
        days = (card.due - card.last_review) / timedelta(days=1)
        wanted = min(36_500.0, max(1.0, engine.horizon(retention) * card.stability))
        assert abs(state.interval - wanted) <= 0.5 + NEAR * wanted
        assert abs(days - wanted) <= 0.5 + NEAR * wanted
