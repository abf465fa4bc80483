"""The synced folder around a session: whoever leaves does not wait for what others wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.cli import drawing
from keykata.cli.syncing import UNFINISHED
from keykata.study.dojo import Dojo
from keykata.study.log_reading import SLICE
from support.homes import Desk

QUESTIONS = 3


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Dojo, Dojo]]:
    """Two computers on one folder; the first has not seen what the second wrote there."""
    folder = tmp_path / "cloud"
    folder.mkdir()
    desks = [Desk(tmp_path / name) for name in ("laptop", "tower")]
    laptop, tower = (desk.open() for desk in desks)
    for dojo in (laptop, tower):
        dojo.set_sync_folder(str(folder))
        practise(dojo)
    tower.sync()
    yield laptop, tower
    for desk in desks:
        desk.close()


def practise(dojo: Dojo) -> None:
    sitting = dojo.start_quiz(count=QUESTIONS, seed=7)
    while not sitting.done:
        sitting.respond(sitting.standing().slot.right)
        sitting.advance()
    sitting.finish()


def at_once(_done: int, _whole: int) -> bool:
    return False


def test_leaving_breaks_off_in_time_and_the_next_exchange_goes_on(
    desks: tuple[Dojo, Dojo], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, tower = desks
    monkeypatch.setattr(drawing, "LEAVING", 0.0)
    drawing._leave(laptop, None)
    assert capsys.readouterr().err == f"{UNFINISHED}\n"
    assert tower.sync().answers == QUESTIONS, "what was answered here is in the folder all the same"
    monkeypatch.undo()
    drawing._leave(laptop, None)
    assert capsys.readouterr().err == "From the synced folder: 3 answers of 1 device.\n"
    assert tower.sync().entries == 0


def test_what_is_answered_between_exchanges_that_are_broken_off_is_written_once(
    desks: tuple[Dojo, Dojo], tmp_path: Path
) -> None:
    laptop, tower = desks
    for number in range(SLICE):
        tower.set_minutes(20 + number % 2)
    tower.sync()
    once = iter((True,))
    broken_off = laptop.sync(lambda _done, _whole: next(once, False))
    assert (broken_off.stopped, broken_off.entries) == (True, SLICE)
    for _ in range(2):
        practise(laptop)
        assert laptop.sync(at_once).stopped
    assert tower.sync().answers == 3 * QUESTIONS
    laptop.sync()
    lines = [line for file in (tmp_path / "cloud").iterdir() for line in file.read_text().splitlines()]
    entries = [told["id"] for told in map(json.loads, lines) if "id" in told]
    assert len(entries) == len(set(entries)) == laptop.rooms.ledger.store.length()
