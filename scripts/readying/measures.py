"""What is told against what is true: Brier scores, reliability, coverage of the intervals."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb

from keykata.practice.readiness import readiness
from keykata.practice.ready_model import Readiness
from keykata.practice.score import scaled_estimate
from readying.learners import EXAM, LENGTHS, MANNERS, NEEDED, Learner, Manner, made, sit, truth

SCORED = 50
CUT = 620 / 900  # the share right at which the estimate is 720


@dataclass(frozen=True, slots=True)
class Trial:
    """One learner: what was told, what is true, and how one paper came out.

    `straight` is the share right so far, guesses and all; `told` is None when there were too few to say.
    """

    manner: str
    length: tuple[int, int]
    told: Readiness | None
    truth: float
    right: int
    straight: float

    @property
    def passed(self) -> bool:
        """Whether the paper passed."""
        return self.right >= NEEDED

    @property
    def naive(self) -> float:
        """The rule "my share right so far is my score": certain one way or the other."""
        return float(self.straight >= CUT)

    @property
    def naive_odds(self) -> float:
        """The same share taken as the chance of each item: only the luck of the paper is counted."""
        p = self.straight
        return sum(comb(SCORED, n) * p**n * (1 - p) ** (SCORED - n) for n in range(NEEDED, SCORED + 1))


def trial(learner: Learner, length: tuple[int, int], rng: random.Random) -> Trial:
    """Tell a learner, and let it sit one paper."""
    told = readiness(learner.showings, EXAM, learner.today)
    straight = sum(showing.right for showing in learner.showings) / len(learner.showings)
    said = told if isinstance(told, Readiness) else None
    return Trial(learner.manner, length, said, truth(learner), sit(learner, rng), straight)


def trials(each: int, seed: int, manners: Iterable[Manner] = MANNERS) -> list[Trial]:
    """So many learners of each kind and each length of history."""
    rng = random.Random(seed)
    return [
        trial(made(manner, length, rng), length, rng)
        for manner in manners
        for length in LENGTHS
        for _ in range(each)
    ]


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of some trials; shares and Brier scores from 0 to 1.

    Attributes:
        told, silent: how many were told a probability, and how many that it is too few to say.
        brier, ideal, naive, naive_odds: mean squared errors of what is told, of the truth itself, and of the
            two simple rules.
        bias: mean of told minus true probability.
        covered: intervals of the probability that hold the true one.
        scores: intervals of the score that hold the paper's.
        width: mean width of the interval of the probability.
    """

    told: int
    silent: int
    brier: float
    ideal: float
    naive: float
    naive_odds: float
    bias: float
    covered: float
    scores: float
    width: float


def summary(found: Sequence[Trial]) -> Summary:
    """The figures; the rules are compared over the same learners, those that were told something."""
    pairs = [(one, one.told) for one in found if one.told]
    count = max(1, len(pairs))

    def mean(values: Iterable[float]) -> float:
        return sum(values) / count

    return Summary(
        told=len(pairs),
        silent=len(found) - len(pairs),
        brier=mean((told.probability - one.passed) ** 2 for one, told in pairs),
        ideal=mean((one.truth - one.passed) ** 2 for one, _ in pairs),
        naive=mean((one.naive - one.passed) ** 2 for one, _ in pairs),
        naive_odds=mean((one.naive_odds - one.passed) ** 2 for one, _ in pairs),
        bias=mean(told.probability - one.truth for one, told in pairs),
        covered=mean(told.low <= one.truth <= told.high for one, told in pairs),
        scores=mean(
            told.score_low <= scaled_estimate(one.right / SCORED) <= told.score_high for one, told in pairs
        ),
        width=mean(told.high - told.low for _, told in pairs),
    )


@dataclass(frozen=True, slots=True)
class Bin:
    """Learners told about the same: mean of what was told, share that passed, how many."""

    told: float
    passed: float
    count: int


def reliability(pairs: Iterable[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """What was told beside what came out, by tenths of what was told."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for told, passed in pairs:
        groups.setdefault(min(bins - 1, int(told * bins)), []).append((told, passed))
    return [
        Bin(sum(t for t, _ in group) / len(group), sum(p for _, p in group) / len(group), len(group))
        for _, group in sorted(groups.items())
    ]
