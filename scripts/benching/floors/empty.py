"""An empty app: one text, no palette, default settings."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    """Shows one line."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("empty app is here")


Empty().run()
