"""What holds for the plan of any cards, days and settings."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.core.days import add_days, days_between
from keykata.memory.engine import Engine
from keykata.memory.model import CardRow
from keykata.memory.plan import Means, Plan, Worth, make_plan
from keykata.memory.upkeep import Fact

ENGINE = Engine()
TODAY = "2026-11-26"
SECONDS = {"question": 75, "faq": 15, "sort": 20}
WEIGHTS = {f"k:t{number}": weight for number, weight in enumerate((30.0, 26.0, 24.0, 20.0) * 3)}
WORTH = Worth(SECONDS, WEIGHTS)

one_card = st.tuples(
    st.sampled_from(sorted(WEIGHTS)),
    st.sampled_from(sorted(SECONDS)),
    st.floats(0.05, 400.0),
    st.integers(0, 60),
)
all_cards = st.lists(one_card, max_size=120)
all_means = st.builds(
    lambda ahead, minutes, mocks, questions, spent, desired: Means(
        today=TODAY,
        exam_day=add_days(TODAY, ahead),
        capacity=minutes * 60,
        spent=spent,
        desired=desired,
        questions=questions,
        mocks=mocks,
    ),
    st.integers(0, 45),
    st.integers(5, 60),
    st.integers(0, 5),
    st.integers(0, 100),
    st.sampled_from((0, 0, 300, 5000)),
    st.sampled_from((0.8, 0.9, 0.95)),
)
waiting_facts = st.integers(0, 60).map(
    lambda count: [Fact(f"k:new/{number}", f"k:t{number % 9}", 25.0) for number in range(count)]
)


def rows_of(cards: list[tuple[str, str, float, int]]) -> list[CardRow]:
    rows = []
    for number, (item, kind, stability, ago) in enumerate(cards):
        last = add_days(TODAY, -ago)
        due = add_days(last, ENGINE.interval(stability, 0.9))
        rows.append((f"{item}/{number:03d}", item, kind, stability, 5.0, last, due))
    return rows


def shaky(rows: list[CardRow], means: Means) -> set[str]:
    return {
        row[0]
        for row in rows
        if ENGINE.retrievability(row[3], days_between(row[5], means.exam_day)) < means.desired - 1e-9
    }


def planned(cards: list[tuple[str, str, float, int]], waiting: list[Fact], means: Means) -> Plan:
    return make_plan(rows_of(cards), waiting, WORTH, means, ENGINE)


@settings(max_examples=150)
@given(all_cards, waiting_facts, all_means)
def test_nothing_is_planned_on_or_after_exam_day(
    cards: list[tuple[str, str, float, int]], waiting: list[Fact], means: Means
) -> None:
    plan = planned(cards, waiting, means)
    assert [day.day for day in plan.days] == [
        add_days(TODAY, ahead) for ahead in range(days_between(TODAY, means.exam_day))
    ]
    assert all(TODAY <= day < means.exam_day for day in plan.last.values())


@settings(max_examples=150)
@given(all_cards, waiting_facts, all_means)
def test_no_day_takes_more_than_there_is(
    cards: list[tuple[str, str, float, int]], waiting: list[Fact], means: Means
) -> None:
    plan = planned(cards, waiting, means)
    for at, day in enumerate(plan.days):
        assert day.seconds <= means.capacity - (0 if at else min(means.spent, means.capacity))
        if day.mock:
            assert (day.reviews, day.last, day.new, day.questions) == (0, 0, 0, 0)


@settings(max_examples=150)
@given(all_cards, waiting_facts, all_means)
def test_each_shaky_card_is_shown_once_in_the_window_or_said_to_be_left_out(
    cards: list[tuple[str, str, float, int]], waiting: list[Fact], means: Means
) -> None:
    plan = planned(cards, waiting, means)
    rows = rows_of(cards)
    told = [*plan.last, *plan.left_out]
    assert len(told) == len(set(told))
    assert shaky(rows, means) <= set(told)
    assert plan.safe + len(set(told) & {row[0] for row in rows}) == len(rows)
    assert all(day >= plan.window_from for day in plan.last.values())
    assert sum(day.last for day in plan.days) == len(plan.last)


@settings(max_examples=100)
@given(all_cards, all_means)
def test_nothing_is_left_out_while_a_day_has_room_for_it(
    cards: list[tuple[str, str, float, int]], means: Means
) -> None:
    plan = planned(cards, [], means)
    rows = {row[0]: row for row in rows_of(cards)}
    rooms = [
        means.capacity - day.seconds + day.questions * means.question_seconds - (0 if at else means.spent)
        for at, day in enumerate(plan.days)
        if not day.mock
    ]
    if plan.left_out:
        smallest = min(SECONDS[rows[card][2]] for card in plan.left_out)
        assert max(rooms, default=0) < smallest + max(SECONDS.values())


@settings(max_examples=60)
@given(all_cards, waiting_facts, all_means)
def test_the_same_cards_give_the_same_plan(
    cards: list[tuple[str, str, float, int]], waiting: list[Fact], means: Means
) -> None:
    assert planned(cards, waiting, means) == planned(cards, waiting, means)


@given(all_means)
def test_mocks_stand_where_there_are_papers_and_days(means: Means) -> None:
    plan = planned([], [], means)
    ahead = [days_between(day.day, means.exam_day) for day in plan.days if day.mock]
    assert len(ahead) <= means.mocks
    assert set(ahead) <= {20, 13, 8, 4}
    if means.mocks and days_between(TODAY, means.exam_day) >= 4:
        assert ahead[-1] == 4
