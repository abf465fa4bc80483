"""Whatever a log says, and however it came to be: appending, merging and rebuilding end in the same rows."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.core.days import add_days
from keykata.core.event import Event
from keykata.store.store import Store, open_store
from support.clocks import START, CountingEntropy
from support.tables import rows

NAMES = ("b:q1", "b:q2", "b:q,3", "b:t/one/c1", "b:t", "")
BODIES: tuple[Mapping[str, object], ...] = (
    {},
    {"kind": "question", "correct": True, "rating": 3},
    {"kind": "question", "correct": False, "rating": 1, "confidence": "sure", "wording": "w1"},
    {"kind": "question", "correct": True, "rating": 2, "lucky": True, "retention": 0.8, "wording": "w2"},
    {"kind": "concept", "correct": None, "rating": 4},
    {"kind": "concept", "rating": 1},
    {"kind": "sort", "correct": False, "rating": 1},
    {"kind": "question", "correct": 1, "rating": 3},
    {"kind": "question", "correct": [True], "rating": 3, "wording": None},
    {"kind": ["question"], "correct": True, "rating": 3},
    {"kind": "riddle", "correct": True, "rating": 3, "wording": 7},
    {"correct": True, "rating": 3},
    {"kind": "question", "correct": True, "rating": True},
    {"kind": "question", "correct": True, "rating": 3.0},
    {"kind": "question", "correct": True, "rating": 5},
    {"kind": "question", "correct": False, "rating": "1"},
    {"kind": "question", "correct": True, "rating": 3, "retention": 1, "lucky": 1},
    {"kind": "question", "correct": False, "rating": 1, "retention": "much", "confidence": ["sure"]},
)
names = st.sampled_from(NAMES)
attempts = st.sampled_from(("A", "B", "", None))
# what happens, its card and item, its attempt, its number, days since the log began, minutes since
happenings = st.tuples(
    st.sampled_from(("answer",) * 8 + ("void", "void", "take", "keep", "reset", "moved", "start", "finish")),
    st.one_of(names.map(lambda name: (name, name)), st.tuples(names, names)),
    attempts,
    st.integers(0, 60),
    st.integers(0, 9),
    st.integers(0, 6),
)
Happening = tuple[str, tuple[str, str], str | None, int, int, int]


def event(number: int, device: str, told: Happening) -> Event:
    what, (card, item), attempt, value, day, minute = told
    kind, body = {
        "answer": ("answer", BODIES[value % len(BODIES)]),
        "void": ("void", {"target": f"{device}{value % max(1, number):03d}"}),
        "take": ("taken-on", {"why": "read"}),
        "keep": ("keep", {"on": bool(value % 2)}),
        "reset": ("reset", {"old": "w1", "new": f"w{value % 3}"}),
        "moved": ("moved", {"from": NAMES[value % len(NAMES)]}),
        "start": ("attempt-started", {"mode": "quiz", "title": "T", "items": value, "snapshot": ""}),
        "finish": ("attempt-finished", {"reason": "ended"}),
    }[what]
    at = START + minute * 60_000
    return Event(
        f"{device}{number:03d}",
        at,
        add_days("2026-11-23", day),
        device,
        number,
        kind,
        attempt,
        item or None,
        card or None,
        {"v": 1, **body},
    )


def emptied(store: Store) -> None:
    db = sqlite3.connect(store.path, isolation_level=None)
    for table in ("card", "item", "attempt"):
        db.execute(f"DELETE FROM {table}")
    db.close()


def log_of(device: str, script: Sequence[Happening]) -> list[Event]:
    return [event(number, device, told) for number, told in enumerate(script)]


@settings(max_examples=100, deadline=None)
@given(st.lists(happenings, max_size=14), st.lists(happenings, max_size=8), st.integers(0, 1 << 30))
def test_odd_events_in_any_order_end_in_what_a_rebuild_says(
    one: list[Happening], other: list[Happening], seed: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), entropy=CountingEntropy())
        coming = log_of("d", one) + log_of("e", other)
        random.Random(seed).shuffle(coming)
        for told in coming:
            store.merge([told], {"": b""})
        merged = rows(store)
        store.rebuild()
        assert rows(store) == merged
        emptied(store)
        store.rebuild()
        assert rows(store) == merged
        store.close()
