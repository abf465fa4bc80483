"""A line that takes what is drawn more slowly than keys are pressed: they are heard all the same."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from support.exam_files import write_exam_bank
from support.terminal import PATIENCE, QUIET, Terminal

pytestmark = pytest.mark.terminal
QUESTIONS = 40


def saved(home: Path) -> int:
    """How many choices the log holds, seen from outside."""
    with sqlite3.connect(f"file:{home / 'keykata.db'}?mode=ro", uri=True) as log:
        (count,) = log.execute("SELECT count(*) FROM event WHERE kind = 'response'").fetchone()
    return int(count)


def test_what_is_typed_is_saved_while_nothing_is_drawn_and_then_only_the_newest_is(tmp_path: Path) -> None:
    home = tmp_path / "home"
    bank = write_exam_bank(tmp_path / "banks")
    terminal = Terminal(home, "exam", "--bank", str(bank))
    try:
        terminal.wait("1 of 65")
        for _ in range(QUESTIONS):
            terminal.type_undrawn("a", "\x1b[C")
        end = time.monotonic() + PATIENCE
        while saved(home) < QUESTIONS and time.monotonic() < end:
            time.sleep(QUIET)
        assert saved(home) == QUESTIONS
        terminal.wait(f"{QUESTIONS + 1} of 65")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    finally:
        terminal.close()
