"""The addresses an item rests on."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style

from keykata.tui.actions import bindings_of
from keykata.tui.screens.frame import Frame
from keykata.tui.signs import HERE
from keykata.tui.widgets.sheet import ACCENT, Sheet


class SourceScreen(Frame):
    """Addresses, shown whole; terminals that know links open them."""

    BINDINGS = bindings_of("source")

    def __init__(self, name: str, addresses: tuple[str, ...]) -> None:
        super().__init__()
        self._name = name
        self._addresses = addresses

    def area(self) -> str:
        """The registry's area."""
        return "source"

    def where(self) -> tuple[str, str]:
        """Where I am."""
        return f"Sources / {self._name}", ""

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("copy", "back")

    def targets(self) -> tuple[str, ...]:
        """The addresses."""
        return self._addresses

    def lay(self, sheet: Sheet) -> None:
        """An address a line."""
        sheet.text("y copies the address under the cursor.")
        sheet.blank()
        for address in self._addresses:
            sign = HERE if address == self.cursor else " "
            text = Content.styled(address, Style(link=address)) if "'" not in address else Content(address)
            sheet.text(text, lead=Content.assemble((sign, ACCENT), " "), target=address)

    def activate(self, target: str) -> None:
        """Copy it."""
        self.cursor = target
        self.action_copy()

    def action_copy(self) -> None:
        """Copy the address."""
        self.app.copy_to_clipboard(self.cursor)
        self.say(f"Copied {self.cursor}")
