"""What the command palette offers: ways to study, pages, looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from keykata.core.safe import safe_line
from keykata.tui import ways
from keykata.tui.signs import twins
from keykata.tui.themes import NAMES

if TYPE_CHECKING:
    from keykata.tui.app import KeyKataApp

PAGES_SHOWN = 12


class StudyCommands(Provider):
    """Commands first, then pages that hold the words."""

    async def discover(self) -> Hits:
        """What is offered before anything is typed."""
        for told, about, run in self._commands():
            name = self._shown(safe_line(told))  # a session may come from another home
            yield DiscoveryHit(Content(name), run, text=name, help=about)

    async def search(self, query: str) -> Hits:
        """Commands that match, then pages."""
        matcher = self.matcher(query)
        for told, about, run in self._commands():
            name = safe_line(told)
            score = matcher.match(name)
            if score > 0:
                shown = self._shown(name)
                yield Hit(score, Content(shown), run, text=shown, help=about)
        for place, found in enumerate(() if self._app.shut else self._app.dojo.find(query)[:PAGES_SHOWN]):
            title = self._shown(found.title)
            yield Hit(0.5 - place / 100, Content(title), self._opener(found.id), text=title, help=found.kind)

    @property
    def _app(self) -> KeyKataApp:
        return cast("KeyKataApp", self.app)

    def _shown(self, name: str) -> str:
        return twins(name) if self._app.ascii_signs else name

    def _opener(self, item: str) -> Callable[[], None]:
        return lambda: self._app.open_page(item)

    def _look(self, name: str) -> Callable[[], None]:
        return lambda: self._app.action_look(name)

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        if not self._app.shut:
            yield from self._study()
        yield "Help", "Every key that works here", self._app.action_help
        for name, words in NAMES.items():
            yield f"Look: {words}", "Colours", self._look(name)
        yield "Leave", "Close KeyKata", self._app.action_leave

    def _study(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        app = self._app
        dojo = app.dojo
        yield "Today", "The mixed session of the day", lambda: app.sit(dojo.start_today)
        yield "Review", "Repeat everything that is due", lambda: app.sit(dojo.start_review)
        yield "Practise", "Choose what to practise", app.action_practise
        yield "Ten questions to begin with", "The hand-picked ones", lambda: app.sit(dojo.start_opening)
        for sitting in dojo.open_sittings()[:3]:
            yield (
                f"Go on: {sitting.title}",
                f"{sitting.position} of {sitting.total}",
                self._resumer(sitting.id),
            )
        yield "Mock exam", "A whole paper against the clock", lambda: ways.open_mock(app)
        yield "Key sorter", "Sort cases to their places", lambda: ways.open_sorter(app)
        yield "Missed and mixed up", "What to get right next", lambda: ways.open_missed(app)
        yield "Past sessions", "Go on with one left open, or any report so far", lambda: ways.open_past(app)
        yield "Sync now", "Exchange with your other computers' folder", app.action_sync
        yield "Plan to the exam", "The days until then, and the load of each", lambda: ways.open_plan(app)
        yield "Night before", "What you may forget by the exam", lambda: ways.open_pack(app)
        yield "Progress", "How it goes, and what you lose most", lambda: ways.open_progress(app)
        yield "Library", "Browse every page and question", app.action_library
        yield "Search", "Look inside every text", app.action_search
        yield "Problems in the banks", "What could not be read, and why", app.action_problems

    def _resumer(self, attempt: str) -> Callable[[], None]:
        app = self._app
        return lambda: app.sit(lambda: app.dojo.resume(attempt))
