"""Room ahead in the write-ahead log.

A commit that makes its file longer also waits for the file system to write down how long it is now; one that
writes over what is there does not, and waits about a third less. So the file is made longer by a stretch at
once, at the beginning of an attempt and whenever a commit had to: a large write begins, spills into the log,
and is taken back. What it leaves behind is no part of the log (https://www.sqlite.org/walformat.html, 4.3).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

STRETCH = 4 << 20  # bytes asked for; what the page cache holds of them (database.py) stays away
PLENTY = 64 << 20  # bytes free on the disk, below which none are taken ahead
EVERY = 8  # commits between two looks, each of which asks the system


class Room:
    """Sees to the room in the write-ahead log of one connection."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._home = path.parent
        self._log = f"{path}-wal"
        self._length = 0  # bytes of the file, as far as it was seen to
        self._wanted = True
        self._commits = 0  # seen since the beginning

    def look(self) -> None:
        """After a commit: make the file longer if it had to; where the disk is full, it stays as it is."""
        self._commits += 1
        if not self._wanted or self._commits % EVERY != 1:
            return
        length = self._measured()
        if length > self._length:
            self._widen()
            length = self._measured()
        self._length = length

    def _measured(self) -> int:
        """Bytes of the file; 0 where there is none, as on a network folder."""
        try:
            return os.stat(self._log).st_size  # noqa: PTH116 - a quarter of the time, after every answer
        except OSError:
            return 0

    def _widen(self) -> None:
        try:
            if shutil.disk_usage(self._home).free < PLENTY:
                return
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("INSERT INTO snapshot VALUES ('', zeroblob(?))", (STRETCH,))
        except (sqlite3.Error, OSError):  # another program writes, or the disk is full: it goes on as it is
            self._wanted = False
        finally:
            if self._db.in_transaction:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
