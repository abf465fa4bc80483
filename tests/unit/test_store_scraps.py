"""Clearing away what killed programs left takes nothing that only looks like it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from keykata.store.scraps import sweep


@pytest.fixture
def gone() -> int:
    """The number of a program that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_what_somebody_named_stays_however_old_it_is(tmp_path: Path) -> None:
    named = ["exam.part2.db", "my.party.db", "second.part", "keykata.db.part.db", "keykata.db.x.part"]
    for name in named:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    sweep(tmp_path / "keykata.db", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(named)


@pytest.mark.skipif(os.name != "posix", reason="nobody can ask whether a program runs")
def test_what_cannot_be_cleared_away_does_not_keep_the_rest(tmp_path: Path, gone: int) -> None:
    folders = [tmp_path / f"{letter}.db.{gone}.part" for letter in "abcxyz"]
    for folder in folders:
        folder.mkdir()
    (tmp_path / f"m.db.{gone}.part").touch()
    sweep(tmp_path / "keykata.db", tmp_path)
    assert sorted(tmp_path.iterdir()) == folders
