"""Reading a database that another program may have open, or open while it is read; it stays as it is."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from keykata.core.errors import KeyKataError
from keykata.store.alone import coming_in
from keykata.store.database import check, connect_read_only, look_at, memory_of
from keykata.store.faults import is_busy, speaking
from keykata.store.wal import file_beside

_UNFINISHED = ("-wal", "-journal")  # who may write here would bring into the database what a killed one left
PATIENCE = 5.0  # seconds: the last program that leaves brings all of its log into the database


def connect_in_use(path: Path, *, checked: bool = True) -> sqlite3.Connection:
    """A connection that reads by SQLite's own locks; where none can be had, what lies there.

    Args:
        checked: False leaves it to who reads to see whether it is ours and built as its version.

    Raises:
        UnreadableError: damaged, not ours, or from a newer version.
        BusyError: another program is just changing all of it, or putting another in its place.
        UnwritableError: not even reading works.
    """
    look_at(path)
    with speaking(path):
        try:
            with coming_in(path):
                return locking(path, checked=checked)
        except sqlite3.OperationalError as error:
            if is_busy(error):  # to be read without locks least of all
                raise
    return connect_read_only(path)


def connect_other(path: Path) -> sqlite3.Connection:
    """The same for another home, whose programs go on writing however long it is read.

    Raises:
        UnreadableError, BusyError, UnwritableError: as `connect_in_use`.
    """
    db = connect_in_use(path)
    with speaking(path):
        try:
            logged = db.execute("PRAGMA journal_mode").fetchone()[0] in ("wal", "memory")
            return db if logged else memory_of(db)
        except sqlite3.Error:
            db.close()
            raise


def locking(path: Path, *, checked: bool) -> sqlite3.Connection:
    """A connection that reads by SQLite's own locks.

    Raises:
        sqlite3.Error, UnicodeDecodeError: none can be had, or it is no database with a log of ours.
        UnreadableError: where it is checked, and not ours or not built as its version.
    """
    how = "rw" if _takes_locks(path) else "ro"
    uri = f"{path.absolute().as_uri()}?mode={how}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE)
    try:
        db.execute("PRAGMA query_only = ON")
        db.execute("PRAGMA ignore_check_constraints = ON")  # asked of `rw` alone; doctor has better words
        if checked:
            check(db, path)
        db.execute("SELECT 1 FROM event LIMIT 1").fetchall()
    except (sqlite3.Error, UnicodeDecodeError, KeyKataError):
        db.close()
        raise
    return db


def _takes_locks(path: Path) -> bool:
    """Whether a log for the locks is to be made beside, which goes again at the end: where there is none."""
    if any(file_beside(path, end).exists() for end in _UNFINISHED):
        return False
    real = Path(os.path.realpath(path))
    return os.access(real, os.W_OK) and os.access(real.parent, os.W_OK | os.X_OK)
