"""A paper that can no longer be read takes no answer with it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any, cast

import pytest

from keykata.core.errors import UnreadableError
from keykata.practice.form import Filter
from keykata.practice.paper import RecallSlot
from keykata.study.dojo import Dojo
from keykata.study.sitting import Sitting
from support.homes import Desk

UNKNOWN = {"right": None, "options": [], "task": None, "scored": None}


def _practised(desk: Desk) -> tuple[Sitting, Sitting]:
    """Two sittings, the first with questions and a fact."""
    dojo = desk.open()
    dojo.take_on("kms:grant")
    first = dojo.start_today()
    kinds = set()
    while not first.done:
        kinds.add(first.standing().slot.kind == "question")
        if isinstance(slot := first.standing().slot, RecallSlot):
            first.rate(3)
        else:
            first.respond(slot.right)
        first.advance()
    assert kinds == {True, False}
    first.finish()
    second = dojo.start_quiz(Filter(banks=("kms",)), count=2)
    second.respond((0,) if 1 not in second.standing().slot.right else (1,))
    return first, second


def _lose(desk: Desk, attempt: str) -> Dojo:
    """The home after what an attempt showed was damaged."""
    desk.close()
    with closing(sqlite3.connect(desk.places.home / "keykata.db")) as db, db:
        db.execute(
            "UPDATE snapshot SET body = x'00' WHERE hash = (SELECT snapshot FROM attempt WHERE id = ?)",
            (attempt,),
        )
    return desk.open()


def test_every_answer_is_told_though_a_paper_is_lost(desk: Desk) -> None:
    first, second = _practised(desk)
    dojo = desk.open()
    before = cast("list[dict[str, Any]]", list(dojo.log_json()))
    after = cast("list[dict[str, Any]]", list(_lose(desk, first.id).log_json()))
    expected = [line | UNKNOWN if line["attempt"] == first.id else line for line in before]
    assert after == expected
    assert {line["attempt"] for line in after} == {first.id, second.id}


def test_the_sessions_are_listed_and_counted_though_a_paper_is_lost(desk: Desk) -> None:
    first, second = _practised(desk)
    before = cast("list[dict[str, Any]]", desk.open().history_json())
    dojo = _lose(desk, first.id)
    after = cast("list[dict[str, Any]]", dojo.history_json())
    assert [one["id"] for one in after] == [one["id"] for one in before] == [first.id, second.id]
    for name in ("items", "answered", "correct", "mode", "finished_at"):
        assert after[0][name] == before[0][name]
    assert (after[0]["raw"], after[0]["scaled"], after[0]["domains"]) == (None, None, [])
    assert after[1] == before[1]
    with pytest.raises(UnreadableError) as told:
        dojo.report(first.id)
    assert "keykata log shows them" in told.value.hint
