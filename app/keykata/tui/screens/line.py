"""A line to fill in: a note, a report, a date. It saves before it closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from keykata.core.errors import KeyKataError
from keykata.core.safe import safe_line, safe_text
from keykata.tui.signs import shown

if TYPE_CHECKING:
    from keykata.tui.app import KeyKataApp


class LineModal(ModalScreen[str | None]):
    """Asks for one line and hands it to `save`; what that refuses is said under it, and nothing is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("ctrl+q", "app.leave", show=False, priority=True),
    ]
    AUTO_FOCUS = "#line"

    def __init__(
        self, question: str, save: Callable[[str], None], *, value: str = "", empty: bool = False
    ) -> None:
        super().__init__()
        self._question = question
        self._save = save
        self._value = value
        self._empty = empty

    def compose(self) -> ComposeResult:
        """The question, the line, what to press."""
        line = Input(safe_line(self._value), compact=True, classes="field", id="line", max_length=2000)
        line.cursor_blink = False
        with Vertical(id="sheet"):
            yield Static(self._shown(self._question), id="ask")
            yield line
            yield Static(self._shown("enter save   esc back"), id="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save, and close when it is saved."""
        text = event.value
        if not text.strip() and not self._empty:
            self._hint("Nothing is written yet. esc goes back.")
            return
        cast("KeyKataApp", self.app).kept(
            lambda: self._save(text), lambda _: self._saved(text), lambda error: self._hint(_words(error))
        )

    def _saved(self, text: str) -> None:
        self.dismiss(text)

    def keep(self) -> str:
        """The page under it is going away: save what is written so far; what went wrong, in words, or ""."""
        text = self.query_one("#line", Input).value
        if not text.strip():
            return ""
        try:
            self._save(text)
        except KeyKataError as error:
            return _words(error)
        return ""

    def action_cancel(self) -> None:
        """Close without saving."""
        self.dismiss(None)

    def dismiss(self, result: str | None = None) -> AwaitComplete:
        """Close; a second time, pressed too soon, closes nothing else."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def _hint(self, text: str) -> None:
        self.query_one("#hint", Static).update(self._shown(text))

    def _shown(self, text: str) -> Content:
        return shown(Content(safe_text(text)), ascii_signs=cast("KeyKataApp", self.app).ascii_signs)


def _words(error: KeyKataError) -> str:
    return f"{error.message} {error.hint}".strip()


def close_over(screen: Screen[None]) -> str:
    """Close whatever stands over a screen; a line half typed is saved first. What went wrong, in words."""
    app, trouble = screen.app, []
    while screen in app.screen_stack and app.screen is not screen:
        if isinstance(app.screen, LineModal):
            trouble.append(app.screen.keep())
        app.pop_screen()
    return " ".join(filter(None, trouble))
