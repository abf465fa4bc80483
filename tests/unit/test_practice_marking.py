"""Marking and scores."""

from __future__ import annotations

import pytest

from keykata.core.errors import UsageError
from keykata.practice.attempt import fold_attempt
from keykata.practice.marking import check_choice, is_right, letters
from keykata.practice.score import meets, scaled_estimate, score
from support.papers import Script, fact, paper, question


@pytest.mark.parametrize(
    ("right", "chosen", "expected"),
    [
        ((1,), (1,), True),
        ((1,), (0,), False),
        ((0, 2), (0, 2), True),
        ((0, 2), (0,), False),
        ((0, 2), (0, 1), False),
    ],
)
def test_only_the_exact_set_is_right(right: tuple[int, ...], chosen: tuple[int, ...], expected: bool) -> None:
    assert is_right(question("a", right=right, options=5), chosen) is expected


def test_a_fact_is_neither_right_nor_wrong() -> None:
    assert is_right(fact("a"), ()) is None


def test_too_many_options_are_refused_in_words() -> None:
    with pytest.raises(UsageError, match="takes 2"):
        check_choice(question("a", right=(0, 2), options=5), (0, 1, 2))


def test_an_option_that_is_not_shown_is_refused() -> None:
    with pytest.raises(UsageError, match="not one of the options"):
        check_choice(question("a"), (4,))


def test_letters_read_in_order() -> None:
    assert letters((3, 0)) == "A D"
    assert letters((6, 25, 26)) == "G Z 27"


@pytest.mark.parametrize(
    ("raw", "scaled"), [(0.0, 100), (1.0, 1000), (0.72, 748), (31 / 45, 720), (0.5, 550)]
)
def test_the_estimate_runs_from_100_to_1000(raw: float, scaled: int) -> None:
    assert scaled_estimate(raw) == scaled


@pytest.mark.parametrize(
    ("correct", "of", "expected"), [(2, 2, None), (3, 3, True), (31, 45, True), (30, 45, False), (0, 0, None)]
)
def test_a_domain_meets_at_the_720_line(correct: int, of: int, expected: bool | None) -> None:
    assert meets(correct, of) is expected


def test_a_score_counts_blanks_as_wrong_and_leaves_facts_out() -> None:
    script = Script()
    script.answer(1, [1], correct=True)
    script.answer(3, [], correct=None, rating=4)
    sheet = paper(question("a"), question("b"), fact("c"))
    marked = score(sheet, fold_attempt(sheet, script.events))
    assert (marked.items, marked.scored, marked.scored_correct, marked.raw) == (2, 2, 1, 0.5)
    assert marked.scaled is None
    assert marked.passed is None


def test_only_an_exam_has_a_scaled_score() -> None:
    script = Script()
    script.answer(1, [1], correct=True)
    script.add("attempt-finished", reason="handed-in", used=60.0)
    sheet = paper(question("a"), mode="exam")
    marked = score(sheet, fold_attempt(sheet, script.events))
    assert marked.scaled == 1000
    assert marked.passed is True


def test_an_open_test_says_nothing_of_its_score() -> None:
    script = Script()
    script.add("response", position=1, slot=0, chosen=[1])
    sheet = paper(question("a"), mode="exam", feedback="end")
    marked = score(sheet, fold_attempt(sheet, script.events))
    assert (marked.raw, marked.scaled, marked.passed) == (None, None, None)
