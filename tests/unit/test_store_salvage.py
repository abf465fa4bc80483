"""What can still be read out of a damaged database, and what a restore makes of it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keykata.core.errors import BusyError, KeyKataError, UnreadableError
from keykata.core.event import ATTEMPT_STARTED, Draft
from keykata.store import backups
from keykata.store.database import DATABASE, PAGE
from keykata.store.examine import examine, is_damaged
from keykata.store.restore import restore
from keykata.store.salvage import salvage
from keykata.store.upkeep import reindex
from support.clocks import START
from support.stores import TODAY, answers, opened

PAPER = bytes(random.Random(1).randbytes(9_000))  # over more than one page


def filled(home: Path, count: int = 60) -> Path:
    store = opened(home)
    body = {"v": 1, "mode": "quiz", "title": "Quiz", "seed": 1, "feedback": "each", "items": count}
    store.append([Draft(ATTEMPT_STARTED, body, "A")], now=START, day=TODAY, snapshot=PAPER)
    store.append([Draft("note", {"v": 1, "text": "é" * 9_000}, item="kms:q1")], now=START, day=TODAY)
    answers(store, 0, count)
    store.close()
    return home / DATABASE


def test_everything_is_read_out_of_a_sound_file_with_its_log(tmp_path: Path) -> None:
    filled(tmp_path)
    store = opened(tmp_path)
    answers(store, 60, 80)  # these are in the write-ahead log alone
    found = salvage(tmp_path / DATABASE)
    assert sorted(found.events.values(), key=lambda event: event.order) == list(store.events())
    assert len(found.snapshots) == 1
    store.close()


@pytest.mark.parametrize("page", [PAGE, 4096])
def test_a_file_that_does_not_say_how_long_its_pages_are_is_read_all_the_same(
    tmp_path: Path, page: int
) -> None:
    with closing(sqlite3.connect(filled(tmp_path / "home"))) as db:
        db.execute(f"PRAGMA page_size = {page}")
        db.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
    known = salvage(tmp_path / "home" / DATABASE)
    (tmp_path / "copy.db").write_bytes(bytes(100) + (tmp_path / "copy.db").read_bytes()[100:])
    found = salvage(tmp_path / "copy.db")
    assert found.events == known.events
    assert found.snapshots == known.snapshots


@pytest.mark.parametrize(
    ("at", "told"),
    [(16, b"\x02\x00"), (16, b"\x04\x00"), (16, b"\x10\x00"), (16, b"\x00\x01"), (20, b"\x01")],
)
def test_a_header_that_tells_other_pages_than_there_are_costs_nothing(
    tmp_path: Path, at: int, told: bytes
) -> None:
    path = filled(tmp_path)
    known = salvage(path)
    data = bytearray(path.read_bytes())
    data[at : at + len(told)] = told
    path.write_bytes(data)
    found = salvage(path)
    assert found.events == known.events
    assert found.snapshots == known.snapshots
    assert restore(tmp_path, None, stamp="x").events == 62


@pytest.mark.parametrize("length", [0, 1, 15, 16, 18, 20, 21, 99, 100, 2048])
def test_a_file_of_which_little_is_left_is_replaced_by_the_backup(tmp_path: Path, length: int) -> None:
    path = filled(tmp_path)
    shutil.copy(path, tmp_path / "copy.db")
    path.write_bytes(path.read_bytes()[:length])
    assert restore(tmp_path, tmp_path / "copy.db", stamp="x").events == 62


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 30), cut=st.booleans())
def test_damage_anywhere_never_breaks_the_reading(tmp_path: Path, seed: int, cut: bool) -> None:
    whole = tmp_path / "whole" / DATABASE
    if not whole.exists():
        filled(whole.parent)
    dice = random.Random(seed)
    data = bytearray(whole.read_bytes())
    for _ in range(dice.randrange(1, 300)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    spoiled = tmp_path / "spoiled.db"
    spoiled.write_bytes(data[: dice.randrange(len(data))] if cut else data)
    before = spoiled.read_bytes()
    known = set(salvage(whole).events)
    found = salvage(spoiled)
    assert len(found.events) <= len(known) + 2
    examine(spoiled, START)
    assert spoiled.read_bytes() == before


def test_a_restore_takes_over_what_came_after_the_backup_and_keeps_the_damaged_file(tmp_path: Path) -> None:
    path = filled(tmp_path)
    store = opened(tmp_path)
    store.backup(tmp_path / "backups" / "daily-2026-11-23.db")
    answers(store, 60, 90)
    ids = [event.id for event in store.events()]
    store.close()
    data = bytearray(path.read_bytes())
    data[100:2_000] = b"\x55" * 1_900  # the schema is gone: SQLite reads nothing
    path.write_bytes(data)
    with pytest.raises(UnreadableError):
        opened(tmp_path).answers()
    done = restore(tmp_path, backups.newest_good(tmp_path), stamp="now")
    assert (done.events, done.saved) == (len(ids), 30)
    assert done.kept is not None
    assert done.kept.read_bytes() == bytes(data)
    store = opened(tmp_path)
    assert [event.id for event in store.events()] == ids
    assert not is_damaged(store.path)
    assert store.card("kms:q89") is not None
    store.close()


def test_without_a_backup_a_new_database_is_built_of_what_can_be_read(tmp_path: Path) -> None:
    path = filled(tmp_path)
    data = bytearray(path.read_bytes())
    data[:2_000] = b"\0" * 2_000
    path.write_bytes(data)
    done = restore(tmp_path, None, stamp="now")
    assert done.events == 62
    store = opened(tmp_path)
    assert store.attempt("A") is not None
    assert store.snapshot(store.attempts()[0].snapshot) == PAPER
    store.close()


def test_exactly_leaves_out_what_came_after(tmp_path: Path) -> None:
    filled(tmp_path)
    store = opened(tmp_path)
    store.backup(tmp_path / "copy.db")
    answers(store, 60, 90)
    store.close()
    assert restore(tmp_path, tmp_path / "copy.db", stamp="now", take_over=False).events == 62


def test_nothing_is_replaced_while_another_program_has_the_home_open(tmp_path: Path) -> None:
    import subprocess
    import sys

    filled(tmp_path)
    shutil.copy(tmp_path / DATABASE, tmp_path / "copy.db")
    holder = (
        "import sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1]); db.execute('PRAGMA journal_mode = WAL')\n"
        "db.execute('SELECT COUNT(*) FROM event').fetchone(); print('open', flush=True); sys.stdin.readline()"
    )
    command = [sys.executable, "-c", holder, str(tmp_path / DATABASE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        before = (tmp_path / DATABASE).read_bytes()
        with pytest.raises(BusyError, match="open"):
            restore(tmp_path, tmp_path / "copy.db", stamp="now")
        assert (tmp_path / DATABASE).read_bytes() == before
        other.communicate("\n", timeout=20)
    assert restore(tmp_path, tmp_path / "copy.db", stamp="now").events == 62


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\x55" * 5_000])
def test_what_is_no_backup_is_refused_and_nothing_changes(tmp_path: Path, content: bytes) -> None:
    path = filled(tmp_path)
    before = path.read_bytes()
    (tmp_path / "odd.db").write_bytes(content)
    with pytest.raises(KeyKataError):
        restore(tmp_path, tmp_path / "odd.db", stamp="now")
    with pytest.raises(KeyKataError):
        restore(tmp_path, tmp_path / "missing.db", stamp="now")
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("kept-*"))


@pytest.mark.parametrize("at", [b"CREATE TABLE", b"CREATE INDEX"])
@pytest.mark.parametrize("offset", [3, 5])
def test_a_table_of_tables_that_is_no_text_is_damage_like_any_other(
    tmp_path: Path, at: bytes, offset: int
) -> None:
    database = filled(tmp_path)
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(database.read_bytes())
    data[data.index(at) + offset] = 0xD4  # SQLite quotes it in its complaint, which Python then cannot read
    database.write_bytes(data)
    (tmp_path / "copy.db").write_bytes(data)
    assert not backups.is_sound(tmp_path / "copy.db")
    with pytest.raises(UnreadableError, match="This backup"):
        restore(tmp_path, tmp_path / "copy.db", stamp="x")
    with pytest.raises(UnreadableError, match="damaged"):
        reindex(database)
    with pytest.raises(UnreadableError, match="damaged"):
        opened(tmp_path)
    assert restore(tmp_path, None, stamp="x").events == 62
