"""A disk that can no longer read a part of the database: what stands elsewhere is brought over."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.core.event import Draft
from keykata.store.database import DATABASE
from keykata.store.restore import restore
from keykata.store.store import Store, open_store
from keykata.study.caring import Care
from keykata.study.places import Places
from support.clocks import START, CountingEntropy, HandClock

TODAY = "2026-11-23"
BACKED_UP, FILED, LOGGED = 20, 60, 80
SECTOR = 4096


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


def opened(home: Path) -> Store:
    return open_store(home, entropy=CountingEntropy(home.name))


def answers(store: Store, first: int, last: int) -> None:
    for number in range(first, last):
        body = {"v": 1, "kind": "question", "correct": True, "rating": 3}
        store.append([Draft("answer", body, "A", f"kms:q{number}", f"kms:q{number}")], now=START, day=TODAY)


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
