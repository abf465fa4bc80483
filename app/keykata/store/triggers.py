"""What a database runs by itself: our two triggers that keep the log append-only, and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from keykata.store.migrate import migrate, migrations, version


def only_ours(db: sqlite3.Connection) -> None:
    """Take out every trigger that is not ours, and set up those that are: a backup may be of another hand."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        migrate(made, migrations()[: version(db)], home=None)
        ours = _triggers(made)
    found = _triggers(db)
    for name in found.keys() - {name for name, sql in ours.items() if found.get(name) == sql}:
        quoted = name.replace('"', '""')
        db.execute(f'DROP TRIGGER "{quoted}"')
    for name in ours.keys() - _triggers(db).keys():
        db.execute(ours[name])


def computes(db: sqlite3.Connection) -> bool:
    """Whether a database holds what is computed when it is read; ours holds nothing of the kind."""
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'view' OR (type = 'table' AND sql LIKE 'CREATE VIRTUAL%')"
    return db.execute(sql).fetchone() is not None


def _triggers(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
