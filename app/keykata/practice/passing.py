"""One paper: how many of its items that count come out right, and the odds of passing.

Items of a task statement are right with its chance, independently. Counts of such a paper are close to a
normal with its mean, variance and skewness (Volkova's refined normal, half an item as continuity): for a
paper of 50 it is within 0.002 of the exact sum at the pass line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import erf, exp, log, pi, sqrt

import msgspec

from keykata.practice.ability import sigmoid
from keykata.practice.score import scaled_estimate

GRID = tuple(step / 10 - 6.0 for step in range(121))  # log odds; 0.25 % to 99.75 %
CELLS = tuple((low + high) / 2 for low, high in pairwise(GRID))


def least_right(scored: int, pass_score: int, low: int = 100, high: int = 1000) -> int:
    """The fewest right of `scored` whose estimate passes; one more than there are when none does."""
    passing = (
        right for right in range(scored + 1) if scaled_estimate(right / scored, low, high) >= pass_score
    )
    return next(passing, scored + 1)


def normal_below(x: float) -> float:
    """The standard normal distribution function."""
    return (1 + erf(x / sqrt(2))) / 2


class Count(msgspec.Struct, frozen=True):
    """The number right of one paper: mean, standard deviation, skewness."""

    mean: float
    deviation: float
    skewness: float

    def at_most(self, right: int) -> float:
        """The probability of at most so many right."""
        x = (right + 0.5 - self.mean) / self.deviation
        bend = self.skewness * (1 - x * x) * exp(-x * x / 2) / sqrt(2 * pi) / 6
        return min(1.0, max(0.0, normal_below(x) + bend))


def count_of(chances: Sequence[float], items: Sequence[float]) -> Count:
    """The number right of a paper.

    Args:
        chances: of each task statement, inside 0 to 1.
        items: how many of the paper's items each has, in expectation.
    """
    pairs = tuple(zip(chances, items, strict=True))
    variance = sum(n * p * (1 - p) for p, n in pairs)
    third = sum(n * p * (1 - p) * (1 - 2 * p) for p, n in pairs)
    deviation = max(sqrt(variance), 1e-6)
    return Count(sum(n * p for p, n in pairs), deviation, third / deviation**3)


class Bend(msgspec.Struct, frozen=True):
    """One normal part of what is believed of the log odds of the paper as a whole."""

    weight: float
    mean: float
    deviation: float


class Papers:
    """What one paper brings at every level of the learner, the shape of the profile kept.

    Args:
        odds: log odds of knowing, of each task statement.
        items: how many of the paper's items each has, in expectation.
        luck: the chance that an item that is not known comes out right.
        needed: the fewest right that pass.
    """

    def __init__(self, odds: Sequence[float], items: Sequence[float], luck: float, needed: int) -> None:
        self.items = tuple(items)
        self.luck = luck
        whole = sum(items)
        shares, counts = [], []
        for shift in GRID:
            known = [sigmoid(value + shift) for value in odds]
            shares.append(sum(p * n for p, n in zip(known, items, strict=True)) / whole)
            counts.append(count_of([p + (1 - p) * luck for p in known], items))
        self._odds = [log(share / (1 - share)) for share in shares]
        self._counts = counts
        self._passing = [1 - count.at_most(needed - 1) for count in counts]

    def passing(self, odds: float) -> float:
        """The probability of passing when the whole paper has these log odds of being known."""
        return self._between(odds, self._passing.__getitem__)

    def at_most(self, right: int, odds: float) -> float:
        """The probability of at most so many right then."""
        return self._between(odds, lambda place: self._counts[place].at_most(right))

    def right_share(self, odds: float) -> float:
        """The share of items right then."""
        known = sigmoid(odds)
        return known + (1 - known) * self.luck

    def odds_of_right(self, share: float) -> float:
        """The log odds of knowing that bring a share of items right."""
        known = min(max((share - self.luck) / (1 - self.luck), 1e-4), 1 - 1e-4)
        return log(known / (1 - known))

    def _between(self, odds: float, value: Callable[[int], float]) -> float:
        place = bisect_right(self._odds, odds)
        if place == 0:
            return value(0)
        if place == len(self._odds):
            return value(place - 1)
        low, high = self._odds[place - 1], self._odds[place]
        part = (odds - low) / (high - low)
        return value(place - 1) * (1 - part) + value(place) * part


def masses(bends: Sequence[Bend]) -> list[tuple[float, float]]:
    """A mixture as (log odds, probability) over the cells of the grid."""
    found = [0.0] * len(CELLS)
    for bend in bends:
        edges = [normal_below((edge - bend.mean) / bend.deviation) for edge in GRID]
        edges[0], edges[-1] = 0.0, 1.0
        for place in range(len(CELLS)):
            found[place] += bend.weight * (edges[place + 1] - edges[place])
    return [(odds, mass) for odds, mass in zip(CELLS, found, strict=True) if mass > 1e-7]


def quantile(bends: Sequence[Bend], share: float) -> float:
    """The log odds below which a share of the mixture lies."""
    low, high = GRID[0] * 2, GRID[-1] * 2
    for _ in range(40):
        middle = (low + high) / 2
        below = sum(bend.weight * normal_below((middle - bend.mean) / bend.deviation) for bend in bends)
        low, high = (middle, high) if below < share else (low, middle)
    return (low + high) / 2
