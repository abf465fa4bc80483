"""What a home needs beside the answers, in a quiet moment and in a thread of its own: the backup of the day,
and bringing what the write-ahead log holds into the database.

Both keep the disk busy, so that an answer given meanwhile would wait for them. They begin once nothing was
written for a while, or when the home is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from keykata.core.errors import KeyKataError
from keykata.store import backups
from keykata.store.database import checkpoint

if TYPE_CHECKING:
    import threading

QUIET_SECONDS = 3.0
PATIENCE = 20  # times of looking whether it is quiet, a minute in all; then it is done beside the answers
MANY = 50  # writes after which the write-ahead log is worth emptying


class Keeper:
    """Sees to the day's backup after the first write of a study day, and to the write-ahead log.

    Attributes:
        trouble: why the last one could not be made; None when all went well.
    """

    def __init__(
        self, database: Path, *, quiet: float = QUIET_SECONDS, need: Callable[[], None] = lambda: None
    ) -> None:
        """A keeper of a database.

        Args:
            need: raises a KeyKataError where no other connection to it may be opened.
        """
        self._database = database
        self._need = need
        self._quiet = quiet  # seconds
        self._day = ""  # whose backup was seen to
        self._wanted = ""  # whose backup is still to be made
        self._writes = 0
        self._unmoved = 0  # writes since the write-ahead log was emptied
        self._thread: threading.Thread | None = None
        self._hurry: threading.Event | None = None
        self.trouble: KeyKataError | None = None

    def wrote(self, day: str) -> None:
        """Something of a study day is on disk."""
        self._writes += 1
        self._unmoved += 1
        if day != self._day:
            self._day = day
            self._wanted = "" if backups.has_daily(self._database, day) else day
        if not self._wanted and self._unmoved < MANY:
            return
        if self._thread is None or not self._thread.is_alive():
            self._begin()

    def close(self) -> None:
        """Do what is left of the day's backup, and wait until it is done."""
        if self._hurry is not None and self._thread is not None:
            self._hurry.set()
            self._thread.join()
        self._wanted = self._day  # also where a full disk, or one that was away, had no room for it before
        self._back_up()

    def _begin(self) -> None:
        import threading

        hurry = self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._keep, args=(hurry,), name="keeper", daemon=True)
        self._thread.start()

    def _keep(self, hurry: threading.Event) -> None:
        self._wait_for_quiet(hurry)
        self._unmoved = 0
        self._back_up()
        if not hurry.is_set():  # closing the database empties the log anyway
            with suppress(KeyKataError):  # it holds everything still, and the next time may do
                self._need()
                checkpoint(self._database)

    def _back_up(self) -> None:
        day, self._wanted = self._wanted, ""
        try:
            if day:
                self._need()
                backups.write_daily(self._database, day)
                self.trouble = None
        except KeyKataError as error:
            self.trouble = error

    def _wait_for_quiet(self, hurry: threading.Event) -> None:
        for _ in range(PATIENCE):
            seen = self._writes
            if hurry.wait(self._quiet) or seen == self._writes:
                return
