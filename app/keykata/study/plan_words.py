"""The plan in words, shared by the screen and plain mode."""

from __future__ import annotations

from collections.abc import Iterator

from keykata.core.rounding import round_half_up
from keykata.study.home_views import PlanRow
from keykata.study.phrases import date_phrase, days_phrase, plural
from keykata.study.plan_views import PlanPage
from keykata.study.wording import long_date_phrase

NO_DATE = "No exam date is set: each card comes back just before you would forget it."


def exam_line(page: PlanPage) -> str:
    """`Exam on Monday 14 December, 18 days.`"""
    if page.exam_date is None or page.in_days is None:
        return NO_DATE
    day = long_date_phrase(page.exam_date)
    if page.in_days < 0:
        return f"The exam was on {day}. Each card comes back just before you would forget it."
    return f"Exam on {day}, {plural(page.in_days, 'day') if page.in_days else 'today'}."


def today_line(page: PlanPage) -> str:
    """`Today: 14 to repeat, 6 new, 5 questions, about 20 minutes.`, `More for today: ...` once begun."""
    today, name = page.today, "More for today" if page.begun else "Today"
    if not today.items:
        return f"{name}: nothing is left."
    parts = [f"{today.repeat} to repeat"] * bool(today.repeat) + [f"{today.new} new"] * bool(today.new)
    parts += [plural(today.questions, "question")] * bool(today.questions)
    return f"{name}: {', '.join(parts)}, about {plural(today.minutes, 'minute')}."


def row_words(row: PlanRow, mock_minutes: int) -> str:
    """What a day holds: `14 to repeat, 9 last looks, 6 new, 5 questions`."""
    if row.mock:
        return f"mock exam {row.mock}, {plural(mock_minutes, 'minute')}"
    parts = [f"{row.repeat} to repeat"] * bool(row.repeat)
    parts += [plural(row.last, "last look")] * bool(row.last)
    parts += [f"{row.new} new"] * bool(row.new)
    parts += [plural(row.questions, "question")] * bool(row.questions)
    return ", ".join(parts) or "nothing"


def day_name(row: PlanRow, page: PlanPage) -> str:
    """`Today`, `Left today`, or the date."""
    if row.in_days:
        return date_phrase(row.day)
    return "Left today" if page.begun and not row.mock else "Today"


def day_line(row: PlanRow, mock_minutes: int) -> str:
    """One day of the plan as a sentence."""
    name = "Today" if row.in_days == 0 else date_phrase(row.day)
    if row.mock:
        return f"{name}: {row_words(row, mock_minutes)}."
    return f"{name}: {row_words(row, mock_minutes)}. {plural(row.minutes, 'minute')}."


def notes(page: PlanPage) -> Iterator[str]:
    """What the plan relies on, and what it leaves out."""
    left, keep = page.left_out, round_half_up(100 * page.retention)
    if not page.days:
        return
    if any(row.last for row in page.days):
        now = page.window_from == page.days[0].day
        since = "From now on" if now else f"From {date_phrase(page.window_from)} on"
        yield f"{since}: one last look at each card that would fall below {keep} %."
    if page.safe:
        stay = "stays" if page.safe == 1 else "stay"
        yield f"{plural(page.safe, 'card')} {stay} above {keep} % until then without another look."
    if left.cards:
        yield (
            f"Left out: {plural(len(left.cards), 'card')} would need a last look, and there is no time. "
            f"{left.minutes} minutes a day would be enough."
        )
    if left.waiting:
        yield f"Left out: {plural(left.waiting, 'fact')} taken on, not begun before the exam."
    if left.questions:
        yield f"Left out: {plural(left.questions, 'question')} that you have not met."
    if left.terms:
        yield f"Left out: {plural(left.terms, 'term')}, of which no fact is begun before the exam."
    if any(row.mock for row in page.days):
        yield f"A mock exam takes {plural(page.mock_minutes, 'minute')}, on top of your daily time."
    if page.mocks_apart:
        yield (
            f"Mock exams stand at least {page.mocks_apart} days apart: with {page.minutes} minutes a day it "
            "takes that long to repeat what one asks."
        )


def next_mock(page: PlanPage) -> str:
    """`the next in 5 days`, or nothing."""
    row = next((row for row in page.days if row.mock), None)
    return f"the next {days_phrase(row.in_days)}" if row else ""
