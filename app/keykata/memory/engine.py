"""FSRS-6, behind one adapter.

The engine is `fsrs-rs-python`; it keeps memory only. Due times, steps within the day, fuzz and every check
of an argument are ours (`fold`), because the engine accepts nonsense.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING

from keykata.core.errors import UsageError
from keykata.core.rounding import round_half_up
from keykata.memory.model import Rating

if TYPE_CHECKING:
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview, MemoryState

MIN_RETENTION, MAX_RETENTION = 0.70, 0.97
MIN_INTERVAL, MAX_INTERVAL = 1, 36_500
WEIGHTS = 21
_DECAY = 20  # the place of the decay among FSRS-6's weights
DEFAULT_DECAY = (
    0.1542000025510788  # of the published ones: for the order of what is due nothing need be loaded
)
_OUTCOMES = ("again", "hard", "good", "easy")


class _Reviews(dict[int, "FSRSReview"]):
    """The engine's form of a rating's reviews by days, made once: histories repeat a few hundred of them."""

    def __init__(self, rating: int) -> None:
        super().__init__()
        self._rating = rating

    def __missing__(self, days: int) -> FSRSReview:
        from fsrs_rs_python import FSRSReview

        made = self[days] = FSRSReview(self._rating, days)
        return made


class Engine:
    """FSRS-6 with one set of weights (None: the published defaults).

    Raises:
        UsageError: not 21 finite weights.
    """

    def __init__(self, weights: Sequence[float] | None = None) -> None:
        self._given = None if weights is None else tuple(weights)
        if self._given is not None and (len(self._given) != WEIGHTS or not all(map(isfinite, self._given))):
            raise UsageError(f"FSRS-6 takes {WEIGHTS} weights.", hint="Leave them out for the defaults.")

    @property
    def given(self) -> tuple[float, ...] | None:
        """The weights that were asked for, None for the published ones."""
        return self._given

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """The 21 weights in force."""
        if self._given is not None:
            return self._given
        from fsrs_rs_python import DEFAULT_PARAMETERS

        return tuple(DEFAULT_PARAMETERS)

    @cached_property
    def _fsrs(self) -> FSRS:
        from fsrs_rs_python import FSRS

        return FSRS(list(self.weights))

    @cached_property
    def _memory(self) -> type[MemoryState]:
        from fsrs_rs_python import MemoryState

        return MemoryState

    @cached_property
    def _item(self) -> type[FSRSItem]:
        from fsrs_rs_python import FSRSItem

        return FSRSItem

    @cached_property
    def _reviews(self) -> tuple[_Reviews, ...]:
        """By rating."""
        return tuple(_Reviews(rating) for rating in range(max(Rating) + 1))

    def memory_after(self, reviews: Iterable[tuple[int, int]]) -> tuple[float, float]:
        """Stability (days) and difficulty after the reviews of a card, of which there is one at least.

        It is what `next_memory` comes to one by one, to the last bit, in a tenth of the time.

        Args:
            reviews: whole days since the one before (0 for the first), and how it went, a `Rating`.
        """
        known = self._reviews
        after = self._fsrs.memory_state(self._item([known[rating][days] for days, rating in reviews]))
        return after.stability, after.difficulty

    def next_memory(self, memory: tuple[float, float] | None, days: int, rating: int) -> tuple[float, float]:
        """Stability (days) and difficulty after a review.

        Args:
            memory: (stability, difficulty) before it, None for the first.
            days: whole days since the last review; less than 0 counts as 0.
            rating: how it went, a `Rating`.
        """
        before = None if memory is None else self._memory(*memory)
        states = self._fsrs.next_states(before, 0.9, max(0, days))
        after = getattr(states, _OUTCOMES[rating - 1]).memory
        return after.stability, after.difficulty

    def interval(self, stability: float, retention: float) -> int:
        """Whole days until recall falls to the desired retention (a proportion), 1 to 36,500.

        Raises:
            UsageError: a retention outside 0.70 to 0.97.
        """
        if not MIN_RETENTION <= retention <= MAX_RETENTION:
            raise UsageError(
                f"A desired retention of {retention:.2f} does not fit.",
                hint=f"Give {MIN_RETENTION:.2f} to {MAX_RETENTION:.2f}.",
            )
        days = self._fsrs.next_interval(stability, retention, int(Rating.GOOD))
        return min(MAX_INTERVAL, max(MIN_INTERVAL, round_half_up(days)))

    def retrievability(self, stability: float, days: int) -> float:
        """The probability (0..1) of recall after whole days: FSRS-6's (1 + factor x t / S) ^ -decay.

        Source: https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm
        """
        if stability <= 0:
            return 0.0
        factor, decay = self.curve
        return float((1 + factor * max(0, days) / stability) ** -decay)

    def horizon(self, retention: float) -> float:
        """How many times its stability a card takes to fall to a retention (a proportion above 0)."""
        factor, decay = self.curve
        return float((retention ** (-1 / decay) - 1) / factor)

    @cached_property
    def curve(self) -> tuple[float, float]:
        """Factor and decay of the forgetting curve: recall is (1 + factor x t / S) ^ -decay."""
        decay = DEFAULT_DECAY if self._given is None else self._given[_DECAY]
        return 0.9 ** (-1 / decay) - 1, decay
