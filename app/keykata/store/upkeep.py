"""Copying and refilling a database that no store of this program has open."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from keykata.core.errors import BusyError, KeyKataError
from keykata.store import backups
from keykata.store.database import connect, opened, speaking
from keykata.store.derive import DERIVED, Deriver
from keykata.store.in_use import connect_in_use

_UNFIT = re.compile(r"(?:missing from|wrong # of entries in|non-unique entry in) index (\w+)$")


def copy_out(path: Path, to: Path) -> int:
    """A checked copy of a database, whoever else is writing to it; how many events it holds.

    Raises:
        UnreadableError: it is damaged or from a newer version. UnwritableError: the copy cannot be written.
    """
    with closing(connect_in_use(path, checked=False)) as db:
        backups.clear(path)
        return backups.write(db, to)


def is_free(path: Path) -> bool:
    """Whether a write can begin just now; waits for another program as long as any write does.

    Whatever else is wrong counts as free: the write itself says it best.
    """
    try:
        with speaking(path), closing(opened(path)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
    except BusyError:
        return False
    except (sqlite3.Error, KeyKataError):
        return True
    return True


def refill(path: Path) -> None:
    """Compute again everything that follows from the log.

    Raises:
        UnreadableError: it is damaged. UnwritableError, BusyError: nothing was changed.
    """
    with closing(connect(path)) as db, speaking(path):
        db.execute("BEGIN IMMEDIATE")
        Deriver(db).everything()
        db.execute("COMMIT")


def reindex(path: Path) -> tuple[str, ...]:
    """Make indices anew that do not fit their tables; the tables they belong to.

    Only where nothing else is wrong, and every one of the tables follows from the log.

    Raises:
        UnreadableError: it is damaged. UnwritableError, BusyError: nothing was changed.
    """
    with closing(connect(path)) as db, speaking(path):
        named = [_UNFIT.search(str(row[0])) for row in db.execute("PRAGMA integrity_check")]
        owners = dict(db.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'"))
        tables = {str(owners.get(found[1])) if found else "" for found in named}
        if not tables <= set(DERIVED):
            return ()
        db.execute("BEGIN IMMEDIATE")
        for table in sorted(tables):
            db.execute(f"REINDEX {table}")
        db.execute("COMMIT")
    return tuple(sorted(tables))
