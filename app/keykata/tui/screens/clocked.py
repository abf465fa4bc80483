"""A screen with a clock: the time is saved every few seconds, and looked at when its words change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual.timer import Timer

from keykata.core.errors import BusyError
from keykata.study.seat import Seat
from keykata.tui.screens.item import ItemFrame
from keykata.tui.signs import MARK
from keykata.tui.widgets.exam_words import clock_words, until_it_changes
from keykata.tui.widgets.sheet import cut, words

SAVE_SECONDS = 5
AGAIN = 1.0  # seconds
MARKED = f"{MARK} marked"
GAP, SHORTEST = 2, 8  # columns
EDGE = 0.02  # seconds past the change, so that it has happened


class ClockedFrame(ItemFrame):
    """Wakes once a minute, and once a second in the last five minutes; without a limit it only saves."""

    _change: Timer | None = None
    _clock_over = False
    _told = ""
    _aid = False
    _taken_in = 0

    def seat(self) -> Seat:
        """The attempt on show."""
        raise NotImplementedError

    def left(self) -> float | None:
        """Seconds left, None without a limit."""
        return None

    def heading(self, title: str, *parts: str, page: str = "") -> tuple[str, str]:
        """The header; `page` says what of a test this is. Without room the mark loses its word, then the
        title its end: how far it is, and the time, are needed more.
        """
        runs = " · ".join(part for part in parts if part)
        room = self.page_width - words(page).cell_length - GAP
        if words(title).cell_length + words(runs).cell_length > room:
            runs = runs.replace(MARKED, MARK)
        room -= words(runs).cell_length
        return (cut(title, room).plain if runs and room >= SHORTEST else title) + page, runs

    def action_aid(self) -> None:
        """What is asked first, then the limits, then the story; or as written."""
        self._aid = not self._aid
        self.show(top=True)

    def look(self) -> None:
        """The words of the clock changed."""

    def overtaken(self) -> None:
        """Another program went on with it: show where it stands by now."""

    def on_mount(self) -> None:
        """The clock runs with the screen."""
        self.set_interval(SAVE_SECONDS, self.beat)
        self.wait()

    def save_clock(self, leave: Callable[[], None]) -> None:
        """Save the time used; while another program writes it is left for the next time."""

        def save() -> None:
            with suppress(BusyError):
                leave()

        self.guarded(save)

    def wait(self) -> None:
        """Until the words of the clock change again."""
        if self._change is not None:
            self._change.stop()
        left = self.left()
        self._told = clock_words(left)
        if left is not None:  # at zero its end could not be saved yet: once more soon
            self._change = self.set_timer(until_it_changes(left) + EDGE if left else AGAIN, self._changed)

    def close_clock(self) -> bool:
        """The clock says no more; False when that was so already: both timers may come due at once."""
        first, self._clock_over = not self._clock_over, True
        if self._change is not None:
            self._change.stop()
        return first

    def _changed(self) -> None:
        if not self._clock_over:
            self.look()

    def beat(self) -> None:
        """Save the time, look what another program did; a machine that slept may have missed its change."""
        if self._clock_over:
            return
        self.leave()
        before, self._taken_in = self._taken_in, self.seat().taken_in
        if before != self._taken_in:
            self.overtaken()
        if not self._clock_over and clock_words(self.left()) != self._told:
            self.look()
