"""While another program writes to the same home: an answer waits, and is saved once, or is given again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from keykata.practice.form import Filter
from keykata.store.database import DATABASE
from keykata.study.dojo import Dojo
from keykata.tui.app import KeyKataApp
from keykata.tui.palette import Palette
from keykata.tui.screens import saving
from keykata.tui.screens.exam import ExamScreen
from keykata.tui.screens.sitting import SittingScreen
from support.holders import held
from support.homes import Desk
from support.screens import SMALL, app_of, text


def events(dojo: Dojo, kind: str) -> int:
    return sum(event.kind == kind for event in dojo.rooms.ledger.store.events())


def said(pilot: Pilot[None]) -> str:
    """The words of the screen in front, whichever it is."""
    return "\n".join(str(widget.render()) for widget in pilot.app.screen.query(Static))


def choice(app: KeyKataApp) -> tuple[str, ...]:
    """The keys that choose what is right."""
    screen = app.screen
    assert isinstance(screen, SittingScreen | ExamScreen)
    return tuple("abcdef"[place] for place in screen.sitting.standing().slot.right)


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    for _ in range(300):
        if true():
            return
        await pilot.pause(0.05)
    raise AssertionError(f"it never came: {said(pilot)}")


async def test_an_answer_waits_its_turn_and_is_saved_once(desk: Desk) -> None:
    dojo = desk.open()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        app.sit(lambda: dojo.start_quiz(Filter(), count=3, seed=7))
        await pilot.pause()
        with held(desk.places.home / DATABASE):
            await pilot.press(*choice(app), "enter")
            assert "Saving …" in said(pilot)
            await pilot.press("enter", "b", "enter")
            await pilot.pause(2.0)
            assert "Saving …" in said(pilot)
            assert events(dojo, "answer") == 0
        await until(pilot, lambda: "Saving" not in said(pilot))
        assert "Right" in text(app)
        assert (events(dojo, "answer"), events(dojo, "response")) == (1, 1)


async def test_one_that_never_lets_go_leaves_the_choice_to_be_given_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "PATIENCE", 0.5)
    dojo = desk.open()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        app.sit(lambda: dojo.start_quiz(Filter(), count=3, seed=7))
        await pilot.pause()
        with held(desk.places.home / DATABASE):
            await pilot.press(*choice(app), "enter")
            await until(pilot, lambda: "Not saved" in said(pilot))
            await pilot.press("enter")
            await until(pilot, lambda: "Not saved" in said(pilot))
            await pilot.press("escape")
            assert "enter confirm" in text(app)
            assert events(dojo, "answer") == 0
        await pilot.press("enter")
        assert events(dojo, "answer") == 1


async def test_a_choice_in_an_exam_and_handing_in_wait_too(desk: Desk) -> None:
    dojo = desk.open()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        app.sit(lambda: dojo.start_test(Filter(), count=2, minutes=0, seconds_each=0, seed=7))
        await pilot.pause()
        with held(desk.places.home / DATABASE):
            await pilot.press(choice(app)[0])
            assert "Saving …" in said(pilot)
        await until(pilot, lambda: "Saving" not in said(pilot))
        assert events(dojo, "response") == 1
        await pilot.press("enter", "enter", "down")
        assert "Hand in" in text(app)
        with held(desk.places.home / DATABASE):
            await pilot.press("enter")
            assert "Saving …" in said(pilot)
        await until(pilot, lambda: "Saving" not in said(pilot))
        await until(pilot, lambda: "of 2" in text(app))
        assert events(dojo, "attempt-finished") == 1


async def test_a_session_begins_once_the_other_lets_go(desk: Desk) -> None:
    dojo = desk.open()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        with held(desk.places.home / DATABASE):
            await pilot.press("enter")
            assert "Saving …" in said(pilot)
        await until(pilot, lambda: "Saving" not in said(pilot))
        await until(pilot, lambda: "1 of" in text(app))
        assert events(dojo, "attempt-started") == 1


async def test_leaving_while_it_waits_ends_the_app_and_saves_nothing(desk: Desk) -> None:
    dojo = desk.open()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        app.sit(lambda: dojo.start_quiz(Filter(), count=3, seed=7))
        await pilot.pause()
        with held(desk.places.home / DATABASE):
            await pilot.press(*choice(app), "enter")
            assert "Saving …" in said(pilot)
            await pilot.press("ctrl+q")
    assert app.return_code == 0
    assert events(dojo, "answer") == 0


async def test_the_command_palette_over_it_does_not_lose_the_answer(desk: Desk) -> None:
    dojo = desk.open()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        app.sit(lambda: dojo.start_quiz(Filter(), count=3, seed=7))
        await pilot.pause()
        with held(desk.places.home / DATABASE):
            await pilot.press(*choice(app), "enter", "ctrl+p")
            assert isinstance(app.screen, Palette)
        await until(pilot, lambda: dojo.can_write_now() and not app.workers)
        await pilot.press("escape")
        await until(pilot, lambda: "Saving" not in said(pilot))
        assert "Right" in text(app)
        assert events(dojo, "answer") == 1


async def test_its_signs_are_plain_where_that_is_wanted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYKATA_ASCII", "1")
    dojo = desk.open()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        with held(desk.places.home / DATABASE):
            await pilot.press("t", "enter")
            await until(pilot, lambda: "Saving ." in said(pilot))
            assert said(pilot).isascii()
            await pilot.press("escape")
