"""The clock of a test or exam as plain data: what readings of the machine's clocks add to the time used.

Not strict, it runs by the clock that stands still while the machine sleeps, and only while a screen is open;
what was not saved is given back by a crash, at most `SAVE_EVERY` seconds. Strict, it runs by the clock that
goes on while the machine sleeps, and on resuming by as much as the wall clock went on since the last saving.
A clock that was set back adds nothing and is noted. Time used never goes down.
"""

from __future__ import annotations

from typing import NamedTuple

from keykata.core.days import MINUTE
from keykata.core.rounding import round_half_up

SAVE_EVERY = 5.0  # seconds
WARN_AT = (30, 10, 5, 1)  # minutes left
MS = 1000


class Readings(NamedTuple):
    """The machine's clocks at one moment: ms UTC, and seconds without and with sleep."""

    wall: int
    monotonic: float
    boottime: float


class ClockState(NamedTuple):
    """A clock between two readings.

    Attributes:
        limit: seconds in all; 0 means no limit.
        strict: it runs on while the program is away or the machine asleep.
        used: seconds used; goes beyond the limit, so that the deadline can be told.
        wall: ms UTC of the last reading or saving; None before the first.
        last: the last readings of this run; None while it stands still.
        set_back: on resuming, the wall clock stood before the moment it was saved.
    """

    limit: float
    strict: bool = False
    used: float = 0.0
    wall: int | None = None
    last: Readings | None = None
    set_back: bool = False


def tick(state: ClockState, readings: Readings) -> ClockState:
    """The clock a moment later; one that stood still only starts to run."""
    used = state.used + _ran(state, readings)
    return ClockState(state.limit, state.strict, used, readings.wall, readings, state.set_back)


def stopped(state: ClockState, readings: Readings) -> ClockState:
    """The clock as it is saved when the screen closes; `resumed` takes it on."""
    return tick(state, readings)._replace(last=None)


def resumed(state: ClockState, readings: Readings) -> ClockState:
    """The clock of an attempt that is taken up again; `state` holds `used` and `wall` as they were saved.

    The steady clocks of another run are not compared: the machine may have started anew in between.
    """
    away = 0 if state.wall is None else readings.wall - state.wall
    return state._replace(
        used=state.used + (max(0, away) / MS if state.strict else 0.0),
        wall=readings.wall,
        last=readings,
        set_back=state.set_back or (state.strict and away < 0),
    )


def _ran(state: ClockState, readings: Readings) -> float:
    if state.last is None:
        return 0.0
    if state.strict:
        return max(0.0, readings.boottime - state.last.boottime)
    return max(0.0, readings.monotonic - state.last.monotonic)


def at_least(state: ClockState, used: float) -> ClockState:
    """The clock that goes by what another run of the same attempt used (seconds), where that is more."""
    return state._replace(used=max(state.used, used))


def left(state: ClockState) -> float | None:
    """Seconds left, never below 0; None without a limit."""
    return max(0.0, state.limit - state.used) if state.limit else None


def spent(state: ClockState) -> float:
    """Seconds used, never above the limit."""
    return min(state.used, state.limit) if state.limit else state.used


def beyond(state: ClockState) -> float:
    """Seconds that passed after the time was over; 0 before that and without a limit."""
    return max(0.0, state.used - state.limit) if state.limit else 0.0


def expired(state: ClockState) -> bool:
    """Whether the time is over."""
    return left(state) == 0


def deadline(state: ClockState) -> int | None:
    """The moment (ms UTC) the time is or was over if the clock runs on; None without a limit or a reading."""
    if not state.limit or state.wall is None:
        return None
    return state.wall + round_half_up((state.limit - state.used) * MS)


def save_due(state: ClockState, saved: float) -> bool:
    """Whether the time used is to be saved, given what was saved last (seconds)."""
    return state.used - saved >= SAVE_EVERY


def warnings_due(before: float | None, after: float | None) -> tuple[int, ...]:
    """The minutes (30, 10, 5, 1) that were crossed between two looks at the seconds left, most first."""
    if before is None or after is None:
        return ()
    return tuple(minutes for minutes in WARN_AT if after <= minutes * MINUTE < before)
