"""The clock of a test or exam in words: what is left, how far behind, and what a warning says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil

from keykata.core.days import MINUTE
from keykata.core.rounding import round_half_up
from keykata.study.blanks import blanks_of
from keykata.study.pacing import pace
from keykata.study.phrases import plural
from keykata.study.views import ExamStanding, ListLine

TO_THE_SECOND = 5  # minutes: below them the seconds are told too


def left_words(seconds: float) -> str:
    """`83 minutes left`, up to the next whole minute; with seconds once less than five are left."""
    whole = ceil(seconds)
    if whole > TO_THE_SECOND * MINUTE:
        return f"{plural(ceil(seconds / MINUTE), 'minute')} left"
    return f"{duration_words(whole)} left"


def duration_words(seconds: float) -> str:
    """`4 minutes 12 seconds`, `2 minutes`, `40 seconds`."""
    minutes, rest = divmod(round_half_up(seconds), MINUTE)
    words = [plural(minutes, "minute")] if minutes else []
    return " ".join([*words, plural(rest, "second")] if rest or not minutes else words)


def pace_words(minutes: int) -> str:
    """`3 behind`, `2 ahead`, `on pace`.

    Args:
        minutes: whole ones ahead of an even pace; negative: behind.
    """
    if not minutes:
        return "on pace"
    return f"{abs(minutes)} {'behind' if minutes < 0 else 'ahead'}"


def where_line(standing: ExamStanding) -> str:
    """`Question 24 of 65. 83 minutes left. 3 behind.`; without a limit only the first of it."""
    return f"Question {standing.position} of {standing.total}. {time_line(standing)}".rstrip()


def time_line(standing: ExamStanding) -> str:
    """`83 minutes left. 3 behind.`, or `40 seconds left for this one.`; nothing without a limit."""
    if standing.left is None:
        return ""
    if not standing.limit:
        return f"{left_words(standing.left)} for this one."
    found = pace(standing.answered, standing.total, standing.used, standing.limit)
    return f"{left_words(standing.left)}. {pace_words(found.minutes).capitalize()}."


def warning_line(minutes: int) -> str:
    """What is said once when so many minutes are left; it may be heard a little later."""
    return f"Less than {plural(minutes, 'minute')} left."


def warning_lines(crossed: Iterable[int], lines: Iterable[ListLine] = ()) -> Iterator[str]:
    """The latest of the warnings (minutes) that were crossed; from five minutes on with what is blank."""
    minutes = min(crossed, default=None)
    if minutes is None:
        return
    yield warning_line(minutes)
    blanks = blanks_of(lines)
    if minutes <= TO_THE_SECOND and blanks.places:
        listed = " ".join(map(str, blanks.places))
        yield f"Blank: {listed}{blanks.remark}. A blank is wrong, a guess may be right."
