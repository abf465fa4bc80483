"""A whole mock exam on a real terminal: marks, changes, two kills, and a clock that runs out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.store.store import open_store
from support.exam_files import write_exam_bank
from support.program import run
from support.recount import as_told, recounted
from support.terminal import Terminal

pytestmark = pytest.mark.terminal
SECONDS_LEFT = 12
LIMIT = 130 * 60


class Candidate:
    """Somebody who sits the exam again and again in new terminals on one home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bank = str(write_exam_bank(folder / "banks"))
        self._open: list[Terminal] = []

    def opens(self, *arguments: str) -> Terminal:
        """Start the program on the exam."""
        made = Terminal(self.folder / "home", "exam", *arguments, "--bank", self.bank)
        self._open.append(made)
        return made

    def answers(self, terminal: Terminal, first: int, last: int) -> None:
        """Choose A, then B (where two are wanted: both), from one position to another."""
        for position in range(first, last + 1):
            terminal.wait(f"{position} of 65")
            terminal.press("ab\r")

    def lets_time_go_by(self, attempt: str) -> None:
        """The home as it is when all but the last seconds are used."""
        store = open_store(self.folder / "home", entropy=os.urandom)
        try:
            store.save_clock(attempt, LIMIT - SECONDS_LEFT, 0)
        finally:
            store.close()

    def close(self) -> None:
        """Close every terminal."""
        for terminal in self._open:
            terminal.close()


@pytest.fixture
def candidate(tmp_path: Path) -> Iterator[Candidate]:
    """Somebody with a bank that fills whole exams."""
    made = Candidate(tmp_path)
    yield made
    made.close()


@pytest.mark.long
def test_a_whole_exam_survives_kills_and_ends_at_zero(candidate: Candidate) -> None:
    first = candidate.opens("--seed", "9")
    candidate.answers(first, 1, 9)
    first.wait("10 of 65")
    first.press("m", "D", "a", "s")
    first.wait("You are sure")
    first.press("enter")
    candidate.answers(first, 11, 30)
    first.wait("31 of 65")
    first.kill()

    second = candidate.opens("--resume")
    if "10 of 65" in second.wait(" of 65"):  # two were wanted there, and one was chosen
        second.press("l", "3", "1", "enter")
    candidate.answers(second, 31, 60)
    second.wait("61 of 65")
    second.kill()

    (opened,) = json.loads(run(candidate.folder, "history", "--json", "--bank", candidate.bank).stdout)
    assert opened["finished_at"] is None
    candidate.lets_time_go_by(opened["id"])
    third = candidate.opens("--resume")
    third.wait("0:1")
    third.press("l", "6", "1", "enter")
    third.wait("61 of 65")
    third.press("ab\r")
    third.wait("62 of 65")
    third.press("n", "half a note")
    third.wait("half a note")
    third.wait("handed in as it stood", SECONDS_LEFT + 15)
    third.press("esc", "ctrl+q")
    assert third.wait_end() == 0

    report = json.loads(
        run(candidate.folder, "history", opened["id"], "--json", "--bank", candidate.bank).stdout
    )
    log = run(candidate.folder, "log", "--json", "--bank", candidate.bank).stdout
    answers = [json.loads(line) for line in log.splitlines()]
    assert [answer["position"] for answer in answers] == list(range(1, 62))
    assert as_told(report) == recounted(answers)
    tenth = answers[9]
    assert (tenth["marked"], tenth["struck"], tenth["chosen"]) == (True, ["D"], ["A"])
    assert tenth["confidence"] == "sure"
    paper = run(candidate.folder, "history", opened["id"][-6:], "--bank", candidate.bank).stdout
    assert "Left blank, so wrong: 62 63 64 65." in paper
    assert "130 of 130 minutes." in paper
    assert notes(candidate.folder) == ["half a note"]


def notes(folder: Path) -> list[str]:
    """The notes of a home, from its log."""
    store = open_store(folder / "home", entropy=os.urandom)
    try:
        return [str(event.body["text"]) for event in store.events() if event.kind == "note"]
    finally:
        store.close()
