"""On a small screen, what a key does is seen though its line is out of view."""

from __future__ import annotations

import pytest

from keykata.study.dojo import Dojo
from keykata.tui.starts import Start
from support.screens import TINY, app_of, message, text


@pytest.mark.parametrize("kind", ["quiz", "test"])
async def test_what_is_crossed_out_comes_into_view(dojo: Dojo, kind: str) -> None:
    begin = dojo.start_quiz if kind == "quiz" else dojo.start_test
    app = app_of(dojo, Start("resume", attempt=begin(count=1, seed=1).id))
    async with app.run_test(size=TINY) as pilot:
        await pilot.pause()
        assert "› A" not in text(app)
        await pilot.press("x")
        assert "› A" in text(app)
        await pilot.press("x", "home", "D")
        assert "› D" in text(app)


@pytest.mark.parametrize("kind", ["quiz", "test"])
async def test_a_capital_of_no_option_says_so(dojo: Dojo, kind: str) -> None:
    begin = dojo.start_quiz if kind == "quiz" else dojo.start_test
    app = app_of(dojo, Start("resume", attempt=begin(count=1, seed=1).id))
    async with app.run_test(size=TINY) as pilot:
        await pilot.pause()
        await pilot.press("F")
        assert message(app) == "There is no option F."


async def test_the_next_limit_of_time_is_said(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=TINY) as pilot:
        await pilot.press("p", "t")
        assert message(app) == "10 minutes in all."


async def test_the_stretch_of_the_costs_is_said(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=TINY) as pilot:
        await pilot.press("s", "c")
        assert message(app) == "Costs are told over 90 days."
