"""What takes long over many cards or answers is done beside the thread that paints."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from keykata.practice.form import Filter
from keykata.study.changes import MANY, Changes
from keykata.study.missed import missed_items
from keykata.study.mixups import count_mixups
from keykata.study.shelf import Shelf
from support.homes import Desk
from support.mixup_banks import queue_bank
from support.screens import LARGE, app_of, text
from support.threads import threads_of

PARTS = MANY // 100 + 1  # of a hundred gaps each
BANK = "id: mine\nname: Mine\nblueprint: false\n"
TERM = """
id: thing
name: Thing
short: What it is.
definition: It is what it is.
concepts:
{concepts}refs: [https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html]
checked: 2026-11
"""


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_what_was_edited_is_looked_up_beside_before_a_session_of_very_many_facts(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "mine"
    (folder / "terms").mkdir(parents=True)
    (folder / "bank.yaml").write_text(BANK, encoding="utf-8")
    gaps = " ".join(f"=={number}|gap {number}|which==" for number in range(1, 101))
    concepts = "".join(f"  part-{part}: It has {gaps}.\n" for part in range(PARTS))
    (folder / "terms" / "thing.yaml").write_text(TERM.format(concepts=concepts), encoding="utf-8")
    desk = Desk(tmp_path, folder)
    desk.open().take_on("mine:thing")
    app = app_of(desk.open())
    with threads_of(Changes._present) as threads:
        async with app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            assert len(threads) == PARTS  # already at Home, so that the key need not wait
            app.dojo.set_minutes(25)  # the log grows: it has to be looked up again
            await pilot.press("v")
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot)
            assert "1 of" in text(app)
            assert len(threads) == 2 * PARTS
            assert threading.get_ident() not in threads
    desk.close()


@pytest.mark.parametrize(
    ("work", "told"), [(count_mixups, "Blue queue for Red queue"), (missed_items, "never right yet")]
)
async def test_what_was_missed_and_mixed_up_is_looked_up_beside(
    tmp_path: Path, work: Callable[..., object], told: str
) -> None:
    desk = Desk(tmp_path, queue_bank(tmp_path))
    dojo = desk.open()
    sitting = dojo.start_quiz(Filter(items=("mine:q1",)), count=1)
    texts = sitting.standing().slot.texts
    sitting.respond((next(place for place, text in enumerate(texts) if "Blue queue" in text),))
    sitting.finish()
    app = app_of(dojo)
    with threads_of(work) as threads:
        async with app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            await pilot.press("x")
            await settled(pilot)
            assert told in text(app)
            assert threads
            assert threading.get_ident() not in threads
    desk.close()


async def test_the_lines_of_practice_are_counted_over_one_look_at_the_questions(desk: Desk) -> None:
    app = app_of(desk.open())
    async with app.run_test(size=LARGE) as pilot:
        await settled(pilot)
        with threads_of(Shelf.candidates) as looks:
            await pilot.press("p")
            await settled(pilot)
        assert "What I have not seen yet" in text(app)
        assert len(looks) == 1
