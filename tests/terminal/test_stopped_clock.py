"""Stopped by ctrl+z: what passes until the program goes on is no time of the learner's."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from support.terminal import Terminal

pytestmark = pytest.mark.terminal

# as little of a shell as lets a program in front be stopped by ctrl+z, and go on at the next line
SHELL = """
import os, signal, sys

signal.signal(signal.SIGTTOU, signal.SIG_IGN)
child = os.fork()
if not child:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, "-m", "keykata", *sys.argv[1:]])
while os.WIFSTOPPED(status := os.waitpid(child, os.WUNTRACED)[1]):
    os.tcsetpgrp(0, os.getpgrp())
    print("Stopped.", flush=True)
    sys.stdin.readline()
    os.tcsetpgrp(0, child)
    os.kill(child, signal.SIGCONT)
sys.exit(os.waitstatus_to_exitcode(status))
"""

TERM = "id: pair\nname: Pair\nshort: Two of a kind.\ndefinition: Two of a kind.\n"
QUESTION = """questions:
  one:
    level: recall
    topics: [pair]
    stem: Two of a kind lie here.
    ask: What are they?
    options:
      - {right: A pair., why: They are two.}
      - {wrong: A dozen., why: They are two.}
      - {wrong: A score., why: They are two.}
      - {wrong: A gross., why: They are two.}
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """The folder of a bank of one question."""
    made = tmp_path / "one"
    for kind in ("terms", "questions"):
        (made / kind).mkdir(parents=True)
    (made / "bank.yaml").write_text("id: one\nname: One\nblueprint: false\n", encoding="utf-8")
    (made / "terms" / "pair.yaml").write_text(TERM, encoding="utf-8")
    (made / "questions" / "q.yaml").write_text(QUESTION, encoding="utf-8")
    return made


def seconds_of_the_answer(home: Path) -> float:
    """What the log says the only answer took."""
    with closing(sqlite3.connect(home / "keykata.db")) as database:
        told = "SELECT json_extract(body, '$.seconds') FROM event WHERE kind = 'answer'"
        ((seconds,),) = database.execute(told)
    return float(seconds)


def as_long_as_since(began: float) -> float:
    """Twice what has passed, which outweighs the start and the end of the program; the seconds slept."""
    away = 2 * (time.monotonic() - began)
    time.sleep(away)
    return away


def test_plain_mode_counts_no_time_while_it_is_stopped(tmp_path: Path, bank: Path) -> None:
    home, began = tmp_path / "home", time.monotonic()
    terminal = Terminal(home, "quiz", "--plain", "--term", "pair", "--bank", str(bank), code=SHELL)
    terminal.wait("Your answer:")
    terminal.press("\x1a")
    terminal.wait("Stopped.")
    away = as_long_as_since(began)
    terminal.press("enter")
    terminal.press("a", "enter")
    assert terminal.wait_end() == 0
    assert seconds_of_the_answer(home) < time.monotonic() - began - away


def test_the_app_counts_no_time_while_it_is_stopped(tmp_path: Path, bank: Path) -> None:
    home, began = tmp_path / "home", time.monotonic()
    terminal = Terminal(home, "quiz", "--term", "pair", "--bank", str(bank))
    terminal.wait("enter confirm")
    terminal.stop()
    away = as_long_as_since(began)
    terminal.go_on()
    terminal.wait("enter confirm")
    terminal.press("a", "enter")
    terminal.wait("enter next")
    terminal.press("ctrl+q")
    assert terminal.wait_end() == 0
    assert seconds_of_the_answer(home) < time.monotonic() - began - away
