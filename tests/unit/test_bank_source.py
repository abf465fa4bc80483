"""Files full of characters that cannot stand in them: told within bounds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from keykata.bank.findings import MAX_PROBLEMS
from keykata.bank.source import open_source

ROOT = Path(__file__).resolve().parents[2]
SPARE = 7
# within 600 MB and ten seconds of work: only what is kept may cost more than a look
PROGRAM = (
    "import resource, sys\n"
    "resource.setrlimit(resource.RLIMIT_AS, (600 << 20,) * 2)\n"
    "resource.setrlimit(resource.RLIMIT_CPU, (10,) * 2)\n"
    "from keykata.bank.source import open_source\n"
    "print(open_source('a.yaml', bytes(7_900_000)).sheet.all()[-1].message)\n"
)


@pytest.mark.parametrize(
    ("sign", "shown", "severity"),
    [("\x1b", "␛", "error"), ("\ufeff", "\ufffd", "error"), ("\u2028", " ", "warning")],
)
def test_of_very_many_bad_characters_the_first_are_told_and_all_are_counted(
    sign: str, shown: str, severity: str
) -> None:
    source = open_source("a.yaml", ("x" + f"{sign}y\n" * (MAX_PROBLEMS + SPARE)).encode())
    *listed, last = source.sheet.all()
    assert [(one.place.line, one.severity) for one in listed] == [
        (number, severity) for number in range(1, MAX_PROBLEMS + 1)
    ]
    assert last.message == f"{SPARE} more problems of this file are not listed."
    assert last.severity == severity
    assert source.sheet.errors == (MAX_PROBLEMS + SPARE if severity == "error" else 0)
    assert source.text == "x" + f"{shown}y\n" * (MAX_PROBLEMS + SPARE)


def test_a_file_of_nothing_but_controls_costs_little() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT / "app")},
    )
    assert done.stdout == "7899500 more problems of this file are not listed.\n", done.stderr
