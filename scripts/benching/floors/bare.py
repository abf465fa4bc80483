"""A bare screen with the widgets of a question: head, body, side and foot, all given new text at each key."""

from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

TEXTS = (("head", 2, 76), ("body", 24, 76), ("side", 16, 30), ("foot", 2, 60))  # name, lines, columns


class Bare(App[None]):
    """Counts keys."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #head { height: 3; }
    #middle { height: 1fr; }
    #body { width: 80; }
    #side { width: 1fr; }
    #foot { height: 2; }
    """
    count = 0

    def compose(self) -> ComposeResult:
        """Four texts."""
        yield Static(id="head")
        yield Horizontal(Static(id="body"), Static(id="side"), id="middle")
        yield Static(id="foot")

    def on_mount(self) -> None:
        """The first texts."""
        self.show()

    def on_key(self, event: events.Key) -> None:
        """Other texts."""
        event.stop()
        self.count += 1
        self.show()

    def show(self) -> None:
        """Give each text its lines."""
        for name, lines, columns in TEXTS:
            line = f"{self.count} " + "word " * (columns // 5)
            self.query_one(f"#{name}", Static).update("\n".join([line[:columns]] * lines))


Bare().run()
