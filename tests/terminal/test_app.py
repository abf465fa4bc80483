"""The real program in a real terminal: a first day, a crash, and the next morning's Home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.caches import shared_cache
from support.terminal import ROOT, Terminal

pytestmark = pytest.mark.terminal


class Learner:
    """Opens terminals on one home and closes them all in the end."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self._open: list[Terminal] = []

    def opens(self, *arguments: str, columns: int = 80, rows: int = 24) -> Terminal:
        """Start the program."""
        terminal = Terminal(self.home, *arguments, columns=columns, rows=rows)
        self._open.append(terminal)
        return terminal

    def close(self) -> None:
        """Close every terminal."""
        for terminal in self._open:
            terminal.close()

    def log(self) -> list[dict[str, object]]:
        """What `keykata log --json` says."""
        done = subprocess.run(
            [sys.executable, "-m", "keykata", "log", "--json", "--home", str(self.home)],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "app"),
                "KEYKATA_CACHE": str(shared_cache()),
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    """Somebody with an empty home."""
    made = Learner(tmp_path)
    yield made
    made.close()


def answer(terminal: Terminal, position: int, total: int) -> None:
    """Answer whatever stands at a position, and wait until the answer is acknowledged."""
    where = f"{position} of {total}"
    text = terminal.wait(lambda shown: where in shown and ("enter confirm" in shown or "enter show" in shown))
    if "confirm" in text:
        wanted = 3 if "select 3" in text else 2 if "select 2" in text else 1
        terminal.press(*"abc"[:wanted], "enter")
        terminal.wait("enter next")
    else:
        terminal.press("enter")
        terminal.wait("3 Knew it")
        terminal.press("3")


@pytest.mark.long
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_a_first_day(learner: Learner, columns: int, rows: int) -> None:
    first = learner.opens(columns=columns, rows=rows)
    first.wait("Ten questions")
    first.press("enter")
    answer(first, 1, 10)
    first.press("esc")
    first.wait("Go on: First questions")
    assert len(learner.log()) == 1

    first.press("l")
    first.wait("Customer managed key")
    first.press(*"customer managed")
    first.wait("1 entry")
    first.press("enter")
    first.wait("Library / Customer managed key")
    first.press("p")
    first.wait("Practice · Customer managed key")
    for position in range(1, 6):
        answer(first, position, 10)
        if position < 5 and "enter next" in first.text():
            first.press("enter")
    first.press("ctrl+q")
    assert first.wait_end() == 0
    assert len(learner.log()) == 6

    second = learner.opens(columns=columns, rows=rows)
    second.wait("Go on: Practice · Customer managed key")
    second.wait("Comes back")
    second.wait("6 answered")
    second.press("q")
    assert second.wait_end() == 0


def test_a_kill_in_the_middle_loses_nothing(learner: Learner) -> None:
    first = learner.opens()
    first.wait("Ten questions")
    first.press("enter")
    for position in range(1, 4):
        answer(first, position, 10)
        if position < 3:
            first.press("enter")
    first.kill()
    second = learner.opens()
    second.wait("Go on: First questions")
    assert "4 of 10" in second.text()
    assert len(learner.log()) == 3
    second.press("down", "enter")
    second.wait("First questions")
    second.wait("4 of 10")


def test_a_terminal_that_goes_away_ends_the_program_in_order(learner: Learner) -> None:
    terminal = learner.opens()
    terminal.wait("Ten questions")
    terminal.hang_up()
    assert terminal.wait_end() is not None


def test_bytes_that_are_no_text_do_not_end_the_app(learner: Learner) -> None:
    app = learner.opens()
    app.wait("Ten questions")
    for junk in (b"\xc3(", b"\xff\xfe", b"\x1b[200~caf\xe9\x1b[201~", b"\x00\xe2\x82"):
        app.send(junk)
    app.press("l")
    app.wait("Customer managed key")
    app.press("ctrl+q")
    assert app.wait_end() == 0
