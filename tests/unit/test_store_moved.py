"""A database that is moved, replaced or deleted while a program has it open."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.errors import UnwritableError
from keykata.core.event import Draft
from keykata.store.database import DATABASE, checkpoint
from keykata.store.store import Store, open_store
from keykata.store.upkeep import is_free
from keykata.study.dojo import Dojo
from keykata.study.keeper import MANY, Keeper
from support.clocks import START, CountingEntropy
from support.homes import Desk
from support.program import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="keeps files in their places while in use")


def answer(store: Store) -> None:
    body = {"v": 1, "kind": "question", "correct": True, "rating": 3}
    store.append([Draft("answer", body, "A", "kms:q", "kms:q")], now=START, day="2026-11-23")


def replace(path: Path) -> None:
    path.with_name("copy").write_bytes(path.read_bytes())
    path.with_name("copy").replace(path)


@pytest.mark.parametrize(
    "take", [Path.unlink, replace, lambda path: path.parent.rename(path.parent.with_name("moved"))]
)
def test_no_answer_is_acknowledged_that_would_go_with_the_file(
    tmp_path: Path, take: Callable[[Path], object]
) -> None:
    store = open_store(tmp_path / "home", entropy=CountingEntropy())
    answer(store)
    take(tmp_path / "home" / DATABASE)
    with pytest.raises(UnwritableError, match="no longer where it was"):
        answer(store)
    store.close()


def test_brought_back_to_its_place_it_goes_on(tmp_path: Path) -> None:
    store = open_store(tmp_path / "home", entropy=CountingEntropy())
    (tmp_path / "home").rename(tmp_path / "moved")
    with pytest.raises(UnwritableError):
        answer(store)
    (tmp_path / "moved").rename(tmp_path / "home")
    answer(store)
    store.close()
    store = open_store(tmp_path / "home", entropy=CountingEntropy("b"))
    assert len(list(store.events())) == 1
    store.close()


def test_what_a_deleted_log_holds_is_brought_home_and_no_answer_follows_it(tmp_path: Path) -> None:
    store = open_store(tmp_path, entropy=CountingEntropy())
    answer(store)
    (tmp_path / f"{DATABASE}-wal").unlink()
    with pytest.raises(UnwritableError, match="no longer beside the database"):
        answer(store)
    worker = store.again()
    with pytest.raises(UnwritableError, match="no longer beside the database"):
        answer(worker)
    shutil.copyfile(tmp_path / DATABASE, tmp_path / "as after a kill")  # which closes nothing
    with closing(sqlite3.connect(tmp_path / "as after a kill")) as kept:
        assert kept.execute("SELECT COUNT(*) FROM event").fetchone() == (1,)
    worker.close()
    store.close()
    with closing(open_store(tmp_path, entropy=CountingEntropy("b"))) as store:
        answer(store)
        assert len(list(store.events())) == 2


@pytest.mark.parametrize(("end", "take"), [("-wal", replace), ("-shm", Path.unlink), ("-shm", replace)])
def test_beside_files_of_another_nothing_is_written(
    tmp_path: Path, end: str, take: Callable[[Path], object]
) -> None:
    store = open_store(tmp_path, entropy=CountingEntropy())
    answer(store)
    take(tmp_path / f"{DATABASE}{end}")
    with pytest.raises(UnwritableError, match="no longer beside the database"):
        answer(store)
    store.close()


def started(desk: Desk) -> Dojo:
    dojo = desk.open()
    dojo.start_quiz(count=5).respond([0])
    return dojo


@pytest.mark.parametrize("ends", [("-wal", "-shm"), ("-shm",)])
def test_what_two_programs_saved_beside_a_deleted_log_is_all_in_the_home(
    tmp_path: Path, ends: tuple[str, ...]
) -> None:
    desk = Desk(tmp_path)
    desk.open().set_minutes(20)
    desk.close()
    here = desk.open().start_quiz(count=5)
    here.respond([0])
    for end in ends:
        (desk.places.home / f"{DATABASE}{end}").unlink()
    assert run(tmp_path, "quiz", "--plain", "--count", "2", said="a\nb\n").returncode == 0
    desk.close()
    dojo = desk.open()
    assert len(list(dojo.log_json())) == 3
    assert {sitting.id for sitting in dojo.open_sittings()} == {here.id}
    desk.close()
    assert run(tmp_path, "doctor").returncode == 0
    assert not list(desk.places.home.glob("backups/left-*"))


def test_nothing_is_read_or_kept_by_way_of_another_program_s_log(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    started(desk).start_quiz(count=5)
    desk.close()
    dojo = started(desk)
    store, day = dojo.rooms.ledger.store, dojo.rooms.ledger.today()
    keeper = Keeper(store.path, quiet=0.01, need=store.need_for_more)
    for end in ("-wal", "-shm"):
        (desk.places.home / f"{DATABASE}{end}").unlink()
    assert run(tmp_path, "quiz", "--plain", "--count", "5", said="a\n").returncode == 0
    with pytest.raises(UnwritableError, match="no longer beside the database"):
        dojo.plan_beside()
    for _ in range(MANY):
        keeper.wrote(day)
    for thread in threading.enumerate():
        if thread.name == "keeper":
            thread.join()
    desk.close()
    assert len(list(desk.open().log_json())) == 3
    desk.close()
    assert run(tmp_path, "doctor").returncode == 0


def test_what_was_saved_before_a_log_was_deleted_is_found_though_another_program_wrote_over_it(
    tmp_path: Path,
) -> None:
    questions = ("quiz", "--plain", "--count", "20")
    assert run(tmp_path, *questions, said="a\n" * 20).returncode == 0
    desk = Desk(tmp_path)
    started(desk)
    database = desk.places.home / DATABASE
    for end in ("-wal", "-shm"):
        database.with_name(f"{DATABASE}{end}").unlink()
    assert run(tmp_path, *questions, said="a\n" * 20).returncode == 0
    empty = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA wal_checkpoint')"
    subprocess.run([sys.executable, "-c", empty, database], check=True)
    desk.close()
    assert len(list(desk.open().log_json())) == 41
    desk.close()
    assert run(tmp_path, "doctor").returncode == 0


@pytest.mark.parametrize("taken", [False, True])
def test_what_was_saved_before_a_database_was_moved_is_there_whoever_looks_for_it(
    tmp_path: Path, taken: bool
) -> None:
    """Looking for it where it was once made a new one there, for which SQLite throws the log away."""
    path, away = tmp_path / DATABASE, tmp_path / "away.db"
    with closing(open_store(tmp_path, entropy=CountingEntropy())) as store:
        answer(store)
        path.rename(away)
        if taken:
            with pytest.raises(UnwritableError, match="no longer where it was"):
                answer(store)
        for look in (store.beside, store.again, store.need_for_more):
            with pytest.raises(UnwritableError, match="no longer where it was"):
                look()
        with pytest.raises(UnwritableError):
            checkpoint(path)
        assert is_free(path)  # the write itself says what is wrong
    assert not path.exists()
    if taken:  # the old file holds it all, as was said
        (tmp_path / f"{DATABASE}-wal").unlink()
        (tmp_path / f"{DATABASE}-shm").unlink()
    away.rename(path)
    with closing(open_store(tmp_path, entropy=CountingEntropy("again"))) as store:
        assert store.length() == 1
