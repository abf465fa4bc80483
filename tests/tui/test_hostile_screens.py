"""Screens with words that mean harm, at any size, whatever is pressed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import pytest
from textual.command import CommandList
from textual.events import Paste, ScreenResume
from textual.widgets import Input

from keykata.core.safe import is_safe
from keykata.study.dojo import Dojo
from keykata.study.front import Front, Frontage
from keykata.tui.app import KeyKataApp
from keykata.tui.palette import Palette
from keykata.tui.widgets.field import LONGEST
from support.homes import Desk
from support.screens import SMALL, app_of, frame, message, text, too_wide

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eabc\u2066x [bold]hi[/] [/nope"
NARROW = (40, 12)


def spoiled(value: object) -> object:
    """The same with every text made hostile."""
    if isinstance(value, str):
        return value + EVIL
    if isinstance(value, list | tuple):
        return [spoiled(part) for part in value]
    if isinstance(value, dict):
        return {name: spoiled(part) for name, part in value.items()}
    return value


async def test_a_forged_front_is_drawn_as_words_and_home_comes_behind_it(desk: Desk, tmp_path: Path) -> None:
    frontage = Frontage(desk.places._replace(cache=tmp_path / "cache"), desk.clock)
    dojo = desk.open()
    dojo.set_exam_date("2026-12-14")
    frontage.renew(dojo)
    desk.close()
    frontage.settle()
    kept = frontage.kept()
    assert kept is not None
    forged = msgspec.convert(spoiled(msgspec.to_builtins(kept)), Front)
    frontage.keep(frontage.stamp(), forged, 4)
    app = KeyKataApp(
        cache(desk.open), None, Frontage(desk.places._replace(cache=tmp_path / "cache"), desk.clock)
    )
    async with app.run_test(size=SMALL) as pilot:
        assert is_safe(text(app))
        await pilot.pause()
        assert "owned" not in text(app)
        await pilot.press("q")
    assert app.return_code == 0


async def test_what_a_message_or_a_title_holds_cannot_drive_the_terminal(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        frame(app).say(EVIL)
        await pilot.pause()
        assert "[bold]hi[/]" in message(app)
        assert is_safe(text(app))


async def test_a_page_key_in_an_empty_palette_does_nothing(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.press("ctrl+p", "pagedown", *"zq", "pageup")
        await pilot.resize_terminal(*SMALL)
        await pilot.press("pageup", "pagedown", "escape")
        assert "Ten questions" in text(app)


@pytest.mark.parametrize("key", ["l", "g", "p", "question_mark"])
async def test_nothing_is_wider_than_the_narrowest_screen(dojo: Dojo, key: str) -> None:
    app = app_of(dojo)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(key)
        await pilot.resize_terminal(400, 120)
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        assert too_wide(app) == []


async def test_what_is_chosen_twice_in_the_palette_is_done_once(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("l")
        await pilot.pause()
        under = [*app.screen_stack]
        await pilot.press("ctrl+p", *"alias")
        await pilot.pause(0.5)
        palette = app.screen
        chosen = palette.query_one(CommandList)
        assert chosen.highlighted is not None
        for _ in range(3):  # a double click, and one more
            chosen.action_select()
        await pilot.pause(0.5)
        assert app.screen_stack[:-1] == under  # nothing under it was closed
        assert len(app.screen_stack) == len(under) + 1
        await pilot.press("escape", "escape", "q")
    assert app.return_code == 0


async def test_a_screen_closed_twice_closes_nothing_else(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("l", "enter")
        await pilot.pause()
        on_top = app.screen
        for _ in range(3):
            on_top.dismiss()
        await pilot.pause()
        assert [type(screen).__name__ for screen in app.screen_stack] == ["HomeScreen", "LibraryScreen"]


async def test_leaving_from_over_a_page_is_no_fault(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("l", "enter", "question_mark")
        await pilot.pause()
        page = app.screen_stack[-2]
        await page.query("*").remove()  # as the end does, before the page is told that it is in front
        app.leave(0)
        page.post_message(ScreenResume())
    assert app.return_code == 0


async def test_a_palette_asked_for_again_while_it_closes_is_no_fault(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        for _ in range(3):
            app.action_command_palette()
            await pilot.pause()
            app.screen.dismiss()
            app.action_command_palette()  # the first is not gone yet
            await pilot.pause()
        await pilot.press("escape", "q")


async def test_a_late_hit_in_a_palette_without_its_list_is_no_fault(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        app.action_command_palette()
        await pilot.pause()
        found = app.screen.query_one(CommandList)
        assert isinstance(app.screen, Palette)
        await found.remove()
        app.screen._refresh_command_list(found, [], True)


async def test_a_page_pasted_into_a_search_is_cut_and_holds_up_nothing(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("slash")
        field = app.screen.query_one(Input)
        field.post_message(Paste("key deletion " + "x" * 50_000))
        await pilot.pause()
        assert field.value.startswith("key deletion xxx")
        assert len(field.value) == LONGEST
        await pilot.press("y")
        assert field.value.endswith("x")
        assert len(field.value) == LONGEST
        await pilot.press("backspace", "y")
        assert field.value.endswith("xy")
        field.select_all()
        await pilot.press("k", "m", "s")
        assert field.value == "kms"


async def test_a_page_typed_into_the_palette_is_cut(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("ctrl+p")
        field = app.screen.query_one(Input)
        await pilot.press(*"x" * (LONGEST + 5))
        assert len(field.value) == LONGEST
        await pilot.press("escape")
        assert not isinstance(app.screen, Palette)
