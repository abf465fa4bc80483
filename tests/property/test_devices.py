"""Three devices, crashes in the middle of a write, late arrivals, merges in any order: one state."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.core.days import add_days
from keykata.core.event import Draft
from keykata.store.store import Store, open_store
from keykata.study.merging import carry_on, merge
from keykata.study.sending import save_log
from keykata.study.syncing import sync
from support.clocks import START, CountingEntropy

CARDS = ("b:q1", "b:q2", "b:t/one/c1", "b:t/two/c1")
TABLES = ("event", "card", "item", "attempt", "setting", "link", "snapshot")
MINUTE = 60_000
SKEW = (0, -40 * MINUTE, 25 * MINUTE)  # the devices' clocks do not agree
device = st.integers(0, 2)
small = st.integers(0, 40)
steps = st.one_of(
    st.tuples(
        st.sampled_from(("answer", "void", "set", "keep", "start", "moved", "reset", "take")), device, small
    ),
    st.tuples(st.sampled_from(("sync", "merge", "restart")), device, small),
    st.tuples(st.just("carry"), device, st.integers(0, 6000)),
    st.tuples(st.just("crash"), device, st.integers(1, 6000)),
)


class Device:
    """A home, and its own copy of the synced folder."""

    def __init__(self, folder: Path, number: int) -> None:
        self.home, self.folder = folder / f"home{number}", folder / f"folder{number}"
        self.folder.mkdir()
        self.number, self.skew = number, SKEW[number]
        self.store = self._opened("")

    def _opened(self, name: str) -> Store:
        return open_store(
            self.home, entropy=CountingEntropy(f"{self.number}{name}"), machine=str(self.number)
        )

    def restart(self, name: str) -> None:
        self.store.close()
        self.store = self._opened(name)

    def do(self, what: str, number: int, minute: int) -> None:
        card = CARDS[number % len(CARDS)]
        item, fact = card.split("/", 1)[0], "/" in card
        past = [event.id for event in self.store.events()]
        body = {"v": 1, "kind": "concept" if fact else "question", "rating": 1 + number % 4, "retention": 0.9}
        draft = {
            "answer": Draft("answer", body | {"correct": number % 4 > 0, "wording": "w"}, "A", item, card),
            "void": Draft("void", {"v": 1, "target": past[number % len(past)] if past else "none"}),
            "set": Draft("setting", {"v": 1, "name": "minutes", "value": 5 + number}),
            "keep": Draft("keep", {"v": 1, "on": bool(number % 2)}, None, item),
            "start": Draft("attempt-started", {"v": 1, "mode": "quiz", "title": "T", "items": 3}, "A"),
            "moved": Draft("moved", {"v": 1, "from": CARDS[number % 3]}, None, item, card),
            "reset": Draft("reset", {"v": 1, "old": "x", "new": "y"}, None, item, card),
            "take": Draft("taken-on", {"v": 1, "why": "read"}, None, item, card),
        }[what]
        now = START + minute * MINUTE + self.skew
        paper = f'{{"paper":{number % 3}}}'.encode() if what == "start" else None
        self.store.append([draft], now=now, day=add_days("2026-11-23", minute // 5), snapshot=paper)

    def sync(self) -> None:
        sync(self.store, self.folder, carry_on)

    @property
    def file(self) -> Path:
        return self.folder / f"{self.store.device}.jsonl"

    def state(self) -> dict[str, list[tuple[object, ...]]]:
        db = sqlite3.connect(self.store.path)
        found = {table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}
        db.close()
        return found


def carry(from_: Device, to: Device, cut: int | None = None) -> None:
    """What a sync program does: another's file appears here, whole or so far only its first bytes."""
    if from_.file.exists():
        (to.folder / from_.file.name).write_bytes(from_.file.read_bytes()[:cut])


@settings(max_examples=40, deadline=None)
@given(st.lists(steps, max_size=40), st.integers(0, 1 << 30))
def test_all_devices_end_in_the_same_state(script: list[tuple[str, int, int]], seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        devices = [Device(folder, number) for number in range(3)]
        for minute, (what, which, number) in enumerate(script):
            mine, other = devices[which], devices[(which + 1 + number % 2) % 3]
            if what == "sync":
                mine.sync()
            elif what == "merge":
                merge(mine.store, other.home)
            elif what == "restart":
                mine.restart(f"-{minute}")
            elif what == "carry":
                carry(other, mine, number)
            elif what == "crash" and mine.file.exists():
                mine.file.write_bytes(mine.file.read_bytes()[:-number])
            elif what != "crash":
                mine.do(what, number, minute)
        for _ in range(2):
            chance.shuffle(devices)
            for mine in devices:
                mine.sync()
                for other in devices:
                    if other is not mine:
                        carry(mine, other)
        for mine in devices:
            mine.sync()
        states = [mine.state() for mine in devices]
        logs = [folder / f"log{number}.jsonl" for number in range(3)]
        for mine, log in zip(devices, logs, strict=True):
            save_log(mine.store, log)
        fresh = open_store(folder / "fresh", entropy=CountingEntropy("fresh"))
        for log in (*chance.sample(logs, 3), chance.choice(logs)):
            merge(fresh, log)
        fresh.rebuild()
        devices[0].store.close()
        devices[0].store, devices[0].home = fresh, folder / "fresh"
        states.append(devices[0].state())
        for mine in devices:
            mine.store.close()
    assert all(state == states[0] for state in states)
