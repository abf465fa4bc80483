"""What the answers to a question tell of the question itself: too easy, too hard, idle distractors, misfit.

One learner's log is weak evidence: a question met again is remembered, not solved again. So every finding
needs a least number of answers, what only a first showing can prove is never taken from later ones, and the
counts stand beside each finding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb, sqrt
from typing import Literal

Trouble = Literal["too-hard", "too-easy", "idle-distractor", "misfit"]

LEAST_EASY = 5  # answers, all of them right, the first showing included
LEAST_HARD = 10  # answers that were no guesses
LEAST_SHOWN = 20  # showings of a distractor
LEAST_FIT = 10  # answers in attempts with enough others
LEAST_EACH_WAY = 3  # right ones and wrong ones among them
LEAST_OTHERS = 5  # other questions answered in the same attempt
ONE_IN_TWENTY = 1.645  # standard deviations: chance alone goes below that in 5 % of the cases


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that counts, to a question in its present wording.

    Attributes:
        item: full id. attempt: the sitting it was given in.
        options: how many it has. right, chosen: places among them, from 0, in the order of the bank.
        first: whether the question had never been shown with an answer before, in any wording.
        guess: whether the learner said that it was a guess.
    """

    item: str
    attempt: str
    options: int
    right: frozenset[int]
    chosen: frozenset[int]
    first: bool = False
    guess: bool = False

    @property
    def correct(self) -> bool:
        """Whether exactly the right options were chosen."""
        return self.chosen == self.right

    @property
    def chance(self) -> float:
        """The probability of being right blindly, a proportion."""
        return 1 / comb(self.options, len(self.right))


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of one question.

    Attributes:
        tries, correct: all answers, and the right ones. firm, firm_correct: those that were no guesses.
        first_correct: the first showing; None when it was undone or of another wording.
        chance: the probability of being right blindly, a proportion.
        picks: how often each option was chosen, by place. right: the places that are right.
        fit: point-biserial correlation of being right here with the share right of the other questions of
            the same attempts; None with too few answers. fit_answers: how many it rests on.
    """

    tries: int
    correct: int
    firm: int
    firm_correct: int
    first_correct: bool | None
    chance: float
    picks: tuple[int, ...]
    right: frozenset[int]
    fit: float | None
    fit_answers: int

    @property
    def idle(self) -> tuple[int, ...]:
        """The places of the distractors that were never chosen in enough showings."""
        if self.tries < LEAST_SHOWN:
            return ()
        return tuple(place for place, count in enumerate(self.picks) if not count and place not in self.right)

    def troubles(self) -> tuple[Trouble, ...]:
        """What these counts show, the gravest first."""
        found: tuple[tuple[Trouble, bool], ...] = (
            ("too-hard", self.firm >= LEAST_HARD and self.firm_correct / self.firm < self.chance),
            ("misfit", self.fit is not None and self.fit * sqrt(self.fit_answers - 1) <= -ONE_IN_TWENTY),
            (
                "too-easy",
                self.first_correct is True and self.tries >= LEAST_EASY and self.correct == self.tries,
            ),
            ("idle-distractor", bool(self.idle)),
        )
        return tuple(name for name, holds in found if holds)


def figures(answers: Iterable[Given]) -> dict[str, Figures]:
    """The counts of every question that was answered, by its id."""
    by_item: dict[str, list[Given]] = defaultdict(list)
    sat: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for given in answers:
        by_item[given.item].append(given)
        sat[given.attempt] += 1
        right[given.attempt] += given.correct
    return {item: _figures(own, sat, right) for item, own in by_item.items()}


def _figures(own: Sequence[Given], sat: Mapping[str, int], right: Mapping[str, int]) -> Figures:
    firm = [given for given in own if not given.guess]
    picks = Counter(place for given in own for place in given.chosen)
    others = _against_others(own, sat, right)
    return Figures(
        tries=len(own),
        correct=sum(given.correct for given in own),
        firm=len(firm),
        firm_correct=sum(given.correct for given in firm),
        first_correct=next((given.correct for given in own if given.first), None),
        chance=own[-1].chance,
        picks=tuple(picks[place] for place in range(own[-1].options)),
        right=own[-1].right,
        fit=_correlation(others),
        fit_answers=len(others),
    )


def _against_others(
    own: Sequence[Given], sat: Mapping[str, int], right: Mapping[str, int]
) -> list[tuple[bool, float]]:
    """For each answer beside enough others: whether it was right, and the share right of those."""
    mine = Counter(given.attempt for given in own)
    mine_right = Counter(given.attempt for given in own if given.correct)
    pairs = []
    for given in own:
        others = sat[given.attempt] - mine[given.attempt]
        if others >= LEAST_OTHERS:
            pairs.append((given.correct, (right[given.attempt] - mine_right[given.attempt]) / others))
    return pairs


def _correlation(pairs: Sequence[tuple[bool, float]]) -> float | None:
    """The point-biserial correlation; None with too few answers or when either side never varies."""
    count = len(pairs)
    rights = sum(correct for correct, _ in pairs)
    if count < LEAST_FIT or min(rights, count - rights) < LEAST_EACH_WAY:
        return None
    mean = sum(share for _, share in pairs) / count
    spread = sqrt(sum((share - mean) ** 2 for _, share in pairs) / count)
    if spread < 1e-9:
        return None
    when_right = sum(share for correct, share in pairs if correct) / rights
    when_wrong = sum(share for correct, share in pairs if not correct) / (count - rights)
    return (when_right - when_wrong) / spread * sqrt(rights * (count - rights)) / count
