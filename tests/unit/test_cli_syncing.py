"""The synced folder around a session: whoever leaves does not wait for what others wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.cli import drawing
from keykata.cli.syncing import UNFINISHED
from support.homes import Desk

QUESTIONS = 3


def test_leaving_breaks_off_in_time_and_the_next_exchange_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cloud"
    folder.mkdir()
    desks = [Desk(tmp_path / name) for name in ("laptop", "tower")]
    laptop, tower = (desk.open() for desk in desks)
    for dojo in (laptop, tower):
        dojo.set_sync_folder(str(folder))
        sitting = dojo.start_quiz(count=QUESTIONS, seed=7)
        while not sitting.done:
            sitting.respond(sitting.standing().slot.right)
            sitting.advance()
        sitting.finish()
    tower.sync()
    monkeypatch.setattr(drawing, "LEAVING", 0.0)
    drawing._leave(laptop, None)
    assert capsys.readouterr().err == f"{UNFINISHED}\n"
    monkeypatch.undo()
    drawing._leave(laptop, None)
    assert capsys.readouterr().err == "From the synced folder: 3 answers of 1 device.\n"
    assert tower.sync().answers == QUESTIONS
    for desk in desks:
        desk.close()
