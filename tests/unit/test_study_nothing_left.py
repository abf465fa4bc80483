"""Today when nothing more can be asked: why, and what can be done instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.core.errors import UsageError
from support.exam_folder import exam_bank
from support.homes import Desk


def test_who_answered_all_there_is_is_not_told_that_the_banks_are_empty(tmp_path: Path) -> None:
    dojo = Desk(tmp_path, exam_bank(tmp_path, per_task=1), shipped=False).open()
    sitting = dojo.start_today(seed=1)
    for _ in sitting.paper.slots:
        sitting.respond(sitting.standing().slot.right)
        sitting.advance()
    with pytest.raises(UsageError, match=r"Nothing is left for today\.") as told:
        dojo.start_today(seed=2)
    assert told.value.hint == "Read a page and take it on, or practise."


def test_a_bank_without_an_item_is_told_as_that(tmp_path: Path) -> None:
    bank = tmp_path / "bare"
    bank.mkdir()
    (bank / "bank.yaml").write_text("id: bare\nname: Bare\n")
    with pytest.raises(UsageError, match="There is nothing to study in the open banks"):
        Desk(tmp_path, bank, shipped=False).open().start_today()
