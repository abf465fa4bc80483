"""A home full of reviews by a made learner whose memory is known: FSRS-6 with weights of its own."""

from __future__ import annotations

import random

from keykata.core.days import add_days
from keykata.core.event import Draft
from keykata.memory.engine import Engine
from keykata.store.store import Store, open_store
from support.homes import Desk

DAY_MS = 86_400_000
FIRST = "2026-01-05"
FAST_FORGETTER = (
    *(0.05, 0.3, 0.8, 3.0, 6.4133, 0.8334, 3.0194, 0.001, 1.0, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.3),
)
GAPS = (1, 2, 3, 5, 8, 13, 21)


def learn(desk: Desk, cards: list[str], reviews: int, *, seed: int = 1) -> None:
    """So many reviews of each card, on rising days from January on, as the learner forgets."""
    store = open_store(desk.places.home, entropy=desk.entropy)
    dice, mind = random.Random(seed), Engine(FAST_FORGETTER)
    told: list[tuple[str, str, int]] = []
    for card in cards:
        day, memory = add_days(FIRST, dice.randrange(60)), None
        for number in range(reviews):
            gap = dice.choice(GAPS) if number else 0
            chance = mind.retrievability(memory[0], gap) if memory else 0.7
            rating = 3 if dice.random() < chance else 1
            memory = mind.next_memory(memory, gap, rating)
            day = add_days(day, gap)
            told.append((day, card, rating))
    _append(store, sorted(told))
    store.close()


def _append(store: Store, told: list[tuple[str, str, int]]) -> None:
    by_day: dict[str, list[Draft]] = {}
    for day, card, rating in told:
        item = card.split("/", 1)[0]
        kind = "concept" if "/" in card else "question"
        correct = rating > 1 if kind == "question" else None
        body = {"v": 1, "kind": kind, "rating": rating, "correct": correct, "retention": 0.9, "seconds": 30.0}
        by_day.setdefault(day, []).append(Draft("answer", body, "A", item, card))
    began = {"v": 1, "mode": "quiz", "title": "Practice", "items": len(told), "feedback": "each"}
    store.append([Draft("attempt-started", began, "A")], now=1_767_600_000_000, day=FIRST)
    for number, (day, drafts) in enumerate(sorted(by_day.items()), 1):
        store.append(drafts, now=1_767_600_000_000 + number * DAY_MS, day=day)
    store.append(
        [Draft("attempt-finished", {"v": 1, "reason": "ended"}, "A")], now=1_790_000_000_000, day=day
    )
