"""What can be said of being ready: frozen, complete, without rules left to apply."""

from __future__ import annotations

import msgspec


class Gain(msgspec.Struct, frozen=True):
    """A task statement worth learning.

    Attributes:
        task, name: its number and what the exam calls it.
        tries: first showings of it.
        share: expected share right of its questions.
        gain: what learning half of what is missed there adds to the probability of passing.
    """

    task: str
    name: str
    tries: int
    share: float
    gain: float


class Tell(msgspec.Struct, frozen=True):
    """A domain whose unseen questions would make the answer surer.

    `count` of them bring the expected share right from `before` to `after` (half of a 90 % interval).
    """

    domain: str
    name: str
    count: int
    before: float
    after: float


class Ready(msgspec.Struct, frozen=True):
    """The probability of passing one paper today. Intervals are of 90 %; shares and probabilities 0 to 1.

    Attributes:
        probability, low, high: of passing, and its interval by what is not known of the learner.
        share, share_low, share_high: of items right in the long run.
        score, score_low, score_high: of one paper, on the exam's scale: its middle, and its interval.
        gains: the task statements that gain most, the best first.
        tells: domains with unseen questions, what tells most first.
    """

    probability: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float
    score: int
    score_low: int
    score_high: int
    gains: tuple[Gain, ...]
    tells: tuple[Tell, ...]


class ReadinessView(msgspec.Struct, frozen=True):
    """What can be said of being ready.

    Attributes:
        tries: first showings that count.
        more: about how many more are needed before anything is said; 0 when it is.
        lacking: names of the domains with too few.
        ready: None while there are too few to say.
        banks: the ids of the banks whose questions count.
        wide: there are enough, and they leave it open.
        left: how many questions that count were never shown, sealed ones among them.
    """

    tries: int
    more: int
    lacking: tuple[str, ...]
    ready: Ready | None
    banks: tuple[str, ...]
    wide: bool = False
    left: int | None = None


class ReadinessPoint(msgspec.Struct, frozen=True):
    """What was said at the end of a study day."""

    day: str
    probability: float
    low: float
    high: float
