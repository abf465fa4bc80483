"""Clocks that jump and homes that cannot be written, as a learner sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
