"""What is drawn on a screen, and let go of with it."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.widget import Widget


class Drawn(Widget):
    """A widget that leaves no lines behind when its screen is left.

    A cache of Textual is keyed by what draws a widget, and so keeps the lines of the last thousand widgets,
    long after they are gone. As a base it comes last: Textual takes its styles from the first alone.
    """

    def on_unmount(self) -> None:
        """Let go of the lines."""
        self._styles_cache.clear()


class Middle(Horizontal, Drawn):
    """The page and what stands beside it."""
