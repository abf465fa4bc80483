"""FSRS-6, behind one adapter.

The engine is `fsrs-rs-python`; it keeps memory only. Due times, steps within the day, fuzz and every check
of an argument are ours (`fold`), because the engine accepts nonsense.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from keykata.core.errors import UsageError
from keykata.core.rounding import round_half_up
from keykata.memory.model import Rating

if TYPE_CHECKING:
    from fsrs_rs_python import FSRS

MIN_RETENTION, MAX_RETENTION = 0.70, 0.97
MIN_INTERVAL, MAX_INTERVAL = 1, 36_500
_DECAY = 20  # the place of the decay among FSRS-6's 21 weights


class Engine:
    """FSRS-6 with one set of weights (None: the published defaults)."""

    def __init__(self, weights: Sequence[float] | None = None) -> None:
        self._given = None if weights is None else tuple(weights)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """The 21 weights in force."""
        from fsrs_rs_python import DEFAULT_PARAMETERS

        return self._given or tuple(DEFAULT_PARAMETERS)

    @cached_property
    def _fsrs(self) -> FSRS:
        from fsrs_rs_python import FSRS

        return FSRS(list(self.weights))

    def next_memory(
        self, memory: tuple[float, float] | None, days: int, rating: Rating
    ) -> tuple[float, float]:
        """Stability (days) and difficulty after a review.

        Args:
            memory: (stability, difficulty) before it, None for the first.
            days: whole days since the last review; less than 0 counts as 0.
            rating: how it went.
        """
        from fsrs_rs_python import MemoryState

        before = None if memory is None else MemoryState(stability=memory[0], difficulty=memory[1])
        states = self._fsrs.next_states(before, 0.9, max(0, days))
        after = (states.again, states.hard, states.good, states.easy)[rating - 1].memory
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
        decay = self.weights[_DECAY]
        factor = 0.9 ** (-1 / decay) - 1
        return float((1 + factor * max(0, days) / stability) ** -decay)
