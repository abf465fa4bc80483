"""What a check says of sealed papers that can never be sat, or whose questions are shown elsewhere."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from keykata.bank.loading import LoadedBank
from keykata.bank.model import Problem
from keykata.bank.reader import load_bank
from support.bank_texts import BANK, EXAM, FILES, QUESTION_FILE, QUESTIONS, changed, write_files

DISPUTE = "    disputed: {since: 2026-11, claim: Both fit., links: [https://example.com/why]}\n"


def sealed(folder: Path, papers: str, *, head: str = BANK, questions: str = QUESTIONS) -> LoadedBank:
    """The small bank with these sealed papers, of an exam whose form takes one question."""
    files: dict[str, str | bytes] = {
        **FILES,
        "bank.yaml": f"{head}sealed:\n{papers}",
        QUESTION_FILE: questions,
    }
    exam = msgspec.structs.replace(EXAM, scored=1, unscored=0)
    return load_bank(write_files(folder, files), exams={exam.id: exam})


def told(bank: LoadedBank) -> list[tuple[str, str, int, int]]:
    return [(one.code, one.severity, one.place.line, one.place.column) for one in bank.problems]


def only(bank: LoadedBank) -> Problem:
    (found,) = bank.problems
    return found


def test_a_paper_larger_than_a_form_is_told_at_its_place(tmp_path: Path) -> None:
    head = changed(BANK, "opening: [snapshot]\n", "")
    bank = sealed(tmp_path, "  - [snapshot]\n  - [disable, snapshot]\n", head=head)
    assert told(bank)[0] == ("sealed-paper", "warning", 10, 5)
    assert bank.problems[0].message == "Sealed paper 2 holds 2 questions of the exam; a whole form takes 1."
    assert "Take 1 out" in bank.problems[0].hint
    assert bank.problems[0].place.file == str(tmp_path / "bank.yaml")
    assert bank.problems[0].excerpt == "  - [disable, snapshot]"


@pytest.mark.parametrize(
    "questions",
    [
        changed(QUESTIONS, "  disable:\n", f"  disable:\n{DISPUTE}"),
        changed(QUESTIONS, "  task: 1.3\n", "").replace("  snapshot:\n", "  snapshot:\n    task: 1.3\n"),
    ],
    ids=["disputed", "of no task"],
)
def test_a_paper_without_a_question_of_the_exam_is_told(tmp_path: Path, questions: str) -> None:
    found = only(sealed(tmp_path, "  - [disable]\n", questions=questions))
    assert (found.code, found.place.line) == ("sealed-paper", 10)
    assert found.message == "Sealed paper 1 holds no question that a mock exam asks."
    assert "not disputed" in found.hint


def test_sealed_papers_of_a_bank_without_an_exam_are_told(tmp_path: Path) -> None:
    head = changed(BANK, "exam: saa-c03             # a comment beside an id is fine\n", "")
    found = only(sealed(tmp_path, "  - [disable]\n", head=head))
    assert (found.code, found.severity) == ("sealed-paper", "warning")
    assert "prepares for no exam" in found.message


def test_a_sealed_question_among_the_first_ones_is_told_there(tmp_path: Path) -> None:
    found = only(sealed(tmp_path, "  - [snapshot]\n"))
    assert (found.code, found.place.line, found.place.column) == ("sealed-twice", 8, 11)
    assert found.message == "`snapshot` is one of the first questions, and stands in sealed paper 1 as well."
    assert found.excerpt == "opening: [snapshot]"


def test_a_question_in_two_papers_or_twice_in_one_is_told_at_the_later_place(tmp_path: Path) -> None:
    bank = sealed(tmp_path, "  - [disable]\n  - [kms:disable]\n")
    assert told(bank) == [("sealed-twice", "warning", 11, 6)]
    assert only(bank).message == "`kms:disable` stands in sealed paper 1 already."
    assert told(sealed(tmp_path, "  - [disable, disable]\n")) == [("sealed-twice", "warning", 10, 15)]


def test_what_is_wrong_with_the_questions_or_the_exam_is_told_there_alone(tmp_path: Path) -> None:
    spoiled = changed(QUESTIONS, "- right: A customer managed key", "- wrong: A customer managed key")
    assert only(sealed(tmp_path, "  - [disable]\n", questions=spoiled)).code == "right-missing"
    assert only(sealed(tmp_path, "  - [disabled]\n")).code == "ref-unknown-item"
    head = changed(BANK, "exam: saa-c03 ", "exam: saa-c02 ")
    assert only(sealed(tmp_path, "  - [disable]\n", head=head)).code == "ref-unknown-exam"
