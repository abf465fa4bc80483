"""What every screen says at its foot, and keys that mean something where text is typed, too."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from keykata.core.errors import UnwritableError
from keykata.practice.paper import QuestionSlot
from keykata.study.dojo import Dojo
from keykata.tui.screens.library import LibraryScreen
from keykata.tui.screens.search import SearchScreen
from keykata.tui.screens.sitting import SittingScreen
from keykata.tui.starts import Start
from support.screens import SMALL, app_of, frame, text, too_wide

HINT = "Choose another home with --home."


def _lines(shown: str) -> list[str]:
    return shown.split("\n")


@pytest.mark.parametrize("size", [SMALL, (40, 12)])
async def test_an_error_is_said_whole_however_long_its_path(dojo: Dojo, size: tuple[int, int]) -> None:
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        frame(app).keykata.tell_error(
            UnwritableError("Nothing can be saved here.", where="/a/long/way/to/keykata.db", hint=HINT)
        )
        await pilot.pause()
        said = " ".join(text(app).split())
        assert HINT in said
        assert too_wide(app) == []
        await pilot.press("down")
        await pilot.pause()
        assert HINT not in " ".join(text(app).split())
        assert app.screen.query_one("#foot").size.height == 2


async def test_the_footer_is_clicked_where_it_stands_under_a_long_message(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("l")
        frame(app).say("word " * 40)
        await pilot.pause()
        *above, last = _lines(text(app))
        await pilot.click("#foot", offset=(last.index("esc"), 1))
        await pilot.pause()
        assert frame(app).area() == "library"
        await pilot.click("#foot", offset=(last.index("esc"), len([x for x in above if "word" in x])))
        await pilot.pause()
        assert frame(app).area() == "home"


async def test_the_way_to_all_keys_is_the_last_entry_to_go(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert _lines(text(app))[-1].endswith("? more")


async def test_help_and_search_are_keys_in_a_list_with_a_field_too(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("l", "question_mark")
        assert _lines(text(app))[0].split() == ["Help", "Library"]
        await pilot.press("escape", "k", "m", "slash", "question_mark", "escape")
        assert isinstance(app.screen, LibraryScreen)
        assert "km/" in frame(app).query_one("#field", Input).value
        await pilot.press(*["backspace"] * 3, "slash")
        assert isinstance(app.screen, SearchScreen)
        await pilot.press("k", "question_mark")
        assert _lines(text(app))[0].split() == ["Help", "Search"]


@pytest.mark.parametrize("area", ["", "l"])
async def test_help_does_not_offer_itself(dojo: Dojo, area: str) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(*area, "question_mark")
        await pilot.pause()
        assert _lines(text(app))[0].startswith("Help")
        assert _lines(text(app))[-1].split() == ["esc", "back", "pgdn", "page", "down"]


async def test_the_ratings_of_a_long_fact_are_in_sight(dojo: Dojo) -> None:
    dojo.take_on("kms:grant")
    app = app_of(dojo, Start("today"))
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        while isinstance(slot := screen.sitting.standing().slot, QuestionSlot):
            await pilot.press(*"abcdef"[: len(slot.right)], "enter", "enter")
        assert "1 forgot" not in text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "1 forgot  2 hard  3 knew it  4 easy" in text(app)
        while "more below" in text(app):
            await pilot.press("pagedown")
            await pilot.pause()
        assert "1 Forgot" in text(app)
        assert "1 forgot" not in text(app)


async def test_the_lesson_says_from_the_first_that_enter_reads_on(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert "more below" in text(app)
        assert "enter begin" not in _lines(text(app))[-1]
