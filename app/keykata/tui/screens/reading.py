"""A page to read: the text moves until there is something to stand on, then the cursor does."""

from __future__ import annotations

from keykata.tui.screens.item import ItemFrame

READ_LINES = 2


class ReadingFrame(ItemFrame):
    """A long text with targets here and there; without a cursor `enter` reads on."""

    CURSOR_AT_FIRST = False

    def enters(self) -> bool:
        """On something to open, or with more to read."""
        return bool(self.cursor) or self.body.more_below

    def action_enter(self) -> None:
        """What the cursor stands on; without one a page down."""
        if self.cursor:
            self.activate(self.cursor)
        else:
            self.body.scroll_page(1)
            self.show()

    def action_move(self, by: int) -> None:
        """The next target when it is in view, else the text moves."""
        names = self.targets()
        found = next((name for name in names[::by] if self.body.in_view(name)), "")
        if self.cursor:
            wanted = names.index(self.cursor) + by
            found = names[wanted] if 0 <= wanted < len(names) else ""
        if found and self.body.in_view(found):
            self.cursor = found
        else:
            self.body.scroll_lines(READ_LINES * by)
        self._drop_cursor()

    def action_page(self, by: int) -> None:
        """Turn pages; a cursor left behind is let go."""
        self.body.scroll_page(by)
        self._drop_cursor()

    def action_far(self, way: int) -> None:
        """To the top, or the end; a cursor left behind is let go."""
        self.body.scroll_far(way)
        self._drop_cursor()

    def _drop_cursor(self) -> None:
        if self.cursor and not self.body.in_view(self.cursor):
            self.cursor = ""
        self.show()
