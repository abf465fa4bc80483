"""What every screen shares: header, body, message line, footer, and keys looked up in the registry."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.geometry import Size

from keykata.core.errors import KeyKataError
from keykata.tui.action import Action
from keykata.tui.actions import find_action, footer_entries
from keykata.tui.screens.saying import Saying
from keykata.tui.widgets.body import MAX_TEXT, Body
from keykata.tui.widgets.drawn import Middle
from keykata.tui.widgets.foot import Foot
from keykata.tui.widgets.head import Head
from keykata.tui.widgets.sheet import DIM, Row, Sheet, Words

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo

T = TypeVar("T")
SMALLEST = (40, 12)
SIDE_FROM = 120
WIDTH_CLASSES = ((0, "-slim"), (40, "-narrow"), (80, "-normal"), (120, "-wide"), (170, "-wider"))
HEIGHT_CLASSES = ((0, "-low"), (12, "-short"), (24, "-tall"))
GUTTER = 5
MAX_SIDE = 64
NOT_SAVED = "nothing is saved here"


class Frame(Saying):
    """A screen of KeyKata. Its subclass lays out a sheet and acts on targets; it holds no rules of study."""

    AUTO_FOCUS = ""
    HAS_SIDE: ClassVar[bool] = False
    FIELD: ClassVar[str] = ""
    CURSOR_AT_FIRST: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = list(WIDTH_CLASSES)
        self.VERTICAL_BREAKPOINTS = list(HEIGHT_CLASSES)
        self.cursor = ""
        self._shown_at = Size(0, 0)

    # --- what a screen says ------------------------------------------------------------------------------

    def area(self) -> str:
        """The area of the registry whose keys work now."""
        return "help"

    def where(self) -> tuple[str, str]:
        """The header: where I am, what runs."""
        return "KeyKata", ""

    def rule(self) -> Words:
        """What stands for the rule under the header; nothing for a plain one."""
        return ""

    def tone(self) -> str:
        """The colour of what runs, at the right of the header."""
        return DIM

    def lay(self, sheet: Sheet) -> None:
        """Write the page."""

    def lay_side(self, sheet: Sheet) -> None:
        """Write the side column."""

    def prompt(self) -> Words:
        """What the message line shows while there is no message."""
        return ""

    def entries(self) -> tuple[str, ...]:
        """The footer: names of actions, the likely first."""
        return ("back",)

    def footer(self) -> tuple[Action, ...]:
        """The footer's entries as they are shown, of those that do something now."""
        return tuple(found for found in footer_entries(self.area(), self.entries()) if self.does(found))

    def does(self, action: Action) -> bool:
        """Whether an action does something just now."""
        if action.run == "enter":
            return self.enters()
        if action.name in ("page-down", "page-up"):
            return self.body.more_below if action.name == "page-down" else self.body.more_above
        return True

    def enters(self) -> bool:
        """Whether `enter` does something just now."""
        return bool(self.cursor)

    def targets(self) -> tuple[str, ...]:
        """What the cursor can stand on, in order; empty when the page only scrolls."""
        return ()

    def activate(self, target: str) -> None:
        """Do what a target stands for (a click, or `enter` on it)."""

    def leave(self) -> None:
        """The program is being left."""

    # --- what a screen does ------------------------------------------------------------------------------

    @property
    def dojo(self) -> Dojo:
        """The one door to study."""
        return self.keykata.dojo

    @property
    def body(self) -> Body:
        """The column of text."""
        return self.query_one("#body", Body)

    @property
    def side_height(self) -> int:
        """Lines of the side column."""
        return self.query_one("#side", Body).size.height

    def guarded(self, call: Callable[[], T]) -> T | None:
        """The result of a call to study, or None after saying what went wrong."""
        try:
            return call()
        except KeyKataError as error:
            self.keykata.tell_error(error)
            return None

    def kept(self, call: Callable[[], T], then: Callable[[T], None]) -> None:
        """Make a call to study that saves something; `then` comes when it is saved, which may be later."""
        self.keykata.kept(call, then)

    def show(self, *, top: bool = False) -> None:
        """Lay everything out again."""
        if not self.up:
            return
        self._shown_at = self.app.size
        self._aim()
        self._tell_head(self.query_one("#head", Head))
        self.body.relay(top=top)
        if self.sided:
            self.query_one("#side", Body).relay()
        foot = self.query_one("#foot", Foot)
        self._tell_foot(foot)
        foot.tell_more(self.body.more_below)

    def _aim(self) -> None:
        """Put the cursor on something that is there."""
        names = self.targets()
        if self.cursor not in names:
            self.cursor = names[0] if names and self.CURSOR_AT_FIRST else ""

    def _tell_head(self, head: Head) -> None:
        left, right = self.where()
        tone = self.tone()
        if not self.keykata.writable:
            right, tone = NOT_SAVED, "$warning"
        head.tell(left, right, self.page_width, rule=self.rule(), tone=tone)

    def _tell_foot(self, foot: Foot) -> None:
        foot.offer(self.footer(), self.prompt(), self.page_width)

    @property
    def sided(self) -> bool:
        """Whether the side column is open."""
        return self.HAS_SIDE and self.app.size.width >= SIDE_FROM

    @property
    def page_width(self) -> int:
        """Columns from the first of the text to the last of what stands beside it."""
        room = self.app.size.width - (4 if self.app.size.width >= 80 else 0)
        if not self.sided:
            return min(MAX_TEXT, room)
        text = 88 if self.app.size.width >= 170 else 80
        return min(room, text + GUTTER + MAX_SIDE)

    # --- Textual -----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Header, body, side, footer."""
        ascii_signs = self.keykata.ascii_signs
        yield Head(ascii_signs=ascii_signs)
        if self.FIELD:
            from keykata.tui.widgets.field import Field

            field = Field(placeholder=self.FIELD, compact=True, classes="field", id="field")
            field.cursor_blink = False
            yield field
        body = Body(self._rows, ascii_signs=ascii_signs, name_id="body")
        if self.HAS_SIDE:
            self.add_class("-sided")
            side = Body(self._side_rows, ascii_signs=ascii_signs, name_id="side")
            yield Middle(body, side, id="middle")
        else:
            yield body
        yield Foot(ascii_signs=ascii_signs)

    def on_mount(self) -> None:
        """First layout, after what the screens' own do: Textual calls each of them."""
        self.show(top=True)

    def on_resize(self) -> None:
        """Another size, another layout; the first one comes with the body's own size."""
        if self._shown_at != self.app.size:
            self.show()

    def on_body_moved(self) -> None:
        """Scrolled: what `enter` does, or the line above, may go by whether the end is in view."""
        if self.up:
            foot = self.query_one("#foot", Foot)
            self._tell_foot(foot)
            foot.tell_more(self.body.more_below)

    def on_body_wheeled(self, event: Body.Wheeled) -> None:
        """The wheel scrolls."""
        event.body.scroll_lines(event.lines)

    def on_body_pressed(self, event: Body.Pressed) -> None:
        """A click in the text; on a screen that is no longer in front it means nothing."""
        if self.app.screen is not self:
            return
        self.say("")
        if event.target in self.targets():
            self.cursor = event.target
        self.activate(event.target)
        self.show()

    async def on_foot_pressed(self, event: Foot.Pressed) -> None:
        """A click in the footer."""
        await self.action_press(event.key)

    def on_key(self) -> None:
        """Any key ends a message."""
        self.say("")

    async def action_press(self, key: str) -> None:
        """Look a key up in the registry and do what it means here.

        One that was pressed before the screen was left, and comes after it, means nothing.
        """
        if self.app.screen is not self:
            return
        action = find_action(self.area(), key)
        self.say("")
        if action is not None:
            await self.run_action(action.run.format(key=key))

    def action_enter(self) -> None:
        """The most likely next thing: what the cursor stands on."""
        if self.cursor:
            self.activate(self.cursor)

    def action_move(self, by: int) -> None:
        """Move the cursor, or scroll where there is none."""
        names = self.targets()
        if not names:
            self.body.scroll_lines(by)
            return
        here = names.index(self.cursor) if self.cursor in names else -1 if by > 0 else len(names)
        self.cursor = names[max(0, min(here + by, len(names) - 1))]
        self.show()
        self.body.show_target(self.cursor)

    def action_page(self, by: int) -> None:
        """Turn pages."""
        self.body.scroll_page(by)

    def action_far(self, way: int) -> None:
        """To the top of the page and of its list, or with a positive way to the end of both."""
        names = self.targets()
        if names and self.CURSOR_AT_FIRST:
            self.cursor = names[-1 if way > 0 else 0]
            self.show()
        self.body.scroll_far(way)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; a second time, pressed too soon, closes nothing else."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def action_back(self) -> None:
        """Back to where I came from."""
        self.dismiss()

    def _rows(self, width: int) -> list[Row]:
        if self.app.size.width < SMALLEST[0] or self.app.size.height < SMALLEST[1]:
            return [Row(Content("KeyKata needs 40 x 12."))]
        sheet = Sheet(width)
        self.lay(sheet)
        return sheet.rows

    def _side_rows(self, width: int) -> list[Row]:
        sheet = Sheet(width)
        self.lay_side(sheet)
        return sheet.rows
