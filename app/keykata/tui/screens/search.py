"""Search over everything, as one types."""

from __future__ import annotations

from textual.content import Content

from keykata.study.wording import KIND_LABELS, found_phrase
from keykata.tui.actions import bindings_of
from keykata.tui.screens.choices import Choice, ListFrame
from keykata.tui.signs import HERE
from keykata.tui.widgets.sheet import ACCENT, DIM, Sheet


class SearchScreen(ListFrame):
    """Hits with the line they were found in."""

    BINDINGS = bindings_of("search")
    FIELD = "words, a name, or an id"

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._found: tuple[Choice, ...] = ()
        self._count = 0

    def area(self) -> str:
        """The registry's area."""
        return "search"

    def where(self) -> tuple[str, str]:
        """How many hits there are, and how many of them are listed."""
        return "Search", found_phrase(len(self._found), self._count) if self._words.strip() else ""

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("go", "back")

    def choices(self) -> tuple[Choice, ...]:
        """The hits, numbered so that two parts of one page stay apart."""
        return self._found

    def narrow(self, words: str) -> None:
        """Look."""
        self._words = words
        hits = self.guarded(lambda: self.dojo.search(words)) if words.strip() else ()
        self._count = (self.guarded(lambda: self.dojo.search_count(words)) or 0) if hits else 0
        names = KIND_LABELS
        self._found = tuple(
            Choice(
                f"{hit.id} {hit.part} {place}",
                hit.title,
                f"{names.get(hit.kind, hit.kind)}\n{hit.snippet}",
            )
            for place, hit in enumerate(hits or ())
        )

    def lay(self, sheet: Sheet) -> None:
        """Name and kind, and the words around the hit."""
        if not self._found:
            found = (
                "Nothing holds these words."
                if self._words.strip()
                else "Terms, comparisons, questions and guides."
            )
            sheet.text(found, style=DIM)
        for choice in self._found:
            kind, _, snippet = choice.right.partition("\n")
            here = HERE if choice.target == self.cursor else " "
            sheet.text(
                choice.words,
                lead=Content.assemble((here, ACCENT), " "),
                right=Content.styled(kind, DIM),
                target=choice.target,
            )
            if snippet:
                line = Content(" ".join(snippet.split()))
                sheet.line(
                    Content.assemble("  ", line.truncate(sheet.width - 2, ellipsis=True)),
                    target=choice.target,
                    style=DIM,
                )

    def prompt(self) -> str:
        """Nothing more to say."""
        return ""

    def action_page(self, by: int) -> None:
        """A few hits."""
        self.action_move(5 * by)

    def activate(self, target: str) -> None:
        """Open the page."""
        item, part, _ = target.split(" ")
        self.keykata.open_page(item, part)
