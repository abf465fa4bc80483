"""What holds for the fold of any history."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.core.days import add_days
from keykata.core.event import Event
from keykata.memory.engine import MAX_INTERVAL, Engine
from keykata.memory.fold import fold

CARD = "kms:key-deletion/waiting/c1"
ENGINE = Engine()
steps = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 4), st.booleans()), min_size=1, max_size=10)


def events_of(history: list[tuple[int, int, bool]]) -> list[Event]:
    events, day = [], "2026-02-02"
    for number, (gap, rating, undone) in enumerate(history):
        day = add_days(day, gap)
        body = {"v": 1, "rating": rating, "retention": 0.9, "kind": "concept", "correct": None}
        name = f"E{number}"
        events.append(Event(name, number * 10_000, day, "d", 2 * number, "answer", "A", None, CARD, body))
        if undone:
            target = {"v": 1, "target": name}
            events.append(
                Event(
                    f"V{number}",
                    number * 10_000 + 1,
                    day,
                    "d",
                    2 * number + 1,
                    "void",
                    "A",
                    None,
                    CARD,
                    target,
                )
            )
    return events


@settings(max_examples=100, deadline=None)
@given(steps)
def test_an_undone_answer_counts_as_absent(history: list[tuple[int, int, bool]]) -> None:
    events = events_of(history)
    gone = {event.body["target"] for event in events if event.kind == "void"}
    kept = [event for event in events if event.kind == "answer" and event.id not in gone]
    assert fold(CARD, events, ENGINE) == fold(CARD, kept, ENGINE)


@settings(max_examples=100, deadline=None)
@given(steps)
def test_voids_may_arrive_before_what_they_withdraw(history: list[tuple[int, int, bool]]) -> None:
    events = events_of(history)
    early = sorted(events, key=lambda event: event.kind == "answer")
    assert fold(CARD, early, ENGINE) == fold(CARD, events, ENGINE)


@settings(max_examples=100, deadline=None)
@given(steps)
def test_intervals_stay_in_bounds_and_due_never_precedes_the_answer(
    history: list[tuple[int, int, bool]],
) -> None:
    state = fold(CARD, events_of(history), ENGINE)
    if state is not None:
        assert 0 <= state.interval <= MAX_INTERVAL
        assert state.due_day >= state.last_day
        assert (state.interval == 0) == (state.phase in ("learning", "relearning"))
