"""The derived tables of a home as they lie on the disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from keykata.store.derive import DERIVED
from keykata.store.store import Store


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row that follows from the log, by table, through a connection of its own."""
    with closing(sqlite3.connect(store.path)) as db:
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in DERIVED}
