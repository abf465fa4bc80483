"""The clock of a test or exam, over the three clocks of the machine.

Not strict: it runs while the program is open, by the clock that stands still while the machine sleeps; a
crash gives back what was not saved. Strict: it runs on while the machine sleeps and while the program is
away, by as much as the wall clock went on; a wall clock that was set back adds nothing.
"""

from __future__ import annotations

from keykata.core.clock import Clock

MS = 1000


class ExamClock:
    """Seconds used and left; `limit` 0 means no limit.

    Attributes:
        limit: seconds in all.
        set_back: the wall clock stood before the moment the running time was saved.
    """

    def __init__(
        self, clock: Clock, *, limit: float, strict: bool, used: float, saved_at: int | None
    ) -> None:
        self.limit = limit
        self._clock = clock
        self._strict = strict
        away = 0.0 if saved_at is None else (clock.wall() - saved_at) / MS
        self.set_back = away < 0
        self._before = used + (max(0.0, away) if strict else 0.0)
        self._since = self._running()

    def used(self) -> float:
        """Seconds used so far."""
        return self._before + max(0.0, self._running() - self._since)

    def left(self) -> float | None:
        """Seconds left, never below 0; None without a limit."""
        return max(0.0, self.limit - self.used()) if self.limit else None

    def over_by(self) -> int:
        """Milliseconds since the deadline, 0 before it."""
        return max(0, int((self.used() - self.limit) * MS)) if self.limit else 0

    def _running(self) -> float:
        return self._clock.boottime() if self._strict else self._clock.monotonic()
