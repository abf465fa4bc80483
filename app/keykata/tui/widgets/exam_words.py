"""What a test says in words: its clock, its warnings, what leaving does."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from textual.content import Content

from keykata.core.days import MINUTE
from keykata.study.blanks import blanks_of
from keykata.study.pacing import pace, pace_cells, pace_row
from keykata.study.phrases import plural
from keykata.study.views import DomainLine, ExamStanding, ListLine
from keykata.tui.signs import EVEN, HEAVY, THIN
from keykata.tui.widgets.sheet import ACCENT, DIM, Sheet

LAST_MINUTES = 5
BLANKS_SHOWN = 12
COUNTED = 56  # columns that a table of domains takes


def in_last_minutes(left: float | None) -> bool:
    """Whether the clock counts seconds now."""
    return left is not None and left <= LAST_MINUTES * MINUTE


def clock_words(left: float | None) -> str:
    """`83 min left`; in the last five minutes `4:59 left`; nothing without a limit."""
    if left is None:
        return ""
    if in_last_minutes(left):
        seconds = ceil(left)
        return f"{seconds // MINUTE}:{seconds % MINUTE:02d} left"
    return f"{ceil(left / MINUTE)} min left"


def until_it_changes(left: float) -> float:
    """Seconds until the clock's words change: a whole minute, or a whole second in the last five."""
    step = 1 if in_last_minutes(left) else MINUTE
    return (left % step) or step


def blank_words(lines: Iterable[ListLine]) -> str:
    """`Blank: 3 12 40`, at most a dozen; what has too few chosen counts as blank, and is told."""
    blanks = blanks_of(lines)
    if not blanks.places:
        return "None is blank"
    more = len(blanks.places) - BLANKS_SHOWN
    listed = " ".join(str(position) for position in blanks.places[:BLANKS_SHOWN])
    return f"Blank: {listed}" + (f" and {more} more" if more > 0 else "") + blanks.remark


def warning_words(minutes: int, lines: Iterable[ListLine]) -> str:
    """A warning; at five minutes it names the blanks."""
    said = f"{plural(minutes, 'minute')} left."
    return f"{said} {blank_words(lines)}." if minutes == LAST_MINUTES else said


def leaving_words(*, limited: bool, strict: bool) -> str:
    """What the clock does while it is left open."""
    if not limited:
        return "It stays open, and Home offers to go on."
    if strict:
        return "The clock runs on while you are away."
    return "The clock stands still while you are away."


def pace_words(now: ExamStanding) -> str:
    """`3 behind`, `2 ahead` or `on pace`, in minutes."""
    found = pace(now.answered, now.total, now.used, now.limit)
    if found.on_pace:
        return "on pace"
    return f"{abs(found.minutes)} {'ahead' if found.minutes > 0 else 'behind'}"


def pace_rule(now: ExamStanding, lines: Iterable[ListLine], width: int) -> Content:
    """The header rule: a cell for each question, heavy when answered, a mark where an even pace would be.

    Few questions get several cells each; the words for the difference stand behind it.
    """
    words = pace_words(now)
    room = max(1, width - len(words) - 1)
    done = [line.missing == 0 for line in lines]
    each = max(1, min(room // len(done), room))
    answered = [heavy for heavy in pace_row(room, done) for _ in range(each)]
    cells = pace_cells(room, now.answered, now.total, now.used, now.limit)
    mark = min(len(answered) - 1, int(len(answered) * min(1.0, now.used / now.limit)))
    if each == 1:
        mark = cells.mark
    parts = [
        (EVEN, "bold") if place == mark else (HEAVY, ACCENT) if heavy else (THIN, DIM)
        for place, heavy in enumerate(answered)
    ]
    return Content.assemble(*parts, " ", (words, DIM))


def lay_domains(sheet: Sheet, lines: Iterable[tuple[DomainLine, str]]) -> None:
    """Domains where their table does not fit: the count beside the name, what more is said of it below."""
    for line, more in lines:
        sheet.text(line.name, right=f"{line.correct} of {line.scored}")
        sheet.text(f"{line.weight} % of the exam{more}", indent=2, style=DIM)
