"""What holds for the order of any queue."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from keykata.memory.queue import DueRow, apart


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
