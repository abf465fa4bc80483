"""A list to choose from, narrowed by typing."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from textual.content import Content
from textual.widgets import Input

from keykata.tui.action import Action
from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.signs import HERE
from keykata.tui.widgets.body import Body
from keykata.tui.widgets.sheet import ACCENT, DIM, Row, Sheet

LEAD = 13  # columns of what stands before the names
NARROW = 60  # columns; under it a name with something before it has lines of its own


class Choice(msgspec.Struct, frozen=True):
    """A line of a list; `target` is what choosing it hands on, `lead` stands before the words in a column."""

    target: str
    words: str
    right: str = ""
    lead: str = ""


def lay_list(sheet: Sheet, rows: tuple[Choice, ...], cursor: str, height: int) -> int:
    """The part of a list around the cursor that fits the height: a long list costs no more than a screen.

    Returns:
        how many of the rows that are.
    """
    place = next((at for at, row in enumerate(rows) if row.target == cursor), 0)
    laid = {place: _laid(rows[place], cursor, sheet.width)}
    first = last = place
    used = len(laid[place])

    def take(at: int, room: int) -> bool:
        """Whether the row is in the list and fits the room; then it is laid out."""
        nonlocal used
        if not 0 <= at < len(rows) or len(found := _laid(rows[at], cursor, sheet.width)) + used > room:
            return False
        laid[at] = found
        used += len(found)
        return True

    while take(first - 1, height // 2 + len(laid[place])):
        first -= 1
    while take(last + 1, height):
        last += 1
    while take(first - 1, height):
        first -= 1
    sheet.rows += [line for at in range(first, last + 1) for line in laid[at]]
    return last + 1 - first


def _laid(row: Choice, cursor: str, width: int) -> list[Row]:
    """One line, cut where it is too long; on a narrow screen the whole name, with the rest under it."""
    sheet = Sheet(width)
    sign = Content.assemble((HERE if row.target == cursor else " ", ACCENT), " ")
    if row.lead and width < NARROW:
        sheet.text(row.words, lead=sign, target=row.target)
        sheet.text(f"{row.lead}  {row.right}".rstrip(), indent=2, style=DIM, target=row.target)
        return sheet.rows
    words = Content(f"{row.lead:<{LEAD}}{row.words}" if row.lead else row.words)
    room = width - 2 - (len(row.right) + 2 if row.right else 0)
    if words.cell_length > room > 8:
        words = words.truncate(room, ellipsis=True)
    sheet.pair(Content.assemble(sign, words), Content.styled(row.right, DIM), target=row.target)
    return sheet.rows


class ListFrame(Frame):
    """A screen whose body is one list; a list is cut to the window, so that ten thousand lines are quick."""

    def __init__(self) -> None:
        super().__init__()
        self._shown_rows = 0  # none before the first layout

    def choices(self) -> tuple[Choice, ...]:
        """The lines."""
        return ()

    def empty(self) -> str:
        """What to say when there are none."""
        return "Nothing here yet."

    def head_rows(self, sheet: Sheet) -> None:
        """What stands above the list."""

    def targets(self) -> tuple[str, ...]:
        """The lines."""
        return tuple(row.target for row in self.choices())

    def does(self, action: Action) -> bool:
        """A page of lines is something as soon as there are two of them."""
        if action.name in ("page-down", "page-up"):
            return len(self.choices()) > 1
        return super().does(action)

    def lay(self, sheet: Sheet) -> None:
        """What stands above, then the list."""
        self.head_rows(sheet)
        rows = self.choices()
        if not rows:
            sheet.text(self.empty())
            return
        room = max(1, self.body.size.height - len(sheet.rows))
        self._shown_rows = lay_list(sheet, rows, self.cursor, room)

    def prompt(self) -> str:
        """Where in the list, when it is longer than the window."""
        rows = self.choices()
        if not self._shown_rows or self._shown_rows >= len(rows):
            return ""
        place = next((at for at, row in enumerate(rows, 1) if row.target == self.cursor), 1)
        return f"{place:,} of {len(rows):,}"

    def action_page(self, by: int) -> None:
        """A page of lines, one kept."""
        self.action_move(by * max(1, self._shown_rows - 1))

    def on_body_wheeled(self, event: Body.Wheeled) -> None:
        """The wheel moves along the list."""
        self.action_move(event.lines)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another filter; the `/` of somebody who means to search is no part of it."""
        if event.value.startswith("/"):
            event.input.value = event.value.lstrip("/ ")
            return
        self.cursor = ""
        self.narrow(event.value)
        self.show(top=True)

    def narrow(self, words: str) -> None:
        """Take the filter over."""

    def on_mount(self) -> None:
        """The field takes what is typed."""
        if self.FIELD:
            self.query_one("#field", Input).focus()


class ChoicesScreen(ListFrame):
    """A list of names; choosing one hands its target to `chosen`."""

    BINDINGS = bindings_of("choices")
    FIELD = "type to narrow the list"

    def __init__(self, title: str, rows: tuple[Choice, ...], chosen: Callable[[Choice], None]) -> None:
        super().__init__()
        self._title = title
        self._all = rows
        self._shown = rows
        self._chosen = chosen

    def area(self) -> str:
        """The registry's area."""
        return "choices"

    def where(self) -> tuple[str, str]:
        """What is chosen here."""
        return self._title, f"{len(self._shown)} of {len(self._all)}"

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("go", "back")

    def choices(self) -> tuple[Choice, ...]:
        """Those that hold what was typed."""
        return self._shown

    def empty(self) -> str:
        """Nothing holds what was typed."""
        return "No name holds these words. Type fewer letters."

    def narrow(self, words: str) -> None:
        """Names that hold every word."""
        wanted = words.casefold().split()
        self._shown = tuple(r for r in self._all if all(word in r.words.casefold() for word in wanted))

    def activate(self, target: str) -> None:
        """Hand it on."""
        if self.app.screen is not self:  # a second click came while it was closing
            return
        choice = next(row for row in self._all if row.target == target)
        self.dismiss()
        self._chosen(choice)


def open_terms(screen: Frame, terms: tuple[tuple[str, str], ...]) -> None:
    """Open a term's page, or a list of them when there are several."""
    app = screen.keykata
    if not terms:
        screen.say("It names no term.")
    elif len(terms) == 1:
        app.open_page(terms[0][0])
    else:
        rows = tuple(Choice(item, name) for item, name in terms)
        app.push_screen(ChoicesScreen("Terms", rows, lambda choice: app.open_page(choice.target)))
