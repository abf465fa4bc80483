"""A guide to read, and the terms it opens."""

from __future__ import annotations

from textual.content import Content

from keykata.study.page_views import GuidePage
from keykata.tui.action import Action
from keykata.tui.actions import bindings_of
from keykata.tui.screens.item import enter_says
from keykata.tui.screens.reading import ReadingFrame
from keykata.tui.signs import HERE
from keykata.tui.widgets.prose import prose
from keykata.tui.widgets.sheet import ACCENT, Sheet


class GuideScreen(ReadingFrame):
    """Its text as one column; the cursor comes in once the links are in view."""

    BINDINGS = bindings_of("guide")

    def __init__(self, page: GuidePage) -> None:
        super().__init__()
        self._page = page

    def area(self) -> str:
        """The registry's area."""
        return "guide"

    def where(self) -> tuple[str, str]:
        """Its title, and how long it takes."""
        guide = self._page.guide
        return f"Library / {guide.title}", f"{guide.kind.replace('-', ' ')} · {guide.minutes} min"

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("unfold", "source", "note", "back")

    def footer(self) -> tuple[Action, ...]:
        """`enter` reads on, or opens a term."""
        return enter_says(super().footer(), "open" if self.cursor else "read on")

    def targets(self) -> tuple[str, ...]:
        """Its terms."""
        return tuple(f"page {link.id}" for link in self._page.terms)

    def lay(self, sheet: Sheet) -> None:
        """The text, then its terms."""
        prose(sheet, self._page.guide.body)
        if not self._page.terms:
            return
        sheet.blank()
        sheet.heading("Terms")
        for link in self._page.terms:
            here = HERE if self.cursor == f"page {link.id}" else " "
            sheet.text(link.name, lead=Content.assemble((here, ACCENT), " "), target=f"page {link.id}")

    def activate(self, target: str) -> None:
        """Open a term's page."""
        self.keykata.open_page(target.partition(" ")[2])

    def item_id(self) -> str:
        """The guide."""
        return self._page.id

    def item_name(self) -> str:
        """Its title."""
        return self._page.guide.title

    def addresses(self) -> tuple[str, ...]:
        """Its sources."""
        return self._page.guide.refs
