"""The last two lines: the message, and what works now."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from keykata.core.safe import safe_line
from keykata.tui.action import Action
from keykata.tui.signs import shown
from keykata.tui.widgets.sheet import ACCENT, DIM, Words, Zone, spread, words

MORE_BELOW = "more below ↓"
GAP = 2


class Foot(Widget):
    """The message line over the footer; its entries can be clicked."""

    class Pressed(Message):
        """An entry was clicked."""

        def __init__(self, foot: Foot, key: str) -> None:
            super().__init__()
            self.foot, self.key = foot, key

        @property
        def control(self) -> Foot:
            """The footer it happened in."""
            return self.foot

    def __init__(self, *, ascii_signs: bool, name_id: str = "foot") -> None:
        super().__init__(id=name_id)
        self._ascii = ascii_signs
        self._entries: tuple[Action, ...] = ()
        self._prompt: Content = Content("")
        self._message = ""
        self._more = False
        self._width = 88
        self._zones: tuple[Zone, ...] = ()

    @property
    def message(self) -> str:
        """What the message line says; "" when it shows the prompt."""
        return self._message

    def offer(self, entries: tuple[Action, ...], prompt: Words, width: int) -> None:
        """Set what works now, and what stands above it while there is no message."""
        offered = entries, words(prompt), width
        before = self._entries, self._prompt, self._width
        if offered != before or offered[1].spans != before[1].spans:
            self._entries, self._prompt, self._width = offered
            self.refresh()

    def say(self, message: str) -> None:
        """Show a message until the next key."""
        message = safe_line(message)
        if message != self._message:
            self._message = message
            self.refresh()

    def tell_more(self, more: bool) -> None:
        """Say whether something is below."""
        if more != self._more:
            self._more = more
            self.refresh()

    def render(self) -> Content:
        """Both lines."""
        text = Content.assemble(self._first(), "\n", self._second())
        return shown(text, ascii_signs=self._ascii)

    def on_click(self, event: events.Click) -> None:
        """Press the key an entry names."""
        if event.y == 1:
            key = next((zone.target for zone in self._zones if zone.start <= event.x < zone.end), "")
            if key:
                self.post_message(self.Pressed(self, key))

    def _first(self) -> Content:
        width = min(self._width, self.size.width)
        left = Content(self._message) if self._message else self._prompt
        right = Content.styled(MORE_BELOW, DIM) if self._more else Content("")
        both = spread(left, right, width)
        return both if both is not None else left.truncate(width)

    def _second(self) -> Content:
        width = self.size.width
        content, zones, column = Content(""), [], 0
        for action in self._entries:
            entry = Content.assemble((action.shown, ACCENT), " ", (action.label, DIM))
            start = column + (GAP if column else 0)
            if start + entry.cell_length > width:
                break
            content = Content.assemble(content, " " * (start - column), entry)
            column = start + entry.cell_length
            zones.append(Zone(start, column, action.first_key))
        self._zones = tuple(zones)
        return content
