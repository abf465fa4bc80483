"""Keys, pastes and clicks that come in one piece: each acts on what the one before it left."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App
from textual.command import CommandList, Hits
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key, Resize
from textual.geometry import Size
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from keykata.study.dojo import Dojo
from keykata.tui import turns
from keykata.tui.app import KeyKataApp
from keykata.tui.listening import Listener
from keykata.tui.palette import Palette
from keykata.tui.pasting import END, START
from keykata.tui.providers import StudyCommands
from keykata.tui.screens.home import HomeScreen
from keykata.tui.screens.library import LibraryScreen
from keykata.tui.screens.line import LineModal
from keykata.tui.screens.practice import PracticeScreen
from keykata.tui.screens.problems import ProblemsScreen
from keykata.tui.screens.search import SearchScreen
from keykata.tui.screens.term import TermScreen
from keykata.tui.turns import InTurn
from support.screens import SMALL, TINY, app_of, painted, place_of, text

UP, DOWN, PAGE_UP, PAGE_DOWN = "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~"
PALETTE, TO_START, TO_END, WORD = "\x10", "\x15", "\x0b", "\x17"
FEW = 20
BETWEEN_SIZES = 0.03  # seconds, of a window that is dragged
PATIENCE = 20.0  # seconds, on a machine with much else to do


def send(app: App[None], typed: str) -> None:
    """What a terminal sends in one piece, told to the app without a pause."""
    for message in Listener().hear(typed):
        app.post_message(message)


def click(x: int, y: int) -> str:
    """A click, as a terminal tells it."""
    return f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m"


async def done(app: KeyKataApp, pilot: Pilot[None]) -> None:
    """All that was sent has had its turn, and what it began is over."""
    await pilot.pause()
    async with asyncio.timeout(PATIENCE):
        while not app.turns.at_rest:
            await asyncio.sleep(0.005)
    await app.workers.wait_for_complete()
    await pilot.pause()


async def at_third(app: KeyKataApp, pilot: Pilot[None]) -> CommandList:
    """The palette with the highlight on its third command, which is to practise."""
    await pilot.press("ctrl+p")
    await done(app, pilot)
    await pilot.press("down", "down")
    found = app.screen.query_one(CommandList)
    assert found.highlighted == 2
    return found


@pytest.mark.parametrize("late", [UP, DOWN, PAGE_UP, PAGE_DOWN, "leave", TO_START, f"{START}leave{END}"])
async def test_enter_runs_the_command_it_was_pressed_on(dojo: Dojo, late: str) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await at_third(app, pilot)
        send(app, "\r" + late)
        await done(app, pilot)
        assert isinstance(app.screen, PracticeScreen)
        assert len(app.screen_stack) == 2


@pytest.mark.parametrize("late", [UP, DOWN, PAGE_DOWN, "leave"])
async def test_a_click_runs_the_command_it_was_made_on(dojo: Dojo, late: str) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        found = await at_third(app, pilot)
        send(app, click(found.region.x + 6, found.region.y + 1 + 2 * 2) + late)
        await done(app, pilot)
        assert isinstance(app.screen, PracticeScreen)


async def lit(app: KeyKataApp, pilot: Pilot[None], *pieces: str) -> int | None:
    """Which command of the palette is highlighted after pieces that came apart."""
    for piece in pieces:
        send(app, piece)
        await done(app, pilot)
    return app.screen.query_one(CommandList).highlighted


@pytest.mark.parametrize(
    "typed", [(PALETTE, PAGE_DOWN), (PALETTE, "e", PAGE_DOWN), (PALETTE, PAGE_DOWN, PAGE_UP)]
)
async def test_a_page_key_right_behind_the_palette_turns_a_page(dojo: Dojo, typed: tuple[str, ...]) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        apart = await lit(app, pilot, *typed)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert await lit(app, pilot, "".join(typed)) == apart


@pytest.mark.parametrize("size", [SMALL, TINY])
async def test_a_page_key_right_behind_a_screen_turns_a_page_of_it(dojo: Dojo, size: tuple[int, int]) -> None:
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for piece in ("?", PAGE_DOWN, PAGE_DOWN):
            send(app, piece)
            await done(app, pilot)
        apart = painted(app)
        await pilot.press("escape")
        send(app, "?" + 2 * PAGE_DOWN)
        await done(app, pilot)
        assert painted(app) == apart


async def test_what_is_typed_into_the_palette_is_found_before_enter_chooses(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await at_third(app, pilot)
        send(app, "problems in\r")
        await done(app, pilot)
        assert isinstance(app.screen, ProblemsScreen)


@pytest.mark.parametrize("key", ["\r", f"{DOWN}{UP}\r"])
async def test_enter_soon_after_the_words_waits_for_what_they_find(
    dojo: Dojo, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    found = StudyCommands.search

    async def found_later(self: StudyCommands, query: str) -> Hits:
        await asyncio.sleep(0.2)
        async for hit in found(self, query):
            yield hit

    monkeypatch.setattr(StudyCommands, "search", found_later)
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await at_third(app, pilot)
        send(app, f"problems in the banks{key}")
        await done(app, pilot)
        assert isinstance(app.screen, ProblemsScreen)


async def test_the_palette_opens_finds_and_runs_in_one_piece(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        send(app, f"{PALETTE}xyz{TO_START}library{DOWN}{UP}\rgrant\r")
        await done(app, pilot)
        assert isinstance(app.screen, TermScreen)
        assert "Library / Grant" in text(app)


EDITS = [
    (f"{TO_START}abc", "abc"),
    (f"{START}pasted{END}{TO_START}abc", "abc"),
    (f"{WORD}abc", "one abc"),
    (f"\x1b[H{TO_END}abc", "abc"),
    ("\x1b[Habc\x1b[F!", "abcone two!"),
    (f"a\x7fb\x1b[Dc{START}d{END}", "one twocdb"),
    (f"{TO_START}abc{TO_START}{START}xyz{END}", "xyz"),
]


@pytest.mark.parametrize(("typed", "left"), EDITS)
@pytest.mark.parametrize("opener", ["d", "slash", "l", "ctrl+p"])
async def test_keys_act_in_order_in_every_field(dojo: Dojo, opener: str, typed: str, left: str) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(opener)
        await done(app, pilot)
        assert isinstance(app.screen, LineModal | SearchScreen | LibraryScreen | Palette)
        send(app, "one two" + typed)
        await done(app, pilot)
        assert app.screen.query_one(Input).value == left


@pytest.mark.parametrize("opener", ["slash", "l"])
async def test_enter_opens_what_the_letters_before_it_found(dojo: Dojo, opener: str) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(opener)
        send(app, "grant\r")
        await done(app, pilot)
        assert isinstance(app.screen, TermScreen)
        assert "Library / Grant" in text(app)


async def test_a_line_is_saved_with_the_letters_before_enter(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("t")
        send(app, f"{TO_START}45\r")
        await done(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "45 min" in text(app)


async def test_the_second_click_of_two_is_none_on_what_lay_behind_the_first(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        place = place_of(app, "  4  Browse the library")
        await pilot.press("ctrl+p", *"look")
        await done(app, pilot)
        assert app.screen.query_one(CommandList).region.contains(*place)
        send(app, 2 * click(*place))
        await done(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        send(app, click(place[0] + 1, place[1]))
        await done(app, pilot)
        assert isinstance(app.screen, LibraryScreen)


async def test_two_sizes_amid_keys_do_not_follow_each_other(dojo: Dojo) -> None:
    app = app_of(dojo)
    laid_out: list[Screen[None]] = []

    def count(screen: Screen[None]) -> None:
        laid_out.append(screen)
        if len(laid_out) == FEW:  # it would go on for ever
            app.turns._paint.let_go()

    async with app.run_test(size=(120, 40)) as pilot:
        await done(app, pilot)
        home = app.screen
        home.screen_layout_refresh_signal.subscribe(home, count)
        going_on = asyncio.Event()
        home.call_later(going_on.wait)  # as one that is slow to open
        send(app, DOWN + UP)
        for size in (Size(200, 60), Size(80, 24)):
            assert isinstance(app._driver, HeadlessDriver)
            app._driver._size = size
            app.post_message(Resize(size, size))
            await asyncio.sleep(BETWEEN_SIZES)
            home.call_later(lambda: None)
        going_on.set()
        await done(app, pilot)
        assert home.outer_size == app.size == Size(80, 24)
        assert "enter begin" in painted(app).split("\n")[23]
    assert len(laid_out) < FEW


class Stuck(Widget):
    """Waits for what never comes."""

    class Poke(Message):
        """Begin to wait."""

    async def on_stuck_poke(self) -> None:
        """Wait."""
        await asyncio.Event().wait()


async def test_a_widget_that_waits_for_ever_holds_up_no_key(
    dojo: Dojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "ROUND", 0.001)
    app = app_of(dojo)
    async with app.run_test(size=SMALL):
        stuck = Stuck()
        await app.screen.mount(stuck)
        stuck.post_message(Stuck.Poke())
        await asyncio.sleep(0)
        send(app, "px")
        async with asyncio.timeout(PATIENCE):
            while not isinstance(app.screen, PracticeScreen):
                await asyncio.sleep(0.01)
        send(app, "\x11")
        async with asyncio.timeout(PATIENCE):
            while app.return_code is None:
                await asyncio.sleep(0.01)
        assert stuck._task is not None
        stuck._task.cancel()


class Slow(InTurn):
    """An app that opens what `o` asks for when its work is done, and writes down which screen had a key."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()
        self.had: list[tuple[str, int]] = []

    def on_key(self, event: Key) -> None:
        self.had.append((event.key, len(self.screen_stack)))
        if event.key == "o":
            self.turns.wait_for(self.run_worker(self._open()))

    async def _open(self) -> None:
        await self.go_on.wait()
        await self.push_screen(Screen())


@pytest.mark.parametrize("typed", [("oa",), ("o", "a")])
async def test_a_key_typed_while_a_screen_is_prepared_is_meant_for_it(typed: tuple[str, ...]) -> None:
    app = Slow()
    async with app.run_test():
        for piece in typed:
            send(app, piece)
            async with asyncio.timeout(PATIENCE):
                while not app.had:
                    await asyncio.sleep(turns.LOOK_EVERY)
        await asyncio.sleep(3 * turns.LOOK_EVERY)  # long enough for a key that does not wait
        assert app.had == [("o", 1)]
        app.go_on.set()
        async with asyncio.timeout(PATIENCE):
            while not app.turns.at_rest or app.screen_stack[1:] == []:
                await asyncio.sleep(turns.LOOK_EVERY)
        assert app.had == [("o", 1), ("a", 2)]


async def test_work_that_never_ends_holds_no_key_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_LOOKS", 3)
    app = Slow()
    async with app.run_test():
        send(app, "oa")
        async with asyncio.timeout(PATIENCE):
            while len(app.had) < 2:
                await asyncio.sleep(turns.LOOK_EVERY)
        app.go_on.set()
        await app.workers.wait_for_complete()
