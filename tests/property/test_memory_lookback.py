"""What holds for every look back and every forecast."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.core.days import add_days
from keykata.core.event import Draft
from keykata.memory.engine import Engine
from keykata.memory.fitting import Step, expectations, split_place
from keykata.memory.lookback import LookBack, calibration
from keykata.memory.weights import fitted_weights
from keykata.memory.workload import Learned, workload
from keykata.store.store import Store, open_store
from keykata.study.progress import forecast
from support.clocks import START, CountingEntropy
from support.remembered import FAST_FORGETTER

ENGINE = Engine()
CARDS = ("b:q1", "b:q2", "b:t/one/c1")
steps = st.lists(
    st.tuples(st.sampled_from(CARDS), st.integers(0, 30), st.integers(1, 4)), min_size=1, max_size=40
)
weights = st.one_of(st.none(), st.just(list(FAST_FORGETTER)), st.just([1.0] * 21), st.just("nonsense"))


@settings(max_examples=60, deadline=None)
@given(steps)
def test_every_review_on_a_later_day_is_in_exactly_one_bin(history: list[tuple[str, int, int]]) -> None:
    looking, day, last, later = LookBack(ENGINE), "2026-02-02", dict[str, str](), 0
    recalls = []
    for card, gap, rating in history:
        day = add_days(day, gap)
        later += card in last and day > last[card]
        last[card] = day
        recall = looking.review(card, day, rating)
        recalls += [recall] if recall else []
    bins = calibration(recalls)
    assert len(recalls) == later
    assert sum(one.reviews for one in bins) == later
    assert sum(one.remembered for one in bins) == sum(recall.remembered for recall in recalls)
    assert all(one.low <= one.expected <= one.high for one in bins)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_looking_back_and_judging_a_fit_expect_the_same(history: list[tuple[str, int, int]]) -> None:
    looking, day, courses = LookBack(ENGINE), "2026-02-02", dict[str, list[Step]]()
    told: list[tuple[str, float]] = []
    days: dict[str, int] = {}
    for place, (card, gap, rating) in enumerate(history):
        day, days = add_days(day, gap), {name: since + gap for name, since in days.items()}
        recall = looking.review(card, day, rating)
        told += [(card, recall.expected)] if recall else []
        courses.setdefault(card, []).append(Step(days.get(card, 0), rating, day, place))
        days[card] = 0
    for card, course in courses.items():
        found = [recall.expected for recall in expectations([course], ENGINE, 0)]
        assert found == [expected for name, expected in told if name == card]
    held = list(expectations(courses.values(), ENGINE, split_place(courses.values())))
    assert len(held) <= len(told)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(CARDS), st.integers(0, 20), st.integers(1, 4), weights), max_size=20)
)
def test_weights_in_the_log_rebuild_to_the_same_state(
    script: list[tuple[str, int, int, object]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), entropy=CountingEntropy())
        other = store.beside(writing=True)
        day = "2026-02-02"
        for number, (card, gap, rating, told) in enumerate(script):
            day = add_days(day, gap)
            kind = "concept" if "/" in card else "question"
            body = {"v": 1, "kind": kind, "rating": rating, "correct": rating > 1, "retention": 0.9}
            drafts = [Draft("answer", body, "A", card.split("/")[0], card)]
            if number % 3 == 2:
                value = None if told is None else {"weights": told}
                drafts.append(Draft("setting", {"v": 1, "name": "weights", "value": value}))
            # two programs on one home take turns: each reckons by what the other one set
            (store, other)[number % 2].append(drafts, now=START + number * 60_000, day=day)
        before = _cards(store)
        store.rebuild()
        after = _cards(store)
        other.close()
        store.close()
    assert after == before


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(-20, 60), st.integers(1, 50), max_size=12))
def test_a_forecast_counts_what_is_due_and_nothing_twice(due_in: dict[int, int]) -> None:
    today = "2026-11-23"
    days = forecast({add_days(today, number): count for number, count in due_in.items()}, today)
    assert [entry.day for entry in days] == [add_days(today, number) for number in range(28)]
    assert days[0].count == sum(count for number, count in due_in.items() if number <= 0)
    assert all(entry.count == due_in.get(number, 0) for number, entry in enumerate(days) if number)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.1, 200), st.floats(1, 10), st.integers(-60, 0), st.integers(-5, 90)),
        min_size=1,
        max_size=30,
    ),
    st.integers(0, 1000),
)
def test_the_cost_of_a_retention_is_the_same_for_the_same_seed(
    made: list[tuple[float, float, int, int]], seed: int
) -> None:
    cards = [Learned(f"c{number}", *memory) for number, memory in enumerate(made)]

    def cost(retention: float) -> float:
        told = workload(cards, retention=retention, days=90, engine=ENGINE, seed=seed, seconds=15.0)
        assert told.reviews >= 0
        assert 0 <= told.held <= 1
        return told.reviews

    assert cost(0.9) == cost(0.9)


@given(
    st.one_of(
        st.none(), st.text(), st.lists(st.floats(), max_size=22), st.dictionaries(st.text(), st.floats())
    )
)
def test_what_is_no_set_of_weights_counts_as_none(value: object) -> None:
    found = fitted_weights({"weights": value})
    assert found is None or Engine(found).next_memory(None, 0, 3)[0] > 0


def _cards(store: Store) -> list[tuple[object, ...]]:
    db = sqlite3.connect(store.path)
    found = db.execute("SELECT * FROM card ORDER BY card").fetchall()
    db.close()
    return found
