"""What every screen says on its message line, and work it waits for that goes on in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, TypeVar, cast

from textual.screen import Screen

from keykata.core.errors import DamagedError, KeyKataError
from keykata.tui.widgets.drawn import Drawn
from keykata.tui.widgets.foot import Foot

if TYPE_CHECKING:
    from textual.worker import Worker

    from keykata.tui.app import KeyKataApp

T = TypeVar("T")
BUILDING = 2.0  # seconds: a screen that takes longer loses keys


def error_words(error: KeyKataError) -> str:
    """An error on one line: what is wrong, where, what to do."""
    where = f" ({error.where})" if error.where else ""
    return f"{error.message}{where}" + (f" {error.hint}" if error.hint else "")


class Saying(Screen[None], Drawn):
    """A screen with a message line."""

    @property
    def keykata(self) -> KeyKataApp:
        """The app."""
        return cast("KeyKataApp", self.app)

    @property
    def up(self) -> bool:
        """Whether it is one of the screens that are open: neither being built nor being taken down."""
        return self.is_mounted and self in self.app.screen_stack

    async def built(self) -> None:
        """Wait until it is built, for a while: a key can come before."""
        built = asyncio.Event()
        if not self.is_mounted and self.call_later(built.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(built.wait(), BUILDING)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action may be done: not on a screen that is being built or taken down."""
        return self.up and super().check_action(action, parameters)

    def say(self, message: str) -> None:
        """Show a message until the next key."""
        for foot in self.query("#foot").results(Foot):  # none while it is built or taken down
            foot.say(message)

    def begin(self, work: Callable[[], Coroutine[None, None, None]], group: str) -> Worker[None]:
        """Start something that waits for a thread; what runs in the group is given up."""
        begun: Worker[None] = self.run_worker(work, group=group, exclusive=True)
        return begun

    async def apart(self, work: Callable[[Event], T]) -> T | None:
        """The result of work on a thread, None after saying what went wrong.

        Args:
            work: gets an event that is set when this screen no longer waits for it.
        """
        stop = Event()
        try:
            return await asyncio.to_thread(work, stop)
        except DamagedError as error:
            self.keykata.tell_error(error)
            return None
        except KeyKataError as error:
            self.say(error_words(error))
            return None
        finally:
            stop.set()
