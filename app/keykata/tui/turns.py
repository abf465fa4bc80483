"""What is typed, pasted or clicked is taken in turn: the next when all is done that the one before set off.
So is another size of the window: two of them under way at once would follow each other for ever.

Textual hands a letter straight to the field that has the focus, while what another key does comes back to the
app by way of every widget around it. Of keys that came in one piece letters thus overtook `ctrl+u`, `enter`
overtook the letters that narrow a list, and `up` overtook the choice that `enter` had made.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App
from textual.events import Event, InputEvent, Key, MouseDown, MouseMove, MouseUp, Paste, Resize
from textual.geometry import Offset, Size
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import Worker

if TYPE_CHECKING:
    from rich.console import RenderableType

PAINTING, PAINTING_ALL = (
    0.01,
    0.05,
)  # seconds that are left to the paint while nothing waits: after a key, a size
UNPAINTED = 0.05  # seconds of a burst of keys that are painted at once
ROUND = 0.05  # seconds until those that said nothing, as they were taken down, are given up
MOST_LOST, MOST_ROUNDS = 20, 100  # whatever goes on for ever holds up nobody
QUIET_ROUNDS = 2
LOOK_EVERY, MOST_LOOKS, MOST_SIZINGS = 0.01, 100, 5  # at what goes on, in seconds; a search, another size
STARTLED = 0.5  # seconds until somebody can have seen what came by itself
ANYWAY = ("ctrl+q",)
BEHIND = 0.01  # seconds until a terminal that is behind is looked at again
DOUBLE = 0.5  # seconds between the clicks of a double click, as Textual counts them


@runtime_checkable
class Looking(Protocol):
    """A screen that looks for what is typed in the background."""

    def looks_for(self, event: Event) -> bool:
        """Whether it does so still, and an event means what it will find."""


class Paint:
    """Holds painting back while a burst of keys acts: to paint takes longer than what most keys do."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._held: ExitStack | None = None
        self._shown: tuple[Screen[Any], Size] | None = None

    def hold(self) -> None:
        """Paint nothing until `let_go`."""
        if self._held is None:
            self._shown = self._app.screen, self._app.size
            self._held = ExitStack()
            self._held.enter_context(self._app.batch_update())

    def let_go(self) -> None:
        """Paint again, and what was not."""
        if self._held is None:
            return
        self._held.close()
        self._held = None
        for screen in self._app.screen_stack[-1:]:
            if self._shown == (screen, self._app.size):
                screen.check_idle()
            else:
                screen.refresh()  # its first paint was held back, and is not made up for by itself


class Turns:
    """Keeps what comes until it is its turn.

    Attributes:
        opening: a screen is yet to be opened, which what comes is meant for; it waits for it, for a while.
    """

    def __init__(self, app: App[Any], act: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._act = act
        self._paint = Paint(app)
        self._waiting: deque[Event] = deque()
        self._came = asyncio.Event()
        self._begun = 0.0
        self._sizing = False
        self._turn: asyncio.Task[None] | None = None
        self._front: Screen[Any] | None = None
        self._clicked: tuple[Screen[Any], Offset, float] | None = None
        self._work: Worker[Any] | None = None
        self._startled = float("-inf")
        self.opening = False

    def came_by_itself(self) -> None:
        """The clock brought another screen or question: keys are meant for what was there, for a moment."""
        self._startled = monotonic()

    def wait_for(self, work: Worker[Any]) -> None:
        """What comes while some work goes on means the screen that will come of it; for a while."""
        self._work = work

    @property
    def at_rest(self) -> bool:
        """Whether all that came was acted on, and all that it set off is done."""
        return self._turn is None and not self._waiting

    async def take(self, event: Event) -> None:
        """Act on an event, now or in its turn."""
        resized = isinstance(event, Resize)
        if resized and self._waiting and isinstance(self._waiting[-1], Resize):
            self._waiting.pop()
        self._waiting.append(event)
        self._came.set()
        if self._turn is not None:
            if monotonic() - self._begun < UNPAINTED and not resized:
                self._paint.hold()
            return
        self._begun = monotonic()
        if self._early():
            self._rest()
        else:
            await self._next()

    async def _next(self) -> None:
        self._turn = None
        while self._waiting and self._turn is None:
            event = self._waiting.popleft()
            self._front = self._app.screen
            self._sizing = isinstance(event, Resize)
            if not (self._comes_too_soon(event) or self._belongs_to_what_is_gone(event)):
                await self._act(event)
            if not isinstance(event, MouseMove):
                self._rest()

    def _rest(self) -> None:
        self._came.clear()
        self._turn = asyncio.create_task(self._until_done())

    async def _until_done(self) -> None:
        try:
            if not self._waiting:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._came.wait(), PAINTING_ALL if self._sizing else PAINTING)
            await self._settled()
            await self._sized()
            await self._found()
            await self._laid_out()
        finally:
            if not self._waiting or monotonic() - self._begun > UNPAINTED:
                self._paint.let_go()
            self._app.call_later(self._next)

    async def _sized(self) -> None:
        """Another size reaches the screen a moment later."""
        for _ in range(MOST_SIZINGS):
            if not self._sizing or all(
                one.outer_size == self._app.size for one in self._app.screen_stack[-1:]
            ):
                break
            await asyncio.sleep(LOOK_EVERY)
            await self._settled()

    async def _found(self) -> None:
        for _ in range(MOST_LOOKS):
            if not self._early():
                break
            self._paint.let_go()
            await asyncio.sleep(LOOK_EVERY)
            await self._settled()

    async def _laid_out(self) -> None:
        """What comes next may go by how high things are: a page, a click, what is in view."""
        event = self._next_waiting()
        typed = isinstance(event, Key) and event.is_printable and self._app.focused is not None
        if event is None or typed or not any(one._layout_required for one in self._app.screen_stack[-1:]):
            return
        self._paint.let_go()
        laid_out = asyncio.Event()
        self._app.screen.call_after_refresh(laid_out.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(laid_out.wait(), ROUND)
        await self._settled()

    def _next_waiting(self) -> Event | None:
        return next((one for one in self._waiting if not isinstance(one, MouseMove | Resize)), None)

    def _early(self) -> bool:
        """Whether something waits that means what is yet to be found or made."""
        event = self._next_waiting()
        if event is None:
            return False
        front = self._app.screen_stack[-1:]
        works = self._work is not None and not self._work.is_finished
        return (
            self.opening or works or any(isinstance(one, Looking) and one.looks_for(event) for one in front)
        )

    def _comes_too_soon(self, event: Event) -> bool:
        """Whether it is a key that can only have been meant for what the clock took away."""
        soon = monotonic() - self._startled < STARTLED
        return soon and isinstance(event, Key) and event.key not in ANYWAY

    def _belongs_to_what_is_gone(self, event: Event) -> bool:
        """Whether it is the second half of a double click, whose first half opened or closed something."""
        if isinstance(event, MouseUp):
            self._clicked = (self._app.screen, event.screen_offset, event.time)
        if not isinstance(event, MouseDown) or self._clicked is None:
            return False
        screen, place, moment = self._clicked
        soon = event.time - moment < DOUBLE and event.screen_offset == place
        return soon and screen is not self._app.screen

    async def _settled(self) -> None:
        """Wait until nothing is under way any more between the app and the widgets in front."""
        quiet = lost = 0
        for _ in range(MOST_ROUNDS):
            pumps = self._pumps()
            calm = not any(pump.message_queue_size for pump in pumps)
            lost += not await _passed(pumps)
            calm = calm and not any(pump.message_queue_size for pump in pumps)
            quiet = quiet + 1 if calm else 0
            if quiet == QUIET_ROUNDS or lost == MOST_LOST:
                break

    def _pumps(self) -> Sequence[MessagePump]:
        screens = dict.fromkeys((*self._app.screen_stack[-1:], *filter(None, (self._front,))))
        return (self._app, *(node for screen in screens for node in screen.walk_children(with_self=True)))


async def _passed(pumps: Sequence[MessagePump]) -> bool:
    """Wait until each has come to the end of what it has been told so far; False when one never does."""
    left = 0
    passed = asyncio.Event()

    def one_passed() -> None:
        nonlocal left
        left -= 1
        if not left:
            passed.set()

    left = sum(pump.call_later(one_passed) for pump in pumps)
    if not left:
        return True
    with suppress(TimeoutError):
        await asyncio.wait_for(passed.wait(), ROUND)
    return not left


class InTurn(App[None]):
    """An app that takes in turn what is typed, pasted or clicked, and its sizes.

    On a slow line it draws only what is newest: Textual lets thirty pieces wait to be drawn, and then stands
    still, so that a key was heard, and the app left, only when all of them had been taken.
    """

    _owed = False  # whether something was not drawn

    def __init__(self) -> None:
        super().__init__()
        self.turns = Turns(self, super().on_event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if not getattr(self._driver, "behind", False):
            super()._display(screen, renderable)
        elif not self._owed:
            self._owed = True
            self.set_timer(BEHIND, self._catch_up)

    def _catch_up(self) -> None:
        """Draw the whole screen in front as it is by now, once the terminal takes it."""
        if getattr(self._driver, "behind", False):
            self.set_timer(BEHIND, self._catch_up)
            return
        self._owed = False
        for screen in self.screen_stack[-1:]:
            screen.refresh()

    async def on_event(self, event: Event) -> None:
        """Act on what happened; on what a person does in its turn."""
        if isinstance(event, InputEvent | Paste | Resize) and not event.is_forwarded:
            await self.turns.take(event)
        else:
            await super().on_event(event)
