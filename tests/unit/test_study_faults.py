"""Clocks that jump and homes that cannot be written, as a learner sees them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.errors import UnreadableError
from keykata.store.database import DATABASE
from keykata.study.dojo import Dojo
from support.clocks import DAY, HOUR
from support.homes import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def answer(dojo: Dojo, count: int) -> None:
    sitting = dojo.start_quiz(count=count)
    while not sitting.done:
        slot = sitting.standing().slot
        sitting.respond(slot.right)
        sitting.advance()
    sitting.finish()


@pytest.mark.parametrize("jump", [-3 * DAY, -400 * DAY, -2 * HOUR, 5 * DAY])
def test_a_clock_that_jumps_brings_nothing_back_twice_and_no_negative_time(desk: Desk, jump: int) -> None:
    dojo = desk.open()
    answer(dojo, 3)
    desk.clock.at += jump
    answer(dojo, 3)
    answers = list(dojo.log_json())
    assert len(answers) == len({line["id"] for line in answers}) == 6
    assert all(isinstance(line["seconds"], (int, float)) and line["seconds"] >= 0 for line in answers)
    store = dojo.rooms.ledger.store
    due = [row.card for row in store.due_rows("2099-01-01", 1 << 60)]
    assert len(due) == len(set(due))
    before = [store.card(card) for card in due]
    dojo.rebuild()
    assert [store.card(card) for card in due] == before
    told = any(notice.kind == "clock" for notice in dojo.home().notices)
    assert told == (jump < -DAY)


def test_a_backup_that_cannot_be_made_is_told_on_home(desk: Desk) -> None:
    dojo = desk.open()
    (desk.places.home / "backups").write_text("no folder")
    dojo.set_minutes(30)
    dojo.rooms.ledger.keeper.close()
    notice = next(notice for notice in dojo.home().notices if notice.kind == "backup")
    assert "no backup of today" in notice.text
    assert dojo.settings()["minutes"] == 30


def lose_papers(desk: Desk) -> None:
    """As after a repair that found every answer, but no paper."""
    desk.close()
    with closing(sqlite3.connect(desk.places.home / DATABASE)) as db:
        db.execute("DELETE FROM snapshot")
        db.commit()


def test_what_lost_its_paper_is_not_offered_to_go_on_and_holds_up_nothing_else(desk: Desk) -> None:
    dojo = desk.open()
    answer(dojo, 2)
    dojo.start_quiz(count=5).respond((0,))
    dojo.start_sorter(dojo.sorters()[0].id)
    exam = dojo.start_exam()
    exam.select([0])
    exam.leave()
    assert dojo.exam_offer().sealed == 1
    lose_papers(desk)
    dojo = desk.open()
    assert dojo.home().open == dojo.open_sittings() == dojo.open_exams() == ()
    assert [dojo.latest_open(mode) for mode in ("quiz", "drill", "exam")] == [None] * 3
    assert dojo.exam_offer().sealed == 2
    told = [
        (entry["mode"], entry["items"], entry["answered"], entry["full"]) for entry in dojo.history_json()
    ]
    assert told[:2] == [("quiz", 2, 2, None), ("quiz", 5, 1, None)]
    assert [mode for mode, *_ in told] == ["quiz", "quiz", "drill", "exam"]
    assert [past.right for past in dojo.past()] == [2]
    assert [line["mode"] for line in dojo.log_json()] == ["quiz", "quiz", "quiz", "exam"]
    again = dojo.start_exam()
    assert dojo.exam_offer().sealed == 1
    assert [sitting.id for sitting in dojo.home().open] == [again.id]
    with pytest.raises(UnreadableError, match=r"cannot be read\. It is missing"):
        dojo.resume(exam.id)


def test_a_damaged_paper_of_an_exam_keeps_neither_home_nor_the_next_exam_shut(desk: Desk) -> None:
    dojo = desk.open()
    for _ in range(3):
        dojo.start_exam()
    desk.close()
    with closing(sqlite3.connect(desk.places.home / DATABASE)) as db:
        db.execute("UPDATE snapshot SET body = x'00'")
        db.commit()
    dojo = desk.open()
    assert dojo.home().open == ()
    assert dojo.start_exam().title == "Mock exam 4"
