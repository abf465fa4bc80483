"""Short phrases: counts, days and times, as every screen says them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from keykata.study.home_views import OpenSitting

SET_BACK = "The clock of this computer was set back meanwhile: the time away does not count."


def plural(count: int, one: str, many: str = "") -> str:
    """`1 question`, `4 questions`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def new_phrase(new: int, waiting: int) -> str:
    """`6 new`, `1 new, 28 waiting` where more was taken on than begins today, `28 new waiting`, or ""."""
    if not new:
        return f"{waiting:,} new waiting" if waiting else ""
    return f"{new:,} new" + (f", {waiting:,} waiting" if waiting else "")


def taken_on_phrase(entered: int, happened: str = "taken on") -> str:
    """What was taken on, and why it does not come all at once."""
    if not entered:
        return "All its facts are taken on already."
    rest = " A few begin each day, the others wait." if entered > 1 else ""
    return f"{plural(entered, 'fact')} {happened}.{rest}"


def date_phrase(day: str) -> str:
    """A date with the day of the week: `Mon 14 Dec`; what is no date as it stands."""
    try:
        moment = date.fromisoformat(day)
    except ValueError:  # from a cache or a database that somebody else wrote into
        return day
    return f"{moment:%a} {moment.day} {moment:%b}"


def days_phrase(days: int) -> str:
    """`today`, `tomorrow` or `in 4 days`."""
    if days <= 0:
        return "today"
    return "tomorrow" if days == 1 else f"in {days:,} days"


def about_minutes(minutes: int) -> str:
    """`about 20 min`; under one minute it says so."""
    return f"about {minutes} min" if minutes >= 1 else "under a minute"


def open_phrase(sitting: OpenSitting) -> str:
    """`4 of 10`, with the minutes left of a limit, or that its time is over."""
    left = "" if sitting.left is None else f", {sitting.left} min left" if sitting.left else ", time over"
    return f"{min(sitting.position, sitting.total)} of {sitting.total}{left}"


def kept_out_words(counts: Iterable[tuple[str, int]]) -> str:
    """`Kept out of one exam with the others: ... (31 in Secure).`; "" where nothing is.

    Args:
        counts: the names of domains, each with how many of its questions are.
    """
    listed = ", ".join(f"{count:,} in {name}" for name, count in counts if count > 0)
    why = "twins, near-duplicates, a fourth question on one term"
    return f"Kept out of one exam with the others: {why} ({listed})." if listed else ""


def shape_words(*, full: bool, even: bool) -> str:
    """How an exam differs from a whole one; "" where it does not."""
    if full:
        return ""
    if even:
        return "It is shorter than a whole exam, in the same proportions."
    return "Its domains have other shares than those of a whole exam."


def exam_phrase(code: str, day: str | None, in_days: int | None) -> str:
    """`SAA-C03 on Mon 14 Dec · 18 days`, or the code alone."""
    if day is None or in_days is None:
        return code
    if in_days < 0:
        return f"{code} was on {date_phrase(day)}"
    left = "today" if in_days == 0 else plural(in_days, "day")
    return f"{code} on {date_phrase(day)} · {left}"
