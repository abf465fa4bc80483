"""Banks and histories of any size, made from a seed."""

from __future__ import annotations

import hashlib
import os
import random
from datetime import date, timedelta
from pathlib import Path

from keykata.core.event import Event
from keykata.core.ulid import ulid
from keykata.practice.paper import Paper, encode_paper
from keykata.store.log import insert
from keykata.store.store import Store, open_store

SYLLABLES = [a + b for a in "bcdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "is", "ol")]
TASKS = ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "3.5", "4.1", "4.2", "4.3", "4.4")
IN_A_FILE = 50
VOCABULARY = 8000
LAST_DAY = date(2026, 11, 24)
FIRST_MS = 1_700_000_000_000
SITTING = 50  # answers of an attempt
REVIEWS_EACH = 11  # answers a card, on average


def words(seed: int) -> list[str]:
    """A vocabulary of made words."""
    dice = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4)))] = None
    return list(found)


def write_bank(folder: Path, questions: int, *, seed: int = 1) -> Path:
    """A bank `made` of so many questions, fifty a file, about as long as real ones."""
    bank = folder / "made"
    (bank / "questions").mkdir(parents=True)
    (bank / "bank.yaml").write_text(
        "id: made\nname: Made\nexam: saa-c03\nblueprint: true\n", encoding="utf-8"
    )
    dice = random.Random(seed)
    vocabulary = words(seed)
    weights = [1 / (rank + 3) for rank in range(VOCABULARY)]

    def text(count: int) -> str:
        return " ".join(dice.choices(vocabulary, weights, k=count)).capitalize() + "."

    for first in range(0, questions, IN_A_FILE):
        lines = ["questions:"]
        for number in range(first, min(first + IN_A_FILE, questions)):
            rights = 2 if number % 7 == 0 else 1
            kinds = ["right"] * rights + ["wrong"] * 3
            lines += [
                f"  question-{number}:",
                f'    task: "{TASKS[number % len(TASKS)]}"',
                "    level: apply",
                "    checked: 2026-11",
                f"    refs: [https://docs.aws.amazon.com/page-{number}.html]",
                f"    stem: {text(45)}",
                f"    ask: Which choice meets the requirement of {text(3)[:-1]}?",
                "    options:",
                *(f"      - {{{kind}: {text(13)}, why: {text(16)}}}" for kind in kinds),
                f"    explanation: {text(30)}",
            ]
        (bank / "questions" / f"q-{first:05}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return bank


def write_history(home: Path, questions: int, answers: int, *, seed: int = 1) -> None:
    """A home with so many answers to the questions of the bank `made`, over the last two years."""
    store = open_store(home, entropy=os.urandom)
    try:
        _fill(store, questions, answers, seed)
    finally:
        store.close()


def _fill(store: Store, questions: int, answers: int, seed: int) -> None:
    dice = random.Random(seed)
    device = store.device
    cards = [f"made:question-{number}" for number in range(max(1, min(questions, answers // REVIEWS_EACH)))]
    days = [(LAST_DAY - timedelta(days=back)).isoformat() for back in range(700, -1, -1)]
    paper = encode_paper(Paper(mode="quiz", title="Practice", slots=()))
    events: list[Event] = []

    def add(kind: str, at: int, day: str, *, attempt: str, card: str | None, body: dict[str, object]) -> None:
        number = len(events) + 1
        name = ulid(at + number, hashlib.sha256(f"{seed}/{number}".encode()).digest()[:10])
        events.append(Event(name, at + number, day, device, number, kind, attempt, card, card, body))

    for number in range(answers):
        if number % SITTING == 0:
            attempt = ulid(FIRST_MS + number, hashlib.sha256(f"{seed}:{number}".encode()).digest()[:10])
        card = cards[number % len(cards)] if number < len(cards) else dice.choice(cards)
        at = FIRST_MS + number * 600_000
        correct = dice.random() < 0.75
        body = {
            "v": 1,
            "kind": "question",
            "rating": 3 if correct else 1,
            "correct": correct,
            "chosen": [0],
            "retention": 0.9,
            "seconds": 40.0,
        }
        day = days[number * len(days) // answers]
        if number % SITTING == 0:
            begun = {
                "v": 1,
                "mode": "quiz",
                "title": "Practice",
                "seed": 1,
                "feedback": "each",
                "full": False,
            }
            begun |= {"items": SITTING, "filter": {}, "snapshot": hashlib.sha256(paper).hexdigest()}
            add("attempt-started", at, day, attempt=attempt, card=None, body=begun)
        add("answer", at, day, attempt=attempt, card=card, body=body)
        if number % SITTING == SITTING - 1:
            ended: dict[str, object] = {"v": 1, "reason": "ended", "used": 2000.0}
            add("attempt-finished", at, day, attempt=attempt, card=None, body=ended)
    with store._transaction():
        store._keep_snapshot(paper)
        insert(store._db, events)
    store.rebuild()
