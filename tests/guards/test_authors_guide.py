"""The author's guide teaches a bank that the reader takes without a word."""

from __future__ import annotations

import re
from pathlib import Path

from keykata.bank.model import Question, Term
from keykata.bank.reader import load_bank, load_exam
from support.guide import GUIDE, write_guide_bank

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = re.compile(r"^keykata (\w+)", re.M)


def test_the_bank_of_the_guide_has_no_problem(tmp_path: Path) -> None:
    write_guide_bank(tmp_path)
    exam, _ = load_exam(ROOT / "content" / "exams" / "saa-c03.yaml")
    assert exam is not None
    bank = load_bank(tmp_path, exams={exam.id: exam})
    assert bank.problems == ()
    assert [type(item) for item in bank.items] == [Term, Question, Question, Question]
    assert [item.selects for item in bank.items if isinstance(item, Question)] == [1, 1, 2]


def test_the_commands_of_the_guide_exist() -> None:
    from keykata.cli.root import COMMANDS as KNOWN

    named = set(COMMANDS.findall(GUIDE))
    assert named >= {"new", "preview", "check", "coverage", "import"}
    assert named <= set(KNOWN)
