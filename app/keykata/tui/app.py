"""The app: it opens screens, and every screen asks the dojo."""

from __future__ import annotations

import gc
import locale
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ScreenStackError
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.worker import WorkerFailed

from keykata.core.errors import BusyError, DamagedError, KeyKataError
from keykata.tui import ways
from keykata.tui.exam_actions import SHUT_AREAS
from keykata.tui.hearing import heed_signals
from keykata.tui.screens.frame import Frame
from keykata.tui.screens.home import HomeScreen
from keykata.tui.screens.saying import Saying, error_words
from keykata.tui.signs import wants_ascii
from keykata.tui.themes import NAMES, InLook
from keykata.tui.turns import InTurn

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.command import Provider
    from textual.dom import DOMNode

    from keykata.study.dojo import Dojo
    from keykata.study.exam_sitting import ExamSitting
    from keykata.study.front import Front, Frontage
    from keykata.study.home_views import Around, Home
    from keykata.study.quiz_settings import QuizSettings
    from keykata.study.sitting import Sitting
    from keykata.tui.starts import Start

T = TypeVar("T")
# A look at everything that lives takes as long as several paints; what a screen leaves behind is little.
COLLECT_AFTER = (20_000, 20, 50)
SHUT_WORDS = "Shut until the test is handed in."


def _let_go(_home: Home, _around: Around) -> None:
    """Keep nothing."""


def _provider() -> type[Provider]:
    from keykata.tui.providers import StudyCommands

    return StudyCommands


class KeyKataApp(InLook[None], InTurn):
    """The study dojo on a screen."""

    CSS_PATH = "styles/app.tcss"
    TITLE = "KeyKata"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_provider}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "leave", show=False, priority=True)]

    def __init__(
        self, door: Callable[[], Dojo], start: Start | None = None, frontage: Frontage | None = None
    ) -> None:
        """An app that has not asked for its dojo yet.

        Args:
            door: opens the dojo, and gives the same one at every call.
            start: what to open straight away.
            frontage: keeps what Home shows for the next start.
        """
        super().__init__(frontage.look() if frontage else "")
        self._door = door
        self._frontage = frontage
        self._fronted = False
        self._took = False
        self.start = start
        self.turns.opening = start is not None
        self.ascii_signs = wants_ascii(os.environ, locale.getencoding())
        self.last_quiz: QuizSettings | None = None
        self.trouble: KeyKataError | None = None
        self._leaving = False
        self.animation_level = "none"
        # neither is shown anywhere, and each is a widget of every screen, from the first paint on
        self._disable_notifications = self._disable_tooltips = True

    @property
    def dojo(self) -> Dojo:
        """The one door to study; opened when it is first asked for."""
        self._fronted = False
        return self._door()

    @property
    def writable(self) -> bool:
        """Whether answers can be kept; a front is kept only of a home where they can."""
        return self._fronted or self.dojo.writable

    def take_front(self) -> Front | None:
        """What Home showed last, for the first paint of a start at Home; None when it has to be asked for."""
        if self._frontage is None or self.start is not None or self._took:
            return None
        self._took = True
        front = self._frontage.kept()
        self._fronted = front is not None
        return front

    def front_keeper(self) -> Callable[[Home, Around], None]:
        """What keeps a front that is asked for after this call."""
        frontage, dojo = self._frontage, self.dojo
        if frontage is None or not dojo.writable:
            return _let_go
        from keykata.study.front import Front

        stamp = frontage.stamp()
        return lambda home, around: frontage.keep(stamp, Front(home, around), dojo.rollover)

    def get_default_screen(self) -> HomeScreen:
        """Home is the first screen itself: nothing is pushed over an empty one."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Open what was asked for, and let the rest of the start come after the first paint."""
        self.listen()
        self.call_after_refresh(self._started)

    def listen(self) -> None:
        """Leave when a signal says so."""
        heed_signals(self.leave)

    def _started(self) -> None:
        home = self.screen
        if isinstance(home, HomeScreen):
            home.look_around()
        gc.freeze()
        gc.set_threshold(*COLLECT_AFTER)
        gc.enable()
        if self.start is not None:
            from keykata.tui.starts import open_start

            open_start(self, self.start)
            self.turns.opening = False
        self.sync(asked=False)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key stands for, once the screen it was pressed on is built."""
        if isinstance(default_namespace, Saying):
            await default_namespace.built()
        return await super().run_action(action, default_namespace, namespaces)

    # --- other computers ---------------------------------------------------------------------------------

    def action_sync(self) -> None:
        """Exchange with the synced folder now."""
        self.sync(asked=True)

    def sync(self, *, asked: bool) -> None:
        """Exchange with the synced folder in a thread of its own; at the start only what matters is said."""
        from keykata.tui.syncing import exchange

        exchange(self, asked=asked)

    # --- ways to screens ---------------------------------------------------------------------------------

    def sit(self, begin: Callable[[], Sitting | ExamSitting], *, instead: bool = False) -> None:
        """Start or take up a sitting; `instead` leaves the present screen behind."""
        from keykata.tui.seating import seat

        ways.once_looked(self, lambda: self.kept(begin, lambda sitting: seat(self, sitting, instead=instead)))

    @property
    def shut(self) -> bool:
        """Whether a test is open: nothing that helps may be opened before it is handed in."""
        return any(isinstance(screen, Frame) and screen.area() in SHUT_AREAS for screen in self.screen_stack)

    def _refused(self) -> bool:
        if self.shut:
            self.tell(SHUT_WORDS)
        return self.shut

    def open_page(self, item: str, part: str = "") -> None:
        """Open the page of an item, at a part of it."""
        if self._refused():
            return
        from keykata.tui.screens import pages

        try:
            self.push_screen(pages.page_of(self.dojo, item, part))
        except KeyKataError as error:
            self.tell_error(error)

    def kept(
        self,
        call: Callable[[], T],
        then: Callable[[T], None],
        refused: Callable[[KeyKataError], None] | None = None,
    ) -> None:
        """Make a call that saves something; `then` comes once it is saved, maybe later; errors are told."""
        told = refused or self.tell_error
        try:
            found = call()
        except BusyError:
            from keykata.tui.screens.saving import SavingScreen

            self.push_screen(SavingScreen(call, then, told))
        except KeyKataError as error:
            told(error)
        else:
            then(found)

    def tell(self, message: str) -> None:
        """Put a message on the line of the screen in front."""
        if isinstance(self.screen, Frame):
            self.screen.say(message)

    def tell_error(self, error: KeyKataError) -> None:
        """Say what went wrong; after damage to the database there is nothing to go on with here."""
        if isinstance(error, DamagedError):
            self.trouble = error
            self.exit(return_code=error.exit_code)
        else:
            self.tell(error_words(error))

    def action_command_palette(self) -> None:
        """Open the command palette."""
        from keykata.tui.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self._nodes):  # nor one that just closes
            self.push_screen(Palette(ascii_signs=self.ascii_signs))

    def action_search(self) -> None:
        """Search everything."""
        if not self._refused():
            ways.open_search(self)

    def action_library(self) -> None:
        """Browse the library."""
        if not self._refused():
            ways.open_library(self)

    def action_practise(self) -> None:
        """Choose what to practise."""
        if not self._refused():
            ways.open_practise(self)

    def action_problems(self) -> None:
        """What is wrong in the banks."""
        if not self._refused():
            ways.open_problems(self)

    def action_help(self) -> None:
        """Every key that works on the screen in front."""
        from keykata.tui.screens.help import HelpScreen

        if isinstance(self.screen, Frame) and not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen.area()))

    def action_look(self, name: str) -> None:
        """Change the theme, and keep it for the starts to come."""
        if name in NAMES:
            self.theme = name
            self.kept(lambda: self.dojo.set_look(name), lambda _: None)

    def action_leave(self) -> None:
        """Leave; open sittings keep their clock and stay open."""
        self.leave(0)

    def leave(self, code: int) -> None:
        """Leave with an exit code."""
        for screen in self.screen_stack:
            if isinstance(screen, Frame):
                screen.leave()
        self._leaving = True
        self.exit(return_code=code)

    def _handle_exception(self, error: Exception) -> None:
        """The app ends; an error that has words of its own is told by them, not by a traceback."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if self._leaving and isinstance(cause, NoMatches | ScreenStackError):
            return  # all is saved: a screen came to the front while its parts were taken down
        if not isinstance(error, KeyKataError):
            super()._handle_exception(error)
            return
        self.trouble = self.trouble or error
        self.exit(return_code=error.exit_code)
