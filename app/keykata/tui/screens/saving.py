"""While another program writes to the home: what is to be saved waits for its turn, and is done once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import get_current_worker

from keykata.core.errors import BusyError, KeyKataError
from keykata.tui.signs import shown

if TYPE_CHECKING:
    from keykata.tui.app import KeyKataApp

T = TypeVar("T")
PATIENCE = 10.0  # seconds
SAVING = ("Saving …  Another program is writing to the same home.", "esc back without saving")
STUCK = (
    "Not saved: another program still holds the home. Nothing that was saved before is lost.",
    "enter try again   esc back without saving   ctrl+q leave",
)


class SavingScreen(ModalScreen[None], Generic[T]):
    """A worker looks when the database is free; then the call is made again, on the interface's thread."""

    DEFAULT_CSS = """
    SavingScreen { align: left bottom; background: transparent; }
    SavingScreen > Vertical { height: auto; width: 100%; padding: 1 2; background: $panel; }
    SavingScreen Static { height: auto; width: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "again", show=False),
        Binding("escape", "back", show=False),
        Binding("ctrl+q", "app.leave", show=False, priority=True),
    ]

    def __init__(
        self, call: Callable[[], T], then: Callable[[T], None], refused: Callable[[KeyKataError], None]
    ) -> None:
        super().__init__()
        self._call, self._then, self._refused = call, then, refused
        self._end = 0.0
        self._waiting = False
        self._covered = False

    def compose(self) -> ComposeResult:
        """What is going on, and the ways out."""
        with Vertical():
            yield Static(self._shown(SAVING[0]), id="what")
            yield Static(self._shown(SAVING[1]), id="ways")

    def on_mount(self) -> None:
        """Begin to wait."""
        self._begin()

    def on_screen_resume(self) -> None:
        """What lay over it is gone: wait again, if it was the turn of this meanwhile."""
        if self._covered:
            self._covered = False
            self._begin()

    def action_again(self) -> None:
        """Wait once more, after it was given up."""
        if not self._waiting:
            self._begin()

    def action_back(self) -> None:
        """Nothing of it was saved; it can be answered again."""
        self.dismiss()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; a second time, pressed too soon, closes nothing else."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def _begin(self) -> None:
        self._tell(SAVING)
        self._end = time.monotonic() + PATIENCE
        self._watch()

    def _watch(self) -> None:
        self._waiting = True
        self.run_worker(self._wait, thread=True, exclusive=True)

    def _wait(self) -> None:
        """In a thread: look until the database is free, or patience is over."""
        worker, app = get_current_worker(), cast("KeyKataApp", self.app)
        free = False
        while not free and not worker.is_cancelled and time.monotonic() < self._end:
            free = app.dojo.can_write_now()
        if not worker.is_cancelled:
            app.call_from_thread(self._try if free else self._give_up)

    def _give_up(self) -> None:
        self._waiting = False
        self._tell(STUCK)

    def _try(self) -> None:
        if self.app.screen is not self:  # it was left just now, or the command palette lies over it
            self._covered = self in self.app.screen_stack
            return
        try:
            found = self._call()
        except BusyError:
            self._watch()
        except KeyKataError as error:
            self.dismiss()
            self._refused(error)
        else:
            self.dismiss()
            self._then(found)

    def _tell(self, words: tuple[str, str]) -> None:
        self.query_one("#what", Static).update(self._shown(words[0]))
        self.query_one("#ways", Static).update(self._shown(words[1]))

    def _shown(self, text: str) -> Content:
        return shown(Content(text), ascii_signs=cast("KeyKataApp", self.app).ascii_signs)
