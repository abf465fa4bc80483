"""Programs that share a home number what they write, whatever the others do meanwhile."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keykata.core.event import Draft, Event
from keykata.core.ulid import ulid
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
