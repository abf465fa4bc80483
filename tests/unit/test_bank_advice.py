"""Every rule on its own page: the question it must catch, and the one it must let pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from keykata.bank.model import Problem
from keykata.bank.reader import load_bank
from keykata.bank.rules.pages import GROUPS, Page, all_pages

PAGES = all_pages()
WITH_EXAMPLE = [page for page in PAGES.pages.values() if page.catch]
ELSEWHERE = {  # what takes more than one question, or what a page cannot hold, and where it is tested
    "dup-id": "test_bank_rules",
    "dup-stem": "test_bank_rules",
    "near-dup": "test_bank_rules",
    "unknown-task": "test_bank_references",
    "cloze-broken": "test_bank_cloze_marks",
    "review-missing": "test_bank_reading",
    "converge": "here",
    "too-long": "here",
    "window-dressing": "here",
    "leak": "test_bank_wide_rules",
    "long-right-bank": "test_bank_wide_rules",
    "absolute-bank": "test_bank_wide_rules",
    "right-position": "test_bank_wide_rules",
    "multi-share": "test_bank_wide_rules",
    "text-control": "test_bank_reading",
}


def question(**changes: Any) -> dict[str, Any]:
    """The base question of the pages, with some fields changed."""
    return {**PAGES.base, **changes}


def told(folder: Path, made: dict[str, Any]) -> list[Problem]:
    """What a thorough check says of one question."""
    (folder / "questions").mkdir(parents=True)
    (folder / "bank.yaml").write_text("id: one\nname: One\nblueprint: false\n", encoding="utf-8")
    text = yaml.safe_dump({"questions": {"the-one": made}}, allow_unicode=True, sort_keys=False)
    (folder / "questions" / "q.yaml").write_text(text, encoding="utf-8")
    return list(load_bank(folder, exams={}, thorough=True).problems)


def codes(problems: list[Problem]) -> list[str]:
    """Their codes."""
    return [problem.code for problem in problems]


def test_the_base_question_gets_no_word(tmp_path: Path) -> None:
    assert told(tmp_path, question()) == []


def test_every_page_has_its_example_or_is_tested_elsewhere() -> None:
    assert {code for code, page in PAGES.pages.items() if not page.catch} == set(ELSEWHERE)
    for page in PAGES.pages.values():
        assert page.group in GROUPS
        assert page.title
        assert page.why.endswith(".")


@pytest.mark.parametrize("page", WITH_EXAMPLE, ids=lambda page: page.code)
def test_a_flaw_is_caught_and_what_passes_passes(tmp_path: Path, page: Page) -> None:
    found = told(tmp_path / "bad", question(**page.catch))
    assert page.code in codes(found)
    first = next(one for one in found if one.code == page.code)
    assert first.hint
    assert first.place.line > 1
    assert first.severity in page.severity
    assert page.code not in codes(told(tmp_path / "good", question(**page.passes)))


@pytest.mark.parametrize(
    ("code", "stem"),
    [
        ("too-long", "The insurer has a branch in a town. " * 20 + PAGES.base["stem"]),
        (
            "window-dressing",
            "An insurer keeps monthly reports of its branches. Its founder enjoyed sailing around lonely "
            "islands. Clerks overwrite files by mistake, and the insurer must be able to bring back any "
            "earlier state of a file within the same day. Reports are overwritten on most days, and each "
            "earlier state of a file may be wanted again.",
        ),
    ],
)
def test_long_stems(tmp_path: Path, code: str, stem: str) -> None:
    assert code in codes(told(tmp_path, question(stem=stem)))


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
    assert load_bank(tmp_path, exams={}).problems == ()
