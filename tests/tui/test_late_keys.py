"""Keys, clicks and results that come when their screen was left, or is not there yet: they end nothing."""

from __future__ import annotations

import asyncio

import pytest
from rich.style import Style
from textual import events
from textual.command import CommandList, CommandPalette
from textual.pilot import Pilot

from keykata.study.dojo import Dojo
from keykata.tui.app import KeyKataApp
from keykata.tui.screens.frame import Frame
from keykata.tui.screens.home import HomeScreen
from keykata.tui.screens.missed import MissedScreen
from keykata.tui.screens.plan import PlanScreen
from keykata.tui.screens.practice import PracticeScreen
from keykata.tui.screens.progress import ProgressScreen
from keykata.tui.screens.sitting import SittingScreen
from keykata.tui.starts import Start
from support.screens import SMALL, app_of, frame, text


async def _settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("kind", [ProgressScreen, MissedScreen, PlanScreen])
async def test_a_result_that_comes_after_esc_is_dropped(dojo: Dojo, kind: type[Frame]) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        screen = kind()
        app.push_screen(screen)
        await _settled(pilot)
        screen.action_back()
        for _ in range(50):  # whatever of it is taken down by then
            screen.show()
            screen.on_body_moved()
            await asyncio.sleep(0)
        await _settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_key_typed_before_the_session_opened_is_meant_for_the_session(
    dojo: Dojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens = KeyKataApp._started

    def typed_first(app: KeyKataApp) -> None:
        app.post_message(events.Key("b", "b"))
        app.post_message(events.Key("s", "s"))  # at Home it opens the progress
        app.set_timer(0.2, lambda: opens(app))

    monkeypatch.setattr(KeyKataApp, "_started", typed_first)
    app = app_of(dojo, Start("quiz", count=1, seed=3))
    async with app.run_test(size=SMALL) as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if isinstance(app.screen, SittingScreen) and app.screen.area() == "answered":
                break
        assert isinstance(app.screen, SittingScreen)
        assert app.screen.area() == "answered"
        assert len(app.screen_stack) == 2


async def _at_feedback(app: KeyKataApp, pilot: Pilot[None]) -> SittingScreen:
    screen = app.screen
    assert isinstance(screen, SittingScreen)
    slot = screen.sitting.standing().slot
    await pilot.press(*"abcdef"[: len(slot.right)], "enter")
    assert "enter next" in text(app)
    return screen


async def test_enter_after_esc_opens_no_question(dojo: Dojo) -> None:
    app = app_of(dojo, Start("resume", attempt=dojo.start_opening().id))
    async with app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        screen = await _at_feedback(app, pilot)
        before = screen.sitting.position
        screen.action_back()
        await screen.action_press("enter")
        await _settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert screen.sitting.position == before


async def test_a_question_left_while_it_is_drawn_ends_nothing(dojo: Dojo) -> None:
    app = app_of(dojo, Start("resume", attempt=dojo.start_opening().id))
    async with app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        screen = await _at_feedback(app, pilot)
        screen.action_back()
        await asyncio.sleep(0)
        screen.action_enter()  # it had begun before
        await _settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_what_a_left_screen_begins_does_not_replace_home(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p")
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        screen.action_back()
        screen.action_enter()
        await _settled(pilot)
        await pilot.press("escape")
        await _settled(pilot)
        assert isinstance(frame(app), HomeScreen)


async def test_a_click_in_the_palette_on_a_line_that_went_chooses_nothing(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p")
        await _settled(pilot)
        found = app.screen.query_one(CommandList)
        gone = Style(meta={"option": found.option_count})
        found.post_message(events.Click(found, 6, 6, 0, 0, 1, False, False, False, style=gone))
        await _settled(pilot)
        assert app.return_code is None
        await pilot.click(offset=(found.region.x + 6, found.region.y + 6))
        await _settled(pilot)
        assert not isinstance(app.screen, CommandPalette)


@pytest.mark.parametrize("action", ["move(1)", "page(1)", "press('down')"])
async def test_a_key_waits_for_the_page_it_was_pressed_on(dojo: Dojo, action: str) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        screen = SittingScreen(dojo.start_opening())
        app.push_screen(screen)
        assert not screen.up
        done = asyncio.create_task(app.run_action(action, screen))
        assert await done
        assert screen.up


async def test_no_key_acts_on_a_page_that_is_left(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        screen = SittingScreen(dojo.start_opening())
        await app.push_screen(screen)
        screen.action_back()
        assert not await app.run_action("move(1)", screen)
        await _settled(pilot)
        assert isinstance(app.screen, HomeScreen)
