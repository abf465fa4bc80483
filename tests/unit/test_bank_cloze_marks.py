"""Clozes that open or close nothing are named; whole ones are left alone."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from keykata.bank.clozes import pieces
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


@pytest.mark.parametrize("text", ["{{c1::" * 3300, "{{c1::a::" * 2200])
def test_openings_that_nothing_closes_are_plain_and_read_at_once(text: str) -> None:
    began = process_time()
    assert [piece.text for piece in pieces(text)] == [text]
    assert process_time() - began < 2  # seconds


def test_a_number_nobody_could_count_to_is_no_cloze(tmp_path: Path) -> None:
    text = "It is {{c" + "9" * 5000 + "::mine}}."
    assert "yaml" not in "".join(codes(tmp_path, f"'{text}'"))
    assert [piece.text for piece in pieces(text)] == [text]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{c2::a::b}} c", [("a", "c2", "b"), (" c", "", "")]),
        ("{{c2::a::}} b}}", [("a", "c2", "}} b")]),
        ("{{c2::a::}}", [("a::", "c2", "")]),
        ("{{c1::{{c2::a}}", [("{{c2", "c1", "a")]),
        ("{{c1::}}", [("{{c1::}}", "", "")]),
    ],
)
def test_a_cloze_of_anki_ends_at_the_first_marks_behind_it(
    text: str, told: list[tuple[str, str, str]]
) -> None:
    assert pieces(text) == tuple(told)
