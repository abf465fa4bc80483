"""The library: every page and question, narrowed by kind and by what is typed."""

from __future__ import annotations

from textual.content import Content

from keykata.study.phrases import plural
from keykata.tui.actions import bindings_of
from keykata.tui.screens.choices import Choice, ListFrame
from keykata.tui.widgets.sheet import ACCENT, DIM, Sheet, Zone

KINDS = (
    ("", "All"),
    ("term", "Terms"),
    ("comparison", "Comparisons"),
    ("question", "Questions"),
    ("guide", "Guides"),
)


class LibraryScreen(ListFrame):
    """A list over the index; no item is read until its page opens."""

    BINDINGS = bindings_of("library")
    FIELD = "type to narrow the list"

    def __init__(self) -> None:
        super().__init__()
        self._kind = 1
        self._words = ""
        self._found: tuple[Choice, ...] | None = None

    def area(self) -> str:
        """The registry's area."""
        return "library"

    def where(self) -> tuple[str, str]:
        """How many there are."""
        return "Library", plural(len(self.choices()), "entry", "entries")

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("go", "kinds", "page-down", "back")

    def head_rows(self, sheet: Sheet) -> None:
        """The kinds; each can be clicked."""
        parts: list[str | tuple[str, str]] = []
        zones, column = [], 0
        for place, (_, name) in enumerate(KINDS):
            words = f"‹{name}›" if place == self._kind else f" {name} "
            parts.append((words, f"bold {ACCENT}" if place == self._kind else DIM))
            parts.append("  ")
            zones.append(Zone(column, column + len(words), f"kind {place}"))
            column += len(words) + 2
        sheet.line(Content.assemble(*parts).rstrip(), zones=tuple(zones))
        sheet.blank()

    def empty(self) -> str:
        """Nothing of this kind, or nothing that holds the words."""
        if self._words:
            return "No title holds these words. Search (esc, then /) looks inside the texts."
        return f"No {KINDS[self._kind][1].lower()} yet. tab shows another kind."

    def choices(self) -> tuple[Choice, ...]:
        """What is listed."""
        if self._found is None:
            rows = self.guarded(lambda: self.dojo.library_rows(KINDS[self._kind][0] or None, self._words))
            self._found = tuple(Choice(row.id, row.title, row.state) for row in rows or ())
        return self._found

    def narrow(self, words: str) -> None:
        """Titles that hold the words."""
        self._words = words
        self._found = None

    def on_screen_resume(self) -> None:
        """Practice may have changed what is known."""
        self._found = None
        self.show()

    def activate(self, target: str) -> None:
        """Open a page, or show a kind."""
        head, _, rest = target.partition(" ")
        if head == "kind":
            self._kind = int(rest)
            self._found = None
            self.cursor = ""
        else:
            self.keykata.open_page(target)

    def action_kind(self, by: int) -> None:
        """Another kind."""
        self._kind = (self._kind + by) % len(KINDS)
        self._found = None
        self.cursor = ""
        self.show(top=True)
