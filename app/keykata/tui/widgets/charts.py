"""Small charts of a report, as lines of text: where a score stands on its scale, and time against pace."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from keykata.core.rounding import round_half_up
from keykata.tui.signs import CHOSEN, CUT, HEAVY, THIN
from keykata.tui.widgets.sheet import ACCENT, DIM

LEVELS = (2.0, 1.5, 1.0, 0.5)  # of an even share of the time
LABEL = 6
SCALE_STEP = 10


def scale_line(
    scaled: int, proven: tuple[int, int] | None, *, cut: int, scale: tuple[int, int], width: int
) -> Content:
    """`100 ────━━━┃━━●━━──── 1000`: the range heavy, the cut, the score."""
    first, last = (str(end) for end in scale)
    cells = max(SCALE_STEP, width - len(first) - len(last) - 2)

    def place(value: int) -> int:
        share = (value - scale[0]) / (scale[1] - scale[0])
        return max(0, min(cells - 1, round_half_up(share * (cells - 1))))

    low, high = (place(end) for end in proven or (scaled, scaled))
    parts: list[tuple[str, str]] = []
    for cell in range(cells):
        if cell == place(scaled):
            parts.append((CHOSEN, "bold"))
        elif cell == place(cut):
            parts.append((CUT, "$warning"))
        else:
            parts.append((HEAVY, ACCENT) if low <= cell <= high else (THIN, DIM))
    return Content.assemble((f"{first} ", DIM), *parts, (f" {last}", DIM))


def time_chart(seconds: Sequence[float], pace: float, width: int) -> list[Content]:
    """Seconds of each question as columns, against an even pace; one line of it is the pace.

    Where the width holds fewer columns than questions, a column is the longest of its questions.
    """
    room = max(1, width - LABEL - 1)
    count = min(room, len(seconds))
    columns = [
        max(seconds[c * len(seconds) // count : (c + 1) * len(seconds) // count]) for c in range(count)
    ]
    lines = []
    for level in LEVELS:
        even = level == 1.0
        empty = (THIN, DIM) if even else (" ", "")
        full = (CUT, "bold" if level > 1 else ACCENT)
        cells = [full if spent >= level * pace else empty for spent in columns]
        tail = (" pace", DIM) if even and room - count >= len(" pace") else ("", "")
        lines.append(Content.assemble((f"{_clock(level * pace):>{LABEL}} ", DIM), *cells, tail).rstrip())
    return [*lines, Content.styled(" " * (LABEL + 1) + _ruler(count, len(seconds)), DIM)]


def _clock(seconds: float) -> str:
    whole = round_half_up(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _ruler(columns: int, total: int) -> str:
    """`1        10        20`, each number under its column."""
    marks = [1, *range(10, total + 1, 10)]
    line = ""
    for number in marks:
        at = (number - 1) * columns // total
        fits = at + len(str(number)) <= columns
        if not line or (at > len(line) and fits):
            line = line.ljust(at) + str(number)
    return line
