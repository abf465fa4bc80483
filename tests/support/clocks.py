"""A clock and a source of chance that tests turn by hand."""

from __future__ import annotations

import hashlib

START = 1_795_435_200_000  # Mon 23 Nov 2026 12:00 UTC
HOUR = 3_600_000
DAY = 24 * HOUR


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, at: int = START, offset: int = 0) -> None:
        self.at = at
        self.offset = offset
        self.seconds = 0.0

    def wall(self) -> int:
        """Milliseconds UTC."""
        return self.at

    def monotonic(self) -> float:
        """Seconds since the test began."""
        return self.seconds

    def boottime(self) -> float:
        """The same; the machine does not sleep."""
        return self.seconds

    def utc_offset(self, at: int) -> int:
        """Seconds east of UTC."""
        return self.offset

    def pass_seconds(self, seconds: float) -> None:
        """Let time go by."""
        self.seconds += seconds
        self.at += int(seconds * 1000)

    def pass_days(self, days: int) -> None:
        """Let days go by."""
        self.pass_seconds(days * 86_400)


class CountingEntropy:
    """Bytes that are different at every call and the same in every run."""

    def __init__(self, name: str = "test") -> None:
        self._name = name
        self._calls = 0

    def __call__(self, count: int) -> bytes:
        """That many bytes."""
        self._calls += 1
        return hashlib.sha256(f"{self._name}/{self._calls}".encode()).digest()[:count]
