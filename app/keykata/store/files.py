"""The files of an open database: whether what is written goes where the next start looks for it.

A file that is moved, replaced or deleted lives on for the program that has it open, and goes with it. Without
the index of the log, another program that starts makes its own, and both write over each other.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from keykata.store.faults import moved, outgrown, taken_away
from keykata.store.migrate import migrations, version
from keykata.store.wal import file_beside


class Files:
    """A database, its write-ahead log and the index of that, as they were when it was opened."""

    def __init__(self, path: Path) -> None:
        self._path, self._database = path, _identity(path)
        self._version = len(migrations())
        self._log = file_beside(path, "-wal")
        beside = ((place, _identity(place)) for place in (self._log, file_beside(path, "-shm")))
        self._beside = [(place, was) for place, was in beside if was is not None]  # none on network folders

    def overtaken(self) -> bool:
        """Whether another program has begun a log or an index in the place of one that is gone."""
        begun = any(_identity(place) not in (None, was) for place, was in self._beside)
        return begun and _identity(self._path) == self._database

    def need_for_more(self) -> None:
        """See that another connection may be opened: of one program all use one index, the old one, which
        leads astray in a new log, and takes what lies there into the database. Beside another database the
        log would be read into that, and be gone.

        Raises:
            UnwritableError: another program has begun in the place of a file that is gone, or the database
                is no longer in its place.
        """
        if _identity(self._path) != self._database:
            raise moved(self._path)
        if self.overtaken():
            raise taken_away(self._log)

    def log_is_gone(self) -> bool:
        """Whether what was written to the log lies nowhere else."""
        return any(place == self._log and _identity(place) != was for place, was in self._beside)

    def need(self, db: sqlite3.Connection) -> None:
        """See that all are still in their places, and of the version that this program writes; within a
        transaction, before anything is written.

        Raises:
            UnwritableError: they are not, or a newer program has changed them. What was committed to a
                deleted log is then in the database, unless another program has begun a new one.
        """
        if _identity(self._path) != self._database:
            if not self._path.exists():  # else the log may be read into what lies there
                db.execute("ROLLBACK")
                with suppress(sqlite3.Error):
                    db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            raise moved(self._path)
        for place, was in self._beside:
            if _identity(place) != was:
                db.execute("ROLLBACK")
                if not self._log.exists():
                    db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                raise taken_away(place)
        if version(db) != self._version:  # what is derived follows other rules by now
            raise outgrown(self._path)


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells the file of a path from any other; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
