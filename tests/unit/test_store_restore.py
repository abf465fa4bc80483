"""A restore that is ended at any step, or meets another program, or a full disk."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from keykata.core.errors import BusyError, UnreadableError, UnwritableError, UsageError
from keykata.store import backups
from keykata.store.alone import alone
from keykata.store.database import DATABASE
from keykata.store.restore import restore
from keykata.study.caring import Care
from keykata.study.places import Places
from support.clocks import HandClock
from support.stores import TODAY, answers, opened

STEPS = ("link", "replace", "unlink", "fsync")  # of the system, by which a restore changes a home
BACKED_UP, LOGGED = 5, 14


def left_by_a_crash(home: Path) -> Path:
    """A home with a backup, answers in the database since then, and later ones in its log alone."""
    store = opened(home / "before")
    answers(store, 0, BACKED_UP)
    store.backup(home / "before" / "backups" / "good.db")
    answers(store, BACKED_UP, 10)
    store.close()
    store = opened(home / "before")
    answers(store, 10, LOGGED)
    shutil.copytree(home / "before", home / "crashed")
    store.close()
    return home / "crashed"


def ids(home: Path) -> list[str | None]:
    store = opened(home)
    found = [event.card for event in store.events()]
    store.close()
    return found


class EndedError(BaseException):
    """The program is ended here."""


def ending_at(monkeypatch: pytest.MonkeyPatch, step: int, *, for_good: bool) -> Callable[[], int]:
    """End the program at a step of the system, counted from 0; whether nothing at all is done after it."""
    done = [0]

    def stopping(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **more: object) -> object:
            done[0] += 1
            if done[0] == step + 1 or (for_good and done[0] > step):
                raise EndedError
            return real(*given, **more)

        return call

    for name in STEPS:
        monkeypatch.setattr(os, name, stopping(getattr(os, name)))
    return lambda: done[0]


@pytest.mark.parametrize(("for_good", "taken_over"), [(True, True), (True, False), (False, True)])
def test_a_restore_ended_at_any_step_loses_nothing(tmp_path: Path, for_good: bool, taken_over: bool) -> None:
    crashed = left_by_a_crash(tmp_path)
    everything = [f"kms:q{number}" for number in range(LOGGED)]
    wanted = everything if taken_over else everything[:BACKED_UP]
    for step in range(100):
        home = tmp_path / f"home{step}"
        shutil.copytree(crashed, home)
        with pytest.MonkeyPatch.context() as patch:
            steps = ending_at(patch, step, for_good=for_good)
            with suppress(EndedError):
                restore(home, home / "backups" / "good.db", stamp="x", take_over=taken_over)
        shutil.copytree(home, tmp_path / f"again{step}")
        assert ids(home) in (everything, wanted), f"after step {step}"
        again = restore(tmp_path / f"again{step}", home / "backups" / "good.db", stamp="x")
        assert again.events in (len(everything), len(wanted))
        if steps() <= step:
            break
    assert steps() > 8
    assert ids(home) == wanted


def test_what_was_kept_is_never_written_over(tmp_path: Path) -> None:
    home = left_by_a_crash(tmp_path)
    before = (home / DATABASE).read_bytes()
    first = restore(home, home / "backups" / "good.db", stamp="x")
    second = restore(home, home / "backups" / "good.db", stamp="x")
    assert first.kept is not None
    assert first.kept.read_bytes() == before
    assert second.kept not in (None, first.kept)


def test_a_database_named_as_the_backup_is_taken_with_its_log(tmp_path: Path) -> None:
    crashed, new = left_by_a_crash(tmp_path), tmp_path / "new"
    (crashed / f"{DATABASE}-shm").unlink(missing_ok=True)
    before = (crashed / f"{DATABASE}-wal").read_bytes()
    done = restore(new, crashed / DATABASE, stamp="x")
    assert (done.events, len(ids(new))) == (LOGGED, LOGGED)
    assert (crashed / f"{DATABASE}-wal").read_bytes() == before


def test_the_database_of_the_home_itself_is_no_backup(tmp_path: Path) -> None:
    home = left_by_a_crash(tmp_path)
    with pytest.raises(UsageError, match="own database"):
        restore(home, home / DATABASE, stamp="x")
    assert len(ids(home)) == LOGGED


def kept_by(home: Path) -> set[tuple[str, str]]:
    """The triggers of a home's database."""
    with closing(sqlite3.connect(home / DATABASE)) as db:
        return set(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))


def test_nothing_that_a_backup_brings_along_runs(tmp_path: Path) -> None:
    home = left_by_a_crash(tmp_path)
    ours = kept_by(home)
    strange = tmp_path / "strange.db"
    shutil.copy(home / "backups" / "good.db", strange)
    with closing(sqlite3.connect(strange)) as db, db:
        db.execute('CREATE TRIGGER "a ""b" AFTER INSERT ON event BEGIN DELETE FROM card; END')
        db.execute("DROP TRIGGER event_never_changes")
        db.execute("DROP TRIGGER event_never_goes")
        db.execute("CREATE TRIGGER event_never_goes AFTER INSERT ON card BEGIN DELETE FROM item; END")
    restore(home, strange, stamp="x")
    assert len(ours) == 2
    assert kept_by(home) == ours
    assert len(ids(home)) == LOGGED


@pytest.mark.parametrize(
    "sql",
    ["CREATE VIEW v AS SELECT 1", "CREATE VIRTUAL TABLE v USING fts5(x)", "ALTER TABLE event RENAME TO e"],
)
def test_a_backup_that_computes_what_it_is_read_by_is_none_of_ours(tmp_path: Path, sql: str) -> None:
    strange = left_by_a_crash(tmp_path) / "backups" / "good.db"
    with closing(sqlite3.connect(strange)) as db:
        db.execute(sql)
        if "RENAME" in sql:
            db.execute("CREATE VIEW event AS SELECT * FROM e")
    with pytest.raises(UnreadableError, match="no backup of KeyKata"):
        restore(tmp_path / "new", strange, stamp="x")


def test_a_backup_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such backup"):
        restore(tmp_path / "home", tmp_path / "typo.db", stamp="x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="links and modes of POSIX")
def test_a_database_that_lies_elsewhere_behind_a_link_is_restored_there(tmp_path: Path) -> None:
    elsewhere, home = left_by_a_crash(tmp_path), tmp_path / "home"
    home.mkdir()
    (home / DATABASE).symlink_to(elsewhere / DATABASE)
    done = restore(home, elsewhere / "backups" / "good.db", stamp="x")
    assert (done.events, done.kept) == (LOGGED, elsewhere / "kept-x.db")
    assert (home / DATABASE).is_symlink()
    assert len(ids(home)) == LOGGED


@pytest.mark.skipif(os.name != "posix", reason="links and modes of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_nobody_may_read_more_of_a_backup_or_a_restored_database_than_before(
    tmp_path: Path, mode: int
) -> None:
    home = left_by_a_crash(tmp_path)
    (home / DATABASE).chmod(mode)
    modes: set[int] = set()
    real = os.fsync

    def look(handle: int) -> None:
        parts = home.rglob("*.part*")
        modes.update(path.stat().st_mode & 0o777 for path in (*parts, home / DATABASE))
        real(handle)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", look)
        restore(home, home / "backups" / "good.db", stamp="x")
        Care(Places(home=home, cache=None), HandClock()).backup(tmp_path / "copy.db")
    assert modes == {mode}
    assert (home / DATABASE).stat().st_mode & 0o777 == (tmp_path / "copy.db").stat().st_mode & 0o777 == mode


def test_a_home_is_restored_on_a_disk_without_links_and_modes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "not on this disk")

    home = left_by_a_crash(tmp_path)
    replaced = (home / DATABASE).read_bytes()
    for name in ("link", "chmod", "utime"):
        monkeypatch.setattr(os, name, refuse)
    done = restore(home, home / "backups" / "good.db", stamp="x")
    assert (done.events, done.kept) == (LOGGED, home / "kept-x.db")
    assert len(ids(home)) == LOGGED
    assert (home / "kept-x.db").read_bytes() == replaced


def comes_in(home: Path) -> int:
    """0 where a program gets hold of the database, as an exit code."""
    try:
        with alone(home / DATABASE):
            return 0
    except BusyError:
        return 1


def test_no_other_program_comes_in_while_a_restore_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fcntl")
    home = left_by_a_crash(tmp_path)
    free: list[bool] = []
    real = backups.open_backup

    def looking(path: Path) -> object:
        child = os.fork()
        if not child:
            os._exit(comes_in(home))
        free.append(os.waitpid(child, 0)[1] == 0)
        return real(path)

    monkeypatch.setattr(backups, "open_backup", looking)
    restore(home, home / "backups" / "good.db", stamp="x")
    assert free[0]  # the backup is looked at before
    assert not free[-1]


def test_a_full_disk_is_called_so_and_changes_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    home = left_by_a_crash(tmp_path)
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    told = 0
    for room in range(4_096, 1 << 20, 2_048):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            restore(home, home / "backups" / "good.db", stamp="x")
            break
        except UnwritableError as error:
            told += "full" in error.message and "room" in error.hint
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()} == before
    assert told == (room - 4_096) / 2_048 > 20
    assert len(ids(home)) == LOGGED


def test_a_disk_that_fills_up_between_two_answers_is_called_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = left_by_a_crash(tmp_path)

    def filling_up(db: sqlite3.Connection, events: object) -> None:
        db.execute("ROLLBACK")  # as SQLite does when there is no room to go on in
        db.execute("PRAGMA max_page_count = 1")
        db.execute("INSERT INTO snapshot VALUES ('x', randomblob(9000000))")

    monkeypatch.setattr("keykata.store.restore.insert", filling_up)
    with pytest.raises(UnwritableError, match="full"):
        restore(home, home / "backups" / "good.db", stamp="x")
    assert len(ids(home)) == LOGGED


@pytest.fixture
def others() -> Iterator[tuple[int, int]]:
    """The numbers of a program that runs and of one that ended."""
    quiet = [sys.executable, "-c", "input()"]
    with subprocess.Popen(quiet, stdin=subprocess.PIPE) as runs, subprocess.Popen(["true"]) as ended:
        ended.wait()
        yield runs.pid, ended.pid
        runs.communicate(b"\n")


@pytest.mark.skipif(os.name != "posix", reason="nobody can ask whether a program runs")
@pytest.mark.parametrize("mend", ["restore", "repair", "backup", "daily"])
def test_what_killed_programs_left_is_cleared_and_what_others_write_is_not(
    tmp_path: Path, others: tuple[int, int], mend: str
) -> None:
    home = left_by_a_crash(tmp_path)
    for end in ("-wal", "-shm"):
        (home / f"{DATABASE}{end}").unlink()
    runs, ended = others
    kept = {home / f"{DATABASE}.{runs}.part", home / "backups" / f"daily-2026-11-23.db.{runs}.part"}
    left = {home / f"{DATABASE}.{ended}.part{end}" for end in ("", "-journal", "-old")} | {
        home / "backups" / f"daily-2026-11-23.db.{ended}.part",
        home / f"{DATABASE}.{runs}.part-journal",
    }
    for path in kept | left:
        path.touch()
    os.utime(home / f"{DATABASE}.{runs}.part-journal", (0, 0))  # of an earlier program of the same number
    care = Care(Places(home=home, cache=None), HandClock())
    if mend == "restore":
        care.restore()
    elif mend == "repair":
        care.repair()
    elif mend == "backup":
        care.backup(tmp_path / "copy.db")
    else:
        backups.write_daily(home / DATABASE, TODAY)
    assert {*home.rglob("*.part*")} == kept
