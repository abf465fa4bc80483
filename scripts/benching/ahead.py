"""The program some days from now: the first argument says how many, the others are its own."""

import sys

from keykata.cli.clock import SystemClock
from keykata.cli.entry import main

DAY_MS = 86_400_000


class Ahead(SystemClock):
    """The clock of the machine, so many days ahead."""

    def wall(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return super().wall() + days * DAY_MS


days = int(sys.argv.pop(1))
vars(sys.modules[SystemClock.__module__])["SystemClock"] = Ahead
main()
