"""Pages, lists and finding one's way: term, lesson, comparison, library, search, practice, help, palette."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from textual.command import CommandPalette
from textual.widgets import Input

from keykata.practice.paper import QuestionSlot
from keykata.study.dojo import Dojo
from keykata.tui.action import EVERYWHERE
from keykata.tui.actions import actions_in, find_action
from keykata.tui.registry import ACTIONS
from keykata.tui.screens.help import AREA_NAMES, HelpScreen
from keykata.tui.screens.sitting import SittingScreen
from keykata.tui.starts import Start
from support.homes import Desk
from support.screens import LARGE, SMALL, app_of, frame, message, place_of, text, too_wide

TERM = "kms:key-deletion"
COMPARISON = "kms:kms-key-kinds"


async def test_a_term_unfolds_its_questions_and_is_taken_on(dojo: Dojo) -> None:
    app = app_of(dojo, Start("page", page=TERM))
    faq = dojo.term_page(TERM).term.faqs[0]
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "Library / Key deletion" in text(app)
        for _ in range(60):
            await pilot.press("down")
            if frame(app).cursor:
                break
        assert f"› ▸ {faq.q.split()[0]}" in text(app)
        await pilot.press("enter")
        assert "› ▾ " in text(app)
        await pilot.press("a")
        assert "facts taken on" in message(app)
        assert dojo.term_page(TERM).to_take_on == 0


async def test_the_lesson_reads_on_with_enter_and_ends_in_five_questions(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2")
        assert "Library / Customer managed key" in text(app)
        for _ in range(30):
            await pilot.press("enter")
            if isinstance(app.screen, SittingScreen):
                break
        assert "1 of 5" in text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Go on: " in text(app)


async def test_practise_ten_of_a_term_and_of_a_comparison(dojo: Dojo) -> None:
    app = app_of(dojo, Start("page", page=TERM))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("p")
        assert "of 10" in text(app)
        await pilot.press("escape")
        assert "Library / Key deletion" in text(app)


async def test_a_comparison_is_a_table_at_80_and_blocks_when_narrow(dojo: Dojo) -> None:
    app = app_of(dojo, Start("page", page=COMPARISON))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "Monthly fee" not in text(app).split("\n")[3]
        assert any("AWS managed key" in line and "AWS owned key" in line for line in text(app).split("\n"))
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        assert "AWS managed key: " in text(app)
        assert too_wide(app) == []


async def test_the_sorter_goes_on_at_once_when_right_and_stops_when_wrong(dojo: Dojo) -> None:
    app = app_of(dojo, Start("page", page=COMPARISON))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("p")
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        seen = {"right": False, "wrong": False, "fact": False}
        for _ in range(20):
            slot = screen.sitting.standing().slot
            if slot.kind == "sort":
                wrong = not seen["wrong"]
                place = (slot.right[0] + 1) % len(slot.texts) if wrong else slot.right[0]
                await pilot.press(str(place + 1))
                if wrong:
                    assert "Not this one" in text(app)
                    await pilot.press("enter")
                seen["wrong" if wrong else "right"] = True
            else:
                assert "1 Forgot" not in text(app)
                await pilot.press("enter")
                assert "1 Forgot         2 Hard           3 Knew it        4 Easy" in text(app)
                assert "tomorrow" in text(app) or "in " in text(app)
                await pilot.press("enter")
                seen["fact"] = True
            if all(seen.values()):
                break
        assert all(seen.values())


async def test_a_rating_can_be_clicked_and_undone(dojo: Dojo) -> None:
    dojo.take_on(TERM)
    app = app_of(dojo, Start("today"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        for _ in range(len(screen.sitting.paper.slots)):
            slot = screen.sitting.standing().slot
            if not isinstance(slot, QuestionSlot):
                break
            await pilot.press(*"abcdef"[: len(slot.right)], "enter", "enter")
        before = screen.sitting.attempt.answered
        await pilot.press("1")
        assert screen.sitting.attempt.answered == before
        await pilot.press("enter")
        column, row = place_of(app, "   1 Forgot")
        await pilot.click(offset=(column + 5, row))
        assert screen.sitting.attempt.answered == before + 1
        await pilot.press("u")
        assert screen.sitting.attempt.answered == before


async def test_the_library_narrows_and_opens_by_key_and_by_click(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("l", *"rotat")
        assert "› Key rotation" in text(app)
        assert "Alias" not in text(app)
        await pilot.press("enter")
        assert "Library / Key rotation" in text(app)
        await pilot.press("escape")
        app.screen.query_one(Input).value = ""
        await pilot.pause()
        column, row = place_of(app, "  Grant")
        await pilot.click(offset=(column + 4, row))
        assert "Library / Grant" in text(app)
        await pilot.press("escape", "tab")
        assert "Three kinds of KMS key" in text(app)
        await pilot.press(*"zzz")
        assert "No title holds these words" in text(app)


async def test_search_finds_as_one_types_and_opens_at_the_part(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("slash", *"CancelKeyDeletion")
        assert "Key deletion" in text(app)
        assert too_wide(app) == []
        await pilot.press("enter")
        assert "Library / " in text(app)
        await pilot.press("escape", "escape")
        assert "Start with one of these" in text(app)


async def test_search_says_how_many_there_are_when_it_lists_fewer(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("slash", *"key")
        assert f"30 of {dojo.search_count('key')} found" in text(app)


async def test_practice_counts_and_starts(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p")
        assert "› 10 questions: all questions" in text(app)
        assert "none yet" in text(app)
        await pilot.press("plus", "minus", "minus")
        assert "5 questions" in text(app)
        await pilot.press("enter")
        assert "1 of 5" in text(app)


@pytest.mark.parametrize(
    ("downs", "why"),
    [(3, "Nothing is weak so far"), (4, "Nothing you answered was wrong"), (6, "You have kept nothing.")],
)
async def test_practice_of_nothing_says_why(dojo: Dojo, downs: int, why: str) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p", *["down"] * downs, "enter")
        assert message(app).startswith(why)
        assert "Practise" in text(app)


async def test_of_questions_that_were_all_seen_none_are_left(
    dojo: Dojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = dojo.quiz_plans
    monkeypatch.setattr(
        dojo, "quiz_plans", lambda asked: [replace(plan, available=0) for plan in plans(asked)]
    )
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p", *["down"] * 5)
        row = next(line for line in text(app).splitlines() if "What I have not seen yet" in line)
        assert row.endswith("none left")
        await pilot.press("enter")
        assert message(app) == "You have seen every question of the open banks."


async def test_practice_on_a_term_chosen_by_typing(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p", *["down"] * 7, "enter", *"grant", "enter")
        await pilot.pause()
        assert "Practice · Grant" in text(app)


async def test_the_palette_opens_pages_and_changes_the_look(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press("escape")
        app.action_look("keykata-light")
        await pilot.pause()
        assert app.theme == "keykata-light"


@pytest.mark.parametrize("area", sorted(AREA_NAMES))
async def test_help_names_every_key_of_the_registry(dojo: Dojo, area: str) -> None:
    app = app_of(dojo)
    async with app.run_test(size=(100, 60)) as pilot:
        app.push_screen(HelpScreen(area))
        await pilot.pause()
        shown = text(app)
        for action in actions_in(area):
            assert f"{action.shown:<12}{action.help}" in shown


def test_every_area_has_a_name_and_no_key_means_two_things() -> None:
    areas = {area for action in ACTIONS for area in action.areas} - {EVERYWHERE, "help"}
    assert areas <= set(AREA_NAMES)
    for area in areas:
        keys = [key for action in actions_in(area) for key in action.all_keys]
        assert len(keys) == len(set(keys)), area


def test_letters_of_options_belong_to_no_command_in_a_question() -> None:
    for key in "abcdef123456":
        action = find_action("question", key)
        assert action is not None
        assert action.name.startswith("choose")


async def test_problems_are_listed_with_their_place(desk: Desk) -> None:
    bank = desk.folder / "home" / "banks" / "mine"
    bank.mkdir(parents=True)
    (bank / "bank.yaml").write_text("id: mine\nname: Mine\n")
    (bank / "questions").mkdir()
    (bank / "questions" / "bad.yaml").write_text("questions:\n  one:\n    ask: [x\n")
    app = app_of(desk.open())
    async with app.run_test(size=SMALL) as pilot:
        assert "Press ! to look at them." in text(app)
        await pilot.press("exclamation_mark")
        assert "bad.yaml:" in "".join(text(app).split())  # a long path goes on in the next line


@pytest.mark.parametrize("size", [SMALL, LARGE, (50, 16)])
@pytest.mark.parametrize("page", [TERM, COMPARISON, "kms:kms-open-kinds"])
async def test_pages_fit(dojo: Dojo, size: tuple[int, int], page: str) -> None:
    app = app_of(dojo, Start("page", page=page))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for _ in range(4):
            assert too_wide(app) == []
            await pilot.press("pagedown")


async def test_a_page_nobody_knows_is_said_on_the_message_line(dojo: Dojo) -> None:
    app = app_of(dojo, Start("page", page="kms:nothing"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "There is no page 'kms:nothing'" in message(app)


def position(shown: str, count: int) -> int:
    """Where the cursor stands in a list of so many."""
    found = re.search(rf"(\d+) of {count}\b", shown)
    assert found, shown
    return int(found[1])


async def test_a_list_longer_than_the_window_moves_by_key_and_says_where(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("l", "tab", "tab")
        count = len(dojo.library_rows("question"))
        assert f"1 of {count}" in text(app)
        await pilot.press("pagedown", "pagedown", "down")
        assert f"1 of {count}" not in text(app)
        assert "›" in text(app)
        for _ in range(count):
            if (at := position(text(app), count)) > count - 8:
                break
            await pilot.press("pagedown")
            assert position(text(app), count) > at
        before = position(text(app), count)
        await pilot.press("down")
        assert position(text(app), count) == min(before + 1, count)
        await pilot.press(*["down"] * 10)
        assert position(text(app), count) == count


async def test_ten_minutes_on_kms_and_the_last_settings_at_the_next_start(desk: Desk) -> None:
    app = app_of(desk.open())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p", "e", *["t"] * 6)
        assert "60 seconds for each question" in text(app)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert "Test · KMS to mastery" in text(app)
        assert "1 of 7 · 10 min left" in text(app)
    again = app_of(desk.open())
    async with again.run_test(size=SMALL) as pilot:
        await pilot.press("p")
        assert "7 questions: KMS to mastery" in text(again)
        assert "10 minutes in all" in text(again)
        assert too_wide(again) == []
