"""The study day: a pure function of moment, zone and rollover hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

DEFAULT_ROLLOVER_HOUR = 4
MS = 1000
MINUTE, HOUR = 60, 3600  # seconds
_DAY = 86_400
_EPOCH = date(1970, 1, 1).toordinal()
# what has four digits of a year in every zone
_FIRST_MS = (date(1000, 1, 2).toordinal() - _EPOCH) * _DAY * MS
_LAST_MS = (date(9999, 12, 31).toordinal() - _EPOCH) * _DAY * MS - 1


def study_day(at: int, utc_offset: int, rollover_hour: int = DEFAULT_ROLLOVER_HOUR) -> str:
    """The learner's study date at a moment, as `YYYY-MM-DD`.

    Args:
        at: milliseconds since 1970 UTC.
        utc_offset: seconds east of UTC.
        rollover_hour: the hour (0..23) at which a new study day begins.
    """
    return day_text(_EPOCH + (at // MS + utc_offset - rollover_hour * HOUR) // _DAY)


@lru_cache(maxsize=4096)
def day_number(day: str) -> int:
    """A study date as the number of its day, to reckon with."""
    return date.fromisoformat(day).toordinal()


@lru_cache(maxsize=2048)
def day_text(number: int) -> str:
    """The study date of a day's number; the last date there is when it lies beyond."""
    return date.fromordinal(min(number, date.max.toordinal())).isoformat()


def days_between(earlier: str, later: str) -> int:
    """Whole days from one study date to another; negative when the second is earlier."""
    return day_number(later) - day_number(earlier)


def add_days(day: str, days: int) -> str:
    """The study date a number of days later; the last date there is when the sum passes it."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return date.max.isoformat()


def iso_utc(at: int) -> str:
    """A moment as ISO 8601 in UTC with milliseconds and `Z`; the nearest one of the years 1000 to 9999."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=min(max(at, _FIRST_MS), _LAST_MS))
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
