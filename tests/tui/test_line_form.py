"""The form of one line: its question and what is said under it are whole, and it stays on the screen."""

from __future__ import annotations

import pytest
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Input, Static

from keykata.study.dojo import Dojo
from keykata.tui.app import KeyKataApp
from keykata.tui.screens.line import LineModal
from support.screens import LARGE, SMALL, TINY, app_of

LONG = "the 25th of December in the year two thousand and twenty-six, in the morning"
QUESTION = "The date of your exam, as 2026-12-14; an empty line clears it:"


def said(app: KeyKataApp, part: str) -> str:
    """What a part of the form shows, as far as it has lines for it."""
    widget = app.screen.query_one(part, Static)
    shown = widget.render()
    assert isinstance(shown, Content)
    lines = [line.plain for line in shown.wrap(widget.size.width)]
    return " ".join(" ".join(lines[: widget.size.height]).split())


def regions(app: KeyKataApp) -> list[Region]:
    """Where the form and its parts stand."""
    return [app.screen.query_one(part).region for part in ("#sheet", "#ask", "#line", "#hint")]


@pytest.mark.parametrize("size", [TINY, SMALL, LARGE])
async def test_a_long_wrong_date_leaves_question_and_advice_whole(dojo: Dojo, size: tuple[int, int]) -> None:
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        await pilot.press("d")
        await pilot.pause()
        assert said(app, "#ask") == QUESTION
        assert said(app, "#hint") == "enter save esc back"
        app.screen.query_one("#line", Input).value = LONG
        await pilot.press("enter")
        await pilot.pause()
        assert said(app, "#ask") == QUESTION
        assert said(app, "#hint").startswith("'the 25th of December")
        assert said(app, "#hint").endswith("is not a date. Write it as 2026-12-14.")
        assert all(app.screen.region.contains_region(region) for region in regions(app))
        assert app.screen.query_one("#hint").region.width <= 88


async def test_minutes_that_are_no_number_are_refused_in_a_line_that_wraps(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=TINY) as pilot:
        await pilot.press("t")
        for wrong in ("²", "9" * 50):  # a digit that is no number, and more of them than a day has minutes
            app.screen.query_one("#line", Input).value = wrong
            await pilot.press("enter")
            await pilot.pause()
            assert said(app, "#hint").endswith("is not a number of minutes. Give 5 to 240.")
        assert dojo.home().minutes == 20


async def test_the_form_never_grows_beyond_the_screen(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=TINY) as pilot:
        await app.push_screen(LineModal("What is wrong with it? " * 4, lambda _: None))
        await pilot.pause()
        app.screen.query_one("#hint", Static).update("It could not be saved. " * 30)
        await pilot.pause()
        form, _, line, _ = regions(app)
        assert form.height == TINY[1]
        assert app.screen.region.contains_region(form)
        assert form.contains_region(line)
