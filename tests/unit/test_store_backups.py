"""Backups: checked copies, one a study day, thinned out as they age."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from keykata.core.errors import UnreadableError, UnwritableError
from keykata.core.event import Draft
from keykata.store import backups
from keykata.store.database import DATABASE
from keykata.store.restore import check_backup
from keykata.store.store import Store, open_store
from support.clocks import START, CountingEntropy
from support.homes import Desk

TODAY = "2026-11-23"


def filled(home: Path, count: int = 5) -> Store:
    store = open_store(home, entropy=CountingEntropy())
    for number in range(count):
        body = {"v": 1, "kind": "question", "correct": True, "rating": 3}
        store.append([Draft("answer", body, "A", f"kms:q{number}", f"kms:q{number}")], now=START, day=TODAY)
    return store


def names(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "backups").iterdir())


def test_a_backup_is_one_whole_file_while_the_database_is_open(tmp_path: Path) -> None:
    store = filled(tmp_path)
    to = tmp_path / "elsewhere" / "copy.db"
    assert store.backup(to) == 5
    store.close()
    assert [path.name for path in to.parent.iterdir()] == ["copy.db"]
    assert backups.is_sound(to)
    again = open_store(tmp_path / "other", entropy=CountingEntropy("b"))
    again.close()
    (tmp_path / "other" / DATABASE).write_bytes(to.read_bytes())
    again = open_store(tmp_path / "other", entropy=CountingEntropy("b"))
    assert len(list(again.events())) == 5
    again.close()


def test_of_a_damaged_database_there_is_no_backup_and_the_old_ones_stay(tmp_path: Path) -> None:
    filled(tmp_path, 300).close()
    assert backups.write_daily(tmp_path / DATABASE, TODAY)
    before = (tmp_path / "backups" / f"daily-{TODAY}.db").read_bytes()
    whole = (tmp_path / DATABASE).read_bytes()
    (tmp_path / DATABASE).write_bytes(whole[:8192] + b"\x55" * (len(whole) - 8192))
    with pytest.raises(UnreadableError, match="no backup was made"):
        backups.write_daily(tmp_path / DATABASE, "2026-11-24")
    assert names(tmp_path) == [f"daily-{TODAY}.db"]
    assert (tmp_path / "backups" / f"daily-{TODAY}.db").read_bytes() == before


def test_what_is_no_backup_among_them_hides_none_and_is_not_waited_for(tmp_path: Path) -> None:
    filled(tmp_path).close()
    good = backups.write_daily(tmp_path / DATABASE, TODAY)
    for name in ("a.db", "z.db"):
        (tmp_path / "backups" / name).symlink_to(tmp_path / "nowhere")
    (tmp_path / "backups" / "folder.db").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "backups" / "pipe.db")
        with pytest.raises(UnreadableError, match="no file"):
            check_backup(tmp_path / "backups" / "pipe.db", tmp_path / DATABASE)
    assert backups.newest_first(tmp_path) == [good]
    assert backups.newest_good(tmp_path) == good


def test_where_nothing_can_be_written_the_backup_says_so(tmp_path: Path) -> None:
    store = filled(tmp_path)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UnwritableError, match="could not be written"):
        store.backup(tmp_path / "file" / "copy.db")
    store.close()


def test_a_year_of_days_is_thinned_to_days_weeks_and_months() -> None:
    first = date(2025, 11, 1)
    kept: frozenset[str] = frozenset()
    for number in range(400):
        day = (first + timedelta(days=number)).isoformat()
        kept = backups.to_keep({*kept, day}, day)
        assert day in kept
        assert len(kept) <= 7 + 4 + 12
    last = first + timedelta(days=399)
    assert {(last - timedelta(days=back)).isoformat() for back in range(7)} <= kept
    assert len({day[:7] for day in kept}) == 12


def test_days_far_in_the_future_push_out_neither_today_nor_the_days_before_it() -> None:
    ahead = {f"2099-{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 29)}
    before = {f"2026-11-{day:02d}" for day in range(17, 23)}
    kept = backups.to_keep({*ahead, *before}, TODAY)
    assert {TODAY, *before} <= kept
    assert len(kept - {TODAY, *before}) <= 7 + 4 + 12


def test_the_first_write_of_a_study_day_makes_its_backup(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    first = desk.open()
    assert not (desk.places.home / "backups").exists()
    first.set_minutes(30)
    first.set_minutes(40)
    desk.close()
    assert names(desk.places.home) == [f"daily-{TODAY}.db"]
    desk.clock.pass_days(1)
    second = desk.open()
    second.home()
    desk.close()
    assert len(names(desk.places.home)) == 1
    second = desk.open()
    second.set_minutes(20)
    desk.close()
    assert names(desk.places.home) == [f"daily-{TODAY}.db", "daily-2026-11-24.db"]
    saved = sqlite3.connect(desk.places.home / "backups" / "daily-2026-11-24.db")
    assert saved.execute("SELECT COUNT(*) FROM event").fetchone() == (3,)
    saved.close()


def test_what_a_killed_backup_left_is_cleared_when_it_is_surely_nobodys(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    folder = desk.places.home / "backups"
    folder.mkdir(parents=True)
    other = os.getppid()  # it runs: only time tells
    new = f"new.db.{other}.part"
    for name, age in ((f"old.db.{other}.part", 7200), (f"old.db.{other}.part-journal", 7200), (new, 60)):
        (folder / name).touch()
        os.utime(folder / name, (time.time() - age,) * 2)
    desk.open().set_minutes(30)
    desk.close()
    assert names(desk.places.home) == [f"daily-{TODAY}.db", new]


def test_what_a_killed_backup_left_elsewhere_goes_with_the_next_of_that_name(tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick"
    elsewhere.mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = [elsewhere / f"mine.keykata.{ended.pid}.part{end}" for end in ("", "-journal")]
    kept = elsewhere / f"other.db.{ended.pid}.part", elsewhere / f"mine.keykata.{os.getppid()}.part"
    for path in (*left, *kept):
        path.write_bytes(b"half")
    with closing(filled(tmp_path / "home")) as store:
        store.backup(elsewhere / "mine.keykata")
    assert sorted(elsewhere.iterdir()) == sorted((elsewhere / "mine.keykata", *kept))
