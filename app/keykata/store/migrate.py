"""Numbered steps from an empty database to today's."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from keykata.store.faults import BACKUPS

APPLICATION_ID = 0x4B4B4154  # "KKAT"
FOLDER = Path(__file__).with_name("migrations")


def migrations() -> list[Path]:
    """The numbered steps, in order."""
    return sorted(FOLDER.glob("[0-9][0-9][0-9]_*.sql"))


def version(db: sqlite3.Connection) -> int:
    """How many steps a database has behind it."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, steps: Sequence[Path], *, home: Path | None) -> None:
    """Take the steps that are missing, each in a transaction of its own.

    Two programs may start at once: whether a step is still missing is asked again once the database is ours.

    Args:
        db: in autocommit mode.
        home: where a backup goes before each step of a database that has data; None for one in memory.

    Raises:
        sqlite3.Error: a step failed; the database stands as before it.
    """
    for number, step in enumerate(steps, 1):
        have = version(db)
        if have >= number:
            continue
        if have and home is not None and _has_data(db):
            backup(db, home / BACKUPS / f"before-{step.stem}.db")
        db.execute("BEGIN IMMEDIATE")
        try:
            if version(db) < number:
                for statement in statements(step.read_text(encoding="utf-8")):
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {number}")
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


def _has_data(db: sqlite3.Connection) -> bool:
    """Whether anything was ever kept; a database another program makes just now needs no backup."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM event)").fetchone()[0])


def statements(script: str) -> Iterator[str]:
    """The statements of a script; triggers stay whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def backup(db: sqlite3.Connection, to: Path) -> None:
    """A whole copy, by SQLite's backup API, written beside and renamed."""
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_name(f"{to.name}.{os.getpid()}.part")
    with closing(sqlite3.connect(beside)) as target:
        db.backup(target)
    beside.replace(to)
