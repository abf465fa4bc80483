"""A footer offers only keys that do something where one stands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.pilot import Pilot

from keykata.practice.paper import SortSlot
from keykata.study.dojo import Dojo
from keykata.tui.app import KeyKataApp
from keykata.tui.screens.choices import Choice, ChoicesScreen
from keykata.tui.screens.hand_in import HandInScreen
from keykata.tui.screens.home import HomeScreen
from keykata.tui.screens.missed import MissedScreen
from keykata.tui.screens.past import PastScreen
from keykata.tui.screens.problems import ProblemsScreen
from keykata.tui.screens.progress import ProgressScreen
from keykata.tui.screens.sitting import SittingScreen
from keykata.tui.starts import Start
from support.screens import LARGE, SMALL, app_of, frame, message, text

SORTER = "kms:kms-key-kinds"


async def settled(app: KeyKataApp, pilot: Pilot[None]) -> str:
    await app.workers.wait_for_complete()
    await pilot.pause()
    return text(app)


def foot(app: KeyKataApp) -> list[str]:
    """The keys at the foot."""
    return [action.shown for action in frame(app).footer()]


NOTHING_THERE = [
    (("x",), ["esc", "?"]),  # nothing was missed
    (("h",), ["esc", "?"]),  # no past sessions
    (("slash",), ["esc", "?"]),  # nothing is looked for yet
    (("slash", *"xqzv"), ["esc", "?"]),  # nothing found
    (("l", *"xqzv"), ["tab", "esc", "?"]),
    (("exclamation_mark",), ["esc", "?"]),
    (("s",), ["r", "f", "esc", "?"]),  # nothing is weak
]


@pytest.mark.parametrize(("keys", "offered"), NOTHING_THERE)
async def test_where_a_list_is_empty_nothing_can_be_opened(
    dojo: Dojo, keys: Sequence[str], offered: list[str]
) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(*keys)
        await settled(app, pilot)
        assert not isinstance(app.screen, HomeScreen)
        assert foot(app) == offered
        shown, stack = await settled(app, pilot), app.screen_stack
        await pilot.press("enter")
        assert await settled(app, pilot) == shown or message(app)
        assert app.screen_stack == stack


async def test_a_list_that_fills_offers_more_and_one_that_empties_less(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("slash")
        assert foot(app)[0] == "esc"
        await pilot.press(*"grant")
        assert foot(app)[0] == "enter"
        await pilot.press("ctrl+u", *"xqzv")
        assert foot(app)[0] == "esc"


async def test_one_line_is_no_page_of_lines(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("l")
        assert foot(app) == ["enter", "tab", "pgdn", "esc", "?"]
        await pilot.press(*"customer managed")
        assert "1 entry" in text(app)
        assert foot(app) == ["enter", "tab", "esc", "?"]


async def test_names_to_choose_from(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.push_screen(ChoicesScreen("Terms", (Choice("a", "Alias"),), lambda _: None))
        await pilot.pause()
        assert foot(app) == ["enter", "esc", "?"]
        await pilot.press("x")
        assert foot(app) == ["esc", "?"]


async def test_what_was_missed_and_what_is_past_is_offered_once_there_is_some(dojo: Dojo) -> None:
    app = app_of(dojo, Start("resume", attempt=dojo.start_opening().id))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        slot = screen.sitting.standing().slot
        wrong = [place for place in range(len(slot.texts)) if place not in slot.right]
        await pilot.press(*("abcdef"[place] for place in wrong[: len(slot.right)]), "enter", "escape")
        for kind in (MissedScreen, PastScreen):
            app.push_screen(kind())
            await settled(app, pilot)
            assert foot(app)[0] == "enter"


async def test_a_page_is_turned_while_there_is_one_to_turn(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("question_mark")
        assert "pgdn" in foot(app)
        await pilot.press("end")
        await pilot.pause()
        assert "pgdn" not in text(app).split("\n")[-1]
        await pilot.press("up")
        await pilot.pause()
        assert "pgdn" in text(app).split("\n")[-1]
        await pilot.resize_terminal(120, 100)
        await pilot.pause()
        assert "pgdn" not in text(app).split("\n")[-1]


async def test_enter_reads_on_while_there_is_more(dojo: Dojo) -> None:
    app = app_of(dojo, Start("page", page="kms:grant"))
    async with app.run_test(size=(100, 150)) as pilot:
        await pilot.pause()
        assert "more below" not in text(app)
        assert frame(app).cursor == ""
        assert "enter" not in foot(app)
        await pilot.press("down")
        assert foot(app)[0] == "enter"
        await pilot.resize_terminal(*SMALL)
        await pilot.press("home")
        await pilot.pause()
        assert "enter read on" in text(app)


async def test_the_first_answer_brings_what_takes_it_back(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.sit(lambda: dojo.start_sorter(SORTER, count=2, seed=1))
        await pilot.pause()
        assert foot(app)[1:] == ["h", "]", "esc", "?"]
        await pilot.press("1")
        assert "u" in foot(app)
        while frame(app).area() != "sort":
            await pilot.press("enter")
        assert foot(app)[1:] == ["u", "h", "esc", "?"]  # it is the last one: nothing comes before it
        await pilot.press("u")
        assert foot(app)[1:] == ["h", "]", "esc", "?"]


async def test_answers_are_gone_through_from_the_first_to_the_last(dojo: Dojo) -> None:
    app = app_of(dojo, Start("resume", attempt=dojo.start_test(count=3, seed=1).id))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("l", "end", "enter", "down", "enter")
        await pilot.pause()
        assert foot(app) == ["enter", "w", "t", "?"]  # all are blank: none is marked, slow or guessed
        await pilot.press("w")
        assert foot(app)[0] == "→"
        assert "←" not in foot(app)
        await pilot.press("right")
        assert foot(app)[:2] == ["→", "←"]
        await pilot.press("right")
        assert foot(app)[0] == "←"


async def test_the_problems_of_banks_are_read_and_not_opened(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.push_screen(ProblemsScreen())
        await pilot.press("question_mark")
        assert "enter" not in text(app)


async def test_progress_offers_to_practise_what_is_weak_once_something_is(dojo: Dojo) -> None:
    app = app_of(dojo)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("s")
        await settled(app, pilot)
        assert isinstance(app.screen, ProgressScreen)
        assert not {"enter", "p"} & set(foot(app))


async def test_times_are_hidden_only_where_they_are_told(dojo: Dojo) -> None:
    sitting = dojo.start_comparison(SORTER)
    while not isinstance(sitting.standing().slot, SortSlot):
        assert sitting.skip()
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        for start, offered, said in (
            (lambda: sitting, False, ["No times are told here."] * 2),
            (
                lambda: dojo.start_sorter(SORTER, count=3, seed=1),
                True,
                ["Times are hidden.", "Times are told after each answer."],
            ),
        ):
            app.sit(start)
            await pilot.pause()
            assert ("h" in foot(app)) is offered
            for words in said:
                await pilot.press("h")
                assert message(app) == words
            await pilot.press("escape")


async def test_a_clock_is_hidden_only_where_there_is_one(dojo: Dojo) -> None:
    for minutes, offered, said in ((0, False, "This test has no clock."), (10, True, "")):
        app = app_of(dojo, Start("resume", attempt=dojo.start_test(count=2, minutes=minutes, seed=1).id))
        async with app.run_test(size=SMALL) as pilot:
            await pilot.pause()
            await pilot.press("l")
            assert ("h" in foot(app)) is offered
            await pilot.press("h")
            assert message(app) == said
            await pilot.press("end", "enter")
            assert isinstance(app.screen, HandInScreen)
            assert ("h" in foot(app)) is offered
            await pilot.press("h")
            assert message(app) == said
            await pilot.press("escape", "0")
            assert message(app) == "Nothing is chosen."
