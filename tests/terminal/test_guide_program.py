"""The commands of the author's guide, typed as they stand in the folder that the guide builds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.guide import GUIDE, write_guide_bank
from support.program import run

pytestmark = pytest.mark.terminal
LINES = re.compile(r"^keykata (?P<command>.*?)  +\S", re.M)
ENDLESS = "--watch"


def test_the_loop_of_the_guide_works_word_for_word(tmp_path: Path) -> None:
    write_guide_bank(tmp_path)
    assert run(tmp_path, "check", ".").stdout == "No problems found.\n"
    (tmp_path / "other.md").write_text("### Which?\n\n- [x] One.\n- [ ] Two.\n- [ ] Three.\n- [ ] Four.\n")
    told = {}
    for line in LINES.finditer(GUIDE):
        command = line["command"].replace("FILE", "other.md")
        if ENDLESS not in command:
            done = run(tmp_path, *command.split())
            told[command] = done.stdout
            assert done.returncode == 0, (command, done.stderr)
    assert len(told) > 5
    assert "Counted: kms, saa-c03, rotation." in told["coverage --bank ."]
    assert "rotation-1" in told["check ."]
