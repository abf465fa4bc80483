"""What answers tell of a question, from made-up answers."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keykata.practice.item_figures import Given, figures

RIGHT = frozenset({0})


def answer(
    *chosen: int, attempt: str = "a", item: str = "x", first: bool = False, guess: bool = False
) -> Given:
    return Given(item, attempt, 4, RIGHT, frozenset(chosen), first=first, guess=guess)


def sitting(attempt: str, correct: bool, others_right: int, others: int = 10) -> list[Given]:
    """One answer to x in an attempt with so many other answers, so many of them right."""
    rest = [
        answer(0 if number < others_right else 1, attempt=attempt, item=f"other-{number}")
        for number in range(others)
    ]
    return [answer(0 if correct else 1, attempt=attempt), *rest]


def test_too_hard_is_worse_than_chance_and_takes_ten_answers_without_guesses() -> None:
    wrong = [answer(1)] * 8
    assert figures([*wrong, answer(0)])["x"].troubles() == ()
    assert figures([*wrong, answer(0), answer(0, guess=True)])["x"].troubles() == ()
    assert figures([*wrong, answer(0), answer(2)])["x"].troubles() == ("too-hard",)
    at_chance = [answer(0)] * 3 + [answer(1)] * 9
    assert figures(at_chance)["x"].troubles() == ()


def test_chance_of_multiple_response_is_that_of_the_whole_set() -> None:
    pair = Given("x", "a", 5, frozenset({0, 1}), frozenset({0, 1}))
    assert pair.chance == pytest.approx(1 / 10)
    half = Given("x", "a", 5, frozenset({0, 1}), frozenset({0}))
    assert not half.correct


def test_too_easy_needs_the_first_showing() -> None:
    later = [answer(0)] * 5
    assert figures(later)["x"].troubles() == ()
    assert figures([answer(0, first=True), *later[1:]])["x"].troubles() == ("too-easy",)
    assert figures([answer(1, first=True), *later])["x"].troubles() == ()


def test_a_distractor_is_idle_after_twenty_showings() -> None:
    picked = [answer(1), answer(2), *[answer(0)] * 17]
    assert figures(picked)["x"].idle == ()
    found = figures([*picked, answer(0)])["x"]
    assert found.idle == (3,)
    assert found.troubles() == ("idle-distractor",)


def test_a_question_that_goes_wrong_when_all_else_goes_right_is_a_misfit() -> None:
    history = [
        given
        for number in range(12)
        for given in sitting(f"s{number}", correct=number % 2 == 0, others_right=3 if number % 2 == 0 else 9)
    ]
    assert "misfit" in figures(history)["x"].troubles()
    found = figures(history)["x"]
    assert found.fit == pytest.approx(-1)
    assert found.fit_answers == 12


def test_a_misfit_needs_enough_answers_beside_enough_others() -> None:
    few = [
        given
        for number in range(9)
        for given in sitting(f"s{number}", correct=number % 2 == 0, others_right=3 if number % 2 == 0 else 9)
    ]
    assert figures(few)["x"].fit is None
    short = [
        given
        for number in range(12)
        for given in sitting(f"s{number}", correct=number % 2 == 0, others_right=1, others=4)
    ]
    assert figures(short)["x"].fit is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 10)), min_size=10, max_size=40))
def test_the_fit_is_the_correlation_of_the_textbook(history: list[tuple[bool, int]]) -> None:
    answers = [
        given for number, (right, rest) in enumerate(history) for given in sitting(f"s{number}", right, rest)
    ]
    fit = figures(answers)["x"].fit
    rights = [float(right) for right, _ in history]
    rests = [rest / 10 for _, rest in history]
    if fit is None:
        assert min(sum(rights), len(rights) - sum(rights)) < 3 or len(set(rests)) == 1
    else:
        assert fit == pytest.approx(statistics.correlation(rights, rests), abs=1e-9)
