"""The backup of the day: made beside whatever goes on, in a thread with a connection of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keykata.core.errors import KeyKataError
from keykata.store import backups

if TYPE_CHECKING:
    import threading

QUIET_SECONDS = 3.0  # the first answers of the day have the disk to themselves


class Keeper:
    """Sees to the day's backup after the first write of a study day.

    Attributes:
        trouble: why the last one could not be made; None when all went well.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._day = ""
        self._thread: threading.Thread | None = None
        self._hurry: threading.Event | None = None
        self.trouble: KeyKataError | None = None

    def wrote(self, day: str) -> None:
        """Something of a study day is on disk."""
        if day == self._day or (self._thread is not None and self._thread.is_alive()):
            return
        self._day = day
        if backups.daily_path(self._database, day).exists():
            return
        import threading

        hurry = self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._make, args=(day, hurry), name="backup", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Wait until a backup under way is done."""
        if self._hurry is not None and self._thread is not None:
            self._hurry.set()
            self._thread.join()

    def _make(self, day: str, hurry: threading.Event) -> None:
        hurry.wait(QUIET_SECONDS)
        try:
            backups.write_daily(self._database, day)
        except KeyKataError as error:
            self.trouble = error
