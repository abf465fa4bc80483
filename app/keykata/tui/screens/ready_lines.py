"""Being ready, as lines of a page: the probability, its interval drawn, and what would tell most."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from keykata.core.rounding import round_half_up
from keykata.study.phrases import date_phrase
from keykata.study.ready_views import ReadinessPoint, ReadinessView
from keykata.study.ready_words import (
    between_phrase,
    gain_phrase,
    needs_phrase,
    percent_of,
    ready_phrase,
    tell_phrase,
    width_phrase,
)
from keykata.tui.signs import CHOSEN, HEAVY, THIN
from keykata.tui.widgets.sheet import ACCENT, BOLD, DIM, Sheet

LEAD = "Ready?   "
LEAST_POINTS, POINTS_SHOWN = 2, 8
MOST_BAND = 50


def lay_ready(sheet: Sheet, view: ReadinessView, *, starts: bool = False) -> None:
    """Write the lines; one while there are too few to say. `starts`: `r` begins what would tell most."""
    sheet.blank()
    sheet.blank(soft="if-fits")
    ready = view.ready
    if ready is None:
        sheet.text(needs_phrase(view), lead=LEAD)
        return
    said = Content.assemble(LEAD, (ready_phrase(ready), BOLD))
    between = between_phrase(ready)
    indent = " " * len(LEAD)
    if said.cell_length + len(between) + 2 <= sheet.width:
        sheet.pair(said, Content(between))
    else:
        sheet.line(said)
        sheet.line(indent + between)
    sheet.line(
        Content.assemble(indent, _band(ready.low, ready.probability, ready.high, sheet.width - len(LEAD)))
    )
    for tell in ready.tells[:1]:
        words = f"What would tell most: {tell_phrase(tell)}"
        if starts and len(LEAD) + len(words) + 10 <= sheet.width:
            sheet.pair(indent + words, Content.assemble(("r", ACCENT), (" starts", DIM)), target="tell")
        else:
            sheet.text(f"{words} ({width_phrase(tell)})", lead=indent, target="tell" if starts else "")


def lay_gains(sheet: Sheet, view: ReadinessView) -> None:
    """The task statements that gain most, once something is said."""
    if view.ready is None:
        return
    sheet.blank()
    sheet.heading("What would gain most")
    for gain in view.ready.gains:
        lead = f"  {gain.task}  "
        sheet.text(gain.name, lead=lead)
        sheet.text(gain_phrase(gain), indent=len(lead), style=DIM)


def lay_history(sheet: Sheet, points: Sequence[ReadinessPoint]) -> None:
    """What was said at the end of the last study days, a line each on the scale from 0 to 100 %."""
    if len(points) < LEAST_POINTS:
        return
    sheet.blank()
    sheet.heading("How likely passing was")
    for point in points[-POINTS_SHOWN:]:
        head = f"  {date_phrase(point.day):<12}{percent_of(point.probability):>2} %  "
        band = _band(point.low, point.probability, point.high, min(MOST_BAND, sheet.width - len(head)))
        sheet.line(Content.assemble(head, band))


def _band(low: float, at: float, high: float, width: int) -> Content:
    """From 0 to 100 %: the interval heavy, the point in it."""
    cells = max(10, width)
    places = [min(cells - 1, round_half_up(share * (cells - 1))) for share in (low, at, high)]
    parts = []
    for cell in range(cells):
        if cell == places[1]:
            parts.append((CHOSEN, "bold"))
        else:
            parts.append((HEAVY, ACCENT) if places[0] <= cell <= places[2] else (THIN, DIM))
    return Content.assemble(*parts)
