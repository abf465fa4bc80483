"""Plain mode with a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.terminal import Terminal

pytestmark = pytest.mark.terminal
TERM = "id: pair\nname: Pair\nshort: Two of a kind.\ndefinition: Two of a kind.\n"
QUESTION = """  {name}:
    level: recall
    topics: [pair]
    stem: Of the {name} we ask {name} what a {name} does to any {name}.
    ask: Which of these hold?
    options:
      - {{right: Yes to {name}., why: It does.}}
      - {{right: Yes again., why: It does.}}
      - {{wrong: No to {name}., why: It does not.}}
      - {{wrong: No again., why: It does not.}}
      - {{wrong: No at all., why: It does not.}}
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A quiz in plain mode, asked for its first answer; its questions take two letters."""
    bank = tmp_path / "two"
    (bank / "questions").mkdir(parents=True)
    (bank / "bank.yaml").write_text("id: two\nname: Two\nblueprint: false\n", encoding="utf-8")
    (bank / "terms").mkdir()
    (bank / "terms" / "pair.yaml").write_text(TERM, encoding="utf-8")
    (bank / "questions" / "q.yaml").write_text(
        "questions:\n" + "".join(QUESTION.format(name=name) for name in ("one", "other")), encoding="utf-8"
    )
    chosen = ("quiz", "--plain", "--term", "pair", "--bank", str(bank))
    made = Terminal(tmp_path / "home", *chosen, columns=100, rows=40)
    yield made
    made.close()


def test_the_answer_stands_behind_its_prompt(terminal: Terminal) -> None:
    terminal.wait("Your answer:")
    terminal.press("a", "enter")
    terminal.wait("Too few: this one takes 2")
    lines = terminal.text().split("\n")
    right = "".join(line[0].lower() for line in lines if line[1:6] == ". Yes")
    terminal.press(f"{right} sure", "enter")
    shown = terminal.wait("Question 2 of 2.")
    assert f"Your answer: {right} sure\nRight.\n" in shown
    terminal.press("quit", "enter")
    terminal.wait("Left open at 2 of 2.")
    assert terminal.wait_end() == 0


def test_ctrl_c_leaves_at_once(terminal: Terminal) -> None:
    terminal.wait("Your answer:")
    terminal.press("\x03")
    assert terminal.wait_end() == 130
    assert "Traceback" not in terminal.text()
