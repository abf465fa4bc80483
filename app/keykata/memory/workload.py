"""What a desired retention costs: reviews on the days to come, by simulation over the learner's own cards."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec

from keykata.memory.engine import Engine
from keykata.memory.model import Rating

SAMPLE = 1_500  # cards simulated at most; more are counted up from these


class Learned(msgspec.Struct, frozen=True, gc=False):
    """A card that was answered: its memory, and days from today to its last answer (0 or less) and its
    next showing (0: today or overdue)."""

    card: str
    stability: float
    difficulty: float
    last: int
    due: int


class Cost(msgspec.Struct, frozen=True):
    """What a retention costs: reviews a day on average over the days, minutes a day, and what is held.

    `held` is the mean probability of recall over the cards at the end.
    """

    retention: float
    reviews: float
    minutes: float
    held: float


def workload(
    cards: Sequence[Learned],
    *,
    retention: float,
    days: int,
    engine: Engine,
    seed: int,
    seconds: float,
) -> Cost:
    """Simulate the days to come; the same arguments give the same cost.

    The first showing of a card is the one that is planned now; the intervals after it follow the retention.
    What is remembered is taken as `Knew it`; what is forgotten comes back the same day and is known then.

    Args:
        retention: the desired one, 0.70 to 0.97. days: how many, from today on. seconds: of a review.
    """
    shown = sorted(cards, key=lambda card: card.card)
    if len(shown) > SAMPLE:
        shown = random.Random(seed).sample(shown, SAMPLE)
    scale = len(cards) / len(shown) if shown else 0.0
    reviews, held = 0, 0.0
    for card in shown:
        # a stream of its own for each card: the same chances at every retention
        dice = random.Random(f"{seed}/{card.card}")
        count, recall = _course(card, retention, days, engine, dice)
        reviews += count
        held += recall
    daily = reviews * scale / days
    return Cost(retention, daily, daily * seconds / 60, held / len(shown) if shown else 0.0)


def _course(
    card: Learned, retention: float, days: int, engine: Engine, dice: random.Random
) -> tuple[int, float]:
    """Reviews of one card until the last day, and its probability of recall then."""
    memory, last, due, count = (card.stability, card.difficulty), card.last, max(0, card.due), 0
    while due < days:
        gap = due - last
        known = dice.random() < engine.retrievability(memory[0], gap)
        count += 1
        memory = engine.next_memory(memory, gap, Rating.GOOD if known else Rating.AGAIN)
        if not known:
            count += 1
            memory = engine.next_memory(memory, 0, Rating.GOOD)
        last = due
        due += engine.interval(memory[0], retention)
    return count, engine.retrievability(memory[0], days - last)
