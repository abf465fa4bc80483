"""The clock of the machine, and being stopped by the shell: the only place that reads the time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

MS = 1000
NS_IN_MS = 1_000_000


class SystemClock:
    """`keykata.core.clock.Clock` by the operating system."""

    stopped = 0.0  # seconds this program was stopped in all, the same for every clock in it

    def wall(self) -> int:
        """Milliseconds since 1970-01-01 UTC; may jump."""
        return time.time_ns() // NS_IN_MS

    def monotonic(self) -> float:
        """Seconds that never go back; stand still while the machine sleeps or the program is stopped."""
        return time.monotonic() - SystemClock.stopped

    def boottime(self) -> float:
        """Seconds that never go back; go on while the machine sleeps, where the system can tell."""
        kind = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if kind is None else time.clock_gettime(kind)

    def utc_offset(self, at: int) -> int:
        """Seconds east of UTC in the zone of this machine at a moment (milliseconds UTC)."""
        return time.localtime(at / MS).tm_gmtoff


def stop(number: int) -> None:
    """Send this program a signal that stops it; its clocks leave out what passes until it goes on."""
    began = time.monotonic()
    os.kill(os.getpid(), number)
    SystemClock.stopped += time.monotonic() - began


@contextmanager
def stopped_by_shell() -> Iterator[None]:
    """A context in which ctrl+z stops the program as ever, and its clocks with it."""
    number = getattr(signal, "SIGTSTP", None)  # some systems do not have it
    if number is None or signal.getsignal(number) is not signal.SIG_DFL:
        yield
        return

    def again(*_: object) -> None:
        signal.signal(number, signal.SIG_DFL)  # where no shell could let it go on, the system stops nothing
        stop(number)
        signal.signal(number, again)

    signal.signal(number, again)
    try:
        yield
    finally:
        signal.signal(number, signal.SIG_DFL)
