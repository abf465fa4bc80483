"""Programs that come in while a database is replaced."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from keykata.core.errors import BusyError
from keykata.core.event import Draft
from keykata.store.database import DATABASE
from keykata.store.restore import restore
from keykata.store.store import Store, open_store
from support.clocks import START, CountingEntropy

TODAY = "2026-11-23"


def answered(home: Path, first: int, last: int) -> Store:
    """A store of a home after some answers."""
    store = open_store(home, entropy=CountingEntropy(str(first)))
    for number in range(first, last):
        body = {"v": 1, "kind": "question", "correct": True, "rating": 3}
        store.append([Draft("answer", body, "A", f"kms:q{number}", f"kms:q{number}")], now=START, day=TODAY)
    return store


def restores(home: Path) -> int:
    """What a program that restores the backup exits with."""
    try:
        restore(home, home / "good.db", stamp="x")
    except BusyError as error:
        return error.exit_code
    return 0


def restores_elsewhere(home: Path) -> int:
    """The same of a program of its own."""
    child = os.fork()
    if not child:
        os._exit(restores(home))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_nothing_is_replaced_under_a_program_that_is_just_coming_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fcntl")
    store = answered(tmp_path, 0, 5)
    store.backup(tmp_path / "good.db")
    store.close()
    codes: list[int] = []
    real: Callable[..., sqlite3.Connection] = sqlite3.connect

    def opening(*given: object, **named: object) -> sqlite3.Connection:
        db = real(*given, **named)
        if not codes and given[0] == tmp_path / DATABASE:  # open, and not yet locked
            codes.append(-1)
            codes[0] = restores_elsewhere(tmp_path)
        return db

    monkeypatch.setattr(sqlite3, "connect", opening)
    before = (tmp_path / DATABASE).stat().st_ino
    answered(tmp_path, 5, 8).close()
    assert codes == [BusyError.exit_code]
    assert (tmp_path / DATABASE).stat().st_ino == before
    store = open_store(tmp_path, entropy=CountingEntropy("c"))
    assert len(list(store.events())) == 8
    store.close()


def test_once_it_is_in_the_restore_is_refused_and_afterwards_it_is_not(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    store = answered(tmp_path, 0, 5)
    store.backup(tmp_path / "good.db")
    assert restores_elsewhere(tmp_path) == BusyError.exit_code
    store.close()
    assert restores_elsewhere(tmp_path) == 0
    answered(tmp_path, 5, 8).close()
