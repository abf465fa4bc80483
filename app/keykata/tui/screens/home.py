"""Home: what each line and key of it begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from keykata.core.errors import KeyKataError
from keykata.tui import ways
from keykata.tui.actions import bindings_of
from keykata.tui.screens.home_view import HomeView

DAY_LOOK = 30.0  # seconds between two looks whether a new study day has begun


class HomeScreen(HomeView):
    """The first screen."""

    BINDINGS = bindings_of("home")

    _away = False
    _day = ""

    def on_mount(self) -> None:
        """It may stay open for days."""
        self.set_interval(DAY_LOOK, self.look_at_day)

    def look_at_day(self) -> None:
        """Ask again on a new study day; under another screen it asks when that closes."""
        try:
            today = self.dojo.today()
        except KeyKataError:  # whatever is begun next says it
            return
        if today != self._day and not self._away:
            self._day = today
            self.guarded(self.ask_again)

    def on_screen_suspend(self) -> None:
        """What is shown may change meanwhile; whatever asks before the return is asked again then."""
        self._away = True

    def on_screen_resume(self) -> None:
        """Back from somewhere."""
        if self._away:
            self._away = False
            self.cursor = ""
            self.ask_again(top=True)

    def ask_again(self, *, top: bool = False) -> None:
        """Something was answered or set since; `top` begins the page at its top."""
        self._planned(partial(self._ask_again, top))

    def look_around(self, *, top: bool = False) -> None:
        """As before, once the day is planned."""
        self._day = self.dojo.today()
        self._planned(partial(super().look_around, top=top))

    def _ask_again(self, top: bool) -> None:
        self.forget()
        super().look_around(top=top)

    def _planned(self, then: Callable[[], None]) -> None:
        """Go on once the day is planned: with many cards and the exam near a thread does that first."""
        if self.dojo.plan_pending():
            self.begin(partial(self._plan_first, then), group="plan")
        else:
            then()

    async def _plan_first(self, then: Callable[[], None]) -> None:
        await self.apart(lambda _: self.dojo.plan_day())
        then()

    # --- actions -----------------------------------------------------------------------------------------

    def activate(self, target: str) -> None:
        """Begin what was chosen."""
        dojo, app, home = self.dojo, self.keykata, self.home
        match target.split(" ", 1):
            case ["opening"]:
                app.sit(dojo.start_opening)
            case ["lesson"]:
                self._lesson()
            case ["today"]:
                begin = dojo.start_today if home.today.items else dojo.start_quiz
                self._planned(lambda: app.sit(begin))
            case ["open", attempt]:
                app.sit(lambda: dojo.resume(attempt))
            case ["review"]:
                self._planned(lambda: app.sit(dojo.start_review))
            case ["mock"]:
                ways.open_mock(app)
            case ["sorter"]:
                ways.open_sorter(app)
            case ["missed"]:
                ways.open_missed(app)
            case ["past"]:
                ways.open_past(app)
            case ["plan"]:
                ways.open_plan(app)
            case ["progress"]:
                ways.open_progress(app)
            case ["library"]:
                app.action_library()
            case ["practise"]:
                app.action_practise()
            case ["problems"]:
                app.action_problems()
            case ["sync"]:
                app.action_sync()
            case ["exam", _]:
                self.action_exam_date()
            case ["minutes"]:
                self.action_minutes()
            case ["tell"]:
                self.action_tell()

    def action_pick(self, target: str) -> None:
        """A key of the list."""
        self.activate(target)

    def action_number(self, number: int) -> None:
        """A line of the first list."""
        offers = self.offers()
        if self.first_list and number <= len(offers):
            self.activate(offers[number - 1].target)

    def _lesson(self) -> None:
        from keykata.tui.screens.term import TermScreen

        if self.home.flagship:
            page = self.guarded(lambda: self.dojo.term_page(self.home.flagship or ""))
            if page is not None:
                self.app.push_screen(TermScreen(page, lesson=True))

    def action_tell(self) -> None:
        """New questions where they tell most of being ready."""
        view = self._around.ready
        ready = view.ready if view else None
        if view is None or ready is None or not ready.tells:
            hint = ways.practise_hint(self.dojo, ": p practises")
            self.say(f"There is nothing to tell more by yet{hint}.")
            return
        from keykata.practice.form import Filter

        tell = ready.tells[0]
        wanted = Filter(banks=view.banks, domains=(tell.domain,), only="unseen")
        self.keykata.sit(
            lambda: self.dojo.start_quiz(wanted, count=tell.count, title=f"New questions on {tell.name}")
        )

    def action_exam_date(self) -> None:
        """Ask for the exam's date."""
        ways.ask_exam_date(self.keykata, self.home.exam_date, self._after_line)

    def action_minutes(self) -> None:
        """Ask for the minutes a day."""
        ways.ask_minutes(self.keykata, self.home.minutes, self._after_line)

    def _after_line(self, text: str | None) -> None:
        if text is not None:
            self.ask_again()

    def action_back(self) -> None:
        """There is nothing behind Home."""
        self.say("This is Home. q leaves.")
