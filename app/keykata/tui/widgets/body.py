"""The body of a screen: one column of text that scrolls under a fixed header and footer."""

from __future__ import annotations

from itertools import zip_longest

from msgspec import structs
from rich.segment import Segment
from textual import events
from textual.content import Content, Span
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style

from keykata.tui.signs import shown
from keykata.tui.widgets.drawn import Drawn
from keykata.tui.widgets.sheet import Layout, Row, fitted, within

WHEEL_LINES = 3
MAX_TEXT = 88
Looks = tuple[str, tuple[Span, ...]]
KEPT_LINES = 400  # drawn lines of several pages; a page that comes back is not drawn again


class Body(Drawn):
    """Shows the rows a screen lays out, and tells which target was pressed."""

    class Pressed(Message):
        """A target was clicked."""

        def __init__(self, body: Body, target: str) -> None:
            super().__init__()
            self.body, self.target = body, target

        @property
        def control(self) -> Body:
            """The body it happened in."""
            return self.body

    class Moved(Message):
        """Whether there is more above or below what is in view has changed."""

        def __init__(self, body: Body) -> None:
            super().__init__()
            self.body = body

        @property
        def control(self) -> Body:
            """The body it happened in."""
            return self.body

    class Wheeled(Message):
        """The wheel was turned by lines, down when positive."""

        def __init__(self, body: Body, lines: int) -> None:
            super().__init__()
            self.body, self.lines = body, lines

        @property
        def control(self) -> Body:
            """The body it happened in."""
            return self.body

    def __init__(self, layout: Layout, *, ascii_signs: bool, name_id: str) -> None:
        super().__init__(id=name_id)
        self._lay = layout
        self._ascii = ascii_signs
        self._rows: list[Row] = []
        self._offset = 0
        self._laid_for = (0, 0)
        self._hidden = (False, False)  # above and below
        self._style = Style()
        self._selecting = False
        self._drawn: dict[tuple[str, tuple[Span, ...], int], Strip] = {}

    @property
    def text_width(self) -> int:
        """Columns a text may take here."""
        return min(MAX_TEXT, self.size.width)

    @property
    def more_below(self) -> bool:
        """Whether something is below what is shown."""
        return self._offset + self.size.height < len(self._rows)

    @property
    def more_above(self) -> bool:
        """Whether something is above what is shown."""
        return self._offset > 0

    def relay(self, *, top: bool = False) -> None:
        """Lay the page out again; `top` begins at its first line."""
        if not self.size.width:
            return
        before = [_looks(line) for line in self._in_view()]
        self._laid_for = (self.size.width, self.size.height)
        rows = [self._harmless(row) for row in self._lay(self.text_width)]
        self._rows = fitted(within(rows, self.size.width), self.size.height)
        self._go(0 if top else self._offset)
        self._draw_again(before)

    def show_target(self, target: str) -> None:
        """Scroll as little as needed for all lines of a target, its first ones when they are too many."""
        places = [place for place, row in enumerate(self._rows) if row.means(target)]
        if not places:
            return
        first, last, height = places[0], places[-1], self.size.height
        if first == next((p for p, row in enumerate(self._rows) if row.target), first):
            first = 0 if last < height else first
        if last >= self._offset + height:
            self._go(min(first, last - height + 1))
        if first < self._offset:
            self._go(first)

    def in_view(self, target: str) -> bool:
        """Whether the first line of a target is shown."""
        shown = self._rows[self._offset : self._offset + self.size.height]
        first = next((row for row in self._rows if row.target == target), None)
        return first is not None and any(row is first for row in shown)

    def scroll_lines(self, lines: int) -> None:
        """Move by lines; up when negative."""
        self._go(self._offset + lines)

    def scroll_page(self, pages: int) -> None:
        """Move by pages, one line kept."""
        self._go(self._offset + pages * max(1, self.size.height - 1))

    def scroll_far(self, way: int) -> None:
        """Move to the first line, or with a positive way to the last."""
        self._go(len(self._rows) if way > 0 else 0)

    def render(self) -> Content:
        """The lines in view."""
        if (self.size.width, self.size.height) != self._laid_for:
            self.relay()
        return Content("\n").join(self._in_view())

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines to paint; what holds for all of them is asked once."""
        if (self.size.width, self.size.height) != self._laid_for:
            self.relay()
        style = self.visual_style
        if style != self._style:
            self._style = style
            self._drawn.clear()
        self._selecting = self.text_selection is not None
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A line, drawn once for as long as it looks the same; a selection is drawn Textual's way."""
        if self._selecting:
            return super().render_line(y)
        place = self._offset + y
        if place >= len(self._rows):
            return Strip.blank(self._laid_for[0], self._style.rich_style)
        content = self._rows[place].content
        key = (content.plain, tuple(content.spans), y)
        found = self._drawn.get(key)
        if found is None:
            if len(self._drawn) >= KEPT_LINES:
                self._drawn.clear()
            found = self._drawn[key] = self._draw(content, y, self._style)
        return found

    def _draw(self, content: Content, y: int, style: Style) -> Strip:
        """A line that fits, with the places of its letters in it, which selecting text asks for."""
        segments, x = [], 0
        for text, look in content.render(style, end="", parse_style=self.app.stylesheet.parse_style):
            segments.append(Segment(text, (style + look).rich_style_with_offset(x, y)))
            x += len(text)
        return Strip(segments, content.cell_length)

    def _in_view(self) -> list[Content]:
        """The lines in view, as they are shown."""
        return [row.content for row in self._rows[self._offset : self._offset + self.size.height]]

    def _draw_again(self, before: list[Looks]) -> None:
        """Have the lines painted that differ from what was in view."""
        now = [_looks(line) for line in self._in_view()]
        changed = [y for y, (old, new) in enumerate(zip_longest(before, now)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def on_resize(self) -> None:
        """Another width, other lines; what stands in the footer may go by how many are in view."""
        self.relay()
        self.post_message(self.Moved(self))

    def on_click(self, event: events.Click) -> None:
        """Tell what was pressed."""
        place = self._offset + event.y
        target = self._rows[place].target_at(event.x) if place < len(self._rows) else ""
        if target:
            event.stop()
            self.post_message(self.Pressed(self, target))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel."""
        event.stop()
        self.post_message(self.Wheeled(self, WHEEL_LINES))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel."""
        event.stop()
        self.post_message(self.Wheeled(self, -WHEEL_LINES))

    def _harmless(self, row: Row) -> Row:
        content = shown(row.content, ascii_signs=self._ascii)
        return row if content is row.content else structs.replace(row, content=content)

    def _go(self, offset: int) -> None:
        wanted = max(0, min(offset, len(self._rows) - self.size.height))
        if wanted != self._offset:
            self._offset = wanted
            self.refresh()
        if self._hidden != (self.more_above, self.more_below):
            self._hidden = (self.more_above, self.more_below)
            self.post_message(self.Moved(self))


def _looks(content: Content) -> Looks:
    """What a line looks like: two contents are equal by their words alone."""
    return content.plain, tuple(content.spans)
