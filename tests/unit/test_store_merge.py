"""Merging: a union by event id; each batch whole or not at all, whatever happens in the middle of it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from keykata.core.errors import UnreadableError, UsageError
from keykata.core.event import Draft
from keykata.exchange.log_lines import event_line, header_line, read_line
from keykata.exchange.log_model import Damage
from keykata.store.examine import is_damaged
from keykata.store.store import Store, open_store
from keykata.study.merging import merge
from keykata.study.sending import save_log
from keykata.study.syncing import sync
from support.clocks import START, CountingEntropy
from support.program import ROOT

DAY = "2026-11-23"


def opened(home: Path, machine: str = "") -> Store:
    return open_store(home, entropy=CountingEntropy(f"{home.name}{machine}"), machine=machine)


def answers(store: Store, count: int, attempt: str = "A") -> None:
    start = Draft("attempt-started", {"v": 1, "mode": "quiz", "title": "T", "items": count}, attempt)
    store.append([start], now=START, day=DAY, snapshot=b'{"paper":1}')
    for first in range(0, count, 1000):
        drafts = [
            Draft("answer", {"v": 1, "kind": "question", "rating": 3, "correct": True}, attempt, card, card)
            for card in (f"b:q{number % 700}" for number in range(first, min(count, first + 1000)))
        ]
        store.append(drafts, now=START, day=DAY)


def never(done: int, whole: int) -> bool:
    return False


def test_an_unfinished_and_a_damaged_line(tmp_path: Path) -> None:
    ours, theirs = opened(tmp_path / "a"), opened(tmp_path / "b")
    answers(theirs, 3)
    log = tmp_path / "log.jsonl"
    assert save_log(theirs, log) == 4
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join((*lines[:3], lines[3].replace(b'"rating":3', b'"rating":4'), *lines[4:])))
    told = merge(ours, log)
    assert (told.answers, told.devices, told.skipped) == (2, 1, 1)
    assert (told.flaws[0].line, told.flaws[0].message) == (4, "its checksum does not fit")
    log.write_bytes(b"".join(lines))
    assert (merge(ours, log).answers, merge(ours, log).known) == (1, 3)
    assert ours.answers() == 3


def test_a_session_without_its_paper_waits_for_it(tmp_path: Path) -> None:
    ours, theirs = opened(tmp_path / "a"), opened(tmp_path / "b")
    answers(theirs, 2)
    log = tmp_path / "log.jsonl"
    save_log(theirs, log)
    lines = [line for line in log.read_bytes().splitlines(keepends=True) if b'"snapshot":"' not in line[:20]]
    (tmp_path / "cut.jsonl").write_bytes(b"".join(lines))
    assert "paper" in merge(ours, tmp_path / "cut.jsonl").flaws[0].message
    assert ours.attempts() == ()
    merge(ours, log)
    assert [row.answered for row in ours.attempts()] == [2]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "setting", "body": {"name": "minutes", "value": "many"}},
        {"kind": "attempt-started", "body": {"seed": "x"}},
        {"day": "2026-02-31"},
        {"at": 1 << 60},
        {"device": "../../etc"},
        {"item": "b:\x1b[2J"},
    ],
)
def test_an_event_that_would_break_the_program_is_refused(change: dict[str, object], tmp_path: Path) -> None:
    import msgspec

    store = opened(tmp_path)
    (event,) = store.append([Draft("note", {"v": 1, "text": "x"}, None, "b:q")], now=START, day=DAY)
    told = msgspec.json.decode(event_line(event))
    told.pop("sum")
    assert read_line(msgspec.json.encode(told)) == event
    assert isinstance(read_line(msgspec.json.encode(told | change)), Damage)


def test_this_home_itself_and_what_is_no_log_are_refused(tmp_path: Path) -> None:
    store = opened(tmp_path / "a")
    with pytest.raises(UsageError, match="home that is open"):
        merge(store, tmp_path / "a")
    (tmp_path / "letter.txt").write_text("Dear all,\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match="no log of KeyKata"):
        merge(store, tmp_path / "letter.txt")
    (tmp_path / "newer.jsonl").write_bytes(
        header_line("ab").replace(b'"v":1', b'"v":9').split(b',"sum"')[0] + b"}\n"
    )
    with pytest.raises(UnreadableError, match="newer KeyKata"):
        merge(store, tmp_path / "newer.jsonl")
    with pytest.raises(UnreadableError):
        merge(store, tmp_path / "nothing")


def test_a_copied_home_gets_a_name_of_its_own(tmp_path: Path) -> None:
    """Two machines of one name and one path: the device file cannot tell them apart, the folder can."""
    folder = tmp_path / "folder"
    folder.mkdir()
    first = opened(tmp_path / "home", "m")
    answers(first, 2)
    sync(first, folder, lambda *_: True)
    name = first.device
    copy = open_store(tmp_path / "copy", entropy=CountingEntropy("copy"), machine="m")
    copy.device = name
    answers(copy, 3, "B")
    log = tmp_path / "copy.jsonl"
    save_log(copy, log)
    (folder / f"{name} (conflicted copy).jsonl").write_bytes(log.read_bytes())
    told = sync(first, folder, lambda *_: True)
    assert told.renewed
    assert told.answers == 3
    assert first.device != name
    assert first.answers() == 5


def test_a_merge_that_is_broken_off_goes_on_later(tmp_path: Path) -> None:
    ours, theirs = opened(tmp_path / "a"), opened(tmp_path / "b")
    answers(theirs, 5)
    assert merge(ours, tmp_path / "b", never).stopped
    assert merge(ours, tmp_path / "b").answers == 5


def test_between_its_steps_another_program_gets_its_turn(tmp_path: Path) -> None:
    ours, theirs = opened(tmp_path / "a"), opened(tmp_path / "b")
    answers(theirs, 1500)
    beside = opened(tmp_path / "a")
    given = []

    def watch(done: int, whole: int) -> bool:
        given.extend(
            beside.append([Draft("note", {"v": 1, "text": "x"}, None, "b:q1")], now=START, day=DAY)
            if done < whole
            else ()
        )
        return True

    save_log(theirs, tmp_path / "log.jsonl")
    assert merge(ours, tmp_path / "b", watch).answers == 1500
    assert len(given) >= 7
    merge(beside, tmp_path / "log.jsonl", watch)
    assert ours.length() == 1501 + len(given)


def test_a_merge_waits_while_another_program_writes(tmp_path: Path) -> None:
    ours, theirs = opened(tmp_path / "a"), opened(tmp_path / "b")
    answers(theirs, 10)
    other = sqlite3.connect(ours.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    letting_go = threading.Timer(0.7, lambda: other.execute("ROLLBACK"))
    letting_go.start()
    assert merge(ours, tmp_path / "b").answers == 10
    letting_go.join()
    other.close()


MERGER = """
import os, sys
from pathlib import Path
from keykata.store.store import open_store
from keykata.study import log_reading, merging
log_reading.BATCH = 400
store = open_store(Path(sys.argv[1]), entropy=os.urandom)
def watch(done, whole):
    print(done, flush=True)
    return True
merging.merge(store, Path(sys.argv[2]), watch)
"""


def derived(store: Store) -> list[object]:
    """What follows from the log, as far as it was taken in."""
    return [store.counts(DAY, START), store.attempts(), [store.card(f"b:q{number}") for number in range(700)]]


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.11])
def test_a_kill_in_the_middle_leaves_whole_slices_and_a_sound_database(delay: float, tmp_path: Path) -> None:
    theirs = opened(tmp_path / "b")
    answers(theirs, 4000)
    log = tmp_path / "log.jsonl"
    save_log(theirs, log)
    child = subprocess.Popen(
        [sys.executable, "-c", MERGER, str(tmp_path / "a"), str(log)],
        env={"PYTHONPATH": str(ROOT / "app"), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(delay)  # a kill at any moment of the merge, not a wait for something
    child.kill()
    child.communicate()
    ours = opened(tmp_path / "a")
    assert not is_damaged(ours.path)
    before = derived(ours)
    ours.rebuild()
    assert derived(ours) == before
    merge(ours, log)
    assert ours.answers() == 4000
