"""The plan and the night-before page on screen."""

from __future__ import annotations

from threading import Event, current_thread, main_thread

from textual.pilot import Pilot

from keykata.study.dojo import Dojo
from support.clocks import HandClock
from support.homes import Desk
from support.screens import LARGE, SMALL, app_of, message, text, too_wide


class HeldApart(HandClock):
    """A clock that holds up whoever asks it outside the thread of the screens, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.free = Event()

    def wall(self) -> int:
        """Milliseconds UTC."""
        if current_thread() is not main_thread():
            self.free.wait(10)
        return super().wall()


async def worked_out(pilot: Pilot[None]) -> None:
    """Wait for the days, which a worker works out."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_the_plan_asks_for_a_date_then_shows_each_day_and_the_date_can_go_again(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("e")
        await worked_out(pilot)
        assert "No exam date is set" in text(app)
        await pilot.press("d", *"2026-12-14", "enter")
        await worked_out(pilot)
        shown = text(app)
        assert "Exam on Monday 14 December, 21 days." in shown
        assert "Today: " in shown
        assert "E exam" in shown
        assert not too_wide(app)
        await pilot.press("d", *["backspace"] * 10, "enter")
        await worked_out(pilot)
        assert "No exam date is set" in text(app)
        assert message(app) == ""


async def test_the_plan_and_the_pack_hold_at_any_size(dojo: Dojo) -> None:
    dojo.set_exam_date("2027-03-14")
    dojo.take_on("kms:key-policy")
    for size in ((40, 12), SMALL, LARGE):
        app = app_of(dojo)
        async with app.run_test(size=size) as pilot:
            await pilot.press("e")
            await worked_out(pilot)
            assert not too_wide(app)
            await pilot.press("n")
            await worked_out(pilot)
            assert "night before" in text(app).lower()
            assert not too_wide(app)
            await pilot.press("escape", "enter")
            await pilot.pause()
            assert "of " in text(app)


async def test_the_pack_is_gathered_while_keys_still_work(desk: Desk) -> None:
    desk.clock = clock = HeldApart()
    dojo = desk.open()
    dojo.take_on("kms:key-policy")
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("e", "n")
        assert "Looking through your answers" in text(app)
        await pilot.press("question_mark")
        assert text(app).startswith("Help")
        await pilot.press("escape")
        clock.free.set()
        await worked_out(pilot)
        assert "facts you may forget" in text(app)
        assert "Looking through your answers" not in text(app)


async def test_each_day_of_the_plan_has_one_line_on_the_smallest_screen(dojo: Dojo) -> None:
    dojo.set_exam_date("2026-12-20")
    app = app_of(dojo)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("e")
        await worked_out(pilot)
        await pilot.press("end")
        *_, before, exam = (line for line in text(app).splitlines() if " Dec" in line)
        assert exam.startswith("Sun 20 Dec")
        assert len(before.split()) == len(("Sat", "19", "Dec", "rep.", "last", "new", "qu.", "min"))


async def test_once_something_is_answered_the_page_tells_what_is_left_of_the_day(dojo: Dojo) -> None:
    dojo.set_exam_date("2026-12-14")
    sitting = dojo.start_quiz(count=1)
    sitting.respond(sitting.standing().slot.right)
    app = app_of(dojo)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("e")
        await worked_out(pilot)
        assert "More for today: " in text(app)
        assert "Left today" in text(app)


async def test_on_exam_day_nobody_is_asked_for_its_date(dojo: Dojo) -> None:
    dojo.set_exam_date("2026-11-23")
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("e")
        await worked_out(pilot)
        assert "Exam on Monday 23 November, today." in text(app)
        assert "sets the date" not in text(app)
