"""The commands of the author's guide, typed as they stand in the folder that the guide builds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.guide import GUIDE, write_guide_bank
from support.program import run

pytestmark = pytest.mark.terminal
LINES = re.compile(r"^keykata (?P<command>.*?)  +\S", re.M)
FOUND = re.compile(r"^\S+:\d+:\d+ (\w+) (\S+)$", re.M)
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


@pytest.mark.parametrize(
    ("kind", "errors"), [("question", set()), ("term", set()), ("comparison", {"error"})]
)
def test_a_skeleton_brings_what_the_guide_says(tmp_path: Path, kind: str, errors: set[str]) -> None:
    write_guide_bank(tmp_path)
    assert run(tmp_path, "new", kind, "--into", f"{kind}s/fresh.yaml", "--no-edit").returncode == 0
    done = run(tmp_path, "check", ".")
    found = set(FOUND.findall(done.stdout))
    assert {severity for severity, _ in found} == {"warning", "note", *errors}
    loud = {code for severity, code in found if severity != "note"}
    assert loud == {"placeholder", *(["ref-unknown-term"] if errors else [])}
    assert done.returncode == len(errors)
    assert all(f"`{code}`" in GUIDE for code in loud)
