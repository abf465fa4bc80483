"""The shipped content: clean, whole, and as the format's figures promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.bank.library import Library
from keykata.bank.model import Comparison, Question, Term
from keykata.study.checking import check
from keykata.study.opening import library_of
from keykata.study.places import Places

TERMS = (
    "customer-managed-key",
    "aws-managed-key",
    "aws-owned-key",
    "aws-kms",
    "key-policy",
    "key-rotation",
    "envelope-encryption",
    "key-deletion",
    "grant",
    "alias",
    "multi-region-key",
    "s3-bucket-key",
)


def test_the_shipped_banks_have_nothing_to_mend(tmp_path: Path) -> None:
    problems = check([], Places(home=tmp_path, cache=None))
    serious = [problem for problem in problems if problem.severity != "note"]
    assert serious == []


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shipped banks, read once from their files."""
    return library_of(Places(home=tmp_path_factory.mktemp("home"), cache=None))


@pytest.mark.parametrize("name", TERMS)
def test_every_kms_term_is_a_whole_page(name: str, library: Library) -> None:
    term = library.item(f"kms:{name}")
    assert isinstance(term, Term)
    assert 4 <= len(term.concepts) <= 6
    assert all("==" in concept.text for concept in term.concepts)
    assert len(term.faqs) >= 3
    assert term.sensei
    assert term.on_exam
    assert term.related
    assert term.refs


def test_the_three_kinds_are_compared_and_sorted(library: Library) -> None:
    comparison = library.item("kms:kms-key-kinds")
    assert isinstance(comparison, Comparison)
    assert len(comparison.aspects) >= 16
    assert comparison.sorter is not None
    assert len(comparison.sorter.scenarios) >= 20
    fits = [scenario.fits for scenario in comparison.sorter.scenarios]
    assert min(fits.count(subject.id) for subject in comparison.subjects) >= 5


def test_there_are_forty_questions_and_the_right_one_is_not_given_away(library: Library) -> None:
    questions = [library.item(entry.id) for entry in library.entries("question")]
    assert len(questions) >= 40
    single = [q for q in questions if isinstance(q, Question) and q.selects == 1]
    multiple = [q for q in questions if isinstance(q, Question) and q.selects > 1]
    assert len(multiple) >= 6
    longest = [q for q in single if max(q.options, key=lambda option: len(option.text)).right]
    assert len(longest) <= len(single) / 3


def test_the_ten_first_questions_exist(library: Library) -> None:
    assert len(library.opening()) == 10
    assert all(library.entry(item) for item in library.opening())
