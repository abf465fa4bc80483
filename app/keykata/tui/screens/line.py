"""A line to fill in: a note, a report, a date. It saves before it closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from keykata.core.errors import KeyKataError


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
        line = Input(self._value, compact=True, classes="field", id="line", max_length=2000)
        line.cursor_blink = False
        with Vertical(id="sheet"):
            yield Static(Content(self._question), id="ask")
            yield line
            yield Static(Content("enter save   esc back"), id="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save, and close when it is saved."""
        text = event.value
        if not text.strip() and not self._empty:
            self._hint("Nothing is written yet. esc goes back.")
            return
        try:
            self._save(text)
        except KeyKataError as error:
            self._hint(f"{error.message} {error.hint}".strip())
            return
        self.dismiss(text)

    def action_cancel(self) -> None:
        """Close without saving."""
        self.dismiss(None)

    def _hint(self, text: str) -> None:
        self.query_one("#hint", Static).update(Content(text))
