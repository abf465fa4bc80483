"""The command palette; what comes while it is drawn anew, or twice at once, does nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import Command, CommandList, CommandPalette, DiscoveryHit
from textual.errors import NoWidget
from textual.events import Click, Event, Key
from textual.widgets import Input

from keykata.tui.widgets.field import LONGEST

CHOOSING = ("enter", "up", "down", "pageup", "pagedown", "ctrl+home", "shift+home", "ctrl+end", "shift+end")


class _Commands(CommandList):
    """The list; a click on a line that is no longer there chooses nothing."""

    async def _on_click(self, event: Click) -> None:
        line = event.style.meta.get("option")
        if line is not None and line >= self.option_count:
            event.prevent_default()


class Palette(CommandPalette):
    """Textual's, without three faults: a page key breaks it while its list has no lines yet, or no height;
    so does a click while the list changes; and what is chosen twice at once (a double click) closes the
    screen under it too, and is done twice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page('up')", show=False),
        Binding("pagedown", "page('down')", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Textual's parts, with a list of ours."""
        for part in super().compose():
            yield _Commands() if isinstance(part, CommandList) else part

    def _on_click(self, event: Click) -> None:  # type: ignore[override]
        try:
            self.get_widget_at(event.screen_x, event.screen_y)
        except NoWidget:  # the window became smaller meanwhile
            event.prevent_default()

    def on_mount(self) -> None:
        """A page pasted by mistake is no command, and would hold up the keys behind it."""
        self.query_one(Input).max_length = LONGEST

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


def _nothing() -> None: ...
