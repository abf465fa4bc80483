"""What is remembered of a card."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

import msgspec


class Rating(IntEnum):
    """FSRS's four outcomes; on screen Forgot, Hard, Knew it, Easy."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


Phase = Literal["new", "learning", "review", "relearning"]


class CardState(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a card that has entered the queue; a pure function of its events.

    Attributes:
        phase: `new` until the first answer; `learning` and `relearning` while a step within the day is left.
        stability, difficulty: FSRS-6 memory, 0.0 while new. Stability in days.
        reps: answers that counted. lapses: times it was forgotten in review.
        step: the step within the day it stands at (0-based), meaningless in `review`.
        entered_at: milliseconds UTC of the event that brought it in.
        last_at, last_day: the last answer; 0 and "" while new.
        interval: whole days to the next showing, 0 within the day.
        due_day: study date from which it is due.
        due_at: milliseconds UTC before which it is not shown (0: any time).
        last_rating: 0 while new.
        lucky: the last answer was a guess that was right; it is never counted as known.
        sure_wrong: the last answer was wrong and the learner was sure of it.
        first_day: study date of the first answer that counts, "" while new.
    """

    phase: Phase = "new"
    stability: float = 0.0
    difficulty: float = 0.0
    reps: int = 0
    lapses: int = 0
    step: int = 0
    entered_at: int = 0
    last_at: int = 0
    last_day: str = ""
    interval: int = 0
    due_day: str = ""
    due_at: int = 0
    last_rating: int = 0
    lucky: bool = False
    sure_wrong: bool = False
    first_day: str = ""


class Outlook(msgspec.Struct, frozen=True):
    """What one rating would lead to: `interval` in whole days, or `seconds` within the day when it is 0."""

    rating: Rating
    interval: int
    seconds: int


# A card that was answered before: its id, item and kind; stability and difficulty; study dates of its last
# answer and of when it is due. Plain rows, because there may be a hundred thousand.
CardRow = tuple[str, str, str, float, float, str, str]
