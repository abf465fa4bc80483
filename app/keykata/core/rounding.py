"""Rounding half up, the one rule for every number a person sees."""

from __future__ import annotations

import math


def round_half_up(value: float) -> int:
    """The nearest whole number, halves upward."""
    return math.floor(value + 0.5)


def percent(part: int, whole: int) -> int:
    """A share in whole percent; 0 of nothing is 0."""
    return round_half_up(100 * part / whole) if whole else 0
