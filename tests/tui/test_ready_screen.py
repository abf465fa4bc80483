"""Home says how likely passing is, once there is something to say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.practice.form import Filter
from keykata.study.dojo import Dojo
from support.homes import Desk
from support.screens import LARGE, SMALL, app_of, painted, place_of, text, too_wide

DAYS = 3


@pytest.fixture
def desk(tmp_path: Path, wide_bank: Path) -> Iterator[Desk]:
    """A learner's computer with a bank held to the blueprint."""
    made = Desk(tmp_path, wide_bank)
    yield made
    made.close()


@pytest.fixture
def dojo(desk: Desk) -> Dojo:
    """A learner with that bank."""
    return desk.open()


def practise(dojo: Dojo, count: int) -> None:
    """So many new questions of each domain; two of three right."""
    for domain in "1234":
        wanted = Filter(banks=("wide",), domains=(domain,), only="unseen")
        sitting = dojo.start_quiz(wanted, count=count)
        for number in range(count):
            right = sitting.standing().slot.right
            wrong = tuple(place for place in range(4) if place not in right)
            sitting.respond(right if number % 3 else wrong[: len(right)])
            sitting.advance()
        sitting.finish()


async def test_one_line_says_what_is_missing(dojo: Dojo) -> None:
    practise(dojo, 4)
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "Ready?   14 more first tries and this can say something." in text(app)
        await pilot.press("r")
        assert "KeyKata" in text(app)


@pytest.mark.parametrize("size", [SMALL, LARGE, (60, 20), (200, 60)])
async def test_the_interval_is_drawn_and_r_starts_what_would_tell_most(
    dojo: Dojo, size: tuple[int, int]
) -> None:
    practise(dojo, 20)
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = text(app)
        assert "likely to pass today" in shown
        assert "between " in shown
        assert "━●━" in shown
        assert "What would tell most: 20 new questions on" in shown
        assert too_wide(app) == []
        await pilot.press("r")
        assert "1 of 20" in text(app)


async def test_progress_promises_no_key_that_does_something_else_there(dojo: Dojo) -> None:
    practise(dojo, 20)
    app = app_of(dojo)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "What would tell most: " in text(app)
        assert "r starts" not in text(app)
        column, row = place_of(app, "         What would tell most")
        await pilot.click(offset=(column + 12, row))
        assert text(app).startswith("Progress")


@pytest.mark.parametrize("size", [SMALL, LARGE, (60, 20), (200, 60)])
async def test_progress_tells_what_would_gain_most_and_how_it_went(
    desk: Desk, dojo: Dojo, size: tuple[int, int]
) -> None:
    for _ in range(DAYS):
        practise(dojo, 10)
        desk.clock.pass_days(1)
    app = app_of(dojo)
    async with app.run_test(size=size) as pilot:
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        pages = []
        for _ in range(12):
            pages.append(text(app))
            assert too_wide(app) == []
            await pilot.press("pagedown")
        shown = "\n".join(pages)
        assert "What would gain most" in shown
        assert "half of the rest learned" in " ".join(shown.split())
        assert "How likely passing was" in shown
        for day in ("Mon 23 Nov", "Tue 24 Nov", "Wed 25 Nov"):
            assert day in shown


async def test_it_is_said_in_ascii_where_that_is_wanted(dojo: Dojo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYKATA_ASCII", "1")
    practise(dojo, 20)
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "What would tell most" in painted(app)
        assert " to ~" in painted(app)
        assert painted(app).isascii()
