"""The write-ahead log is lengthened ahead of the answers, and nothing of that is ever read."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.event import ATTEMPT_STARTED, Draft
from keykata.store import room
from keykata.store.database import DATABASE
from keykata.store.examine import is_damaged
from keykata.store.room import STRETCH
from keykata.store.salvage import salvage
from keykata.store.store import Store, open_store
from support.clocks import START, CountingEntropy

DAY = "2026-11-23"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path, entropy=CountingEntropy())
    yield made
    made.close()


def begin(store: Store) -> None:
    body = {"v": 1, "mode": "quiz", "title": "Quiz", "seed": 1, "feedback": "each", "items": 9}
    store.append([Draft(ATTEMPT_STARTED, body, "A")], now=START, day=DAY, snapshot=b"{}")


def answer(store: Store, number: int) -> None:
    body = {"v": 1, "kind": "question", "correct": True, "rating": 3}
    store.append([Draft("answer", body, "A", f"kms:q{number}", f"kms:q{number}")], now=START, day=DAY)


def length(store: Store) -> int:
    return store.path.with_name(f"{DATABASE}-wal").stat().st_size


def test_the_answers_of_a_session_find_room(store: Store) -> None:
    begin(store)
    begun = length(store)
    assert begun > STRETCH // 2
    for number in range(40):
        answer(store, number)
    assert length(store) == begun
    assert len(list(store.events())) == 41


def test_when_the_room_is_used_up_there_is_more(store: Store) -> None:
    begin(store)
    begun = length(store)
    store.append([Draft("note", {"v": 1, "text": "x" * begun}, "A")], now=START, day=DAY)
    for number in range(9):
        answer(store, number)
    longer = length(store)
    assert longer > begun + STRETCH // 2
    answer(store, 10)
    assert length(store) == longer


def test_what_is_written_outside_of_a_session_takes_no_room(store: Store) -> None:
    store.append([Draft("setting", {"v": 1, "name": "minutes", "value": 30})], now=START, day=DAY)
    assert length(store) < STRETCH // 2


def test_a_disk_with_little_room_is_left_to_others(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    free = shutil.disk_usage(store.path.parent).free
    monkeypatch.setattr(room, "PLENTY", free * 2)
    begin(store)
    answer(store, 1)
    assert length(store) < STRETCH // 2


def test_the_room_is_nothing_to_read(store: Store, tmp_path: Path) -> None:
    begin(store)
    answer(store, 1)
    cut_off = tmp_path / "killed"
    cut_off.mkdir()
    for name in (DATABASE, f"{DATABASE}-wal"):
        shutil.copyfile(tmp_path / name, cut_off / name)
    assert set(salvage(cut_off / DATABASE).events) == {event.id for event in store.events()}
    after = open_store(cut_off, entropy=CountingEntropy("2"))
    assert list(after.events()) == list(store.events())
    after.close()
    assert not is_damaged(cut_off / DATABASE)
    with closing(sqlite3.connect(cut_off / DATABASE)) as db:
        assert db.execute("SELECT COUNT(*) FROM snapshot").fetchone() == (1,)


def test_without_room_on_the_disk_answers_are_kept_as_long_as_they_fit(store: Store) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        begin(store)
        for number in range(20):
            answer(store, number)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(list(store.events())) == 21
    assert not is_damaged(store.path)
