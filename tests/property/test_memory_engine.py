"""The two ways through the engine: review by review, and a whole history at once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.memory.engine import Engine

histories = st.lists(
    st.tuples(st.one_of(st.integers(0, 60), st.integers(0, 40_000)), st.integers(1, 4)),
    min_size=1,
    max_size=30,
)
ENGINES = (Engine(), Engine([weight * 0.9 + 0.01 for weight in Engine().weights]))


@settings(max_examples=150, deadline=None)
@given(histories, st.sampled_from(ENGINES))
def test_a_history_at_once_comes_to_the_same_bits_as_its_reviews_one_by_one(
    history: list[tuple[int, int]], engine: Engine
) -> None:
    reviews = [(0, history[0][1]), *history[1:]]
    memory = None
    for days, rating in reviews:
        memory = engine.next_memory(memory, days, rating)
    assert engine.memory_after(reviews) == memory


def test_the_curve_of_the_published_weights_is_known_without_the_engine() -> None:
    assert Engine().curve == Engine(Engine().weights).curve
