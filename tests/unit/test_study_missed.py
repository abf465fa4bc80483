"""The missed list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.core.errors import UsageError
from keykata.practice.form import Filter
from keykata.study.dojo import Dojo
from support.homes import Desk
from support.mixup_banks import queue_bank


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, queue_bank(tmp_path))
    yield desk
    desk.close()


def answer(dojo: Dojo, name: str, *, right: bool) -> None:
    sitting = dojo.start_quiz(Filter(items=(f"mine:{name}",)), count=1)
    slot = sitting.standing().slot
    wrong = next(place for place in range(len(slot.texts)) if place not in slot.right)
    sitting.respond(slot.right if right else (wrong,))
    sitting.finish()


def test_a_missed_question_stands_on_the_list_with_its_notes(mine: Desk) -> None:
    dojo = mine.open()
    answer(dojo, "q1", right=True)
    mine.clock.pass_days(1)
    answer(dojo, "q1", right=False)
    answer(dojo, "q1", right=False)
    dojo.note("mine:q1", "Red keeps them.")
    (item,) = dojo.missed_list()
    assert (item.item, item.title) == ("mine:q1", "Red queue")
    assert item.lead.startswith("A team sends messages")
    assert item.notes == ("Red keeps them.",)
    assert (item.missed, item.tries) == (2, 3)
    assert (item.last_right, item.right_days) == ("2026-11-23", 0)


def test_it_leaves_after_being_right_on_two_days(mine: Desk) -> None:
    dojo = mine.open()
    answer(dojo, "q1", right=False)
    assert dojo.missed_list()[0].last_right is None
    answer(dojo, "q1", right=True)
    answer(dojo, "q1", right=True)
    assert [(item.right_days, item.last_right) for item in dojo.missed_list()] == [(1, "2026-11-23")]
    mine.clock.pass_days(1)
    answer(dojo, "q1", right=True)
    assert dojo.missed_list() == ()


def test_a_new_miss_begins_the_count_again(mine: Desk) -> None:
    dojo = mine.open()
    for right in (False, True, False, True):
        answer(dojo, "q1", right=right)
        mine.clock.pass_days(1)
    assert [(item.right_days, item.missed) for item in dojo.missed_list()] == [(1, 2)]


def test_the_oftenest_missed_stands_first(mine: Desk) -> None:
    dojo = mine.open()
    for name in ("q1", "q2", "q2", "q3"):
        answer(dojo, name, right=False)
        mine.clock.pass_seconds(60)
    assert [item.item for item in dojo.missed_list()] == ["mine:q2", "mine:q1", "mine:q3"]
    assert dojo.missed_count() == 3


def test_an_undone_miss_is_not_listed(mine: Desk) -> None:
    dojo = mine.open()
    sitting = dojo.start_quiz(Filter(items=("mine:q1",)), count=1)
    slot = sitting.standing().slot
    sitting.respond((next(place for place in range(4) if place not in slot.right),))
    sitting.undo()
    assert dojo.missed_list() == ()


def test_practising_the_list_asks_the_longest_unseen_first(mine: Desk) -> None:
    dojo = mine.open()
    for name in ("q3", "q1", "q2"):
        answer(dojo, name, right=False)
        mine.clock.pass_seconds(60)
    sitting = dojo.start_missed_list(count=2)
    assert [slot.item for slot in sitting.paper.slots] == ["mine:q3", "mine:q1"]
    assert sitting.mode == "quiz"


def test_an_empty_list_says_so(mine: Desk) -> None:
    with pytest.raises(UsageError, match="missed list"):
        mine.open().start_missed_list()


def test_a_question_the_banks_no_longer_have_is_left_out(mine: Desk, tmp_path: Path) -> None:
    answer(mine.open(), "q3", right=False)
    queue_bank(tmp_path, questions=2)
    assert mine.open().missed_list() == ()
