"""Scores: raw, scaled estimate, and domains.

Scale and cut: AWS reports 100 to 1,000 with 720 to pass and publishes no conversion, so the scaled score is
our estimate: round half up of from + (to - from) x raw. A domain meets competencies at correct/scored of
31/45 or more, the raw proportion the 720 line stands for on that estimate.

The range one paper proves is the central 90 % of Beta(k + 1, n - k + 1), what k right of n scored say of a
proportion of which nothing was known before, put on the scale. For whole k and n the distribution is a
binomial tail, P(Beta(k + 1, n - k + 1) <= x) = P(Bin(n + 1, x) >= k + 1) (NIST DLMF 8.17.5), so it is
compared exactly, in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb

import msgspec

from keykata.core.rounding import round_half_up
from keykata.practice.attempt import Attempt
from keykata.practice.paper import Paper, PaperDomain, QuestionSlot

MEETS_NUMERATOR, MEETS_DENOMINATOR = 31, 45
MEETS_AT_LEAST = 3  # fewer scored items say nothing of a domain
TAIL = Fraction(1, 20)  # left out at each end of the range one paper proves


class DomainScore(msgspec.Struct, frozen=True):
    """A domain's part of a score; `meets` is None under three scored items."""

    domain: str
    name: str
    weight: int
    items: int
    scored: int
    correct: int
    meets: bool | None


class Score(msgspec.Struct, frozen=True):
    """A marked attempt. `correct` counts all items, `scored_correct` those that count.

    `raw` is a proportion, None when nothing is scored; `scaled` and `passed` are for exams only.
    So is `proven`, the range one paper proves: lowest and highest score on the scale.
    """

    items: int
    answered: int
    correct: int
    scored: int
    scored_correct: int
    raw: float | None
    scaled: int | None
    passed: bool | None
    domains: tuple[DomainScore, ...]
    proven: tuple[int, int] | None = None


def scaled_estimate(raw: float, low: int = 100, high: int = 1000) -> int:
    """The estimate on the exam's scale of a raw proportion."""
    return round_half_up(low + (high - low) * raw)


def proven_range(right: int, scored: int, low: int = 100, high: int = 1000) -> tuple[int, int]:
    """The range one paper proves, on the scale, both ends rounded half up.

    Args:
        right, scored: items right and items that count.
        low, high: the ends of the scale.

    Raises:
        ValueError: right is not 0 to scored, or the scale has no length.
    """
    if not 0 <= right <= scored or low >= high:
        raise ValueError("a range takes 0 <= right <= scored and a scale with low < high")
    return (
        _scaled_quantile(right, scored, TAIL, low, high),
        _scaled_quantile(right, scored, 1 - TAIL, low, high),
    )


def _scaled_quantile(right: int, scored: int, share: Fraction, low: int, high: int) -> int:
    """The whole score whose half-open cell [score - 1/2, score + 1/2) holds the quantile."""
    below, above = low, high + 1
    while above - below > 1:
        middle = (below + above) // 2
        edge = Fraction(2 * (middle - low) - 1, 2 * (high - low))
        if _beta_below(right, scored, edge) <= share:
            below = middle
        else:
            above = middle
    return below


def _beta_below(right: int, scored: int, x: Fraction) -> Fraction:
    """P(Beta(right + 1, scored - right + 1) <= x), exactly."""
    trials, part, rest = scored + 1, x.numerator, x.denominator - x.numerator
    ways = sum(
        comb(trials, hits) * part**hits * rest ** (trials - hits) for hits in range(right + 1, trials + 1)
    )
    return Fraction(ways, x.denominator**trials)


def score(paper: Paper, attempt: Attempt) -> Score:
    """The score of an attempt: objective items only; a repeated or recalled fact is not part of it."""
    rows = [
        (slot, turn) for turn in attempt.turns[: len(paper.slots)] if (slot := paper.slots[turn.slot]).right
    ]
    counting = [(slot, turn) for slot, turn in rows if not isinstance(slot, QuestionSlot) or slot.scored]
    right = sum(turn.correct is True for _, turn in counting)
    raw = right / len(counting) if counting and _is_told(paper, attempt) else None
    is_exam = paper.mode == "exam" and raw is not None
    scaled = scaled_estimate(raw, paper.scale_from, paper.scale_to) if is_exam and raw is not None else None
    return Score(
        items=len(rows),
        answered=sum(turn.answered for _, turn in rows),
        correct=sum(turn.correct is True for _, turn in rows),
        scored=len(counting),
        scored_correct=right,
        raw=raw,
        scaled=scaled,
        passed=None if scaled is None else scaled >= paper.pass_score,
        domains=tuple(_domain(paper, domain, attempt) for domain in paper.domains),
        proven=proven_range(right, len(counting), paper.scale_from, paper.scale_to) if is_exam else None,
    )


def _is_told(paper: Paper, attempt: Attempt) -> bool:
    """Whether anything may be said of the score: not before a test or exam is handed in."""
    return paper.feedback == "each" or attempt.finished


def _domain(paper: Paper, domain: PaperDomain, attempt: Attempt) -> DomainScore:
    rows = [
        (slot, turn)
        for turn in attempt.turns[: len(paper.slots)]
        if isinstance(slot := paper.slots[turn.slot], QuestionSlot) and slot.domain == domain.id
    ]
    counting = [turn for slot, turn in rows if slot.scored]
    right = sum(turn.correct is True for turn in counting)
    return DomainScore(
        domain=domain.id,
        name=domain.name,
        weight=domain.weight,
        items=len(rows),
        scored=len(counting),
        correct=right,
        meets=meets(right, len(counting)) if _is_told(paper, attempt) else None,
    )


def meets(correct: int, scored: int) -> bool | None:
    """Whether a domain is estimated as meeting competencies; None when too few items say so."""
    if scored < MEETS_AT_LEAST:
        return None
    return correct * MEETS_DENOMINATOR >= MEETS_NUMERATOR * scored


def covered(domains: Sequence[DomainScore]) -> tuple[DomainScore, ...]:
    """The domains that had items."""
    return tuple(domain for domain in domains if domain.items)
