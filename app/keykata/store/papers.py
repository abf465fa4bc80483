"""The papers of attempts that can no longer be read: taken out of backups again, or set aside."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from keykata.core.errors import UnreadableError
from keykata.core.packed import unpack
from keykata.practice.paper import decode_paper
from keykata.store import backups
from keykata.store.database import connect, speaking
from keykata.store.upkeep import copy_out

_LOST = "SELECT snapshot FROM attempt WHERE snapshot NOT IN (SELECT hash FROM snapshot)"


def unreadable(db: sqlite3.Connection) -> frozenset[str]:
    """The hashes of the papers in a database that are not what their hash says."""
    rows = db.execute("SELECT hash, body FROM snapshot")
    return frozenset(hashed for hashed, body in rows if not _is_paper(hashed, body))


def take_from_backups(path: Path) -> int:
    """Bring back every unreadable or lost paper that a backup of the home holds; how many.

    Raises:
        UnreadableError: the database is damaged. UnwritableError, BusyError: nothing was changed.
    """
    with closing(connect(path)) as db, speaking(path):
        found = _in_backups(path.parent, {*unreadable(db), *(row[0] for row in db.execute(_LOST))})
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT OR REPLACE INTO snapshot VALUES (?, ?)", sorted(found.items()))
        db.execute("COMMIT")
    return len(found)


def set_aside(path: Path, kept: Path) -> int:
    """Take unreadable papers out of a database that is kept whole as another file first; how many.

    Raises:
        UnreadableError: the database is damaged. UnwritableError, BusyError: nothing was changed.
    """
    copy_out(path, kept)
    with closing(connect(path)) as db, speaking(path):
        db.execute("BEGIN IMMEDIATE")
        wrong = unreadable(db)
        db.executemany("DELETE FROM snapshot WHERE hash = ?", [(hashed,) for hashed in wrong])
        db.execute("COMMIT")
    return len(wrong)


def _in_backups(home: Path, wanted: set[str]) -> dict[str, bytes]:
    """Those of the papers that any backup holds whole, the newest asked first."""
    found: dict[str, bytes] = {}
    for backup in backups.newest_first(home):
        with suppress(sqlite3.Error, UnicodeDecodeError), closing(backups.open_backup(backup)) as db:
            for hashed in wanted - found.keys():
                row = db.execute("SELECT body FROM snapshot WHERE hash = ?", (hashed,)).fetchone()
                if row is not None and _is_paper(hashed, row[0]):
                    found[hashed] = row[0]
    return found


def _is_paper(hashed: str, body: object) -> bool:
    try:
        paper = unpack(body)
        decode_paper(paper)
    except (UnreadableError, TypeError, ValueError):
        return False
    return hashlib.sha256(paper).hexdigest() == hashed
