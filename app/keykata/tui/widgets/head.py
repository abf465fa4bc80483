"""The header: where I am, what runs, and the one rule."""

from __future__ import annotations

from textual.content import Content

from keykata.core.safe import safe_line
from keykata.tui.signs import THIN, shown
from keykata.tui.widgets.drawn import Drawn
from keykata.tui.widgets.sheet import DIM, Words, spread, words


class Head(Drawn):
    """Two lines: left and right words, then a thin rule."""

    def __init__(self, *, ascii_signs: bool, name_id: str = "head") -> None:
        super().__init__(id=name_id)
        self._ascii = ascii_signs
        self._left = ""
        self._right = ""
        self._width = 88
        self._rule: Words = ""
        self._tone = DIM

    def tell(self, left: str, right: str, width: int, *, rule: Words = "", tone: str = DIM) -> None:
        """Set the words, how wide the page is, what stands for the rule, and the colour of what runs."""
        told = (safe_line(left), safe_line(right), width, rule, tone)
        if told != (self._left, self._right, self._width, self._rule, self._tone):
            self._left, self._right, self._width, self._rule, self._tone = told
            self.refresh()

    def render(self) -> Content:
        """Both lines; the right-hand facts go when there is no room."""
        width = min(self._width, self.size.width)
        left = Content.styled(self._left, "$accent")
        line = spread(left, Content.styled(self._right, self._tone), width) if self._right else left
        rule = words(self._rule) if len(words(self._rule)) else Content.styled(THIN * width, DIM)
        lines = (part.truncate(self.size.width) for part in (line or left, rule))
        text = Content("\n").join(lines)
        return shown(text, ascii_signs=self._ascii)
