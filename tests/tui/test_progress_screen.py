"""Progress on screen."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from keykata.study.dojo import Dojo
from keykata.tui.screens.progress import ProgressScreen
from support.homes import Desk
from support.remembered import learn
from support.screens import LARGE, SMALL, app_of, message, text, too_wide


def fill(desk: Desk, cards: int = 50, reviews: int = 12) -> Dojo:
    dojo = desk.open()
    found = [entry.id for entry in dojo.library.entries("question") if entry.id.startswith("kms:")]
    desk.close()
    learn(desk, found[:cards], reviews)
    return desk.open()


async def opened(pilot: Pilot[None]) -> None:
    """Go there, and wait for what the worker tells."""
    if not isinstance(pilot.app.screen, ProgressScreen):
        await pilot.press("s")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def whole(pilot: Pilot[None]) -> str:
    """Every page of it."""
    app = pilot.app
    shown = []
    for _ in range(12):
        shown.append(text(app))
        await pilot.press("pagedown")
    return "\n".join(shown)


async def test_an_empty_page_says_what_will_be_there_and_when(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        app.push_screen(ProgressScreen())
        await pilot.pause()
        await opened(pilot)
        shown = await whole(pilot)
        for words in (
            "Nothing was answered yet. Ten questions are enough",
            "this begins with the first answer",
            "Begins at 20 reviews on a later day",
            "Nothing comes back in the next four weeks",
            "Each day you answer something gets its digit here",
            "None yet; m on Home sits one. 720 passes.",
            "fitted to you at 400 answers; so far 0",
        ):
            assert words in " ".join(shown.split()), words


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 60), (60, 20)])
async def test_it_fits_and_everything_can_be_reached(desk: Desk, size: tuple[int, int]) -> None:
    app = app_of(fill(desk))
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        seen = []
        for _ in range(12):
            assert too_wide(app) == []
            seen.append(text(app))
            await pilot.press("pagedown")
        shown = "\n".join(seen)
        for heading in ("Weakest", "Retention", "Is the scheduler right", "Comes back", "The year"):
            assert heading in shown
        for heading in ("Mock exams", "Time for one", "Desired retention", "Memory model"):
            assert heading in shown


async def test_the_weakest_is_one_key_away(desk: Desk) -> None:
    app = app_of(fill(desk))
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        assert "is what you lose most" in text(app)
        await pilot.press("p")
        assert "1 of " in text(app)
        assert not isinstance(app.screen, ProgressScreen)


async def test_the_retention_is_set_there(desk: Desk) -> None:
    dojo = fill(desk)
    app = app_of(dojo)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        await pilot.press("r", *["backspace"] * 4, *"0.85", "enter")
        await opened(pilot)
        assert dojo.progress().retention == 0.85
        assert "You want 85 %" in text(app)
        assert "next 30 days" in " ".join(text(app).split())
        await pilot.press("c")
        assert "next 90 days" in " ".join(text(app).split())


async def test_a_fit_runs_beside_the_page_and_says_what_it_came_to(desk: Desk) -> None:
    dojo = fill(desk, reviews=20)
    app = app_of(dojo)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        await pilot.press("f")
        await opened(pilot)
        assert "kept; every card is reckoned by it now" in message(app)
        assert dojo.progress().fit is not None
        await pilot.press("b")
        await opened(pilot)
        assert message(app) == "The published weights hold."
        assert dojo.progress().fit is None


async def test_esc_stops_a_fit_and_changes_nothing(desk: Desk) -> None:
    dojo = fill(desk, reviews=20)
    app = app_of(dojo)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        screen = app.screen
        assert isinstance(screen, ProgressScreen)
        screen.action_fit()
        screen.action_back()  # before the fit can have ended
        await pilot.pause()
        assert message(app) == "Stopped. Nothing was changed."
        assert isinstance(app.screen, ProgressScreen)
        assert dojo.progress().fit is None
        await pilot.press("escape")
        assert not isinstance(app.screen, ProgressScreen)


async def test_signs_have_twins(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYKATA_ASCII", "1")
    app = app_of(fill(desk))
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        assert (await whole(pilot)).isascii()
