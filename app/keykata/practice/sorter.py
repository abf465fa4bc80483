"""How a run of the sorter goes: right answers, time, and the best run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from keykata.practice.attempt import Turn

RUN = 10  # answers


@dataclass(frozen=True, slots=True)
class SorterTally:
    """What the foot of the sorter shows.

    Attributes:
        answered, right: counts of answers.
        median: seconds an answer took, None before the first.
        best_run: the lowest median, in seconds, of ten answers one after the other that were all right;
            None while there were no such ten. Speed without being right is no run.
        in_a_row: the longest row of right answers.
    """

    answered: int
    right: int
    median: float | None
    best_run: float | None
    in_a_row: int


def sorter_tally(turns: Iterable[Turn]) -> SorterTally:
    """The tally of a drill's turns, taken in the order they were answered."""
    answered = sorted(
        (turn for turn in turns if turn.answered and turn.correct is not None),
        key=lambda turn: turn.answer_id,
    )
    rows = _rows(answered)
    runs = [_median(row[start : start + RUN]) for row in rows for start in range(len(row) - RUN + 1)]
    return SorterTally(
        answered=len(answered),
        right=sum(len(row) for row in rows),
        median=_median([turn.seconds for turn in answered]) if answered else None,
        best_run=min(runs, default=None),
        in_a_row=max((len(row) for row in rows), default=0),
    )


def _rows(answered: Iterable[Turn]) -> list[list[float]]:
    """The seconds of right answers, a list for each unbroken row of them."""
    rows: list[list[float]] = [[]]
    for turn in answered:
        if turn.correct:
            rows[-1].append(turn.seconds)
        elif rows[-1]:
            rows.append([])
    return rows


def _median(seconds: Sequence[float]) -> float:
    ordered = sorted(seconds)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
