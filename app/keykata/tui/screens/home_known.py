"""What Home knows, and when it asks: for the first paint what was kept, behind it the dojo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from textual.app import ComposeResult

from keykata.study.home_views import Around, ExamOffer, Home
from keykata.tui.screens.frame import Frame
from keykata.tui.widgets.foot import Foot
from keykata.tui.widgets.head import Head


class HomeKnown(Frame):
    """Home before a line of it is laid out; `dojo.home()` is asked once each time it comes to the front."""

    def __init__(self) -> None:
        super().__init__()
        self._home: Home | None = None
        self._around = Around()
        self._guessed = False

    def forget(self) -> None:
        """What is known may have changed."""
        self._home = None

    @property
    def home(self) -> Home:
        """What the dojo says, asked once each time Home comes to the front."""
        if self._home is None:
            self._home = self.dojo.home()
        return self._home

    def _take_front(self) -> None:
        """What was kept of Home; without it the dojo is asked, and that kept before it is shown.

        Whoever ends the app at once starts quickly the next time, too.
        """
        front = self.keykata.take_front()
        if front is None:
            keep = self.keykata.front_keeper()
            keep(self.home, self._around)
        else:
            self._home, self._around, self._guessed = front.home, front.around, True

    def look_around(self, *, top: bool = False) -> None:
        """What takes longer than the first paint may; a front is asked for again with it.

        Args:
            top: lay the page out from its top, whether or not something changed.
        """
        before = self._home, self._around
        keep = self.keykata.front_keeper()
        if self._guessed:
            self._home, self._guessed = self.dojo.home(), False
        home = self.home
        self._around = replace(self.dojo.around(home), days=self._around.days)
        if top or before != (home, self._around):
            self.show(top=top)
        keep(home, self._around)
        self.begin(partial(self._look_ahead, home, keep), group="ahead")

    async def _look_ahead(self, home: Home, keep: Callable[[Home, Around], None]) -> None:
        """The days until the exam, in a thread: over many cards they take a while."""
        days = await self.apart(lambda _: self.dojo.days_ahead(home))
        if days is not None and days != self._around.days:
            self._around = replace(self._around, days=days)
            self.show()
            keep(home, self._around)
        if self.dojo.changes_pending():  # now, so that the first session need not wait for it
            await self.apart(lambda _: self.dojo.look_for_changes())

    def compose(self) -> ComposeResult:
        """Home is whole in the first paint: nothing of it waits for the next one."""
        self._take_front()
        self._aim()
        for widget in super().compose():
            if isinstance(widget, Head):
                self._tell_head(widget)
            elif isinstance(widget, Foot):
                self._tell_foot(widget)
            yield widget

    @property
    def offer(self) -> ExamOffer | None:
        """The mock exam the banks can give now."""
        return self._around.offer

    @property
    def first_list(self) -> bool:
        """Whether the list of the first start is shown."""
        return self.home.first_start and not self.home.open
