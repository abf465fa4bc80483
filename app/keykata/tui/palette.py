"""The command palette; paging through it while it is drawn anew does nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette


class Palette(CommandPalette):
    """Textual's, without its fault: a page key breaks it while its list has no lines yet, or no height."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page('up')", show=False),
        Binding("pagedown", "page('down')", show=False),
    ]

    def action_page(self, way: str) -> None:
        """Move the highlight by a page."""
        found = self.query_one(CommandList)
        with suppress(KeyError):  # what is highlighted has no line
            getattr(found, f"action_page_{way}")()
