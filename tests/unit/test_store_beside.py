"""More than one connection of one program to a home, while other programs come and go."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.event import Draft
from keykata.store import backups
from keykata.store.store import Store, open_store
from support.clocks import START

TODAY = "2026-11-23"
ROOT = Path(__file__).resolve().parents[2]
COUNTER = """
import os, sys
from pathlib import Path
from keykata.store.store import open_store
store = open_store(Path(sys.argv[1]), entropy=os.urandom)
print(len(list(store.events())))
store.close()
"""


def answer(store: Store, number: int) -> None:
    body = {"v": 1, "kind": "question", "correct": True, "rating": 3}
    store.append([Draft("answer", body, "A", f"kms:q{number}", f"kms:q{number}")], now=START, day=TODAY)


def counted_by_another_program(home: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-c", COUNTER, str(home)],
        env={"PYTHONPATH": str(ROOT / "app"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda store: store.again().close(),
        lambda store: store.beside(writing=True).close(),
        lambda store: store.beside().close(),
        lambda store: backups.write_daily(store.path, TODAY),
    ],
    ids=["again", "writing beside", "beside", "backup"],
)
def test_what_is_answered_after_another_program_ended_is_kept(
    tmp_path: Path, meanwhile: Callable[[Store], object]
) -> None:
    with closing(open_store(tmp_path, entropy=os.urandom)) as store:
        answer(store, 1)
        meanwhile(store)
        assert counted_by_another_program(tmp_path) == 1  # and ends, as the last one for all it knows
        answer(store, 2)
        assert counted_by_another_program(tmp_path) == 2
