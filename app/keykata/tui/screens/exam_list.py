"""The list of a test: every question with what is chosen there, down the columns, as one reads."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace
from textual.content import Content

from keykata.study.views import ListLine
from keykata.tui.signs import BLANK, HERE, MARK
from keykata.tui.widgets.sheet import ACCENT, DIM, Sheet, Zone

PITCH = 14
SIDE_PITCH = 10
MOST_COLUMNS = 5
FEWEST_ROWS = 5
FEW_LETTERS = 3  # from so many on they stand closer to their number


class ListState(msgspec.Struct, frozen=True):
    """Where the cursor of the list stands, and what the list shows.

    Attributes:
        position: the question under the cursor, from 1; 0 stands for handing in.
        only: "" for all, blank or marked.
        typed: the digits of a number being typed.
        rows: how many lines a column had when it was drawn last.
    """

    position: int = 1
    only: str = ""
    typed: str = ""
    rows: int = 13

    def at(self, position: int) -> ListState:
        """The cursor on a question."""
        return replace(self, position=position, typed="")

    def shown(self, lines: tuple[ListLine, ...]) -> tuple[ListLine, ...]:
        """The lines the filter leaves."""
        if self.only == "blank":
            return tuple(line for line in lines if line.missing > 0)
        return tuple(line for line in lines if line.marked or self.only != "marked")

    def moved(self, by: int, lines: tuple[ListLine, ...], *, hand_in: bool) -> ListState:
        """The cursor further along; after the last comes handing in."""
        places = [line.position for line in self.shown(lines)] + [0] * hand_in
        if not places:
            return replace(self, typed="")
        here = places.index(self.position) if self.position in places else 0
        return replace(self, position=places[max(0, min(here + by, len(places) - 1))], typed="")

    def sideways(self, by: int, lines: tuple[ListLine, ...]) -> ListState:
        """The cursor a column further; it stays where there is none."""
        places = [line.position for line in self.shown(lines)]
        if self.position not in places:
            return self
        wanted = places.index(self.position) + by * self.rows
        if wanted >= len(places) and wanted // self.rows == (len(places) - 1) // self.rows:
            wanted = len(places) - 1
        inside = 0 <= wanted < len(places)
        return replace(self, position=places[wanted] if inside else self.position, typed="")

    def with_digit(self, digit: int, total: int) -> ListState:
        """The cursor on the number as far as it is typed; one that does not exist begins again."""
        for text in (self.typed + str(digit), str(digit)):
            if 1 <= int(text) <= total:
                return replace(self, position=int(text), typed=text, only="")
        return replace(self, typed="")

    def narrowed(self, only: str, lines: tuple[ListLine, ...]) -> ListState:
        """Only what is blank or marked, or all again; the cursor stays if it can."""
        wanted = replace(self, only="" if self.only == only else only, typed="")
        places = [line.position for line in wanted.shown(lines)]
        here = next((place for place in places if place >= self.position), places[-1] if places else 0)
        return replace(wanted, position=here)


def line_target(position: int) -> str:
    """The target of a question in the list."""
    return f"line {position}"


def lay_lines(sheet: Sheet, lines: tuple[ListLine, ...], cursor: int, *, pitch: int, rows: int) -> None:
    """The lines in columns of so many rows."""
    widest = _widest(lines, close=pitch < PITCH)
    for row in range(min(rows, len(lines))):
        content, zones, column = Content(""), [], 0
        for line in lines[row::rows]:
            here = line.position == cursor
            cell = _close(line, widest, here=here) if pitch < PITCH else _spaced(line, widest, here=here)
            zones.append(Zone(column, column + pitch, line_target(line.position)))
            content = Content.assemble(content, cell, " " * (pitch - cell.cell_length))
            column = content.cell_length
        sheet.line(content.rstrip(), zones=tuple(zones))


def pitch_for(lines: tuple[ListLine, ...], pitch: int) -> int:
    """How many cells a column takes: those wanted, or more where many letters are chosen."""
    widest = _widest(lines, close=pitch < PITCH)
    empty = ListLine(1, "", 0, marked=True)
    cell = _close(empty, widest, here=False) if pitch < PITCH else _spaced(empty, widest, here=False)
    return max(pitch, cell.cell_length + 1)


def rows_for(width: int, count: int, pitch: int) -> int:
    """How many lines a column takes, so that all columns fit the width."""
    columns = max(1, min(MOST_COLUMNS, width // pitch))
    return max(FEWEST_ROWS, -(-count // columns))


def _choice(line: ListLine, *, close: bool) -> str:
    """`A C`, `A –` where one is missing; without blanks in a close column."""
    chosen = line.chosen or BLANK
    if line.chosen and line.missing > 0:
        chosen += f" {BLANK}"
    return chosen.replace(" ", "") if close else chosen


def _widest(lines: tuple[ListLine, ...], *, close: bool) -> int:
    return max([2 if close else 3, *(len(_choice(line, close=close)) for line in lines)])


def _spaced(line: ListLine, widest: int, *, here: bool) -> Content:
    return _cell(line, f" {line.position:>2}", f"  {_choice(line, close=False):<{widest}} ", here=here)


def _close(line: ListLine, widest: int, *, here: bool) -> Content:
    """The mark stands one cell before the next column, whatever is chosen."""
    gap = "  " if widest < FEW_LETTERS else " "
    return _cell(line, f"{line.position:>2}", f"{gap}{_choice(line, close=True):<{widest}} ", here=here)


def _cell(line: ListLine, number: str, choice: str, *, here: bool) -> Content:
    return Content.assemble(
        (HERE if here else " ", ACCENT),
        (number, "bold $accent" if here else ""),
        (choice, DIM if line.missing > 0 else ""),
        MARK if line.marked else "",
    )
