"""The days until the exam as lines of text: the load as columns, or two lines of names and minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from keykata.study.home_views import PlanRow
from keykata.tui.signs import CUT
from keykata.tui.widgets.sheet import ACCENT, DIM

LEVELS = (1.0, 0.75, 0.5, 0.25)  # of the minutes a day
LABEL = 5
CELL = 3
HEAD = "Until the exam "


def days_lines(days: Sequence[PlanRow], width: int) -> list[Content]:
    """`Th Fr Sa` over the minutes of each day: `20 20 M1`, and `E` for the exam where all days fit."""
    fits = max(1, (width - len(HEAD)) // CELL)
    whole = len(days) < fits
    shown = days[: fits - 1 if whole else fits]
    names = [_weekday(row.day) for row in shown]
    minutes = [f"M{row.mock}" if row.mock else str(row.minutes) for row in shown]
    if whole:
        names, minutes = [*names, _weekday_after(shown[-1].day)], [*minutes, "E"]
    first = f"{HEAD}{_cells(names)}"
    marks = [
        part for part, there in (("M mock exam", any(r.mock for r in shown)), ("E exam", whole)) if there
    ]
    second = f"{'  minutes':<{len(HEAD)}}{_cells(minutes)}"
    lines = [Content.styled(first, DIM), Content(second)]
    if marks:
        lines.append(Content.styled(f"{'':<{len(HEAD)}}{'   '.join(marks)}", DIM))
    return lines


def load_chart(days: Sequence[PlanRow], capacity: int, width: int) -> list[Content]:
    """The minutes of each day as columns against the minutes a day; `M` for a mock exam, `E` for the exam.

    Where the width holds fewer columns than days, a column is the fullest of its days.
    """
    room = max(8, width - LABEL - 1)
    cell = CELL if CELL * (len(days) + 1) <= room else 1
    columns = _columns(days, room // cell - 1)
    lines = []
    for level in LEVELS:
        wanted = level * capacity
        cells = [_cell(row, wanted, lowest=level == LEVELS[-1]) for row in columns]
        last = ("E", "bold") if level == LEVELS[-1] else (" ", "")
        parts = [part for sign, style in (*cells, last) for part in ((sign, style), (" " * (cell - 1), ""))]
        lines.append(Content.assemble((f"{round(wanted):>{LABEL}} ", DIM), *parts).rstrip())
    if cell == CELL:
        names = [_weekday(row.day) for row in columns] + [_weekday_after(columns[-1].day)]
        lines.append(Content.styled(f"{'min':>{LABEL}} {_cells(names)}", DIM))
    else:
        lines.append(Content.styled(f"{'min':>{LABEL}} {_weeks(columns)}", DIM))
    return lines


def _cell(row: PlanRow, wanted: float, *, lowest: bool) -> tuple[str, str]:
    if row.mock:
        return ("M", "bold") if lowest else (" ", "")
    full = row.minutes >= wanted or (lowest and row.minutes > 0)
    return (CUT, ACCENT) if full else (" ", "")


def _columns(days: Sequence[PlanRow], count: int) -> list[PlanRow]:
    count = max(1, min(count, len(days)))
    parts = [days[c * len(days) // count : (c + 1) * len(days) // count] for c in range(count)]
    return [max(part, key=lambda row: (row.mock > 0, row.minutes)) for part in parts]


def _weeks(columns: Sequence[PlanRow]) -> str:
    """The first day of months and fortnights under their columns: `26 Nov       10 Dec`."""
    line = ""
    for at, row in enumerate(columns):
        moment = date.fromisoformat(row.day)
        if not line or at >= len(line) + 8:
            line = line.ljust(at) + f"{moment.day} {moment:%b}"
    return line


def _cells(texts: Sequence[str]) -> str:
    return "".join(f"{text:<{CELL}}" for text in texts).rstrip()


def _weekday(day: str) -> str:
    return f"{date.fromisoformat(day):%a}"[:2]


def _weekday_after(day: str) -> str:
    return f"{date.fromordinal(date.fromisoformat(day).toordinal() + 1):%a}"[:2]
