"""What is asked of a home's attempts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from keykata.core.errors import OvertakenError
from keykata.core.safe import is_text
from keykata.store.faults import speaking
from keykata.store.rows import AttemptRow

_COLUMNS = ", ".join(AttemptRow.__struct_fields__)

SAVE_CLOCK = (
    "INSERT INTO clock VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET used = excluded.used, wall = excluded.wall"
    " WHERE excluded.used >= used"
)
_PAPER = "EXISTS (SELECT 1 FROM snapshot WHERE hash = attempt.snapshot)"


class AttemptReads:
    """The attempts of a store, and their running times."""

    path: Path
    _db: sqlite3.Connection

    def attempt(self, attempt: str) -> AttemptRow | None:
        """One attempt."""
        if not is_text(attempt):  # what was typed need not be
            return None
        return next(iter(self._attempts("WHERE id = ?", attempt)), None)

    def attempts(self) -> tuple[AttemptRow, ...]:
        """Every attempt, oldest first."""
        return self._attempts("ORDER BY started_at, id")

    def open_attempts(self) -> tuple[AttemptRow, ...]:
        """The attempts that can go on, oldest first: not finished, and their paper is there."""
        return self._attempts(f"WHERE finished_at IS NULL AND {_PAPER} ORDER BY started_at, id")

    def attempts_of(self, mode: str) -> tuple[AttemptRow, ...]:
        """The attempts of a mode, oldest first."""
        return self._attempts("WHERE mode = ? ORDER BY started_at, id", mode)

    def last_finished(self) -> AttemptRow | None:
        """The attempt that ended last; None before the first."""
        where = "WHERE finished_at IS NOT NULL ORDER BY finished_at DESC, started_at, id LIMIT 1"
        return next(iter(self._attempts(where)), None)

    def finished_on(self, day: str, mode: str) -> bool:
        """Whether an attempt of a mode that began on a study date has ended."""
        where = "WHERE day = ? AND mode = ? AND finished_at IS NOT NULL LIMIT 1"
        return bool(self._attempts(where, day, mode))

    def clock(self, attempt: str) -> float:
        """Seconds an attempt has used, as far as this computer knows."""
        found = self._rows("SELECT used FROM clock WHERE attempt = ?", attempt)
        return next((float(row[0]) for row in found), 0.0)

    def clock_saved_at(self, attempt: str) -> int | None:
        """The moment (ms UTC) the running time of an attempt was last saved here; None before the first."""
        found = self._rows("SELECT wall FROM clock WHERE attempt = ?", attempt)
        return next((int(row[0]) for row in found), None)

    def others_wrote(self) -> int:
        """What is another number once another connection wrote to the home since it was asked last."""
        return int(self._rows("PRAGMA data_version")[0][0])

    def event_count(self, attempt: str) -> int:
        """How many events an attempt has, whatever they are and whoever wrote them."""
        return int(self._rows("SELECT COUNT(*) FROM event WHERE attempt = ?", attempt)[0][0])

    def need_count(self, known: tuple[str, int] | None) -> None:
        """See that an attempt has as many events as a write goes by, if it goes by any; in its transaction.

        Raises:
            OvertakenError: another program has added to it.
        """
        if known is not None and self.event_count(known[0]) != known[1]:
            raise OvertakenError("Another program went on in it.")

    def _attempts(self, where: str, *values: object) -> tuple[AttemptRow, ...]:
        return tuple(map(_attempt, self._rows(f"SELECT {_COLUMNS} FROM attempt {where}", *values)))

    def _rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with speaking(self.path):
            return self._db.execute(sql, values).fetchall()


def _attempt(row: Sequence[Any]) -> AttemptRow:
    return AttemptRow(**dict(zip(AttemptRow.__struct_fields__, row, strict=True)))
