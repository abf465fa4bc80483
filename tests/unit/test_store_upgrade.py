"""A home of an earlier version, and an index that does not fit its table."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.clock import Clock
from keykata.core.errors import UnwritableError
from keykata.core.event import Draft, Event
from keykata.core.ulid import ulid
from keykata.store.backups import write_daily
from keykata.store.log import insert
from keykata.store.migrate import migrate, migrations
from keykata.store.store import open_store
from keykata.study.caring import Care
from keykata.study.places import Places
from support.clocks import START, CountingEntropy, HandClock
from support.tables import rows

BEFORE_FEWER_PAGES = 3
DAY = "2026-11-23"
CARDS = ("kms:q", "kms:q2", "kms:t/c/c1", "kms:t/front")


def said(number: int) -> list[Event]:
    """A response and an answer, as they are given."""
    card = CARDS[number % len(CARDS)]
    item, at = card.partition("/")[0], START + number * 10
    kind = "question" if item == card else "concept"
    body = {"v": 1, "kind": kind, "rating": 1 + number % 4, "correct": number % 4 > 0, "chosen": [0]}
    return [
        Event(ulid(at + n, bytes(10)), at + n, DAY, "d", 2 * number + n, what, "A", item, card, body)
        for n, what in enumerate(("response", "answer"))
    ]


def older_home(home: Path) -> None:
    with closing(sqlite3.connect(home / "keykata.db", isolation_level=None)) as db:
        migrate(db, migrations()[:BEFORE_FEWER_PAGES], home=home)
        insert(db, [event for number in range(40) for event in said(number)])


def test_a_home_of_the_version_before_goes_on_with_all_it_holds_after_a_backup(tmp_path: Path) -> None:
    older_home(tmp_path)
    store = open_store(tmp_path, entropy=CountingEntropy())
    assert len(list(store.events())) == 80
    with closing(sqlite3.connect(tmp_path / "backups" / "before-004_fewer_pages.db")) as saved:
        assert saved.execute("SELECT COUNT(*) FROM event").fetchone() == (80,)
        assert saved.execute("PRAGMA user_version").fetchone() == (BEFORE_FEWER_PAGES,)
    store.rebuild()
    answer = {"v": 1, "kind": "question", "rating": 3, "correct": True, "wording": "w"}
    store.append([Draft("answer", answer, "A", "kms:q", "kms:q")], now=START + 9_000, day=DAY)
    kept = Draft("keep", {"v": 1, "on": True}, None, "kms:q")
    store.append([kept, Draft("note", {"v": 1, "text": "Mine."}, None, "kms:q")], now=START + 9_010, day=DAY)
    found = rows(store)
    store.rebuild()
    assert rows(store) == found
    assert store.is_kept("kms:q")
    assert store.items(["kms:q"])["kms:q"].tries == 11
    assert [event.kind for event in store.card_events("kms:q")] == ["answer"] * 11
    assert store.entered("kms:q") == {"kms:q"}
    assert store.entered("kms:t") == {"kms:t/c/c1", "kms:t/front"}
    assert store.cards_of_kind("question") == ("kms:q", "kms:q2")
    assert store.notes("kms:q") == ("Mine.",)
    store.close()


def spoil_index(path: Path, index: str, change: str) -> None:
    """Change a table behind the back of one of its indices."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        row = db.execute("SELECT * FROM sqlite_master WHERE name = ?", (index,)).fetchone()
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_master WHERE name = ?", (index,))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(change)
        db.execute("PRAGMA writable_schema = ON")
        db.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)


@pytest.fixture
def care(tmp_path: Path) -> Care:
    older_home(tmp_path)
    store = open_store(tmp_path, entropy=CountingEntropy())
    store.rebuild()
    store.close()
    clock: Clock = HandClock()
    return Care(Places(home=tmp_path, cache=None), clock)


def test_an_index_of_a_computed_table_is_made_anew_without_replacing_the_database(care: Care) -> None:
    spoil_index(
        care.home / "keykata.db", "card_due", "UPDATE card SET due_day = '2026-01-01' WHERE card = 'kms:q'"
    )
    assert care.look().damaged
    found = care.repair()
    assert found.sound
    assert found.repaired == (
        "The indices of card were made anew.",
        "What is computed from the log was computed again.",
    )
    assert not list(care.home.glob("*damaged*"))


def test_an_index_of_the_log_is_not_made_anew_in_place(care: Care) -> None:
    spoil_index(
        care.home / "keykata.db",
        "event_order",
        "INSERT INTO event SELECT 'x', at, day, device, 999, kind,"
        " attempt, item, card, body FROM event LIMIT 1",
    )
    assert care.mend_indices(care.look()) == []


def test_a_program_whose_home_a_newer_one_took_over_saves_no_more_and_says_why(tmp_path: Path) -> None:
    with closing(open_store(tmp_path, entropy=CountingEntropy())) as store:
        answer = Draft(
            "answer", {"v": 1, "kind": "question", "rating": 3, "correct": True}, "A", "kms:q", "kms:q"
        )
        store.append([answer], now=START, day=DAY)
        with closing(sqlite3.connect(tmp_path / "keykata.db", isolation_level=None)) as newer:
            newer.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
        with pytest.raises(UnwritableError, match="newer KeyKata") as caught:
            store.append([answer], now=START + 10, day=DAY)
        assert "start the newer KeyKata" in caught.value.hint
        assert store.length() == 1
        assert write_daily(tmp_path / "keykata.db", DAY) is None, "the newer one makes backups of its own"
