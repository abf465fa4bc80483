"""The charts of Progress, as lines of signs and digits: nothing in them is said by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from textual.content import Content

from keykata.core.rounding import round_half_up
from keykata.study.progress_views import DayCount, ExamPoint
from keykata.tui.signs import CHOSEN, CUT, EVEN, HEAVY, NOT_YET, THIN
from keykata.tui.widgets.sheet import ACCENT, DIM

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_LABEL = 4
MOST = 9
TEN = 10
FEWEST = 6
HEIGHT = 5
MOST_TIMES = 3  # the highest of the other days: a column that is higher is cut
LABEL = 6
Part = tuple[str, str]


def bar(share: float, width: int) -> Content:
    """`━━━━━─────`."""
    full = max(0, min(width, round_half_up(width * share)))
    return Content.assemble((HEAVY * full, ACCENT), (THIN * (width - full), DIM))


def against(expected: float, measured: float, width: int, *, low: float = 0.0) -> Content:
    """`────┊──●──`: what was expected and what came, on a line from `low` to 1; one sign when they meet."""

    def place(share: float) -> int:
        return max(0, min(width - 1, round_half_up((share - low) / (1 - low) * (width - 1))))

    parts: list[Part] = [(THIN, DIM)] * width
    parts[place(expected)] = (EVEN, "bold")
    parts[place(measured)] = (CHOSEN, ACCENT)
    return Content.assemble(*parts)


def year_lines(days: Sequence[DayCount], today: str, width: int) -> list[Content]:
    """The year by weeks, a line a weekday: `·` none, 1 up to ten answers, 2 up to twenty, 9 over eighty.

    Where the width holds fewer weeks, the last ones are shown; a line above names the months.
    """
    counts = {entry.day: entry.count for entry in days}
    end = date.fromisoformat(today)
    weeks = min(53, width - DAY_LABEL)
    first = end - timedelta(days=end.weekday() + 7 * (weeks - 1))
    mondays = [first + timedelta(days=7 * week) for week in range(weeks)]
    lines = [Content.styled(" " * DAY_LABEL + _months(mondays), DIM)]
    for weekday, name in enumerate(DAYS):
        cells = [_cell(counts, monday + timedelta(days=weekday), end) for monday in mondays]
        lines.append(Content.assemble((f"{name:<{DAY_LABEL}}", DIM), *cells))
    return lines


def _cell(counts: dict[str, int], day: date, end: date) -> Part:
    if day > end:
        return " ", ""
    count = counts.get(day.isoformat(), 0)
    return (str(min(MOST, -(-count // TEN))), ACCENT) if count else (NOT_YET, DIM)


def _months(mondays: Sequence[date]) -> str:
    """The name of each month over its first whole week, where there is room for it."""
    line = ""
    for place, monday in enumerate(mondays):
        begins = monday.day <= 7
        if begins and place >= len(line) + bool(line) and place + 3 <= len(mondays):
            line = line.ljust(place) + f"{monday:%b}"
    return line


def forecast_lines(days: Sequence[DayCount], width: int) -> list[Content]:
    """Cards due each day as columns two cells wide, the weekday under each, the highest count at the left.

    Today holds all that is overdue: where that would flatten the other days, its column ends in a `+`.
    """
    shown = list(days)[: max(1, (width - LABEL - 1) // 2)]
    top = max((entry.count for entry in shown), default=0)
    if not top:
        return []
    others = max((entry.count for entry in shown[1:]), default=0)
    over = top > MOST_TIMES * others > 0
    top = others if over else top
    lines = []
    for level in range(HEIGHT, 0, -1):
        told = level == HEIGHT or (level == 1 and top > 1)
        label = f"{-(-top * level // HEIGHT):>{LABEL}}" if told else " " * LABEL
        filled = (entry.count * HEIGHT > top * (level - 1) for entry in shown)
        cells = [(f"{CUT} ", ACCENT) if full else ("  ", "") for full in filled]
        if over and level == HEIGHT:
            cells[0] = ("+ ", ACCENT)
        lines.append(Content.assemble((f"{label} ", DIM), *cells).rstrip())
    names = "".join(f"{DAYS[date.fromisoformat(entry.day).weekday()]}" for entry in shown)
    return [*lines, Content.styled(" " * (LABEL + 1) + names, DIM)]


def exam_lines(exams: Sequence[ExamPoint], passes: int, width: int) -> list[Content]:
    """Each mock exam on the scale from 100 to 1000: `24 Nov   712  ─────●─┃──  not yet`.

    The last line tells the score that passes; its sign stands in every line, unless the exam's own is there.
    """
    cells = max(FEWEST, width - len("24 Nov   712    not yet"))

    def place(scaled: int) -> int:
        return max(0, min(cells - 1, round_half_up((scaled - 100) / 900 * (cells - 1))))

    lines = []
    for exam in exams:
        parts: list[Part] = [(THIN, DIM)] * cells
        parts[place(passes)] = (CUT, "$warning")
        parts[place(exam.scaled)] = (CHOSEN, ACCENT)
        day = date.fromisoformat(exam.day)
        verdict = "passes" if exam.scaled >= passes else "not yet"
        head = f"{day.day:>2} {day:%b}  {exam.scaled:>4}  "
        lines.append(Content.assemble(head, *parts, f"  {verdict}"))
    pass_line = f"{'passes':<8}{passes:>4}  {' ' * place(passes)}"
    return [*lines, Content.assemble((pass_line, DIM), (CUT, "$warning"))]
