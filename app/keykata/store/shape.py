"""Whether a database is built as this program builds it, whatever its header tells."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from keykata.store.migrate import migrate, migrations, version
from keykata.store.triggers import computes

_BUILT = "('table', 'index')"
_RUNS = "('trigger')"


def fits(db: sqlite3.Connection) -> bool:
    """Whether it has the tables and indices of the version it tells; those of others may be there too.

    Args:
        db: in a transaction, where another program may be taking a step.
    """
    told, found = version(db), _names(db, _BUILT)
    steps = migrations()
    made = [_after(steps[:count], _BUILT) for count in range(len(steps) + 1)]
    return not computes(db) and told in range(len(made)) and found & frozenset().union(*made) == made[told]


def is_as_made(db: sqlite3.Connection) -> bool:
    """Whether a database of today's version is built so, and runs what ours runs and nothing else."""
    return fits(db) and _names(db, _RUNS) == _after(migrations(), _RUNS)


def _after(steps: Sequence[Path], kinds: str) -> frozenset[str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db, steps, home=None)
        return _names(db, kinds)


def _names(db: sqlite3.Connection, kinds: str) -> frozenset[str]:
    """Without those that SQLite gives itself."""
    sql = f"SELECT name FROM sqlite_master WHERE type IN {kinds} AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    return frozenset(row[0] for row in db.execute(sql))
