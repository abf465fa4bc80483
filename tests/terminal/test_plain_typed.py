"""Plain mode with a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.terminal import Terminal

pytestmark = pytest.mark.terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A quiz in plain mode, asked for its first answer; its question takes two letters."""
    made = Terminal(tmp_path / "home", "quiz", "--plain", "--count", "2", "--seed", "7", columns=100, rows=40)
    yield made
    made.close()


def test_the_answer_stands_behind_its_prompt(terminal: Terminal) -> None:
    terminal.wait("Your answer:")
    terminal.press("a", "enter")
    terminal.wait("Too few: this one takes 2")
    terminal.press("de sure", "enter")
    shown = terminal.wait("Question 2 of 2.")
    assert "Your answer: de sure\nRight.\n" in shown
    terminal.press("quit", "enter")
    terminal.wait("Left open at 2 of 2.")
    assert terminal.wait_end() == 0


def test_ctrl_c_leaves_at_once(terminal: Terminal) -> None:
    terminal.wait("Your answer:")
    terminal.press("\x03")
    assert terminal.wait_end() == 130
    assert "Traceback" not in terminal.text()
