"""A screen of six texts of two lines, all changed at each key."""

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static


class Six(App[None]):
    """Counts keys."""

    ENABLE_COMMAND_PALETTE = False
    count = 0

    def compose(self) -> ComposeResult:
        """Six texts."""
        for _ in range(6):
            yield Static("x" * 70 + "\n" + "y" * 70)

    def on_key(self, event: events.Key) -> None:
        """Other texts."""
        event.stop()
        self.count += 1
        for text in self.query(Static):
            text.update(f"{self.count} " + "x" * 60 + f"\n{self.count} " + "y" * 60)


Six().run()
