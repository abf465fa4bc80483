"""A program that is interrupted just as a write begins leaves nothing begun."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from keykata.store.store import Store
from support.clocks import START, CountingEntropy
from support.stores import answers, opened


class InterruptedOnce(sqlite3.Connection):
    """A connection under which ctrl+c falls into the first beginning of a write."""

    due = True

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        done = super().execute(sql, *values)
        if self.due and sql.startswith("BEGIN"):
            self.due = False
            raise KeyboardInterrupt
        return done


def test_an_interrupt_as_a_write_begins_stops_no_later_write_here_or_elsewhere(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as other:
        db = sqlite3.connect(other.path, isolation_level=None, factory=InterruptedOnce)
        device = other.device
        with closing(Store(other.path, db, device, CountingEntropy("here"), writable=True)) as here:
            with pytest.raises(KeyboardInterrupt):
                answers(here, 0, 1)
            answers(other, 1, 2)
            here.save_clock("A", 2.0, START)
            answers(here, 2, 3)
            assert here.clock("A") == 2.0
            assert here.length() == 2
