"""What is done beside the answers, in a quiet moment."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from keykata.core.event import Draft
from keykata.store.backups import daily_path
from keykata.store.store import Store, open_store
from keykata.study.keeper import MANY, Keeper
from keykata.study.ledger import Ledger
from support.clocks import START, CountingEntropy, HandClock
from support.homes import Desk

TODAY = "2026-11-23"


def in_the_file_itself(path: Path) -> int:
    """The events that are in the database without its write-ahead log."""
    db = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    found = db.execute("SELECT COUNT(*) FROM event").fetchone()[0]
    db.close()
    return int(found)


def write(store: Store, keeper: Keeper) -> None:
    body = {"v": 1, "kind": "question", "rating": 3, "correct": True}
    store.append([Draft("answer", body, "A", "kms:q", "kms:q")], now=START, day=TODAY)
    keeper.wrote(TODAY)


def test_answers_reach_the_database_itself_in_a_quiet_moment_while_it_is_open(tmp_path: Path) -> None:
    store = open_store(tmp_path, entropy=CountingEntropy())
    keeper = Keeper(store.path, quiet=0.01)
    for _ in range(MANY):
        write(store, keeper)
    for thread in threading.enumerate():
        if thread.name == "keeper":
            thread.join()
    assert in_the_file_itself(store.path) > 0
    write(store, keeper)
    assert len(list(store.events())) == MANY + 1
    keeper.close()
    store.close()


def test_a_backup_waits_for_a_quiet_moment_and_is_made_at_the_end_at_last(tmp_path: Path) -> None:
    store = open_store(tmp_path, entropy=CountingEntropy())
    keeper = Keeper(store.path, quiet=60)
    for _ in range(MANY):
        write(store, keeper)
    assert not daily_path(store.path, TODAY).exists()
    keeper.close()
    assert in_the_file_itself(daily_path(store.path, TODAY)) == MANY
    store.close()


def test_a_backup_that_had_no_place_is_made_at_the_end(tmp_path: Path) -> None:
    store = open_store(tmp_path, entropy=CountingEntropy())
    (tmp_path / "backups").write_text("in the way", encoding="utf-8")
    keeper = Keeper(store.path, quiet=0.01)
    write(store, keeper)
    for thread in threading.enumerate():
        if thread.name == "keeper":
            thread.join()
    assert keeper.trouble is not None
    (tmp_path / "backups").unlink()
    keeper.close()
    assert keeper.trouble is None
    assert in_the_file_itself(daily_path(store.path, TODAY)) == 1
    store.close()


def test_a_setting_another_program_changes_holds_at_once(tmp_path: Path) -> None:
    clock = HandClock()
    here = Ledger(open_store(tmp_path, entropy=CountingEntropy("here")), clock)
    there = Ledger(open_store(tmp_path, entropy=CountingEntropy("there")), clock)
    here.set("minutes", 25)
    assert there.minutes == 25
    there.set("minutes", 40)
    assert here.minutes == 40
    here.close()
    there.close()


def test_what_a_worker_writes_is_backed_up_by_the_end_and_by_one_keeper_alone(desk: Desk) -> None:
    dojo = desk.open()
    dojo.set_minutes(25)
    with dojo.rooms.beside(writing=True) as rooms:
        rooms.ledger.set("minutes", 40)
    assert sum(thread.name == "keeper" for thread in threading.enumerate()) == 1
    backup = daily_path(dojo.rooms.ledger.store.path, dojo.rooms.ledger.today())
    desk.close()
    assert not any(thread.name == "keeper" for thread in threading.enumerate())
    assert in_the_file_itself(backup) == 2
