"""What the plan decides where the time does not do for everything."""

from __future__ import annotations

import msgspec
import pytest

from keykata.core.days import add_days, days_between
from keykata.memory.engine import Engine
from keykata.memory.model import CardRow
from keykata.memory.plan import Means, Plan, Worth, make_plan

ENGINE = Engine()
TODAY = "2026-11-26"
WORTH = Worth({"question": 75, "faq": 15}, {"k:t": 30.0})
WHOLE_EXAM = 65 * 75


def means(ahead: int, minutes: int = 20) -> Means:
    return Means(
        today=TODAY,
        exam_day=add_days(TODAY, ahead),
        capacity=minutes * 60,
        mocks=4,
        mock_seconds=WHOLE_EXAM,
    )


def offsets(plan: Plan) -> list[int]:
    return [days_between(day.day, plan.exam_day) for day in plan.days if day.mock]


def row(name: str, kind: str, *, stability: float = 2.0, ago: int = 3, due: int | None = None) -> CardRow:
    last = add_days(TODAY, -ago)
    back = ENGINE.interval(stability, 0.9) if due is None else due
    return (f"k:t/{name}", "k:t", kind, stability, 5.0, last, add_days(last, back))


@pytest.mark.parametrize(
    ("minutes", "days"), [(60, [20, 13, 8, 4]), (30, [20, 13, 4]), (20, [13, 4]), (5, [4])]
)
def test_mock_exams_leave_time_to_repeat_what_they_ask(minutes: int, days: list[int]) -> None:
    plan = make_plan([], [], WORTH, means(21, minutes), ENGINE)
    assert offsets(plan) == days
    assert bool(plan.mocks_apart) == (len(days) < 4)


def test_the_days_of_the_mock_exams_stay_as_the_exam_comes_nearer() -> None:
    first = means(21)
    for passed in range(18):
        today = add_days(TODAY, passed)
        sat = {"last_mock": add_days(TODAY, 8), "sat": 1, "mocks": 3} if passed > 8 else {}
        plan = make_plan([], [], WORTH, msgspec.structs.replace(first, today=today, **sat), ENGINE)
        assert offsets(plan) == ([13, 4] if passed <= 8 else [4])


def test_facts_are_not_left_out_for_questions_that_take_five_times_as_long() -> None:
    rows = [row(f"q{number}", "question") for number in range(60)]
    rows += [row(f"f{number}", "faq") for number in range(60)]
    plan = make_plan(rows, [], WORTH, means(3), ENGINE)
    kinds = {card: kind for card, _, kind, *_ in rows}
    assert {kinds[card] for card in plan.left_out} == {"question"}
    assert sum(kinds[card] == "faq" for card in plan.last) == 60


def test_what_was_forgotten_in_a_mock_exam_is_told_for_the_day_it_comes() -> None:
    forgotten = [row(f"q{number}", "question", stability=0.2, ago=0, due=0) for number in range(12)]
    others = [row(f"f{number}", "faq", stability=3.0) for number in range(40)]
    plan = make_plan([*forgotten, *others], [], WORTH, means(4), ENGINE)
    assert plan.days[0].mock
    days = {plan.last[card] for card, *_ in forgotten}
    assert days == {add_days(TODAY, 1)}


def test_a_day_that_is_nearly_spent_leaves_nothing_out_of_the_others() -> None:
    rows = [row(f"f{number}", "faq") for number in range(100)]
    full = means(3)
    plan = make_plan(rows, [], WORTH, msgspec.structs.replace(full, spent=full.capacity - 16), ENGINE)
    assert not plan.left_out
    assert len(plan.last) == 100
