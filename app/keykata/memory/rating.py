"""The rating of an answered question follows from the answer; facts are rated by the learner."""

from __future__ import annotations

from keykata.memory.model import Rating


def rate_answer(correct: bool, confidence: str | None) -> tuple[Rating, bool]:
    """The rating of an answer, and whether it was lucky.

    Wrong is Again, right is Good, a guess that was right is Hard and never counts as known.
    """
    if not correct:
        return Rating.AGAIN, False
    return (Rating.HARD, True) if confidence == "guess" else (Rating.GOOD, False)
