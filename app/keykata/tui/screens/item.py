"""What can be done with any item on show: its sources, a note, a report, keeping it, copying its id."""

from __future__ import annotations

from msgspec.structs import replace

from keykata.core.errors import KeyKataError
from keykata.tui.action import Action
from keykata.tui.screens.frame import Frame
from keykata.tui.screens.line import LineModal
from keykata.tui.screens.saying import error_words


def enter_says(entries: tuple[Action, ...], label: str) -> tuple[Action, ...]:
    """Footer entries whose `enter` says what it does just now."""
    return tuple(replace(entry, label=label) if entry.shown == "enter" else entry for entry in entries)


class ItemFrame(Frame):
    """A screen that shows an item."""

    def item_id(self) -> str:
        """The full id of the item on show."""
        return ""

    def item_name(self) -> str:
        """What it is called."""
        return ""

    def addresses(self) -> tuple[str, ...]:
        """Addresses of its sources."""
        return ()

    def is_kept(self) -> bool:
        """Whether it is kept for good."""
        return False

    def reload(self) -> None:
        """Something about the item changed."""

    def does(self, action: Action) -> bool:
        """Its sources can be shown where it names some."""
        return bool(self.addresses()) if action.name == "source" else super().does(action)

    def action_source(self) -> None:
        """Show where it comes from."""
        from keykata.tui.screens.source import SourceScreen

        if self.addresses():
            self.app.push_screen(SourceScreen(self.item_name(), self.addresses()))
        else:
            self.say("It names no source.")

    def action_note(self) -> None:
        """Write a note."""
        item = self.item_id()
        question = f"Note on {self.item_name()}:"
        self.app.push_screen(LineModal(question, lambda text: self.dojo.note(item, text)), self._noted)

    def action_report_wrong(self) -> None:
        """Report it as wrong."""
        item = self.item_id()
        question = f"What is wrong with {item}?"
        self.app.push_screen(
            LineModal(question, lambda text: self.dojo.report_wrong(item, text)), self._reported
        )

    def action_keep(self) -> None:
        """Keep it, or let it go."""
        on = not self.is_kept()
        self.kept(lambda: self.dojo.keep(self.item_id(), on), lambda _: self._kept(on=on))

    def _kept(self, *, on: bool) -> None:
        self.reload()
        self.say("Kept for good. Practise has a list of what is kept." if on else "No longer kept.")

    def action_copy(self) -> None:
        """Copy its id."""
        self.app.copy_to_clipboard(self.item_id())
        self.say(f"Copied {self.item_id()}")

    def action_edit(self) -> None:
        """Open the editor at its line, and read the banks' word on it again."""
        from keykata.tui.editing import edit_at

        place = self.dojo.place_of(self.item_id())
        if place is None:
            self.say("This item has no file to edit.")
            return
        said = edit_at(self.keykata, place.file, place.line)
        try:
            problem = self.dojo.read_banks_again(place.file)
        except KeyKataError as error:
            self.say(error_words(error))
            return
        self.reload()
        if problem is not None:
            self.say(f"Line {problem.place.line}: {problem.message} {problem.hint}")
        else:
            self.say(said or "Back from the editor, and read again.")

    def _noted(self, text: str | None) -> None:
        if text is not None:
            self.reload()
            self.say("The note is kept with the item.")

    def _reported(self, text: str | None) -> None:
        if text is not None:
            self.say("Reported. It stays in your log, for its author.")
