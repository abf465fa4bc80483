"""Readiness: what raises and lowers it, when nothing is said, and the odds of one paper."""

from __future__ import annotations

import random
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from keykata.practice.ability import Cell, Course, Ground, fit, sigmoid
from keykata.practice.blueprint import Blueprint, BlueprintDomain
from keykata.practice.passing import count_of, least_right
from keykata.practice.readiness import COURSES, readiness
from keykata.practice.ready_model import Exam, Readiness, Showing, TooFew

TASKS = {"1": 3, "2": 2, "3": 5, "4": 4}
WEIGHTS = {"1": 30, "2": 26, "3": 24, "4": 20}
BLUEPRINT = Blueprint(
    tuple(
        BlueprintDomain(
            domain, f"Domain {domain}", WEIGHTS[domain], tuple(f"{domain}.{n + 1}" for n in range(c))
        )
        for domain, c in TASKS.items()
    ),
    scored=50,
    unscored=15,
    minutes=130,
)
EXAM = Exam(BLUEPRINT)
ALL = tuple(task for domain in BLUEPRINT.domains for task in domain.tasks)


def told(showings: list[Showing], today: int = 0) -> Readiness:
    found = readiness(showings, EXAM, today)
    assert isinstance(found, Readiness)
    return found


def history(count: int, share: float, seed: int = 3) -> list[Showing]:
    """First showings over all task statements, exactly that share of them right, in a mixed order."""
    rights = [number < round(count * share) for number in range(count)]
    random.Random(seed).shuffle(rights)
    return [Showing(ALL[number % len(ALL)], 0, right) for number, right in enumerate(rights)]


def test_the_cut_is_35_of_50() -> None:
    assert least_right(50, 720) == 35
    assert least_right(50, 1001) == 51


@pytest.mark.parametrize("chance", [0.3, 0.55, 0.65, 0.7, 0.75, 0.8, 0.9])
def test_the_odds_of_a_paper_are_those_of_the_exact_sum(chance: float) -> None:
    count = count_of([chance] * 2, [20, 30])
    exact = [comb(50, n) * chance**n * (1 - chance) ** (50 - n) for n in range(51)]
    assert count.at_most(34) == pytest.approx(sum(exact[:35]), abs=0.002)
    assert all(count.at_most(n) == pytest.approx(sum(exact[: n + 1]), abs=0.005) for n in range(51))


def test_more_right_is_readier_and_more_answers_are_surer() -> None:
    shares = [told(history(140, share)).probability for share in (0.5, 0.6, 0.7, 0.8, 0.9)]
    assert shares == sorted(shares)
    assert shares[0] < 0.1
    assert shares[-1] > 0.9
    few, many = told(history(56, 0.75)), told(history(560, 0.75))
    assert many.share_high - many.share_low < few.share_high - few.share_low
    assert many.share == pytest.approx(0.75, abs=0.04)


def test_guesses_count_the_same_whichever_way_they_went() -> None:
    firm = history(100, 0.6)
    lucky = [showing if showing.right else replace(showing, right=True, guess=True) for showing in firm]
    unlucky = [replace(showing, right=showing.right and not showing.guess) for showing in lucky]
    assert told(lucky) == told(unlucky)
    assert told(lucky).probability > told(firm).probability  # a guess may be right; a firm error is not
    assert told(lucky).probability < told(history(100, 0.9)).probability


def test_an_improving_learner_is_told_by_the_end_of_the_history() -> None:
    early, late = history(150, 0.5), history(150, 0.8)
    rising = told([*early, *(replace(showing, day=30) for showing in late)], 30)
    falling = told([*late, *(replace(showing, day=30) for showing in early)], 30)
    assert rising.share > 0.72
    assert falling.share < 0.6


def test_time_away_widens_the_interval() -> None:
    showings = [replace(showing, day=number // 10) for number, showing in enumerate(history(200, 0.8))]
    near, far = told(showings, 20), told(showings, 80)
    assert far.share_high - far.share_low > near.share_high - near.share_low
    years_after = readiness(showings, EXAM, 1500)
    assert isinstance(years_after, TooFew)
    assert 0 < years_after.more <= 60


def test_too_few_to_say() -> None:
    assert readiness([], EXAM, 0) == TooFew(0, 30, ("1", "2", "3", "4"))
    assert readiness(history(29, 0.7), EXAM, 0) == TooFew(29, 1, ())
    one_sided = [showing for showing in history(200, 0.7) if not showing.task.startswith("4")]
    assert readiness(one_sided, EXAM, 0) == TooFew(len(one_sided), 3, ("4",))


def test_other_task_statements_are_passed_over() -> None:
    showings = history(100, 0.7)
    assert readiness([*showings, Showing("9.9", 0, True), Showing("", 0, True)], EXAM, 0) == told(showings)


def test_the_weakest_heavy_task_statement_gains_most_and_unseen_questions_tell() -> None:
    showings = [replace(s, right=False) if s.task == "2.1" else s for s in history(420, 0.75)]
    found = told(showings)
    assert found.gains[0].task == "2.1"
    assert found.gains[0].gain > 0
    assert [gain.gain for gain in found.gains] == sorted((gain.gain for gain in found.gains), reverse=True)
    narrowed = readiness(showings, EXAM, 0, {"1": 50, "3": 7})
    assert isinstance(narrowed, Readiness)
    assert {width.domain: width.count for width in narrowed.widths} == {"1": 20, "3": 7}
    assert all(width.after < width.before for width in narrowed.widths)


def test_the_courses_are_all_there_is() -> None:
    assert sum(course.share for course in COURSES) == pytest.approx(1)


def test_a_plain_history_is_fitted_as_counts_say() -> None:
    ground = Ground((0,), (0.0,), mean=0.0, spread=50.0)
    course = Course(domains=0.001, tasks=0.001, rise=0.0, wander=0.0, share=1.0)
    found = fit([Cell(0, 0, 200, 150)], ground, course)
    assert sigmoid(found.now(ground)[0]) == pytest.approx(0.75, abs=1e-3)


@settings(max_examples=20)
@given(
    seed=st.integers(0, 10**6),
    count=st.integers(30, 90),
    right=st.floats(0, 1),
    guesses=st.floats(0, 1),
    days=st.integers(0, 400),
)
def test_any_history_gives_sound_figures(
    seed: int, count: int, right: float, guesses: float, days: int
) -> None:
    rng = random.Random(seed)
    showings = [
        Showing(rng.choice(ALL), rng.randint(0, days), rng.random() < right, rng.random() < guesses)
        for _ in range(count)
    ]
    found = readiness(showings, EXAM, days)
    if isinstance(found, TooFew):
        assert found.more > 0
        return
    assert 0 <= found.low <= found.probability <= found.high <= 1
    assert found.share_low <= found.share <= found.share_high
    assert 100 <= found.score_low <= found.score <= found.score_high <= 1000
