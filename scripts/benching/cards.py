"""A hundred thousand cards: a bank of terms with many facts, and one answer each."""

from __future__ import annotations

import hashlib
import os
import random
from datetime import timedelta
from pathlib import Path

from benching.made import FIRST_MS, LAST_DAY, words
from keykata.core.event import ANSWER, SETTING, TAKEN_ON, Event
from keykata.core.ulid import ulid
from keykata.store.log import insert
from keykata.store.store import open_store

CONCEPTS, HIDDEN = 10, 10  # of a term, of a concept
RECENT = 6  # days: what was known well in them is not due yet
STALE = 30  # days since what is due was answered
EXAM_AHEAD = 21  # days


def write_terms(folder: Path, cards: int, *, seed: int = 2) -> Path:
    """A bank `facts` of terms whose facts give so many cards."""
    bank = folder / "facts"
    (bank / "terms").mkdir(parents=True)
    (bank / "bank.yaml").write_text(
        "id: facts\nname: Facts\nexam: saa-c03\nblueprint: true\n", encoding="utf-8"
    )
    dice, vocabulary = random.Random(seed), words(seed)
    for number in range(-(-cards // (CONCEPTS * HIDDEN))):
        lines = [
            f"id: term-{number}",
            f"name: Term {number}",
            "short: Made.",
            "definition: Made.",
            "concepts:",
        ]
        for concept in range(CONCEPTS):
            hidden = (f"=={place}|{dice.choice(vocabulary)}|what==" for place in range(1, HIDDEN + 1))
            lines += [f"  c{concept}:", "    text: |", f"      Of {' and '.join(hidden)}."]
        (bank / "terms" / f"term-{number:05}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return bank


def write_cards(home: Path, cards: int, due: int, *, seed: int = 2) -> None:
    """A home in which so many cards of the bank `facts` were answered once, and so many of them are due."""
    store, dice = open_store(home, entropy=os.urandom), random.Random(seed)
    events: list[Event] = []

    def add(kind: str, day: str, card: str | None, body: dict[str, object]) -> None:
        number = len(events) + 1
        name = ulid(FIRST_MS + number, hashlib.sha256(f"{seed}/{number}".encode()).digest()[:10])
        item = card.partition("/")[0] if card else None
        events.append(Event(name, FIRST_MS + number, day, store.device, number, kind, None, item, card, body))

    try:
        exam = LAST_DAY + timedelta(days=EXAM_AHEAD)
        add(SETTING, LAST_DAY.isoformat(), None, {"v": 1, "name": "exam-date", "value": exam.isoformat()})
        for number in range(cards):
            term, place = divmod(number, CONCEPTS * HIDDEN)
            card = f"facts:term-{term}/c{place // HIDDEN}/c{place % HIDDEN + 1}"
            back = STALE if number < due else dice.randint(1, RECENT)
            day = (LAST_DAY - timedelta(days=back)).isoformat()
            add(TAKEN_ON, day, card, {"v": 1, "why": "read"})
            rating = 3 if number < due else 4
            body: dict[str, object] = {
                "v": 1,
                "kind": "concept",
                "rating": rating,
                "correct": None,
                "chosen": [],
            }
            add(ANSWER, day, card, body | {"retention": 0.9, "seconds": 8.0})
        with store._transaction():
            insert(store._db, events)
        store.rebuild()
    finally:
        store.close()
