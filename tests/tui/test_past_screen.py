"""Past sessions: their names can be read on any screen, and a place is told only of a list that is cut."""

from __future__ import annotations

import pytest

from keykata.study.dojo import Dojo
from support.screens import SMALL, TINY, app_of, text, too_wide

NAMES = tuple(f"New questions on the subject number {number} of the exam" for number in range(5))


def sessions(dojo: Dojo, *names: str) -> None:
    """A session left open, then ended ones, one question each."""
    dojo.start_quiz(count=5, seed=99, title="Practice left open before its end").leave()
    for number, name in enumerate(names):
        sitting = dojo.start_quiz(count=1, seed=number, title=name)
        sitting.respond(sitting.standing().slot.right)
        sitting.finish()


def flat(shown: str) -> str:
    """The words in one line."""
    return " ".join(shown.split())


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
async def test_a_list_that_is_in_view_as_a_whole_tells_no_place(dojo: Dojo, size: tuple[int, int]) -> None:
    sessions(dojo, *NAMES[:3])
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        await pilot.press("h")
        await pilot.pause()
        assert NAMES[2][:30] in text(app)
        assert " of 4" not in text(app)


async def test_the_place_in_a_long_list_is_told_from_the_first(dojo: Dojo) -> None:
    sessions(dojo, *NAMES)
    app = app_of(dojo)
    async with app.run_test(size=TINY) as pilot:
        await pilot.press("h")
        await pilot.pause()
        assert "1 of 6" in text(app)
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert " of 6" not in text(app)


async def test_names_are_whole_on_a_narrow_screen_and_the_cursor_stays_in_view(dojo: Dojo) -> None:
    sessions(dojo, *NAMES)
    app = app_of(dojo)
    async with app.run_test(size=TINY) as pilot:
        await pilot.press("h")
        await pilot.pause()
        assert "› Practice left open before its end left open 1 of 5" in flat(text(app))
        for name in reversed(NAMES):
            await pilot.press("down")
            assert f"› {name} Mon 23 Nov 1 of 1" in flat(text(app))
            assert too_wide(app) == []
        await pilot.press(*["pageup"] * len(NAMES))
        assert "› Practice left open" in text(app)
        await pilot.click("#body", offset=(4, 1))  # the line under the name
        assert text(app).startswith("Practice left open before its e…  1 of 5")
