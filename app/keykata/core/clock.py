"""The clock, as an argument: nothing below the command line and the screens reads the time itself."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """Three clocks of one machine and its place in the day."""

    def wall(self) -> int:
        """Milliseconds since 1970-01-01 UTC; may jump."""

    def monotonic(self) -> float:
        """Seconds that never go back; stand still while the machine sleeps."""

    def boottime(self) -> float:
        """Seconds that never go back; go on while the machine sleeps."""

    def utc_offset(self, at: int) -> int:
        """Seconds east of UTC in the learner's zone at a moment (milliseconds UTC)."""
