"""A session on screen that is open in another program on the same home, too."""

from __future__ import annotations

from keykata.study.sitting import Sitting
from keykata.tui.app import KeyKataApp
from keykata.tui.screens.report import ReportScreen
from keykata.tui.starts import Start
from support.homes import Desk
from support.screens import SMALL, app_of, message, text


def opened_twice(desk: Desk) -> tuple[KeyKataApp, Sitting]:
    dojo = desk.open()
    begun = dojo.start_quiz(count=3, seed=7)
    there = desk.open().resume(begun.id)
    assert isinstance(there, Sitting)
    return app_of(dojo, Start("resume", attempt=begun.id)), there


def respond(sitting: Sitting) -> None:
    sitting.respond(sitting.standing().slot.right)


async def test_what_was_answered_elsewhere_is_shown_and_enter_goes_on(desk: Desk) -> None:
    app, there = opened_twice(desk)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        respond(there)
        await pilot.press(*"abc"[: len(there.standing().slot.right)], "enter")
        assert message(app) == "Another program answered this one meanwhile."
        assert "Right" in text(app)
        await pilot.press("enter")
        assert "2 of 3" in text(app)
    assert desk.open().stats_json()["answers"] == 1


async def test_what_was_ended_elsewhere_opens_its_report(desk: Desk) -> None:
    app, there = opened_twice(desk)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        there.finish()
        await pilot.press(*"abc"[: len(there.standing().slot.right)], "enter")
        assert isinstance(app.screen, ReportScreen)
        assert "Another program ended it meanwhile." in text(app)


async def test_a_session_ended_since_home_offered_it_opens_as_its_report(desk: Desk) -> None:
    app, there = opened_twice(desk)
    there.finish()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ReportScreen)
        assert "Another program ended it meanwhile." in text(app)
