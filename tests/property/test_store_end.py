"""Programs that share a home number what they write, whatever the others do meanwhile."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keykata.core.event import Draft, Event
from keykata.core.ulid import ulid
from keykata.store import ending
from keykata.store.database import DATABASE
from keykata.store.log import insert
from keykata.store.restore import restore
from keykata.store.store import Store, open_store
from support.clocks import START, CountingEntropy
from support.tables import rows

DAY = "2026-11-23"
STEPS = st.lists(st.sampled_from(["one", "other", "fails", "ours comes", "late comes"]), max_size=12)


def answer(card: str) -> Draft:
    body = {"v": 1, "kind": "question", "correct": True, "rating": 3, "wording": "w"}
    return Draft("answer", body, "A", card, card)


def comes(store: Store, device: str, seq: int, at: int) -> None:
    """An answer comes from a synced folder."""
    body = {"v": 1, "kind": "question", "correct": False, "rating": 1, "wording": "w"}
    name = ulid(at, seq.to_bytes(10, "big"))
    store.merge([Event(name, at, DAY, device, seq, "answer", "A", "kms:q1", "kms:q1", body)], {})


def fails(store: Store, now: int) -> None:
    """The first of two is written and taken back with the second, which no log takes."""
    nothing = Draft("note", {"v": 1, "text": "\udc80"}, None, "kms:q1")
    with pytest.raises((sqlite3.Error, UnicodeEncodeError)):
        store.append([answer("kms:q1"), nothing], now=now, day=DAY)


@given(steps=STEPS)
def test_numbers_go_up_and_the_rows_follow_the_log(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, other = (open_store(Path(folder), entropy=CountingEntropy(name)) for name in ("1", "2"))
        taken = 0
        for number, step in enumerate(steps):
            now = START + number * 1_000
            if step in ("one", "other"):
                wrote = one if step == "one" else other
                events = wrote.append([answer("kms:q1"), answer("kms:q2")], now=now, day=DAY)
                assert [event.seq for event in events] == [taken + 1, taken + 2]
                taken += 2
            elif step == "fails":
                fails(one, now)
            elif step == "ours comes":
                taken += 5
                comes(other, one.device, taken, now + 500)
            else:
                comes(other, "d" * 16, number, now + 60_000)
        ours = [event for event in one.events() if event.device == one.device]
        assert [event.seq for event in ours] == sorted({event.seq for event in ours})
        found = rows(one)
        one.rebuild()
        assert rows(one) == found
        one.close()
        other.close()


def made(device: str, seq: int, at: int) -> Event:
    return Event(ulid(at, os.urandom(10)), at, DAY, device, seq, "answer", "A", "kms:q1", "kms:q1", {"v": 1})


def logged(home: Path, events: list[tuple[str, int, int]]) -> str:
    """A home whose log holds these (device or "" for its own, number, moment); the name of its device."""
    with closing(open_store(home, entropy=CountingEntropy("1"))) as store:
        own = store.device
    with closing(sqlite3.connect(home / DATABASE)) as db, db:
        insert(db, [made(device or own, seq, at) for device, seq, at in events])
    return own


def next_number(home: Path) -> int:
    with closing(open_store(home, entropy=CountingEntropy("2"))) as store:
        return store.append([answer("kms:q2")], now=START, day=DAY)[0].seq


@pytest.mark.parametrize("others", [0, 10, ending.NEAR + 10])
def test_the_next_program_goes_on_with_the_number_after_the_last(tmp_path: Path, others: int) -> None:
    ours = [("", number, START - 9_000_000 + number) for number in range(1, 8)]
    logged(tmp_path, [*ours, *(("other", number, START + number) for number in range(1, others + 1))])
    assert next_number(tmp_path) == 8


def test_a_clock_set_back_and_a_restore_change_no_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "NEAR", 3)
    far = 400 * 86_400_000
    logged(tmp_path, [("", number, START + (far if number < 6 else 0) + number) for number in range(1, 10)])
    restore(tmp_path, None, stamp="x")
    assert next_number(tmp_path) == 10


def test_the_first_look_at_a_long_log_reads_its_end(tmp_path: Path) -> None:
    own = logged(tmp_path, [("", number, START + number) for number in range(1, 30_000)])
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    with closing(sqlite3.connect(tmp_path / DATABASE)) as db:
        db.set_progress_handler(step, 1_000)
        end = ending.LogEnd(db)
        end.look(own)
    assert (end.seq, end.at) == (29_999, START + 29_999)
    assert steps[0] < 100  # thousands of steps; through the whole log there are five times as many
