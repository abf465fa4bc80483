"""Leeches: cards that are forgotten again and again, which more reviews do not mend."""

from __future__ import annotations

FIRST_AT, THEN_EVERY = 8, 4  # lapses


def is_leech(lapses: int) -> bool:
    """Whether a card was forgotten in review so often that reviewing alone will not do."""
    return lapses >= FIRST_AT


def told_at(lapses: int) -> bool:
    """Whether this lapse is one to tell of: the eighth, then every fourth."""
    return is_leech(lapses) and (lapses - FIRST_AT) % THEN_EVERY == 0
