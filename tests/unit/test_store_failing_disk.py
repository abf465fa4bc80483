"""Disks that fail: what cannot be read, memory that cannot be shared, locks that cannot be had."""

from __future__ import annotations

import errno
import io
import mmap
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.errors import UnwritableError
from keykata.store.database import DATABASE, connect, speaking
from keykata.store.refusals import unsaved
from keykata.store.restore import restore
from keykata.study.caring import Care
from keykata.study.places import Places
from support.clocks import HandClock
from support.stores import answers, opened

BACKED_UP, FILED, LOGGED = 20, 60, 80
SECTOR = 4096
EXTRA = 3  # of PRAGMA synchronous: the folder too, when a journal is gone


class FailingFile(io.FileIO):
    """A file of which some bytes cannot be read."""

    bad = range(0)

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(SECTOR), b""))
        at = self.tell()
        end = min(os.fstat(self.fileno()).st_size, at + size)
        if at < self.bad.stop and end > self.bad.start:
            if at >= self.bad.start:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            end = self.bad.start  # the system gives what stands before it
        return super().read(end - at)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home left by a kill: a backup, answers since then in the database, and the last in its log alone."""
    store = opened(tmp_path / "before")
    answers(store, 0, BACKED_UP)
    store.backup(tmp_path / "before" / "backups" / "good.db")
    answers(store, BACKED_UP, FILED)
    store.close()
    store = opened(tmp_path / "before")
    answers(store, FILED, LOGGED)
    shutil.copytree(tmp_path / "before", tmp_path / "home")
    store.close()
    return tmp_path / "home"


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[Path, range]]:
    """Files and the bytes of them that cannot be read."""
    bad: dict[Path, range] = {}
    usual = io.open

    def opening(file: Path, mode: str = "r", *more: object, **others: object) -> object:
        where = bad.get(Path(file)) if isinstance(file, (str, os.PathLike)) else None
        if where is None:
            return usual(file, mode, *more, **others)  # type: ignore[call-overload]
        raw = FailingFile(file, mode.replace("b", ""))
        raw.bad = where
        return raw

    monkeypatch.setattr(io, "open", opening)
    yield bad
    monkeypatch.undo()


def spoil(path: Path, start: int) -> range:
    """Bytes that SQLite finds broken, and that this program cannot read."""
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * SECTOR)
    return range(start, start + SECTOR)


@pytest.mark.parametrize("start", [0, 3 * SECTOR])
def test_a_restore_reads_around_what_the_disk_cannot_read(
    home: Path, fail: dict[Path, range], start: int
) -> None:
    where = spoil(home / DATABASE, start)
    fail[home / DATABASE] = where
    done = restore(home, home / "backups" / "good.db", stamp="x")
    assert done.events > BACKED_UP + (LOGGED - FILED)
    assert done.kept is not None
    fail.clear()
    store = opened(home)
    found = {event.card for event in store.events()}
    store.close()
    assert {f"kms:q{n}" for n in (*range(BACKED_UP), *range(FILED, LOGGED))} <= found


def test_what_the_disk_cannot_read_of_the_log_is_told_and_the_rest_restored(
    home: Path, fail: dict[Path, range]
) -> None:
    log = home / f"{DATABASE}-wal"
    fail[log] = spoil(log, 2 * SECTOR)
    care = Care(Places(home=home, cache=None), HandClock())
    assert "cannot be read" in next(one.text for one in care.look().findings if one.check == "database")
    assert care.repair().findings
    fail.clear()
    store = opened(home)
    assert len({event.card for event in store.events()}) >= FILED
    store.close()


def test_a_home_where_no_memory_can_be_shared_keeps_a_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))

    monkeypatch.setattr(mmap, "mmap", refused)
    one, two = opened(tmp_path), opened(tmp_path)
    answers(one, 0, 5)
    answers(two, 5, 10)
    for store in (one, two):
        assert len({event.card for event in store.events()}) == 10
        store.close()
    assert {path.name for path in tmp_path.iterdir()} == {DATABASE, "device"}
    with closing(connect(tmp_path / DATABASE)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert db.execute("PRAGMA synchronous").fetchone() == (EXTRA,)
    monkeypatch.undo()
    opened(tmp_path).close()
    with closing(connect(tmp_path / DATABASE)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_locks_that_cannot_be_had_are_no_fault_of_the_program(tmp_path: Path) -> None:
    error = sqlite3.OperationalError("locking protocol")
    error.sqlite_errorcode = sqlite3.SQLITE_PROTOCOL
    with (
        pytest.raises(
            UnwritableError, match="locks of the database cannot be had; nothing was saved"
        ) as told,
        speaking(tmp_path),
    ):
        raise error
    for said in (told.value, unsaved(told.value, tmp_path / DATABASE)):  # another program may be to blame
        assert said.hint.startswith("End other programs that use this home.")


@pytest.mark.parametrize("torn", [16, 512, 10_000], ids=["the first bytes", "a sector", "much"])
def test_a_power_cut_while_the_database_is_made_leaves_a_home_to_begin_anew(
    tmp_path: Path, torn: int
) -> None:
    (tmp_path / "cut").mkdir()
    db = sqlite3.connect(tmp_path / "cut" / DATABASE, isolation_level=None)
    for line in ("PRAGMA cache_size = 1", "BEGIN", "CREATE TABLE made (body BLOB)"):
        db.execute(line)
    db.executemany("INSERT INTO made VALUES (zeroblob(?))", [(3000,)] * 50)
    home = shutil.copytree(tmp_path / "cut", tmp_path / "home")
    db.close()
    assert (home / f"{DATABASE}-journal").stat().st_size
    with (home / DATABASE).open("r+b") as file:
        file.write(bytes(torn))  # the disk had the journal, but not yet all of the database
    store = opened(home)
    answers(store, 0, 1)
    assert [event.card for event in store.events()] == ["kms:q0"]
    store.close()
