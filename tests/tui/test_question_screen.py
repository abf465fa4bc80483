"""A question, before and after answering: every key a learner presses."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.practice.form import Filter
from keykata.study.dojo import Dojo
from keykata.tui.app import KeyKataApp
from keykata.tui.screens.sitting import SittingScreen
from keykata.tui.starts import Start
from keykata.tui.turns import STARTLED
from support.homes import Desk
from support.screens import (
    HOSTILE,
    LARGE,
    LONG_OPTIONS,
    LONG_STEM,
    SMALL,
    app_of,
    long_bank,
    message,
    place_of,
    text,
    too_wide,
)


def _sitting(app: KeyKataApp) -> SittingScreen:
    assert isinstance(app.screen, SittingScreen)
    return app.screen


def _letter(app: KeyKataApp, *, right: bool) -> str:
    slot = _sitting(app).sitting.standing().slot
    place = next(p for p in range(len(slot.texts)) if (p in slot.right) is right)
    return "abcdef"[place]


def _opening(dojo: Dojo) -> KeyKataApp:
    return app_of(dojo, Start("resume", attempt=dojo.start_opening().id))


def _multiple(dojo: Dojo) -> str:
    rows = dojo.library_rows("question")
    return next(row.id for row in rows if dojo.question_page(row.id).question.selects > 1)


async def test_enter_chooses_under_the_cursor_and_a_second_confirms(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("down", "enter")
        assert "● B  " in text(app)
        assert not _sitting(app).sitting.attempt.answered
        await pilot.press("enter")
        assert _sitting(app).sitting.attempt.turns[0].chosen == (1,)


async def test_another_letter_lets_the_first_go_and_once_more_lets_go(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("a", "2")
        assert "● B  " in text(app)
        assert "● A  " not in text(app)
        await pilot.press("b")
        assert "●" not in text(app)


@pytest.mark.parametrize(("key", "confidence"), [("s", "sure"), ("g", "guess"), ("enter", None)])
async def test_confidence_sits_on_the_confirm(dojo: Dojo, key: str, confidence: str | None) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("a", key)
        assert _sitting(app).sitting.attempt.turns[0].confidence == confidence


async def test_sure_without_a_choice_says_so(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("s")
        assert "Choose an option first" in message(app)
        await pilot.press("down")
        assert message(app) == ""


async def test_a_miss_shows_the_answer_mine_and_asks_why(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        wrong, right = _letter(app, right=False).upper(), _letter(app, right=True).upper()
        await pilot.press(wrong.lower(), "s")
        shown = text(app)
        assert f"✗  Not this one. You chose {wrong}, sure. The answer is {right}." in shown
        assert "again today" in shown
        assert shown.index(f"✓ {right}") < shown.index(f"✗ {wrong}")
        assert "yours" in shown
        assert "Why?" in shown
        await pilot.press("2")
        assert _sitting(app).sitting.attempt.turns[0].cause == "misread"
        assert "Noted: misread." in text(app)


async def test_right_goes_on_and_undo_stands_there_again(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press(_letter(app, right=True), "enter")
        assert "✓  Right." in text(app)
        assert "Why?" not in text(app)
        await pilot.press("enter")
        assert "2 of 10" in text(app)
        await pilot.press("u")
        assert "1 of 10" in text(app)
        assert not _sitting(app).sitting.attempt.answered


async def test_crossing_out_by_x_and_by_capital(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("x")
        assert "crossed out" in text(app)
        await pilot.press("x")
        assert "crossed out" not in text(app)
        await pilot.press("C")
        assert "Is caps lock on?" in message(app)
        assert _sitting(app).sitting.attempt.turns[0].struck == (2,)
        await pilot.press("c")
        assert "● C" in text(app)
        assert "crossed out" not in text(app)


async def test_with_caps_lock_the_other_keys_still_work(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("1", "S")
        assert _sitting(app).sitting.attempt.turns[0].confidence == "sure"


async def test_multiple_response_says_how_many_and_refuses_more(dojo: Dojo) -> None:
    wanted = Filter(items=(_multiple(dojo),))
    app = app_of(dojo, Start("quiz", wanted=wanted, count=1))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert "select 2" in text(app)
        await pilot.press("a")
        assert "1 of 2 selected" in text(app)
        await pilot.press("enter")
        assert "Select 2: 1 so far" in message(app)
        await pilot.press("b", "c")
        assert "let one go first" in message(app)
        await pilot.press("a", "c", "enter")
        assert _sitting(app).sitting.attempt.turns[0].chosen == (1, 2)


async def test_keys_after_answering(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        item = _sitting(app).sitting.standing().slot.item
        await pilot.press("a", "enter", "m")
        assert "* marked" in text(app)
        await pilot.press("k")
        assert dojo.question_page(item).kept
        await pilot.press("y")
        assert app.clipboard == item
        await pilot.press("n", *"mine", "enter")
        assert dojo.question_page(item).notes == ("mine",)
        await pilot.press("o")
        assert "https://docs.aws.amazon.com/" in text(app)
        assert "y copy address" in text(app)
        await pilot.press("y")
        assert app.clipboard.startswith("https://")
        await pilot.press("escape", "w", *"no", "enter")
        assert "Reported" in message(app)


async def test_terms_are_a_peek_that_returns_to_the_same_line(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("a", "enter", "pagedown")
        before = text(app)
        await pilot.press("t")
        assert "Terms" in text(app)
        await pilot.press("enter")
        assert "facts known" in text(app)
        await pilot.press("escape")
        assert text(app) == before


async def test_a_click_chooses_and_the_footer_confirms(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        column, row = place_of(app, "  C  ")
        await pilot.click(offset=(column + 10, row))
        assert "● C" in text(app)
        foot = text(app).split("\n")[-1]
        await pilot.click(offset=(2 + foot.index("enter"), 23))
        assert _sitting(app).sitting.attempt.turns[0].chosen == (2,)


@pytest.mark.parametrize("size", [SMALL, LARGE, (60, 16)])
async def test_the_longest_question_is_all_there_and_letters_answer_out_of_sight(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = Desk(tmp_path / "desk", long_bank(tmp_path))
    dojo = desk.open()
    app = app_of(dojo, Start("quiz", wanted=Filter(items=("long:long-one",)), count=1))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "more below ↓" in text(app)
        seen = ""
        for _ in range(40):
            seen += text(app) + "\n"
            assert too_wide(app) == []
            await pilot.press("pagedown")
        words = set(seen.split())
        assert set(LONG_STEM.split()) <= words
        for option in LONG_OPTIONS:
            assert set(option.split()) <= words
        await pilot.press("e", "f")
        assert "● F" in text(app)
        await pilot.press("enter")
        assert "✓  Right." in text(app)
    desk.close()


async def test_bank_text_is_never_markup(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", long_bank(tmp_path))
    dojo = desk.open()
    app = app_of(dojo, Start("quiz", wanted=Filter(items=("long:hostile-one",)), count=1))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert HOSTILE in " ".join(text(app).split())
        assert "[bold]marks[/bold]" in text(app)
        await pilot.press("a", "enter", "escape", "/", *"[/foo]")
    desk.close()


async def test_a_whole_session_ends_with_its_report(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for number in range(10):
            await pilot.press(_letter(app, right=number > 2), "enter", "enter")
        shown = text(app)
        assert "7 of 10 right, 70 %" in shown
        assert "› Practise the 3 you missed" in shown
        assert too_wide(app) == []
        await pilot.press("a")
        assert "1 of 10" in text(app)
        await pilot.press("right", "right", "escape", "enter")
        assert "Practice · missed" in text(app)
        assert "1 of 3" in text(app)


async def test_the_reading_aid_puts_what_is_asked_first(dojo: Dojo) -> None:
    app = _opening(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("b", "enter", "enter")
        await pilot.pause()
        before = text(app)
        assert before.index("A clinic will keep") < before.index("Which solution meets")
        await pilot.press("z")
        await pilot.pause()
        aided = text(app)
        assert (
            aided.index("Which solution meets")
            < aided.index("must be able to stop")
            < aided.index("The story")
        )
        await pilot.press("z")
        await pilot.pause()
        assert text(app) == before


async def test_a_question_with_its_own_time_moves_on_at_zero(desk: Desk) -> None:
    dojo = desk.open()
    app = app_of(dojo, Start("resume", attempt=dojo.start_quiz(count=3, seconds_each=60, seed=4).id))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "1 of 3 · 1:00 left" in text(app)
        desk.clock.pass_seconds(61)
        _sitting(app).look()
        await pilot.pause()
        assert "2 of 3" in text(app)
        assert "stays blank" in message(app)
        await pilot.press("a")  # meant for the first one
        assert "●" not in text(app)
        await pilot.pause(STARTLED)
        await pilot.press(_letter(app, right=True))
        desk.clock.pass_seconds(61)
        _sitting(app).look()
        assert _sitting(app).sitting.attempt.turns[1].answered  # what was chosen counts as it stands
        await pilot.press("enter")  # meant for the question, whose reasons nobody has seen yet
        assert "2 of 3" in text(app)
        await pilot.pause(STARTLED)
        await pilot.press("enter")
        desk.clock.pass_seconds(61)
        _sitting(app).look()
        await pilot.pause()
        assert "Practise the" in text(app)
    assert dojo.open_sittings() == ()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_was_missed_is_named_and_begun_on_two_lines(dojo: Dojo, size: tuple[int, int]) -> None:
    sitting = dojo.start_quiz(Filter(banks=("saa-c03",), tasks=("1.1",)), count=1, seed=3)
    sitting.respond(tuple(place for place in range(2) if place not in sitting.standing().slot.right)[:1])
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("x")
        await app.workers.wait_for_complete()
        await pilot.pause()
        begun, cut_short, under = text(app).partition("never right yet\n")[2].partition("…\n")
        assert cut_short
        assert "\n" not in begun
        assert not under.partition("\n")[0].strip()
