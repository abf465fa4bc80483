"""What a damaged write-ahead log does: nothing that SQLite would drop in silence is lost."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.errors import DamagedError
from keykata.core.event import Draft
from keykata.store import wal
from keykata.store.database import DATABASE
from keykata.store.store import Store, open_store
from keykata.study.caring import Care
from keykata.study.places import Places
from support.clocks import START, CountingEntropy, HandClock

TODAY = "2026-11-23"
COUNT = 30
HEADS, HEAD = wal.HEADER, wal.FRAME


def opened(home: Path) -> Store:
    return open_store(home, entropy=CountingEntropy(home.name))


def answer(number: int) -> Draft:
    body = {"v": 1, "kind": "question", "correct": True, "rating": 3}
    return Draft("answer", body, "A", f"kms:q{number}", f"kms:q{number}")


def care(home: Path) -> Care:
    return Care(Places(home=home, cache=None), HandClock())


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A home whose last answers stand in its log alone, with the room made ahead at its end."""
    store = opened(tmp_path / "before")
    for number in range(COUNT // 2):
        store.append([answer(number)], now=START, day=TODAY)
    store.close()
    store = opened(tmp_path / "before")
    for number in range(COUNT // 2, COUNT):
        store.append([answer(number)], now=START, day=TODAY)
    shutil.copytree(tmp_path / "before", tmp_path / "crashed")
    store.close()
    return tmp_path / "crashed"


@pytest.fixture
def cut(crashed: Path) -> Path:
    """The same after a power cut: what the index of the log tells is not to be relied on."""
    index_of(crashed).unlink()
    return crashed


def index_of(home: Path) -> Path:
    return home / f"{DATABASE}-shm"


def log_of(home: Path) -> Path:
    return home / f"{DATABASE}-wal"


def flip(home: Path, at: int) -> None:
    data = bytearray(log_of(home).read_bytes())
    data[at] ^= 0x55
    log_of(home).write_bytes(data)


def count(home: Path) -> int:
    with closing(opened(home)) as store:
        return len(list(store.events()))


@pytest.mark.parametrize(
    "at",
    [
        0,  # the mark of the log
        10,  # how long its pages are
        17,  # what tells its frames from older ones
        25,  # the sum over these
        HEADS + 2,  # the number of a page
        HEADS + 9,
        HEADS + 17,
        HEADS + HEAD + 700,  # within the first page
        HEADS + 3 * (HEAD + 2048) + 6,
        HEADS + 3 * (HEAD + 2048) + HEAD + 1,
    ],
)
def test_a_damaged_log_is_told_and_kept_until_a_repair_brings_its_answers_back(
    crashed: Path, at: int
) -> None:
    flip(crashed, at)
    before = log_of(crashed).read_bytes()
    with pytest.raises(DamagedError, match="damaged"):
        opened(crashed)
    found = care(crashed).look()
    assert found.damaged
    assert log_of(crashed).read_bytes() == before
    repaired = care(crashed).repair()
    assert repaired.sound
    assert count(crashed) == COUNT
    assert [path.read_bytes() for path in crashed.glob("kept-*.db-wal")] == [before]


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_damaged_log_is_told_where_a_link_leads_to_its_database(crashed: Path, tmp_path: Path) -> None:
    flip(crashed, HEADS + HEAD + 700)
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / DATABASE).symlink_to(crashed / DATABASE)
    with pytest.raises(DamagedError, match="written last"):
        opened(linked)
    assert care(linked).repair().sound
    assert count(linked) == COUNT


def test_no_backup_is_made_of_a_home_whose_log_is_damaged(crashed: Path) -> None:
    flip(crashed, HEADS + HEAD + 700)
    with pytest.raises(DamagedError):
        care(crashed).backup()


def last_commit(home: Path) -> wal.Frame:
    return wal.read(log_of(home).read_bytes()).sound[-1]


def test_what_a_power_cut_leaves_of_the_last_answer_is_no_damage(cut: Path) -> None:
    torn = last_commit(cut)
    flip(cut, torn.at - (HEAD + 2048) + 5)  # a page of it never came to the disk, its end did
    assert care(cut).look().sound
    assert count(cut) == COUNT - 1


@pytest.mark.parametrize("more", [0, 1, HEAD + 5])
def test_a_log_cut_off_is_what_a_power_cut_leaves(cut: Path, more: int) -> None:
    data = log_of(cut).read_bytes()
    log_of(cut).write_bytes(data[: last_commit(cut).at - HEAD + more])
    assert count(cut) == COUNT - 1


@pytest.mark.parametrize("back", [5, HEAD + 100, 2 * (HEAD + 2048) + 8, 4 * (HEAD + 2048) + HEAD + 30])
def test_damage_to_the_last_answer_is_told_when_the_program_was_killed(crashed: Path, back: int) -> None:
    flip(crashed, last_commit(crashed).at + 2048 - back)
    before = log_of(crashed).read_bytes()
    with pytest.raises(DamagedError, match="written last"):
        opened(crashed)
    assert log_of(crashed).read_bytes() == before
    assert care(crashed).repair().sound
    assert count(crashed) >= COUNT - 1
    assert [path.read_bytes() for path in crashed.glob("kept-*.db-wal")] == [before]


@pytest.mark.parametrize("left", [None, 0, 20, HEADS, HEADS + 700, -(HEAD + 2048) - 1])
def test_a_log_that_was_cut_off_by_hand_is_told(crashed: Path, left: int | None) -> None:
    end = last_commit(crashed).at + 2048
    if left is None:
        log_of(crashed).unlink()
    else:
        log_of(crashed).write_bytes(log_of(crashed).read_bytes()[: left if left >= 0 else end + left])
    with pytest.raises(DamagedError, match="written last"):
        opened(crashed)
    assert care(crashed).repair().sound
    assert COUNT // 2 <= count(crashed) < COUNT


def test_a_log_whose_end_was_copied_already_may_be_gone(crashed: Path) -> None:
    with closing(sqlite3.connect(crashed / DATABASE, isolation_level=None)) as db:
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")
        shutil.copytree(crashed, crashed.parent / "copied")
    log_of(crashed.parent / "copied").unlink()
    assert count(crashed.parent / "copied") == COUNT


def written(home: Path, size: int) -> bytes:
    """The log after one more transaction, as a power cut leaves it with the file."""
    with closing(sqlite3.connect(home / DATABASE, isolation_level=None)) as db:
        db.execute("INSERT INTO snapshot VALUES (?, zeroblob(?))", (f"size {size}", size))
        return log_of(home).read_bytes()


@pytest.mark.parametrize("torn", [(0, 0), (1, 0), (0, 3), (8, 4)])
def test_what_two_power_cuts_leave_is_no_damage(cut: Path, torn: tuple[int, int]) -> None:
    for size, which in zip((30_000, 9_000), torn, strict=True):
        safe = wal.read(log_of(cut).read_bytes()).sound
        data = (cut / DATABASE).read_bytes()
        log = bytearray(written(cut, size))
        log[safe[-1].at + 2048 + which * (HEAD + 2048) + HEAD + 7] ^= 1  # a page that never came to the disk
        (cut / DATABASE).write_bytes(data)
        log_of(cut).write_bytes(log)
        index_of(cut).unlink(missing_ok=True)
        assert wal.read(bytes(log)).beyond
        assert not wal.read(bytes(log)).spoiled
    assert care(cut).look().sound
    assert count(cut) == COUNT


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"\0" * 10_000, b"\x37\x7f"])
def test_a_log_that_was_never_begun_holds_nothing(cut: Path, content: bytes) -> None:
    log_of(cut).write_bytes(content)
    assert count(cut) == COUNT // 2


def test_the_rest_of_an_older_log_is_no_damage(crashed: Path) -> None:
    db = sqlite3.connect(crashed / DATABASE, isolation_level=None)
    db.execute("SELECT COUNT(*) FROM event").fetchone()
    db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    db.execute("UPDATE setting SET value = value")
    db.execute("INSERT INTO snapshot VALUES ('one', x'00')")  # the log begins anew over the older one
    copied = crashed.parent / "again"
    shutil.copytree(crashed, copied)
    db.close()
    log = wal.read(log_of(copied).read_bytes())
    assert 0 < len(log.sound) < 20
    assert not log.spoiled
    assert count(copied) == COUNT


def made(folder: Path, page: int) -> Iterator[bytes]:
    """A log as it grows, and as SQLite leaves it after a rollback."""
    path = folder / "x.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA page_size = {page}")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA cache_size = 5")
        db.execute("CREATE TABLE t (x)")
        for number in range(20):
            db.execute("INSERT INTO t VALUES (randomblob(?))", (number * 900,))
            if number % 5 == 4:
                db.execute("BEGIN")
                db.execute("INSERT INTO t VALUES (randomblob(100000))")
                db.execute("ROLLBACK")
            yield wal.beside(path).log


@pytest.mark.parametrize("page", [512, 2048, 4096, 65536])
def test_it_is_read_as_sqlite_reads_it(tmp_path: Path, page: int) -> None:
    for log in made(tmp_path, page):
        found = wal.read(log)
        assert found.size == page
        assert not found.beyond
        (tmp_path / "y.db").write_bytes((tmp_path / "x.db").read_bytes())
        (tmp_path / "y.db-wal").write_bytes(log)
        folded = wal.folded((tmp_path / "x.db").read_bytes(), log, found)
        assert folded
        with closing(sqlite3.connect(tmp_path / "y.db")) as db:
            rows = db.execute("SELECT x FROM t").fetchall()
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert (tmp_path / "y.db").read_bytes() == folded
        (tmp_path / "z.db").write_bytes(folded)
        with closing(sqlite3.connect(tmp_path / "z.db")) as db:
            assert db.execute("SELECT x FROM t").fetchall() == rows


def test_many_frames_are_summed_as_few_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    *_, log = made(tmp_path, 512)
    for at_once in (1, 2, 7, 10_000):
        monkeypatch.setattr(wal, "AT_ONCE", at_once)
        assert not wal.read(log).beyond
        broken = bytearray(log)
        broken[len(log) // 2] ^= 1
        assert len(wal.read(bytes(broken)).sound) < len(wal.read(log).sound)
        assert wal.read(bytes(broken)).spoiled
