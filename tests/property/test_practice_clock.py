"""The exam clock under any readings: never negative, never back, strict never less."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from keykata.practice.clock import (
    WARN_AT,
    ClockState,
    Readings,
    left,
    resumed,
    spent,
    stopped,
    tick,
    warnings_due,
)

LIMIT = 7800.0
seconds = st.floats(0, 20_000)
# awake, asleep, how far the wall clock was set beside that, and whether the program was away meanwhile
moments = st.lists(st.tuples(seconds, seconds, st.floats(-50_000, 50_000), st.booleans()), max_size=20)
anything = st.lists(
    st.tuples(st.integers(0, 10**13), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.booleans()), max_size=20
)


def lived(strict: bool, story: list[tuple[float, float, float, bool]]) -> list[ClockState]:
    """The states of a clock through a story of the machine."""
    now = Readings(1_800_000_000_000, 0.0, 0.0)
    states = [tick(ClockState(limit=LIMIT, strict=strict), now)]
    for awake, asleep, shift, away in story:
        before, now = (
            now,
            Readings(
                now.wall + round((awake + asleep + shift) * 1000),
                now.monotonic + awake,
                now.boottime + awake + asleep,
            ),
        )
        states.append(resumed(stopped(states[-1], before), now) if away else tick(states[-1], now))
    return states


@given(moments)
def test_a_strict_clock_never_shows_more_time_left(story: list[tuple[float, float, float, bool]]) -> None:
    pairs = zip(lived(True, story), lived(False, story), strict=True)
    assert all(strict.used >= lax.used - 1e-6 for strict, lax in pairs)


@given(st.booleans(), anything)
def test_whatever_the_clocks_say_time_never_goes_back_or_below_zero(
    strict: bool, story: list[tuple[int, float, float, bool]]
) -> None:
    state = ClockState(limit=LIMIT, strict=strict)
    for wall, monotonic, boottime, away in story:
        now = Readings(wall, monotonic, boottime)
        after = resumed(state, now) if away else tick(state, now)
        assert after.used >= state.used >= 0
        assert 0 <= (left(after) or 0.0) <= LIMIT
        assert 0 <= spent(after) <= LIMIT
        state = after


@given(st.lists(st.floats(0, LIMIT), max_size=30))
def test_every_warning_is_given_exactly_once_however_one_looks(looks: list[float]) -> None:
    times = sorted({*looks, 0.0, LIMIT}, reverse=True)
    given_out = [m for one, two in pairwise(times) for m in warnings_due(one, two)]
    assert given_out == list(WARN_AT)
