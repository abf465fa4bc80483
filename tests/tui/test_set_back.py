"""An exam whose clock cannot run on: that of the computer was set back while it was left."""

from __future__ import annotations

from support.homes import Desk
from support.screens import SMALL, app_of, message, text


async def test_a_strict_exam_says_that_the_clock_was_set_back_while_it_was_left(wide: Desk) -> None:
    dojo = wide.open()
    dojo.start_exam(seed=3, strict=True).leave()
    wide.clock.at -= 7_200_000
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        assert message(app).startswith("The clock of this computer was set back meanwhile")
        assert "1 of 65 · 130 min left" in text(app)
        await pilot.press("a")
        assert message(app) == ""


async def test_one_whose_clock_stands_still_while_away_says_nothing_of_it(wide: Desk) -> None:
    dojo = wide.open()
    dojo.start_exam(seed=3).leave()
    wide.clock.at -= 7_200_000
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "1 of 65 · 130 min left" in text(app)
        assert message(app) == ""
