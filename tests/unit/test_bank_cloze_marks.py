"""Clozes that open or close nothing are named; whole ones are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.bank.reader import load_bank

TERM = """id: thing
name: Thing
short: What it is.
definition: It is what it is.
concepts:
  first: %s
refs: [https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html]
checked: 2026-11
"""


def codes(folder: Path, text: str) -> list[str]:
    (folder / "terms").mkdir()
    (folder / "bank.yaml").write_text("id: mine\nname: Mine\nblueprint: false\n", encoding="utf-8")
    (folder / "terms" / "thing.yaml").write_text(TERM % text, encoding="utf-8")
    return [problem.code for problem in load_bank(folder, exams={}).problems]


@pytest.mark.parametrize("text", ["It is ==mine.", "It is ==== mine.", "It is ==one== and two== here."])
def test_a_mark_without_its_partner_is_an_error(tmp_path: Path, text: str) -> None:
    assert "cloze-broken" in codes(tmp_path, text)


@pytest.mark.parametrize(
    "text", ["It is ==mine==.", "It is ==mine|whose== or ==1|a|first== and ==1|b|==.", "It is {{c1::mine}}."]
)
def test_whole_marks_are_fine(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, text) == []
