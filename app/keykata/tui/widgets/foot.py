"""The last two lines: the message, and what works now."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message

from keykata.core.safe import safe_line
from keykata.tui.action import Action
from keykata.tui.signs import shown
from keykata.tui.widgets.drawn import Drawn
from keykata.tui.widgets.sheet import ACCENT, DIM, Sheet, Words, Zone, spread, words

MORE_BELOW = "more below ↓"
GAP = 2
MOST_LINES = 5  # of a message
HELP = "help"


class Foot(Drawn):
    """The message over the footer, one line unless it needs more; its entries can be clicked."""

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
            self._grow()
            self.refresh()

    def tell_more(self, more: bool) -> None:
        """Say whether something is below."""
        if more != self._more:
            self._more = more
            self.refresh()

    def render(self) -> Content:
        """The message and the line of keys."""
        text = Content("\n").join([*self._first(), self._second()])
        return shown(text, ascii_signs=self._ascii)

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._grow()

    def on_click(self, event: events.Click) -> None:
        """Press the key an entry names."""
        if event.y == self.size.height - 1:
            key = next((zone.target for zone in self._zones if zone.start <= event.x < zone.end), "")
            if key:
                self.post_message(self.Pressed(self, key))

    def _grow(self) -> None:
        """Take as many lines as the message needs."""
        height = 1 + len(self._told())
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def _told(self) -> list[Content]:
        """The lines of the message; of the prompt there is one."""
        width = min(self._width, self.size.width)
        if not self._message or width < 1:
            return [self._prompt]
        sheet = Sheet(width)
        sheet.text(self._message)
        return [row.content for row in sheet.rows[:MOST_LINES]]

    def _first(self) -> list[Content]:
        width = min(self._width, self.size.width)
        *above, left = self._told()
        right = Content.styled(MORE_BELOW, DIM) if self._more else Content("")
        both = spread(left, right, width)
        return [*above, both if both is not None else left.truncate(width)]

    def _second(self) -> Content:
        content, zones, column = Content(""), [], 0
        for action in self._fitting():
            entry = _entry(action)
            start = column + (GAP if column else 0)
            content = Content.assemble(content, " " * (start - column), entry)
            column = start + entry.cell_length
            zones.append(Zone(start, column, action.first_key))
        self._zones = tuple(zones)
        return content

    def _fitting(self) -> list[Action]:
        """The entries there is room for; the way to all the others goes last."""
        fitting = list(self._entries)
        while fitting and sum(_entry(a).cell_length + GAP for a in fitting) - GAP > self.size.width:
            rest = [action for action in fitting if action.name != HELP]
            fitting.remove(rest[-1] if rest else fitting[-1])
        return fitting


def _entry(action: Action) -> Content:
    return Content.assemble((action.shown, ACCENT), " ", (action.label, DIM))
