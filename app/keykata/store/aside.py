"""Closing a database beside which another program has begun a log or an index, where the old one was deleted.

SQLite would bring what it knows of into the database and delete what lies in the place of the log: what the
other program acknowledged would be gone with it, or the pages of both be mixed.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from keykata.core.disk import share_like, sync_folder
from keykata.core.errors import BusyError, UnreadableError
from keykata.store import backups
from keykata.store.alone import alone
from keykata.store.faults import speaking
from keykata.store.scraps import PART


def step_aside(db: sqlite3.Connection, path: Path, *, saving: bool) -> Path | None:
    """See that closing a connection changes nothing; the file in which all that it holds was saved before.

    Args:
        saving: what it holds lies nowhere else; without it nothing is saved.

    Raises:
        UnwritableError: it could not be saved; what the other program wrote is safe.
    """
    try:
        return _saved(db, path) if saving else None
    finally:
        with suppress(BusyError):  # nothing is changed at the end of one while another has the database open
            _renew(path)


def _saved(db: sqlite3.Connection, path: Path) -> Path:
    """All that a connection holds as a file; mere pages where the other program wrote over some."""
    to = backups.folder_of(path) / f"left-{os.getpid()}{backups.SUFFIX}"
    try:
        backups.write(db, to)
    except UnreadableError:
        to.unlink(missing_ok=True)
        with speaking(path), closing(sqlite3.connect(to)) as pages:
            db.backup(pages)
    return to


def _renew(path: Path) -> None:
    """Put a copy in the place of a database: SQLite leaves alone what is not the file it has open."""
    place = Path(os.path.realpath(path))
    beside = place.with_name(f"{place.name}.{os.getpid()}{PART}")
    with alone(place) as file:
        if file is None:
            return
        try:
            with beside.open("xb") as copy:
                share_like(beside, place)
                shutil.copyfileobj(file, copy)
                copy.flush()
                os.fsync(copy.fileno())
            beside.replace(place)
            sync_folder(place.parent)
        finally:
            beside.unlink(missing_ok=True)
