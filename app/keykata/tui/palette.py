"""The command palette: its own keys at its foot, plain signs where wanted, and nothing done twice.

What comes while it is drawn anew, or twice at once, does nothing.
"""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import Command, CommandList, CommandPalette, DiscoveryHit, SearchIcon
from textual.errors import NoWidget
from textual.events import Click, Event, Key
from textual.scrollbar import ScrollBarRender
from textual.widgets import Input

from keykata.tui.action import Action
from keykata.tui.screens.frame import HEIGHT_CLASSES, WIDTH_CLASSES
from keykata.tui.signs import twins
from keykata.tui.widgets.body import MAX_TEXT
from keykata.tui.widgets.field import LONGEST
from keykata.tui.widgets.foot import Foot

TALL, MARGIN = 24, 3  # lines: from how many on there is a margin over the field
FIELD_LINES, FOOT_LINES = 4, 2
CHOOSING = ("enter", "up", "down", "pageup", "pagedown", "ctrl+home", "shift+home", "ctrl+end", "shift+end")
PLACEHOLDER = "Search for commands…"
RUN = Action("run", "enter", "enter", "run", "Run the command under the cursor", "", "palette")
MOVE = Action("move", "down", "↑ ↓", "choose", "To another command", "", "palette")
CLOSE = Action("close", "escape", "esc", "back", "Close this, and run nothing", "", "palette")


class _PlainBar(ScrollBarRender):
    """A scrollbar in whole cells: their ends are drawn with signs otherwise."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * len(ScrollBarRender.VERTICAL_BARS)


class _Commands(CommandList):
    """The list; a click on a line that is no longer there chooses nothing."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self._plain = plain

    def on_mount(self) -> None:
        """The bar comes with the list."""
        if self._plain:
            self.vertical_scrollbar.renderer = _PlainBar  # type: ignore[misc]

    async def _on_click(self, event: Click) -> None:
        line = event.style.meta.get("option")
        if line is not None and line >= self.option_count:
            event.prevent_default()


class Palette(CommandPalette):
    """Textual's, with a foot of its own over that of the page, whose keys do not act here.

    It lacks three faults: a page key breaks it while its list has no lines yet, or no height; so does a click
    while the list changes; and what is chosen twice at once (a double click) closes the screen under it too,
    and is done twice.
    """

    DEFAULT_CSS = """
    Palette Foot { dock: bottom; height: 2; width: 100%; margin: 0 2; background: $background; }
    Palette.-narrow Foot { margin: 0; }
    Palette CommandList { min-width: 12; }
    Palette.-low Foot, Palette.-slim Foot { display: none; }
    Palette.-short > Vertical, Palette.-low > Vertical { margin-top: 0; }
    Palette.-plain #--input { border: none; border-top: ascii $foreground; border-bottom: ascii $foreground; }
    Palette.-plain #--input.--list-visible { border-bottom: none; }
    Palette.-plain CommandList { border-bottom: ascii $foreground; }
    Palette.-plain LoadingIndicator { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page('up')", show=False),
        Binding("pagedown", "page('down')", show=False),
    ]

    def __init__(self, *, ascii_signs: bool) -> None:
        super().__init__(
            id="--command-palette", placeholder=twins(PLACEHOLDER) if ascii_signs else PLACEHOLDER
        )
        self.HORIZONTAL_BREAKPOINTS = list(WIDTH_CLASSES)
        self.VERTICAL_BREAKPOINTS = list(HEIGHT_CLASSES)
        self._plain = ascii_signs
        self.set_class(ascii_signs, "-plain")

    def compose(self) -> ComposeResult:
        """Textual's parts, with a list of ours, and a foot."""
        for part in super().compose():
            if isinstance(part, SearchIcon) and self._plain:
                part.icon = ">"
            yield _Commands(plain=self._plain) if isinstance(part, CommandList) else part
        yield Foot(ascii_signs=self._plain)

    def _on_click(self, event: Click) -> None:  # type: ignore[override]
        try:
            self.get_widget_at(event.screen_x, event.screen_y)
        except NoWidget:  # the window became smaller meanwhile
            event.prevent_default()

    def on_mount(self) -> None:
        """A page pasted by mistake is no command, and would hold up the keys behind it."""
        self.query_one(Input).max_length = LONGEST
        self._offer()

    def on_resize(self) -> None:
        """Another foot, and a list that ends above it: what is highlighted is never out of view."""
        self._offer()
        height = self.app.size.height
        room = height - (FIELD_LINES if height < TALL else MARGIN + FIELD_LINES) - FOOT_LINES
        for found in self.query(CommandList):  # none while it is taken down
            found.styles.max_height = max(3, min(height * 7 // 10, room))

    def on_foot_pressed(self, event: Foot.Pressed) -> None:
        """A click on an entry presses its key."""
        key = Key(event.key, None)
        key.set_sender(self.app)  # else it would not come back to the app, which knows what it does
        self.app.post_message(key)

    def action_page(self, way: str) -> None:
        """Move the highlight by a page."""
        found = self.query_one(CommandList)
        with suppress(KeyError):  # what is highlighted has no line
            getattr(found, f"action_page_{way}")()

    def looks_for(self, event: Event) -> bool:
        """Whether an event chooses from a list that does not show yet what was typed."""
        if isinstance(event, Key) and event.key not in CHOOSING:
            return False
        group = self._GATHER_COMMANDS_GROUP
        return any(w.group == group and w.node is self and not w.is_finished for w in self.workers)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; a second time closes nothing else, and nothing is done again."""
        if self.app.screen is self:
            return super().dismiss(result)
        self._selected_command = DiscoveryHit("", _nothing)
        return AwaitComplete()

    def _refresh_command_list(
        self, command_list: CommandList, commands: list[Command], clear_current: bool
    ) -> None:
        """Show what was found, unless the list is being taken down."""
        if self.query(CommandList):
            super()._refresh_command_list(command_list, commands, clear_current)
            self._offer()

    def _offer(self) -> None:
        """The keys that do something: where nothing was found there is nothing to choose."""
        some = any(found.highlighted is not None for found in self.query(CommandList))
        width = self.app.size.width - (4 if self.app.size.width >= 80 else 0)
        entries = (RUN, MOVE, CLOSE) if some else (CLOSE,)
        for foot in self.query(Foot):
            foot.offer(entries, "", min(MAX_TEXT, width))


def _nothing() -> None: ...
