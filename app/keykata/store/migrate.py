"""Numbered steps from an empty database to today's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from keykata.store import backups

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
        UnreadableError, UnwritableError: no backup could be made, so that no step was taken.
    """
    for number, step in enumerate(steps, 1):
        if version(db) >= number:
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            have = version(db)
            if have < number:
                if have and home is not None and _has_data(db):
                    _back_up(db, home / backups.FOLDER / f"before-{step.stem}.db")
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


def _back_up(db: sqlite3.Connection, to: Path) -> None:
    """A copy of what a step is about to change, taken while no other program can change it."""
    with closing(backups.open_to_read(backups.file_of(db))) as reader:
        backups.write(reader, to)


def statements(script: str) -> Iterator[str]:
    """The statements of a script; triggers stay whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
