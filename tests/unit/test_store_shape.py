"""Databases that are not built as this program builds them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.errors import DamagedError, UnreadableError
from keykata.core.event import Draft
from keykata.store import backups
from keykata.store.migrate import migrations
from keykata.store.store import open_store
from keykata.study.caring import Care, damage_of
from keykata.study.places import Places
from support.clocks import START, CountingEntropy, HandClock

DAY = "2026-11-23"
REFUSING = "CREATE TRIGGER mine BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no'); END"


def changed(home: Path, sql: str) -> Care:
    """A home of one answer whose database somebody changed."""
    store = open_store(home, entropy=CountingEntropy())
    answer = {"v": 1, "kind": "question", "rating": 3, "correct": True, "wording": "w"}
    store.append([Draft("answer", answer, "A", "kms:q", "kms:q")], now=START, day=DAY)
    store.close()
    with closing(sqlite3.connect(home / "keykata.db", isolation_level=None)) as db:
        db.execute(sql)
    return Care(Places(home=home, cache=None), HandClock())


def answers(home: Path) -> int:
    store = open_store(home, entropy=CountingEntropy("b"))
    found = len(list(store.events()))
    store.close()
    return found


@pytest.mark.parametrize("told", range(len(migrations())))
def test_a_version_that_is_not_that_of_the_tables_is_damage_that_can_be_repaired(
    tmp_path: Path, told: int
) -> None:
    care = changed(tmp_path, f"PRAGMA user_version = {told}")
    with pytest.raises(DamagedError, match="of its version"):
        open_store(tmp_path, entropy=CountingEntropy())
    with pytest.raises(UnreadableError, match="no backup was made"):
        care.backup()
    assert not list((tmp_path / "backups").iterdir())
    assert care.repair().sound
    assert answers(tmp_path) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "DROP INDEX event_order",
        "DROP TABLE clock",
        "DROP TRIGGER event_never_goes",
        "CREATE VIEW mine AS SELECT * FROM event",
        "ALTER TABLE card RENAME TO cards",
        REFUSING,
    ],
)
def test_what_is_missing_or_runs_beside_ours_is_told_and_repaired(tmp_path: Path, sql: str) -> None:
    care = changed(tmp_path, sql)
    assert damage_of(tmp_path) is not None
    assert care.repair().sound
    assert answers(tmp_path) == 1


def test_a_table_of_somebody_else_is_let_be(tmp_path: Path) -> None:
    care = changed(tmp_path, "CREATE TABLE mine (x)")
    assert care.look().sound
    path, count = care.backup()
    assert count == 1
    assert backups.is_sound(path)


def test_a_backup_that_cannot_be_taken_is_passed_over(tmp_path: Path) -> None:
    care = changed(tmp_path, "CREATE TABLE mine (x)")
    good, _ = care.backup(tmp_path / "backups" / "good.db")
    newer = good.with_name("newer.db")
    newer.write_bytes(good.read_bytes())
    with closing(sqlite3.connect(newer, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 1")
    assert care.newest_good() == good
