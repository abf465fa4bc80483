"""What answers say of the questions themselves: too easy, too hard, a distractor nobody picks, a wrong slope.

All of it is weak with one learner's log, and silent below the counts named here. The ideas are those of
facility and discrimination in classical test theory: the share right, and whether those who do well elsewhere
do well here (here: the sittings that went well).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

TroubleKind = Literal["too-easy", "too-hard", "never-picked", "wrong-slope"]
ENOUGH = 10  # answers of a question
ENOUGH_PICKS = 20  # answers before a distractor counts as never picked
EACH_SIDE = 3  # answers right and wrong before their sittings are compared
SLOPE = -0.1  # proportion: how much better the sittings of the wrong answers may go


@dataclass(frozen=True, slots=True)
class Showing:
    """One answer that counts.

    Attributes:
        chosen, wrong: the texts chosen, and those of all distractors. selects: how many are to be chosen.
        others: the share right (proportion) of the sitting's other answers, None without any.
    """

    correct: bool
    chosen: tuple[str, ...]
    wrong: tuple[str, ...]
    options: int
    others: float | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is odd about a question, from how many answers; `share` right; `texts` are distractors."""

    kind: TroubleKind
    answers: int
    share: float
    texts: tuple[str, ...] = ()


def troubles(showings: Sequence[Showing]) -> tuple[Trouble, ...]:
    """What the answers of one question show; nothing while they are too few."""
    count = len(showings)
    if count < ENOUGH:
        return ()
    share = sum(showing.correct for showing in showings) / count
    found = []
    if share == 1:
        found.append(Trouble("too-easy", count, share))
    if share < 1 / showings[-1].options:
        found.append(Trouble("too-hard", count, share))
    if (never := _never_picked(showings)) and count >= ENOUGH_PICKS and share < 1:
        found.append(Trouble("never-picked", count, share, never))
    if _slope(showings) < SLOPE:
        found.append(Trouble("wrong-slope", count, share))
    return tuple(found)


def _never_picked(showings: Iterable[Showing]) -> tuple[str, ...]:
    """The distractors of the last wording that no answer chose."""
    picked = {text for showing in showings for text in showing.chosen}
    last = list(showings)[-1]
    return tuple(text for text in last.wrong if text not in picked)


def _slope(showings: Sequence[Showing]) -> float:
    """How much better the sittings of right answers went than those of wrong ones; 0 when too few."""
    right = [s.others for s in showings if s.correct and s.others is not None]
    wrong = [s.others for s in showings if not s.correct and s.others is not None]
    if len(right) < EACH_SIDE or len(wrong) < EACH_SIDE:
        return 0.0
    return sum(right) / len(right) - sum(wrong) / len(wrong)
