"""The clock of the machine: the only place that reads the time."""

from __future__ import annotations

import time

MS = 1000
NS_IN_MS = 1_000_000


class SystemClock:
    """`keykata.core.clock.Clock` by the operating system."""

    def wall(self) -> int:
        """Milliseconds since 1970-01-01 UTC; may jump."""
        return time.time_ns() // NS_IN_MS

    def monotonic(self) -> float:
        """Seconds that never go back; stand still while the machine sleeps."""
        return time.monotonic()

    def boottime(self) -> float:
        """Seconds that never go back; go on while the machine sleeps, where the system can tell."""
        kind = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if kind is None else time.clock_gettime(kind)

    def utc_offset(self, at: int) -> int:
        """Seconds east of UTC in the zone of this machine at a moment (milliseconds UTC)."""
        return time.localtime(at / MS).tm_gmtoff
