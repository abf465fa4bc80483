"""The command palette: its foot, its signs, and its size."""

from __future__ import annotations

import asyncio

import pytest
from textual.command import CommandList
from textual.pilot import Pilot
from textual.widgets import Input

from keykata.study.dojo import Dojo
from keykata.tui.app import KeyKataApp
from keykata.tui.palette import Palette
from keykata.tui.screens.home import HomeScreen
from keykata.tui.screens.line import LineModal
from keykata.tui.screens.practice import PracticeScreen
from keykata.tui.widgets.foot import Foot
from support.screens import LARGE, SMALL, app_of, painted

NARROW = (40, 12)


async def opened(app: KeyKataApp, pilot: Pilot[None], *keys: str) -> Palette:
    """The palette, once it has found what was typed."""
    await pilot.press("ctrl+p", *keys)
    await app.workers.wait_for_complete()
    await pilot.pause(0.1)
    assert isinstance(app.screen, Palette)
    return app.screen


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_its_foot_shows_its_own_keys_and_none_of_the_page(dojo: Dojo, size: tuple[int, int]) -> None:
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert painted(app).split("\n")[-1].endswith("? more")
        await opened(app, pilot)
        assert painted(app).split("\n")[-1].strip() == "enter run  ↑ ↓ choose  esc back"
        await pilot.press("escape")
        await pilot.pause()
        assert painted(app).split("\n")[-1].endswith("? more")


async def test_where_nothing_is_found_there_is_only_the_way_back(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot, *"zzzz")
        assert painted(app).split("\n")[-1].strip() == "esc back"
        await pilot.press(*["backspace"] * 4)
        await app.workers.wait_for_complete()
        await pilot.pause(0.1)
        assert painted(app).split("\n")[-1].strip().startswith("enter run")


@pytest.mark.parametrize(("entry", "screen"), [("enter", PracticeScreen), ("esc", HomeScreen)])
async def test_a_click_in_its_foot_presses_the_key(dojo: Dojo, entry: str, screen: type[object]) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        palette = await opened(app, pilot, *"practise")
        words = painted(app).split("\n")[-1]
        foot = palette.query_one(Foot)
        await pilot.click(offset=(words.index(entry), foot.region.bottom - 1))
        await app.workers.wait_for_complete()
        await pilot.pause(0.1)
        assert isinstance(app.screen, screen)


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW, (60, 16)])
async def test_what_is_highlighted_is_in_view_and_above_the_foot(dojo: Dojo, size: tuple[int, int]) -> None:
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        palette = await opened(app, pilot)
        found = palette.query_one(CommandList)
        await pilot.press("ctrl+end")
        await pilot.pause(0.1)
        assert found.region.bottom <= palette.query_one(Foot).region.y
        assert "Close KeyKata" in painted(app)
        await pilot.resize_terminal(*NARROW)
        await pilot.press("ctrl+home")
        await pilot.pause(0.1)
        assert found.region.bottom <= palette.query_one(Foot).region.y
        assert "Today" in painted(app)


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_all_its_signs_are_plain_where_that_is_wanted(
    dojo: Dojo, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    dojo.start_term("kms:grant", count=3)  # its name holds a sign: Practice · Grant
    monkeypatch.setenv("KEYKATA_ASCII", "1")
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        palette = await opened(app, pilot)
        for _ in range(12):
            assert painted(app).isascii()
            await pilot.press("down")
            await pilot.pause(0.02)
        await pilot.press(*"practice grant")
        await app.workers.wait_for_complete()
        await pilot.pause(0.1)
        assert "Practice - Grant" in painted(app)
        palette._show_busy = True
        await pilot.pause(0.1)
        assert painted(app).isascii()
        palette._show_busy = False
        await pilot.press("ctrl+u", *"zzzz")
        await pilot.pause(0.7)
        assert "No matches found" in painted(app)
        assert painted(app).isascii()


async def test_a_question_for_a_line_has_plain_signs_too(dojo: Dojo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYKATA_ASCII", "1")
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.push_screen(LineModal("Note on “this” – or that …:", lambda _: None))
        await pilot.pause()
        assert 'Note on "this" - or that .:' in painted(app)
        assert painted(app).isascii()
        assert app.screen.query_one(Input).value == ""


@pytest.mark.parametrize("words", ["", "zzz"])
async def test_a_window_of_any_width_shows_the_palette_and_goes_on(dojo: Dojo, words: str) -> None:
    app = app_of(dojo)
    said = "No matches found" if words else "Practise"
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("ctrl+p", *words)
        async with asyncio.timeout(20):
            while said not in painted(app):
                await asyncio.sleep(0.02)
        for width in (*range(1, 10), 80):
            await pilot.resize_terminal(width, 21)
            await pilot.pause()
        assert isinstance(app.screen, Palette)
        assert app.screen.query_one(CommandList).option_count
