"""Pace and habits, for the screens: what is counted, they draw."""

from __future__ import annotations

from keykata.practice.habits import SLOW, Habits, habits
from keykata.practice.pace import Pace, PaceCells, pace, pace_cells, pace_row

__all__ = ["SLOW", "Habits", "Pace", "PaceCells", "habits", "pace", "pace_cells", "pace_row"]
