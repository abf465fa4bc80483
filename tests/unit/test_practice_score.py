"""The range one paper proves, and what habits cost."""

from __future__ import annotations

import math

import pytest

from keykata.practice.attempt import fold_attempt
from keykata.practice.habits import Habits, habits
from keykata.practice.paper import Paper
from keykata.practice.score import proven_range, score
from support.papers import Script, fact, paper, question


def beta_quantile(right: int, scored: int, share: float) -> float:
    """The quantile of Beta(right + 1, scored - right + 1) by Simpson's rule over its density."""
    norm = math.lgamma(scored + 2) - math.lgamma(right + 1) - math.lgamma(scored - right + 1)

    def density(x: float) -> float:
        if x in (0, 1):
            return float(scored + 1) if (right if x == 0 else scored - right) == 0 else 0.0
        return math.exp(norm + right * math.log(x) + (scored - right) * math.log1p(-x))

    steps, below = 20_000, 0.0
    for step in range(steps):
        one, two = step / steps, (step + 1) / steps
        part = (density(one) + 4 * density((one + two) / 2) + density(two)) / (6 * steps)
        if below + part >= share:
            return one + (share - below) / part / steps
        below += part
    return 1.0


@pytest.mark.parametrize(
    ("right", "scored"), [(0, 0), (0, 50), (50, 50), (36, 50), (31, 45), (1, 3), (25, 50), (100, 120)]
)
def test_the_range_is_the_central_ninety_percent(right: int, scored: int) -> None:
    wanted = tuple(
        math.floor(100 + 900 * beta_quantile(right, scored, share) + 0.5) for share in (0.05, 0.95)
    )
    assert proven_range(right, scored) == wanted


def test_nothing_scored_says_nothing_and_all_right_has_a_closed_form() -> None:
    assert proven_range(0, 0) == (145, 955)
    low = math.floor(100 + 900 * 0.05 ** (1 / 51) + 0.5)  # Beta(51, 1): the distribution is x to the 51
    assert proven_range(50, 50)[0] == low


def test_right_and_wrong_mirror_each_other_on_a_symmetric_scale() -> None:
    low, high = proven_range(12, 50, 0, 1000)
    other_low, other_high = proven_range(38, 50, 0, 1000)
    assert (low + other_high, high + other_low) == (1000, 1000)


@pytest.mark.parametrize("wrong", [(51, 50, 100, 1000), (-1, 50, 100, 1000), (1, 2, 100, 100)])
def test_a_range_of_nonsense_is_refused(wrong: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="range"):
        proven_range(*wrong)


def test_an_exam_says_its_range_and_a_quiz_does_not() -> None:
    script = Script()
    script.answer(1, [1], correct=True)
    script.add("attempt-finished", reason="handed-in", used=60.0)
    slots = [question("a"), question("b")]
    for mode, proven in (("exam", proven_range(1, 2)), ("quiz", None)):
        made = paper(*slots, mode="exam" if mode == "exam" else "quiz", feedback="end")
        assert score(made, fold_attempt(made, script.events)).proven == proven


def looked_at(made: Paper, script: Script) -> Habits:
    return habits(made, fold_attempt(made, script.events))


def test_changes_are_told_by_what_they_were_worth() -> None:
    script = Script()
    for position, before, after in ((1, [0], [1]), (2, [0], [1]), (3, [1], [0]), (4, [0], [2])):
        script.answer(position, after, correct=after == [1], changed_from=before)
    script.answer(5, [1], correct=True)
    found = looked_at(paper(*(question(name) for name in "abcde"), mode="exam"), script)
    assert (found.to_right, found.to_wrong, found.wrong_to_wrong) == ((1, 2), (3,), (4,))
    assert (found.changed, found.net) == (4, 1)


def test_multiple_response_is_changed_as_a_whole() -> None:
    script = Script()
    script.answer(1, [1, 3], correct=True, changed_from=[0, 3])
    script.answer(2, [1, 3], correct=True, changed_from=[3, 1])  # the same choice in another order
    slots = [question(name, right=(1, 3), options=5) for name in "ab"]
    found = looked_at(paper(*slots, mode="exam"), script)
    assert (found.to_right, found.changed) == ((1,), 1)


def test_confidence_time_and_crossing_out() -> None:
    script = Script()
    script.add("strike", position=1, slot=0, option=1, on=True)
    script.answer(1, [0], correct=False, confidence="sure", seconds=241)
    script.answer(2, [1], correct=True, confidence="guess", seconds=300)
    script.answer(3, [1], correct=True, confidence="sure", seconds=240)
    script.add("strike", position=4, slot=3, option=0, on=True)
    script.answer(4, [2], correct=False, confidence="guess", seconds=10)
    found = looked_at(paper(*(question(name) for name in "abcd"), mode="exam"), script)
    assert (found.sure_wrong, found.guessed_right) == ((1,), (2,))
    assert (found.slow, found.slow_right, found.crossed_out) == ((1, 2), (2,), (1,))


def test_blanks_and_recalled_facts_are_no_habits() -> None:
    script = Script()
    script.answer(1, [], correct=None, rating=1, confidence="sure", seconds=999)
    script.add("strike", position=2, slot=1, option=1, on=True)
    assert looked_at(paper(fact("a"), question("b"), mode="exam"), script) == Habits(*((),) * 8)
