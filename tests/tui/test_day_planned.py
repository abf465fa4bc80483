"""The plan of the day is never worked out on the thread that paints."""

from __future__ import annotations

import threading

import pytest
from textual.pilot import Pilot

from keykata.core.days import add_days
from keykata.memory.plan import make_plan
from support.homes import Desk
from support.screens import LARGE, app_of, text
from support.threads import threads_of


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("change", ["day", "minutes"])
async def test_a_new_day_or_setting_near_the_exam_is_planned_beside(desk: Desk, change: str) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(count=4)
    while not sitting.done:
        sitting.respond(sitting.standing().slot.right)
        sitting.advance()
    sitting.finish()
    dojo.set_exam_date(add_days(dojo.rooms.ledger.today(), 3))
    app = app_of(dojo)
    with threads_of(make_plan) as threads:
        async with app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            threads.clear()
            if change == "day":
                desk.clock.pass_days(1)
            else:
                dojo.set_minutes(25)
            await pilot.press("enter")
            await settled(pilot)
            assert threads
            assert threading.get_ident() not in threads
            assert "1 of" in text(app)
