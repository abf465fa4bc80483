"""The header: where I am, what runs, and the one rule."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from keykata.tui.signs import THIN, twins
from keykata.tui.widgets.sheet import DIM, spread


class Head(Widget):
    """Two lines: left and right words, then a thin rule."""

    def __init__(self, *, ascii_signs: bool, name_id: str = "head") -> None:
        super().__init__(id=name_id)
        self._ascii = ascii_signs
        self._left = ""
        self._right = ""
        self._width = 88

    def tell(self, left: str, right: str, width: int) -> None:
        """Set the words, and how wide the page is."""
        if (left, right, width) != (self._left, self._right, self._width):
            self._left, self._right, self._width = left, right, width
            self.refresh()

    def render(self) -> Content:
        """Both lines; the right-hand facts go when there is no room."""
        width = min(self._width, self.size.width)
        left = Content.styled(self._left, "$accent")
        line = spread(left, Content.styled(self._right, DIM), width) if self._right else left
        text = Content.assemble(line or left.truncate(width), "\n", (THIN * width, DIM))
        return Content(twins(text.plain), list(text.spans)) if self._ascii else text
