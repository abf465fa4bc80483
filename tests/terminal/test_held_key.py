"""A key that is held down, or lies under a book: it answers nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import run
from support.terminal import Terminal

pytestmark = pytest.mark.terminal


def test_enter_held_down_opens_a_session_and_answers_none_of_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    terminal = Terminal(home)
    try:
        terminal.wait("Ten questions")
        terminal.type_undrawn(*["enter"] * 60)
        terminal.wait("A key held down answers nothing.")
        terminal.wait("1 of 10")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    finally:
        terminal.close()
    assert run(home, "log", "--json").stdout == ""
