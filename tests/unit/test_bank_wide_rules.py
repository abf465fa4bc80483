"""Patterns over a whole bank: told when chance hardly gives them, and left alone when it does."""

from __future__ import annotations

import time
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from keykata.bank.advising import Advice
from keykata.bank.model import Problem
from keykata.bank.read_services import load_services
from keykata.bank.reader import load_bank, load_exam
from keykata.bank.rules.bankwide import at_least, unlikely

CONTENT = Path(__file__).parents[2] / "content"
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath")


def question(number: int, options: list[str], rights: tuple[int, ...] = (0,), **more: Any) -> dict[str, Any]:
    """A question whose stem is its own."""
    tag = " ".join(f"{word}{number}" for word in WORDS)
    return {
        "level": "recall",
        "refs": ["https://docs.aws.amazon.com/kms/latest/developerguide/overview.html"],
        "stem": f"A team keeps records about {tag}.",
        "ask": "Which solution meets the requirement?",
        "options": [
            {"right" if place in rights else "wrong": text, "why": "For a reason that the page gives."}
            for place, text in enumerate(options)
        ],
        **more,
    }


def told(folder: Path, questions: list[dict[str, Any]], *codes: str) -> list[Problem]:
    """What a check says of a bank of these questions under some codes."""
    (folder / "questions").mkdir(parents=True)
    (folder / "bank.yaml").write_text("id: many\nname: Many\nblueprint: false\n", encoding="utf-8")
    named = {f"q-{number}": one for number, one in enumerate(questions)}
    text = yaml.safe_dump({"questions": named}, sort_keys=False)
    (folder / "questions" / "all.yaml").write_text(text, encoding="utf-8")
    problems = load_bank(folder, exams={}, advice=Advice()).problems
    assert [one for one in problems if one.severity == "error"] == []
    return [one for one in problems if one.code in codes]


def found_in(folder: Path, questions: list[dict[str, Any]], code: str, **terms: str) -> list[Problem]:
    """What a check by registry and blueprint says of a bank of these questions and terms (name by id)."""
    (folder / "questions").mkdir(parents=True)
    (folder / "terms").mkdir()
    (folder / "bank.yaml").write_text("id: many\nname: Many\nexam: saa-c03\n", encoding="utf-8")
    named = {f"q-{number}": one for number, one in enumerate(questions)}
    (folder / "questions" / "all.yaml").write_text(yaml.safe_dump({"questions": named}), encoding="utf-8")
    for name, title in terms.items():
        text = f"id: {name}\nname: {title}\nshort: What it is.\ndefinition: What it is.\n"
        (folder / "terms" / f"{name}.yaml").write_text(text, encoding="utf-8")
    services, _ = load_services(CONTENT / "services.yaml")
    exam, _ = load_exam(CONTENT / "exams" / "saa-c03.yaml")
    assert exam is not None
    problems = load_bank(folder, exams={exam.id: exam}, advice=Advice(services=services)).problems
    assert [one for one in problems if one.severity == "error"] == []
    return [one for one in problems if one.code == code]


PLAIN = ["Turn key one on", "Turn key two on", "Turn key six on", "Turn key ten on"]
LONGEST = ["Turn key one on now", *PLAIN[1:]]


@given(st.data())
def test_the_chance_is_that_of_the_textbook(data: st.DataObject) -> None:
    whole = data.draw(st.integers(1, 9))
    part = data.draw(st.integers(0, whole))
    tries = data.draw(st.integers(0, 30))
    hits = data.draw(st.integers(0, tries))
    p = Fraction(part, whole)
    expected = sum(comb(tries, k) * p**k * (1 - p) ** (tries - k) for k in range(hits, tries + 1))
    assert Fraction(*at_least(hits, tries, part, whole)) == expected


@pytest.mark.parametrize(("tries", "most"), [(40, 18), (100, 36), (300, 94)])
def test_the_bounds_are_those_of_the_rule(tries: int, most: int) -> None:
    assert unlikely(most, tries, 1, 4)
    assert not unlikely(most - 1, tries, 1, 4)


@pytest.mark.parametrize(("longest", "found"), [(17, []), (18, ["warning"])])
def test_the_longest_option_is_right_too_often(tmp_path: Path, longest: int, found: list[str]) -> None:
    bank = [question(n, LONGEST if n < longest else PLAIN) for n in range(40)]
    problems = told(tmp_path, bank, "long-right-bank")
    assert [one.severity for one in problems] == found
    assert all(one.place.file.endswith("bank.yaml") and "18 of 40" in one.message for one in problems)


@pytest.mark.parametrize(("place", "found"), [(1, 1), (0, 0)])
def test_absolute_words_only_in_distractors(tmp_path: Path, place: int, found: int) -> None:
    marked = [text + (" always" if n == place else "") for n, text in enumerate(PLAIN)]
    # with one of four options right, twenty marks in distractors alone are one chance in three hundred
    bank = [question(n, marked if n < 20 else PLAIN) for n in range(40)]
    assert len(told(tmp_path, bank, "absolute-bank")) == found


@pytest.mark.parametrize(("fixed", "spread", "found"), [(True, 1, 1), (True, 4, 0), (False, 1, 0)])
def test_the_right_place_of_kept_orders(tmp_path: Path, fixed: bool, spread: int, found: int) -> None:
    bank = [question(n, PLAIN, (n % spread,), fixed=fixed) for n in range(24)]
    assert len(told(tmp_path, bank, "right-position")) == found


@pytest.mark.parametrize(("several", "found"), [(3, ["note"]), (4, []), (8, []), (9, ["note"])])
def test_the_share_of_multiple_response(tmp_path: Path, several: int, found: list[str]) -> None:
    many = [*PLAIN, "Turn key red on"]
    bank = [question(n, many, (0, 1)) if n < several else question(n, PLAIN) for n in range(40)]
    assert [one.severity for one in told(tmp_path, bank, "multi-share")] == found


@pytest.mark.parametrize(
    ("spread", "found"),
    [((60, 2, 2, 1), 1), ((20, 17, 16, 13), 0), ((18, 19, 15, 13), 1), ((10, 0, 0, 0), 0)],
)
def test_the_weights_of_the_exam(tmp_path: Path, spread: tuple[int, ...], found: int) -> None:
    tasks = [
        task for task, count in zip(("1.1", "2.1", "3.1", "4.1"), spread, strict=True) for _ in range(count)
    ]
    bank = [question(n, PLAIN, task=task) for n, task in enumerate(tasks)]
    assert len(found_in(tmp_path, bank, "blueprint")) == found


def test_a_domain_too_small_for_one_mock_is_named(tmp_path: Path) -> None:
    bank = [
        question(n, PLAIN, task=task)
        for n, task in enumerate(["1.1"] * 18 + ["2.1"] * 19 + ["3.1"] * 16 + ["4.1"] * 13)
    ]
    (problem,) = found_in(tmp_path, bank, "blueprint")
    assert "domain 1 has 18, and one mock exam takes 19" in problem.message


@pytest.mark.parametrize(
    ("needed", "term", "found"), [(3, "Amazon SNS", 1), (2, "Amazon SNS", 0), (3, "Amazon SQS", 0)]
)
def test_a_service_that_answers_need_has_a_term(tmp_path: Path, needed: int, term: str, found: int) -> None:
    queue = ["Send it to Amazon SQS", *PLAIN[1:]]
    bank = [question(n, queue if n < needed else PLAIN, task="2.1") for n in range(4)]
    problems = found_in(tmp_path, bank, "orphan-term", **{"the-term": term})
    assert len(problems) == found
    assert all("Amazon SQS" in one.message for one in problems)


@pytest.mark.parametrize(("topics", "found"), [(["queue"], []), ([], ["queue"])])
def test_a_term_that_no_question_asks_about(tmp_path: Path, topics: list[str], found: list[str]) -> None:
    bank = [question(0, PLAIN, task="2.1", topics=topics)]
    assert [one.item for one in found_in(tmp_path, bank, "untested-term", queue="Queue")] == found


def test_a_stem_gives_away_another_question(tmp_path: Path) -> None:
    answer = "Turn on automatic rotation of the customer managed key"
    teller = question(1, PLAIN)
    teller["stem"] += f" Last year they chose to {answer.lower()}, and it went well."
    (problem,) = told(tmp_path / "leaky", [question(0, [answer, *PLAIN[1:]]), teller], "leak")
    assert (problem.item, problem.severity) == ("q-1", "warning")
    assert "`q-0`" in problem.message
    teller["allow"] = {"leak": "the two never share a form"}
    assert told(tmp_path / "allowed", [question(0, [answer, *PLAIN[1:]]), teller], "leak") == []


def test_a_stem_may_hold_its_own_answer_and_distractors_of_others(tmp_path: Path) -> None:
    answer = "Turn on automatic rotation of the customer managed key"
    own = question(0, [answer, *PLAIN[1:]])
    own["stem"] += f" They ask whether to {answer.lower()}."
    other = question(1, [PLAIN[0], "They ask whether to turn on automatic rotation", *PLAIN[2:]])
    assert told(tmp_path, [own, other], "leak") == []


def test_exact_tests_stay_fast_over_ten_thousand_questions() -> None:
    began = time.process_time()
    assert unlikely(2700, 10_000, 1, 4)
    assert unlikely(4700, 6_000, 30_001, 40_003)
    assert time.process_time() - began < 2


def test_words_repeated_to_the_limit_of_a_text_do_not_slow_the_search_for_leaks(tmp_path: Path) -> None:
    long = "key " * 4900
    questions = [
        question(number, [f"{long}{number}a", *PLAIN[1:]], stem=f"{long}{number}") for number in range(16)
    ]
    began = time.process_time()
    assert told(tmp_path, questions, "leak") == []
    assert time.process_time() - began < 4  # seconds


def test_a_text_of_nothing_but_names_no_service_has_is_told_once_and_soon(tmp_path: Path) -> None:
    texts = [f"{'AWS ' * 4900}{number}" for number in range(5)]
    asked = [question(number, texts[1:], stem=f"{texts[0]}q{number}", task="1.2") for number in (0, 1)]
    began = time.process_time()
    assert len(found_in(tmp_path, asked, "service-name")) == 10
    assert time.process_time() - began < 2.5  # seconds
