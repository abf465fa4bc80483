"""What holds for the order of any queue."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from keykata.memory.engine import Engine
from keykata.memory.queue import Aim, DueRow, apart, at_stake, order_due, recall_on

DAY, EXAM = "2026-11-24", "2026-12-14"


@given(st.lists(st.sampled_from("abcd"), max_size=14))
def test_cards_of_one_item_meet_only_where_they_must(items: list[str]) -> None:
    rows = [
        DueRow(card=f"k:{item}/{place}", item=item, kind="faq", phase="review", stability=1.0, last_day="")
        for place, item in enumerate(items)
    ]
    spread = apart(rows)
    assert sorted(row.card for row in spread) == sorted(row.card for row in rows)
    most = max(Counter(items).values(), default=0)
    if most <= (len(items) + 1) // 2:
        assert all(one.item != other.item for one, other in pairwise(spread))


def slowly(names: list[str]) -> list[int]:
    """Places of names kept apart, said as plainly as it can be: each looks for the first that may follow."""
    waiting: list[int] = []
    out: list[int] = []

    def follow() -> bool:
        for at, place in enumerate(waiting):
            if not out or names[place] != names[out[-1]]:
                out.append(waiting.pop(at))
                return True
        return False

    for place, name in enumerate(names):
        follow()
        if out and names[out[-1]] == name != "":
            waiting.append(place)
        else:
            out.append(place)
    while follow():
        pass
    for place in waiting:
        gaps = [
            gap
            for gap in range(len(out) + 1)
            if all(names[other] != names[place] for other in out[max(0, gap - 1) : gap + 1])
        ]
        out.insert(gaps[-1] if gaps else len(out), place)
    return out


@given(st.lists(st.sampled_from(["", "a", "a", "a", "b", "c", "d"]), max_size=40))
def test_rows_stand_where_looking_at_every_one_of_them_would_put_them(names: list[str]) -> None:
    assert apart(range(len(names)), names.__getitem__) == slowly(names)


rows = st.builds(
    DueRow,
    card=st.integers(0, 500).map(lambda number: f"k:t{number % 7}/c{number}"),
    item=st.just(""),
    kind=st.just("concept"),
    phase=st.sampled_from(["learning", "relearning", "review", "review"]),
    stability=st.floats(0.0, 400.0),
    last_day=st.sampled_from(["", "2026-09-30", "2026-11-01", "2026-11-23", DAY, "2026-11-30"]),
    sure_wrong=st.sampled_from([False, False, True]),
).map(lambda row: DueRow(**{**{f: getattr(row, f) for f in row.__struct_fields__}, "item": row.card[:4]}))


@given(st.lists(rows, max_size=30, unique_by=lambda row: row.card), st.booleans(), st.integers(1, 40))
def test_the_queue_is_sorted_by_what_is_at_stake(found: list[DueRow], exam: bool, limit: int) -> None:
    engine = Engine()
    aim = Aim(EXAM, {f"k:t{number}": (number * 13 % 5 + 1) * 6.1 for number in range(7)}) if exam else None

    def plainly(row: DueRow) -> tuple[int, float, str]:
        if row.sure_wrong:
            return (0, 0.0, row.card)
        if aim is not None:
            return (1, -at_stake(row, aim, engine), row.card)
        if row.phase != "review":
            return (1, 0.0, row.card)
        return (2, recall_on(row, DAY, engine), row.card)

    expected = apart(sorted(found, key=plainly)[:limit])
    assert order_due(found, day=DAY, engine=engine, aim=aim, limit=limit) == expected


def test_a_backlog_of_one_topic_takes_no_longer_than_any_other() -> None:
    many = 30_000
    mixed = [str(place % 50) for place in range(2 * many)]
    alike = ["a"] * many + [str(place) for place in range(many // 2)]

    def spent(names: list[str]) -> float:
        begun = process_time()
        assert len(apart(range(len(names)), names.__getitem__)) == len(names)
        return process_time() - begun

    assert min(spent(alike) for _ in range(3)) < 10 * min(spent(mixed) for _ in range(3))
