"""Looking back: what was expected of each review, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

import msgspec

from keykata.core.days import days_between
from keykata.memory.engine import Engine
from keykata.memory.model import Rating

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)  # of the bins; the last holds its end
SMALLEST = 1e-6  # an expectation is never told as certain, or one surprise would cost without end


class Recall(msgspec.Struct, frozen=True, gc=False):
    """One review on a later day than the card's last: its study date, the expectation (0..1), the outcome."""

    day: str
    expected: float
    remembered: bool


class Bin(msgspec.Struct, frozen=True):
    """Reviews whose expectation lies from `low` up to `high` (proportions), and how they came out.

    `expected` is their mean expectation, `remembered` how many of the `reviews` came out right.
    """

    low: float
    high: float
    reviews: int
    expected: float
    remembered: int

    @property
    def measured(self) -> float:
        """The share remembered."""
        return self.remembered / self.reviews if self.reviews else 0.0


class _Course:
    """What is known of one card: its reviews since it began, and the memory they left."""

    __slots__ = ("last_day", "memory", "of", "steps")

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []  # (days, rating)
        self.memory: tuple[float, float] | None = None
        self.last_day = ""
        self.of: Engine | None = None


class LookBack:
    """Goes through answers in log order, and says of each review what the scheduler expected of it then.

    Args:
        engine: the weights in force at the beginning.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._courses: dict[str, _Course] = {}

    def weigh(self, engine: Engine) -> None:
        """Other weights are in force from here on; memories are reckoned anew when they are needed."""
        self._engine = engine

    def restart(self, card: str) -> None:
        """Nothing is remembered of a card: its right answer changed."""
        self._courses.pop(card, None)

    def review(self, card: str, day: str, rating: int) -> Recall | None:
        """Take one answer; what was expected of it, None within a day or for the first.

        Args:
            day: its study date. rating: a `Rating`.
        """
        course = self._courses.get(card)
        if course is None:
            course = self._courses[card] = _Course()
        days = max(0, days_between(course.last_day, day)) if course.last_day else 0
        memory = self._memory(course)
        told = None
        if memory is not None and days:
            told = Recall(day, self._engine.retrievability(memory[0], days), rating > Rating.AGAIN)
        course.memory = self._engine.next_memory(memory, days, rating)
        course.steps.append((days, rating))
        course.last_day = day
        return told

    def courses(self) -> Iterable[tuple[str, Sequence[tuple[int, int]]]]:
        """Every card with its reviews: (days since the one before, rating)."""
        return ((card, course.steps) for card, course in self._courses.items())

    def _memory(self, course: _Course) -> tuple[float, float] | None:
        if course.of is not self._engine:
            course.of, course.memory = self._engine, None
            for days, rating in course.steps:
                course.memory = self._engine.next_memory(course.memory, days, rating)
        return course.memory


def calibration(recalls: Iterable[Recall]) -> tuple[Bin, ...]:
    """The bins that hold any review, from the least expected up; every review is in exactly one."""
    inner = EDGES[1:-1]
    expected = [0.0] * (len(EDGES) - 1)
    counts = [[0, 0] for _ in expected]
    for recall in recalls:
        place = sum(recall.expected >= edge for edge in inner)
        expected[place] += recall.expected
        counts[place][0] += 1
        counts[place][1] += recall.remembered
    return tuple(
        Bin(EDGES[place], EDGES[place + 1], reviews, expected[place] / reviews, remembered)
        for place, (reviews, remembered) in enumerate(counts)
        if reviews
    )


def log_loss(recalls: Sequence[Recall]) -> float | None:
    """The mean surprise (nats) at what came: less is better; None without reviews."""
    if not recalls:
        return None
    return -sum(log(_sure(r.expected if r.remembered else 1 - r.expected)) for r in recalls) / len(recalls)


def _sure(chance: float) -> float:
    return min(1 - SMALLEST, max(SMALLEST, chance))
