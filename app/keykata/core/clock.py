"""The clock, as an argument: nothing below the command line and the screens reads the time itself."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """Three clocks of one machine and its place in the day."""

    def wall(self) -> int:
        """Milliseconds since 1970-01-01 UTC; may jump."""

    def monotonic(self) -> float:
        """Seconds that never go back; stand still while the machine sleeps or the program is stopped."""

    def boottime(self) -> float:
        """Seconds that never go back; go on while the machine sleeps."""

    def utc_offset(self, at: int) -> int:
        """Seconds east of UTC in the learner's zone at a moment (milliseconds UTC)."""


class Later:
    """A clock that shows what another will show so many milliseconds from now."""

    def __init__(self, clock: Clock, ahead: int) -> None:
        self._clock = clock
        self._ahead = ahead

    def wall(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return self._clock.wall() + self._ahead

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return self._clock.monotonic() + self._ahead / 1000

    def boottime(self) -> float:
        """Seconds that never go back."""
        return self._clock.boottime() + self._ahead / 1000

    def utc_offset(self, at: int) -> int:
        """Seconds east of UTC at a moment (milliseconds UTC)."""
        return self._clock.utc_offset(at)
