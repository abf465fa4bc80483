"""Names longer than their column: wrapped or cut, whichever is of use, and no fact is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.practice.form import Filter
from keykata.study.dojo import Dojo
from keykata.tui.starts import Start
from support.homes import Desk
from support.mixup_banks import queue_bank
from support.screens import LARGE, SMALL, TINY, app_of, side_of, text, too_wide

LONG = " of the whole company and of all its many partners"


@pytest.fixture
def long_named(tmp_path: Path) -> Iterator[Dojo]:
    """A dojo whose terms have long names, one of them missed."""
    desk = Desk(tmp_path, queue_bank(tmp_path, surname=LONG))
    dojo = desk.open()
    sitting = dojo.start_quiz(Filter(items=("mine:q1",)), count=1)
    texts = sitting.standing().slot.texts
    sitting.respond((next(place for place, text in enumerate(texts) if "Blue queue" in text),))
    sitting.finish()
    yield dojo
    desk.close()


@pytest.mark.parametrize("size", [TINY, SMALL, LARGE])
async def test_a_mix_up_with_long_names_tells_how_often(long_named: Dojo, size: tuple[int, int]) -> None:
    app = app_of(long_named)
    async with app.run_test(size=size) as pilot:
        await pilot.press("x")
        await app.workers.wait_for_complete()
        await pilot.press("down")
        await pilot.pause()
        said = " ".join(text(app).split())
        assert f"› Blue queue{LONG} for Red queue{LONG} 1 of 1" in said
        assert too_wide(app) == []
        after = [line for line in text(app).split("\n") if "partners" in line]
        assert all(line.startswith(("› ", "  ")) for line in after)


async def test_the_session_beside_a_question_has_a_line_for_each(long_named: Dojo) -> None:
    sitting = long_named.start_quiz(Filter(items=("mine:q1", "mine:q2", "mine:q3")), count=3)
    for _ in range(2):
        sitting.respond(sitting.standing().slot.right)
        sitting.mark()
        sitting.advance()
    app = app_of(long_named, Start("resume", attempt=sitting.id))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        head, first, second, third = side_of(app)[:4]
        assert head == "This session"
        for line, number in ((first, 1), (second, 2)):
            assert line.startswith(f"   {number}  ✓  Red queue of the")
            assert line.endswith("… *")
        assert third.startswith("›  3")


async def test_what_is_near_a_page_has_a_line_for_each(long_named: Dojo) -> None:
    app = app_of(long_named, Start("page", page="mine:red"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        near = side_of(app)
        names = near[near.index("Near it") + 1 :]
        assert names[0] == "Three queues"
        assert [name.startswith(("Blue queue", "Green queue")) for name in names[1:3]] == [True, True]
        assert all(name.endswith("…") for name in names[1:3])


async def test_the_clock_stays_beside_a_long_title_on_every_page_of_a_test(long_named: Dojo) -> None:
    sitting = long_named.start_test(Filter(items=("mine:q1", "mine:q2")), count=2, minutes=10, title=LONG * 2)
    app = app_of(long_named, Start("resume", attempt=sitting.id))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for keys, page in (((), "…"), (("l",), "… / list"), (("end", "enter"), "… · hand in")):
            await pilot.press(*keys)
            head = text(app).splitlines()[0]
            assert page in head
            assert head.endswith("10 min left")


async def test_a_cell_of_a_comparison_has_room_beside_or_under_the_name(desk: Desk) -> None:
    app = app_of(desk.open(), Start("page", page="saa-c03:alb-nlb-gwlb"))
    async with app.run_test(size=TINY) as pilot:
        await pilot.pause()
        lines = [line.rstrip() for line in text(app).split("\n")]
        assert "    Application Load Balancer: 7" in lines
        name = lines.index("    Application Load Balancer:")
        assert lines[name + 1] == "      HTTP, HTTPS, gRPC"
        assert too_wide(app) == []
