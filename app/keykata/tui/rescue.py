"""The screen in place of Home when the database is damaged: what happened, and one key that mends it."""

from __future__ import annotations

import locale
import os
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from keykata.core.errors import KeyKataError
from keykata.core.safe import safe_line
from keykata.study.caring import Care, restored_lines
from keykata.tui.hearing import forgiving, heed_signals
from keykata.tui.running import ScreenFaultError, run_untold
from keykata.tui.signs import shown, wants_ascii
from keykata.tui.themes import InLook

ASKING, WORKING, DONE = "asking", "working", "done"


class RescueApp(InLook[bool]):
    """Offers the newest good backup; what can still be read goes with it. Nothing is deleted."""

    TITLE = "KeyKata"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    VerticalScroll { scrollbar-size-vertical: 1; }
    Static { padding: 1 2 0 2; width: 100%; max-width: 100; height: auto; }
    #ways { dock: bottom; padding: 1 2 1 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "restore", show=False),
        Binding("enter", "open", show=False),
        Binding("q,escape,ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "leave", show=False),  # where nothing is selected that it copies
    ]

    def __init__(self, care: Care, error: KeyKataError) -> None:
        super().__init__()
        self.animation_level = "none"
        self._ascii = wants_ascii(os.environ, locale.getencoding())
        self._care = care
        self._error = error
        self._stage = ASKING
        self._said: tuple[str, ...] = ()
        self._ended_by = 0
        self._look()

    def compose(self) -> ComposeResult:
        """One page of text, and below it the keys: in sight however small the terminal is."""
        yield Static(self._ways(), id="ways")
        with VerticalScroll():
            yield Static(self._page(), id="page")

    def on_mount(self) -> None:
        """End with the code of a signal."""
        heed_signals(self._signalled)

    def _signalled(self, code: int) -> None:
        self._ended_by = code
        if self._stage != WORKING:  # mending goes to its end, as it does when somebody wants to leave
            self.exit(return_code=code)

    def action_restore(self) -> None:
        """Mend it, in a worker."""
        if self._stage == ASKING:
            self._tell(WORKING, "Restoring.")
            self.run_worker(self._mend, thread=True, exclusive=True)

    def action_open(self) -> None:
        """Go on into the app, once it is mended."""
        if self._stage == DONE:
            self.exit(True)

    def action_leave(self) -> None:
        """Leave everything as it is; not in the middle of mending."""
        if self._stage != WORKING:
            self.exit(False if self._stage == DONE else None)

    def _mend(self) -> None:
        try:
            done = self._care.restore_or_salvage()
        except KeyKataError as error:
            said = (error.message, error.where, error.hint)
            self.call_from_thread(self._tell, ASKING, *(text for text in said if text))
        else:
            self.call_from_thread(self._tell, DONE, *restored_lines(done))

    def _tell(self, stage: str, *said: str) -> None:
        self._stage, self._said = stage, said
        if self._ended_by:
            self.exit(return_code=self._ended_by)
            return
        if stage == ASKING:
            self._look()
        self.query_one("#page", Static).update(self._page())
        self.query_one("#ways", Static).update(self._ways())
        self.query_one(VerticalScroll).scroll_home()

    def _look(self) -> None:
        self._good = self._care.newest_good()
        self._hidden = "" if self._good else self._care.hidden()

    def _offer(self) -> str:
        if self._good:
            return f"The newest good backup is {self._good}."
        return self._hidden or "There is no good backup."

    def _page(self) -> Content:
        lines = ["KeyKata", ""]
        if self._stage == ASKING and self._said:  # why it failed: first, to be in sight on any terminal
            lines += [*self._said, ""]
        if self._stage != DONE:
            lines += [self._error.message, self._error.where, ""]
        if self._stage == ASKING:
            return self._lines(*lines, self._offer(), "The damaged file is kept beside; nothing is deleted.")
        return self._lines(*lines, *self._said)

    def _ways(self) -> Content:
        if self._stage == WORKING:
            return Content("")
        if self._stage == DONE:
            return self._lines("enter  open KeyKata", "q  leave")
        way = "build a new database from what can still be read"
        if self._good:
            way = "take that backup, with everything answered since that can still be read"
        elif self._hidden:
            way = "look for a good backup again"
        return self._lines(f"r  {way}", "q  leave everything as it is")

    def _lines(self, *lines: str) -> Content:
        return shown(Content("\n".join(map(safe_line, lines))), ascii_signs=self._ascii)


def run_rescue(care: Care, error: KeyKataError) -> bool | None:
    """Show the screen until it is left; whether to open the mended home, None where it is as it was.

    Raises:
        ScreenFaultError: the screen broke; the terminal is restored, and the text says how.
        SystemExit: a signal ended it.
    """
    app = RescueApp(care, error)
    app.driver_class = forgiving(app.driver_class)
    broke = run_untold(app)
    if broke:
        raise ScreenFaultError(broke)
    if app.return_code:
        raise SystemExit(app.return_code)
    return app.return_value
