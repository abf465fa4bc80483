"""Screens that were left take no memory: a long session is as small as a short one."""

from __future__ import annotations

import gc

from textual.pilot import Pilot
from textual.strip import Strip

from keykata.study.dojo import Dojo
from support.screens import LARGE, app_of, text

AT_FIRST, LATER = 3, 12  # sessions
A_SCREEN = LARGE[1]  # lines


async def sit_and_leave(pilot: Pilot[None], times: int) -> int:
    """Look at a question with its side column, each time in a session of its own; the lines still held."""
    for _ in range(times):
        await pilot.press("p", "enter")
        await pilot.press("escape")
        await pilot.press("escape")
    gc.collect()
    return sum(isinstance(one, Strip) for one in gc.get_objects())


async def test_what_was_drawn_goes_with_its_screen(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=LARGE) as pilot:
        before = await sit_and_leave(pilot, AT_FIRST)
        after = await sit_and_leave(pilot, LATER)
        assert text(app).startswith("KeyKata")
        assert after - before < LATER * A_SCREEN
