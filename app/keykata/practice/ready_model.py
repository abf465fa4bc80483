"""What readiness is reckoned from, and what it says: frozen records."""

from __future__ import annotations

import msgspec

from keykata.practice.blueprint import Blueprint


class Showing(msgspec.Struct, frozen=True, gc=False):
    """The first answer to a question: task statement, day (a whole number), right, said to be a guess."""

    task: str
    day: int
    right: bool
    guess: bool = False

    @property
    def known(self) -> bool:
        """Right, and no guess."""
        return self.right and not self.guess


class Exam(msgspec.Struct, frozen=True):
    """What is to be passed: the blueprint, the cut and the ends of the scale."""

    blueprint: Blueprint
    pass_score: int = 720
    scale_from: int = 100
    scale_to: int = 1000


class TaskGain(msgspec.Struct, frozen=True):
    """A task statement: first showings, expected share right, and what learning half of its misses gains.

    `gain` is in probability of passing.
    """

    task: str
    tries: int
    share: float
    gain: float


class DomainWidth(msgspec.Struct, frozen=True):
    """How far the expected share right may be off (half of its 90 % interval), now and after `count` more."""

    domain: str
    count: int
    before: float
    after: float


class TooFew(msgspec.Struct, frozen=True):
    """Nothing can be said: first showings so far, about how many more are needed, domains that lack some.

    `wide`: there are enough of them, and what they say is too wide an interval.
    """

    tries: int
    more: int
    domains: tuple[str, ...]
    wide: bool = False


class Readiness(msgspec.Struct, frozen=True):
    """What first showings say. All intervals leave out 5 % at each end.

    Attributes:
        tries: first showings it rests on.
        probability, low, high: of passing one paper, and its interval by what is not known of the learner.
        share, share_low, share_high: of items right, in the long run.
        score, score_low, score_high: of one paper, on the scale: the chance of its questions is in it.
        gains: every task statement, the largest gain first.
        widths: every domain with unseen questions, what would tell most first.
    """

    tries: int
    probability: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float
    score: int
    score_low: int
    score_high: int
    gains: tuple[TaskGain, ...]
    widths: tuple[DomainWidth, ...]


Outcome = Readiness | TooFew
