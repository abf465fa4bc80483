"""Pace: what was answered, at an even share of the time each, against the time that has passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keykata.core.days import MINUTE
from keykata.core.rounding import round_half_up


@dataclass(frozen=True, slots=True)
class Pace:
    """`seconds` ahead of an even pace (below 0: behind); `minutes` the same in whole ones, halves away from
    0, and 0 within one minute: on pace."""

    seconds: float
    minutes: int

    @property
    def on_pace(self) -> bool:
        """Whether the difference is below one minute."""
        return self.minutes == 0


@dataclass(frozen=True, slots=True)
class PaceCells:
    """The header rule in counts: all cells, heavy ones, and the place (from 0) of the even-pace mark."""

    cells: int
    heavy: int
    mark: int


def pace(answered: int, total: int, elapsed: float, limit: float) -> Pace:
    """How far ahead or behind: answered x limit/total - elapsed.

    Args:
        answered, total: questions, total at least one.
        elapsed, limit: seconds.

    Raises:
        ValueError: there are no questions.
    """
    if total < 1:
        raise ValueError("pace takes at least one question")
    seconds = answered * limit / total - elapsed
    whole = round_half_up(abs(seconds) / MINUTE) if abs(seconds) >= MINUTE else 0
    return Pace(seconds=seconds, minutes=whole if seconds > 0 else -whole)


def pace_cells(width: int, answered: int, total: int, elapsed: float, limit: float) -> PaceCells:
    """The rule as counts: one cell a question, or fewer where the width holds fewer.

    The last cell is heavy only when all is answered, the first as soon as anything is.

    Args:
        width: cells there are, at least one.
        answered, total: questions. elapsed, limit: seconds; without a limit the mark stays at the start.

    Raises:
        ValueError: there are no cells or no questions.
    """
    if width < 1 or total < 1:
        raise ValueError("the rule takes at least one cell and one question")
    cells = min(width, total)
    heavy = max(answered * cells // total, min(answered, 1)) if cells > 1 else answered // total
    return PaceCells(cells=cells, heavy=heavy, mark=_mark(cells, elapsed, limit))


def pace_row(width: int, answered: Sequence[bool]) -> tuple[bool, ...]:
    """The rule by position: whether each cell is heavy, gaps where a question was passed over.

    Where the width holds fewer cells than questions a cell stands for a run of them, and is heavy when all of
    them are answered. The mark stands where `pace_cells` of the same width says.

    Raises:
        ValueError: there are no cells or no questions.
    """
    total = len(answered)
    if width < 1 or total < 1:
        raise ValueError("the rule takes at least one cell and one question")
    cells = min(width, total)
    return tuple(all(answered[cell * total // cells : (cell + 1) * total // cells]) for cell in range(cells))


def _mark(cells: int, elapsed: float, limit: float) -> int:
    """The cell of the question an even pace would be at."""
    if limit <= 0:
        return 0
    return max(0, min(cells - 1, int(elapsed * cells / limit)))
