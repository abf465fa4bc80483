"""Home: the first start, and coming back."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from keykata.store.database import DATABASE
from keykata.study.dojo import Dojo
from keykata.tui.screens.home import HomeScreen
from keykata.tui.starts import Start
from support.homes import Desk
from support.screens import LARGE, SMALL, TINY, app_of, message, text, too_wide


async def test_first_start_offers_three_ways_and_enter_shows_the_first_question(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        shown = text(app)
        assert "› 1  Ten questions, to see where you stand" in shown
        assert "2  Customer managed key: one page, then five questions" in shown
        assert "3  Browse the library" in shown
        assert "keykata --plain" in shown
        await pilot.press("enter")
        assert "First questions" in text(app)
        assert "1 of 10" in text(app)


@pytest.mark.parametrize("size", [SMALL, LARGE, TINY])
async def test_the_first_start_names_the_numbers_of_its_list_at_the_foot(
    dojo: Dojo, size: tuple[int, int]
) -> None:
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "4  Browse the library" in text(app) or size == TINY
        assert "1-4 choose" in text(app).split("\n")[-1]
        assert too_wide(app) == []
        await pilot.press("4", "escape", "1")
        assert "1 of 10" in text(app)
        await pilot.press("escape")
        assert "1-4 choose" not in text(app)


async def test_a_list_of_one_line_names_one_number_at_the_foot(tmp_path: Path) -> None:
    bank = tmp_path / "bare"
    bank.mkdir()
    (bank / "bank.yaml").write_text("id: bare\nname: Bare\n")
    desk = Desk(tmp_path, bank, shipped=False)
    app = app_of(desk.open())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert " 1 choose" in text(app).split("\n")[-1]
        await pilot.press("1")
        assert "0 entries" in text(app)
    desk.close()


async def test_the_first_start_says_what_is_kept_sealed(dojo: Dojo, wide: Desk) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        shown = text(app)
        assert "Two mock exams stay sealed until you sit them." in " ".join(shown.split())
        assert "keykata --plain" in shown
        assert "more below" not in shown
    without = app_of(wide.open())
    async with without.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "sealed" not in text(without)


async def test_home_tells_how_many_facts_wait_that_were_taken_on(dojo: Dojo) -> None:
    dojo.start_opening().leave()
    app = app_of(dojo, Start("page", page="kms:customer-managed-key"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("a")
        taken = int(message(app).split(" ")[0])
        assert message(app) == f"{taken} facts taken on. A few begin each day, the others wait."
        await pilot.press("escape")
        await pilot.pause()
        assert f"1 new, {taken - 1} waiting · " in text(app)
        await pilot.resize_terminal(*TINY)
        await pilot.pause()
        assert re.search(r"› Today +about \d+ min", text(app))
        assert too_wide(app) == []


async def test_nothing_is_offered_that_does_not_exist_yet(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL):
        for absent in ("Mock exam", "Key sorter", "Ready?", "Progress"):
            assert absent.lower() not in text(app).lower()


async def test_leaving_by_esc_keeps_the_session_and_home_offers_to_go_on(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "a", "enter", "enter", "escape")
        await pilot.pause()
        shown = text(app)
        assert "Go on: First questions" in shown
        assert "2 of 10" in shown
        await pilot.press("down", "enter")
        assert "2 of 10" in text(app)


async def test_the_exam_date_is_set_and_a_bad_one_is_refused_in_words(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("d", *"soon", "enter")
        assert dojo.home().exam_date is None
        for _ in "soon":
            await pilot.press("backspace")
        await pilot.press(*"2026-12-14", "enter")
        assert dojo.home().exam_date == "2026-12-14"
        assert "SAA-C03 on Mon 14 Dec · 21 days" in text(app)
        await pilot.press("d", "escape")
        assert dojo.home().exam_date == "2026-12-14"


async def test_minutes_a_day_are_set(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("t", "backspace", "backspace", *"45", "enter")
        assert "45 min" in text(app)


async def test_q_leaves_from_home_and_ctrl_q_from_anywhere(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("escape")
        assert "q leaves" in message(app)
        await pilot.press("l", "ctrl+q")
    assert app.return_code == 0


@pytest.mark.parametrize("size", [SMALL, LARGE, (60, 20), (200, 60)])
async def test_home_fits(dojo: Dojo, size: tuple[int, int]) -> None:
    app = app_of(dojo)
    async with app.run_test(size=size):
        assert too_wide(app) == []


async def test_a_window_too_small_says_so(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=(30, 10)):
        assert text(app).strip() == "KeyKata needs 40 x 12."


async def test_a_day_of_study_shows_first_tries_and_what_comes_back(dojo: Dojo) -> None:
    sitting = dojo.start_opening()
    while not sitting.done:
        sitting.respond(sitting.standing().slot.right)
        sitting.advance()
    sitting.finish()
    app = app_of(dojo)
    async with app.run_test(size=SMALL):
        shown = text(app)
        assert "  100 %  ━━━━━━━━━━━━━━" in shown
        assert "Comes back" in shown
        assert "First questions: 10 of 10 right" in shown
        assert "Exam date   not set" in shown
        assert too_wide(app) == []


async def test_ascii_twins_replace_every_sign(dojo: Dojo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYKATA_ASCII", "1")
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        assert "> 1  Ten questions" in text(app)
        assert text(app).isascii()
        await pilot.press("1", "a")
        assert "o A  " in text(app)
        assert text(app).isascii()


def left_open(dojo: Dojo, count: int) -> None:
    """A test and so many practice sessions, one question answered in each."""
    test = dojo.start_test(count=4, minutes=10, seed=1)
    test.select([0])
    test.leave()
    for number in range(count):
        sitting = dojo.start_quiz(count=5, seed=number, title=f"Practice number {number}")
        sitting.respond(sitting.standing().slot.right)
        sitting.leave()


async def test_three_left_open_all_stand_on_home_the_test_first(dojo: Dojo) -> None:
    left_open(dojo, 2)
    app = app_of(dojo)
    async with app.run_test(size=SMALL):
        going = [line.strip("› ") for line in text(app).split("\n") if "Go on:" in line]
        assert [line.split("  ")[0] for line in going] == [
            "Go on: Test · all questions",
            "Go on: Practice number 1",
            "Go on: Practice number 0",
        ]
        assert "more left open" not in text(app)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_home_counts_what_else_is_left_open_and_leads_to_all_of_it(
    dojo: Dojo, size: tuple[int, int]
) -> None:
    left_open(dojo, 4)
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        assert "Go on: Test · all questions" in text(app)
        assert "Go on: Practice number 3" in text(app)
        assert "3 more left open" in text(app)
        assert "h Past sessions" in text(app)
        assert too_wide(app) == []
        await pilot.press("down", "down", "down", "enter")
        shown = text(app)
        assert "› left open    Test · all questions" in shown
        assert "left open    Practice number 0" in shown
        assert "enter go on" in shown
        assert too_wide(app) == []
        await pilot.press(*["down"] * 4, "enter")
        assert "Practice number 0" in text(app)
        assert "2 of 5" in text(app)
        await pilot.press("escape")
        assert "Past sessions" in text(app)


async def test_what_lost_its_paper_is_not_offered(desk: Desk) -> None:
    left_open(desk.open(), 1)
    desk.close()
    with closing(sqlite3.connect(desk.places.home / DATABASE)) as db:
        db.execute("DELETE FROM snapshot")
        db.commit()
    app = app_of(desk.open())
    async with app.run_test(size=SMALL) as pilot:
        assert "› Today" in text(app)
        assert "Go on" not in text(app)
        await pilot.press("h")
        assert "Nothing is here yet." in text(app)


async def test_past_sessions_show_open_ones_before_ended_ones_and_by_kind(dojo: Dojo) -> None:
    left_open(dojo, 1)
    ended = dojo.start_quiz(count=1, seed=9, title="Ended practice")
    ended.respond(ended.standing().slot.right)
    ended.finish()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("h")
        shown = text(app)
        assert shown.index("Practice number 0") < shown.index("Ended practice")
        assert "3 sessions" in shown
        await pilot.press("down", "down")
        assert "enter open" in text(app)
        await pilot.press("tab")
        assert "Past sessions / tests" in text(app)
        assert "left open    Test · all questions" in text(app)
        assert "Practice number 0" not in text(app)


async def test_practice_is_no_way_on_where_there_is_nothing_to_practise(tmp_path: Path) -> None:
    bank = tmp_path / "bare"
    bank.mkdir()
    (bank / "bank.yaml").write_text("id: bare\nname: Bare\n")
    app = app_of(Desk(tmp_path, bank, shipped=False).open())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("m")
        assert message(app) == "No open bank can fill a mock exam."
        await pilot.press("r")
        assert message(app) == "There is nothing to tell more by yet."
        await pilot.press("x")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Nothing was missed, or all of it was right on two days since." in " ".join(text(app).split())
        assert "p practises" not in text(app)


async def test_home_left_open_shows_the_new_day(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(count=1, seed=7)
    sitting.respond(sitting.standing().slot.right)
    sitting.finish()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.look_at_day()
        await pilot.pause()
        assert "1 answered" in text(app)
        desk.clock.pass_days(1)
        home.look_at_day()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "1 answered" not in text(app)
