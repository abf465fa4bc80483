"""Pace, habits and runs, for the screens: what is counted here, they draw."""

from __future__ import annotations

from keykata.practice.habits import SLOW, Habits, habits
from keykata.practice.pace import Pace, PaceCells, pace, pace_cells, pace_row
from keykata.practice.sorter import SorterTally, sorter_tally

__all__ = [
    "SLOW",
    "Habits",
    "Pace",
    "PaceCells",
    "SorterTally",
    "habits",
    "pace",
    "pace_cells",
    "pace_row",
    "sorter_tally",
]
