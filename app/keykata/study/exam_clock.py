"""The clock of a test or exam: the pure clock of `practice`, fed with the readings of this machine."""

from __future__ import annotations

from collections.abc import Sequence

from keykata.core.clock import Clock
from keykata.core.days import MINUTE
from keykata.core.event import Event
from keykata.practice.attempt import Attempt
from keykata.practice.clock import (
    ClockState,
    Readings,
    at_least,
    beyond,
    deadline,
    left,
    resumed,
    spent,
    tick,
)
from keykata.practice.paper import Paper
from keykata.study.ledger import Ledger


class ExamClock:
    """A running clock; `limit` is in seconds, 0 for none."""

    def __init__(
        self, clock: Clock, *, limit: float, strict: bool, used: float, saved_at: int | None
    ) -> None:
        self.limit = limit
        self._clock = clock
        saved = ClockState(limit=limit, strict=strict, used=used, wall=saved_at)
        self._state = resumed(saved, self._readings())

    @property
    def set_back(self) -> bool:
        """Whether the wall clock stood before the moment the time was saved."""
        return self._state.set_back

    def used(self) -> float:
        """Seconds used so far, never above the limit."""
        return spent(self._now())

    def left(self) -> float | None:
        """Seconds left, never below 0; None without a limit."""
        return left(self._now()) if self.limit else None

    def beyond(self) -> float:
        """Seconds that passed after the time was over."""
        return beyond(self._now())

    def deadline(self) -> int | None:
        """The moment (ms UTC) the time is or was over."""
        return deadline(self._now())

    def at_least(self, used: float) -> None:
        """Another program has used so many seconds of the same attempt: so many are used here."""
        self._state = at_least(self._now(), used)

    def _now(self) -> ClockState:
        self._state = tick(self._state, self._readings())
        return self._state

    def _readings(self) -> Readings:
        clock = self._clock
        return Readings(wall=clock.wall(), monotonic=clock.monotonic(), boottime=clock.boottime())


def clock_of(ledger: Ledger, paper: Paper, attempt: Attempt, events: Sequence[Event]) -> ExamClock:
    """The clock of an attempt that is taken up now.

    It was saved last by itself or with an event, whichever tells of more time used: the moment of an event is
    no reading of the wall clock once that was set back.

    Args:
        attempt: what its events add up to. events: in turn, at least the one it began with.
    """
    store, name = ledger.store, events[0].attempt or ""
    used, saved_at = store.clock(name), store.clock_saved_at(name)
    if saved_at is None or used < attempt.used:
        used, saved_at = attempt.used, events[-1].at
    return ExamClock(
        ledger.clock, limit=paper.minutes * MINUTE, strict=paper.strict, used=used, saved_at=saved_at
    )
