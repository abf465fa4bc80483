"""The page before a mock exam: the one left open first, then another."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.study.dojo import Dojo
from keykata.tui.starts import PaperWish, Start
from support.exam_banks import write_exam_bank
from support.exam_files import seal
from support.exam_files import write_exam_bank as written_bank
from support.homes import Desk
from support.screens import LARGE, SMALL, TINY, app_of, exam_of, text, too_wide


async def test_the_page_before_an_exam_goes_on_with_the_open_one_or_begins_the_next_paper(
    dojo: Dojo,
) -> None:
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("m")
        assert "2 sealed papers left" in text(app)
        await pilot.press("enter", "a", "enter", "escape", "escape", "m")
        shown = text(app)
        assert "1 sealed paper left" in shown
        assert "› Go on: Mock exam 1" in shown
        assert "2 of 65, 130 min left" in shown
        assert "Another whole mock exam: 65 questions" in shown
        await pilot.press("enter")
        assert "Mock exam 1" in text(app)
        first = {slot.item for slot in exam_of(app).sitting.paper.slots}
        await pilot.press("escape", "escape", "m", "down", "enter")
        assert "Mock exam 2" in text(app)
        assert not first & {slot.item for slot in exam_of(app).sitting.paper.slots}
        await pilot.press("escape", "escape", "m")
        shown = text(app)
        assert "sealed paper left" not in shown.split("\n", maxsplit=1)[0]
        assert "No sealed paper is left." in shown
        assert too_wide(app) == []


@pytest.mark.parametrize("size", [SMALL, LARGE, TINY])
async def test_the_command_offers_the_open_exam_and_begins_another_only_when_told(
    wide: Desk, size: tuple[int, int]
) -> None:
    dojo = wide.open()
    dojo.start_exam().leave()
    app = app_of(dojo, Start("exam"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "› Go on: Mock exam 1" in text(app)
        assert text(app).split("\n")[-1].startswith("enter go on")
        assert len(dojo.open_exams()) == 1
        await pilot.press("down")
        assert text(app).split("\n")[-1].startswith("enter begin")
        await pilot.press("up", "enter")
        assert exam_of(app).sitting.title == "Mock exam 1"
        assert len(dojo.open_exams()) == 1


async def test_a_paper_that_was_asked_for_is_begun_as_it_was_asked_for(wide: Desk) -> None:
    dojo = wide.open()
    dojo.start_exam().leave()
    app = app_of(dojo, Start("exam", paper=PaperWish(seed=7, strict=True, extra=True)))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "› Go on: Mock exam 1" in text(app)
        assert "Start it, seed 7, with extra time, strict" in text(app)
        await pilot.press("down", "enter")
        paper = exam_of(app).sitting.paper
        assert (paper.seed, paper.strict, paper.minutes) == (7, True, 160)
    assert [sitting.title for sitting in dojo.open_exams()] == ["Mock exam 2", "Mock exam 1"]


async def test_an_open_exam_is_offered_where_its_bank_is_gone(wide: Desk, tmp_path: Path) -> None:
    wide.open().start_exam().leave()
    wide.close()
    other = Desk(tmp_path, write_exam_bank(tmp_path, "few", each=0), shipped=False)
    app = app_of(other.open(), Start("exam"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "› Go on: Mock exam 1" in text(app)
        assert "No open bank can fill another one." in text(app)
        await pilot.press("enter")
        assert "1 of 65" in text(app)
    other.close()


async def test_a_sealed_paper_without_a_question_keeps_nobody_out_of_the_app(tmp_path: Path) -> None:
    bank = write_exam_bank(tmp_path, each=6)
    with (bank / "bank.yaml").open("a") as header:
        header.write("sealed:\n  - []\n")
    desk = Desk(tmp_path, bank, shipped=False)
    app = app_of(desk.open())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "Browse the library" in text(app)
        assert "sealed" not in text(app)
        await pilot.press("m", "enter")
        assert "Mock exam 1" in text(app)
    desk.close()


@pytest.mark.parametrize("size", [SMALL, TINY])
async def test_a_sealed_paper_of_other_shares_is_neither_whole_nor_shorter(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    bank = written_bank(tmp_path)
    seal(bank, range(8, 73))
    app = app_of(Desk(tmp_path, bank, shipped=False).open(), Start("exam"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "A mock exam: 65 questions" in text(app)
        await pilot.press("end")
        shown = " ".join(text(app).split())
        assert "Its domains have other shares than those of a whole exam." in shown
        assert "cannot fill" not in shown
        assert too_wide(app) == []
