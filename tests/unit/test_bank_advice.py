"""Every rule on its own page: the question it must catch, and the one it must let pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from keykata.bank.advising import Advice
from keykata.bank.model import Problem
from keykata.bank.read_services import load_services
from keykata.bank.reader import load_bank, load_exam
from keykata.bank.rules.pages import GROUPS, Page, all_pages

PAGES = all_pages()
CONTENT = Path(__file__).parents[2] / "content"
SERVICES, _ = load_services(CONTENT / "services.yaml")
ADVICE = Advice(services=SERVICES, month="2026-11")
EXAM, _ = load_exam(CONTENT / "exams" / "saa-c03.yaml")
WITH_EXAMPLE = [page for page in PAGES.pages.values() if page.catch]
WITH_FILES = [page for page in PAGES.pages.values() if page.catch_file]
IN_WORDS = {  # what takes a whole bank, and where it is tested
    "review-missing": "test_bank_reading",
    "long-right-bank": "test_bank_wide_rules",
    "absolute-bank": "test_bank_wide_rules",
    "right-position": "test_bank_wide_rules",
    "multi-share": "test_bank_wide_rules",
    "blueprint": "test_bank_wide_rules",
    "orphan-term": "test_bank_wide_rules",
    "untested-term": "test_bank_wide_rules",
}


def question(**changes: Any) -> dict[str, Any]:
    """The base question of the pages, with some fields changed; what is None is left out."""
    return {name: value for name, value in {**PAGES.base, **changes}.items() if value is not None}


def told(folder: Path, made: dict[str, Any]) -> list[Problem]:
    """What a thorough check says of one question."""
    text = yaml.safe_dump({"questions": {"the-one": made}}, allow_unicode=True, sort_keys=False)
    return told_of_file(folder, text, "questions/q.yaml")


def told_of_file(folder: Path, text: str, name: str) -> list[Problem]:
    """What a thorough check says of a bank with one file."""
    (folder / name).parent.mkdir(parents=True)
    header = "id: one\nname: One\nexam: saa-c03\nblueprint: false\n"
    (folder / "bank.yaml").write_text(header, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    assert EXAM is not None
    return list(load_bank(folder, exams={EXAM.id: EXAM}, advice=ADVICE).problems)


def codes(problems: list[Problem]) -> list[str]:
    """Their codes."""
    return [problem.code for problem in problems]


def test_the_base_question_gets_no_word(tmp_path: Path) -> None:
    assert told(tmp_path, question()) == []


def test_every_page_has_its_example_or_says_in_words_what_it_is_told_of() -> None:
    without = {code: page for code, page in PAGES.pages.items() if not page.catch and not page.catch_file}
    assert set(without) == set(IN_WORDS)
    assert all(page.catch_words and page.pass_words for page in without.values())
    for page in PAGES.pages.values():
        assert page.group in GROUPS
        assert page.title
        assert page.why.endswith(".")


@pytest.mark.parametrize("page", WITH_FILES, ids=lambda page: page.code)
def test_a_flaw_of_a_file_is_caught_and_what_passes_passes(tmp_path: Path, page: Page) -> None:
    name = "terms/versioning.yaml" if page.file == "term" else "questions/q.yaml"
    found = told_of_file(tmp_path / "bad", page.catch_file, name)
    first = next(one for one in found if one.code == page.code)
    assert first.hint
    assert first.severity in page.severity
    assert page.code not in codes(told_of_file(tmp_path / "good", page.pass_file, name))


@pytest.mark.parametrize("page", WITH_EXAMPLE, ids=lambda page: page.code)
def test_a_flaw_is_caught_and_what_passes_passes(tmp_path: Path, page: Page) -> None:
    found = told(tmp_path / "bad", question(**page.catch))
    assert page.code in codes(found)
    first = next(one for one in found if one.code == page.code)
    assert first.hint
    assert first.place.line > 1
    assert first.severity in page.severity
    assert page.code not in codes(told(tmp_path / "good", question(**page.passes)))


def test_a_rule_is_switched_off_in_the_open(tmp_path: Path) -> None:
    changes = PAGES.pages["vague"].catch | {"allow": {"vague": "the word is AWS's own"}}
    assert "vague" not in codes(told(tmp_path, question(**changes)))


def test_a_rule_that_does_not_exist_is_told(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, question(allow={"vagu": "a slip"}))
    assert problem.hint == "Did you mean `vague`?"


@pytest.mark.parametrize(
    "ask",
    [
        "Which solution meets these requirements with the LEAST operational overhead?",
        "Which policy follows the principle of least privilege and meets the requirements?",
        "Which solution meets these requirements MOST cost-effectively?",
        "Which solution ensures that objects are not deleted with the LEAST effort?",
    ],
)
def test_the_measures_of_aws_are_no_negatives(tmp_path: Path, ask: str) -> None:
    assert "negative" not in codes(told(tmp_path, question(ask=ask)))


def test_opening_a_bank_gives_no_advice(tmp_path: Path) -> None:
    told(tmp_path, question(**PAGES.pages["vague"].catch))
    assert EXAM is not None
    assert load_bank(tmp_path, exams={EXAM.id: EXAM}).problems == ()
