"""Forms: what holds for any bank, filter, count and seed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from keykata.practice.form import Candidate, Filter, choose, option_order

names = st.lists(st.text("abcdefgh", min_size=1, max_size=6), unique=True, min_size=1, max_size=30)
seeds = st.integers(0, 1_000_000)


def candidates(ids: list[str]) -> list[Candidate]:
    return [Candidate(id=f"b:{name}", bank="b", task="1.3" if len(name) % 2 else "2.1") for name in ids]


def form(
    ids: list[str], count: int, seed: int, apart: dict[str, frozenset[str]] | None = None
) -> tuple[str, ...]:
    return choose(
        candidates(ids), wanted=Filter(), count=count, seed=seed, apart=apart or {}, by_history=False
    )


@given(names, st.integers(1, 40), seeds)
def test_a_form_has_no_item_twice_and_is_as_long_as_it_can_be(ids: list[str], count: int, seed: int) -> None:
    chosen = form(ids, count, seed)
    assert len(set(chosen)) == len(chosen) == min(count, len(ids))


@given(names, st.integers(1, 40), seeds)
def test_the_same_seed_gives_the_same_form_whatever_order_the_bank_is_in(
    ids: list[str], count: int, seed: int
) -> None:
    assert form(ids, count, seed) == form(list(reversed(ids)), count, seed)


@given(names, st.text("xyz", min_size=1, max_size=5), seeds)
def test_a_new_item_moves_no_other(ids: list[str], added: str, seed: int) -> None:
    before = form(ids, len(ids), seed)
    after = form([*ids, added], len(ids) + 1, seed)
    assert tuple(item for item in after if item != f"b:{added}") == before


@given(names, seeds)
def test_a_filter_lets_through_only_what_matches(ids: list[str], seed: int) -> None:
    wanted = Filter(tasks=("1.3",))
    chosen = choose(candidates(ids), wanted=wanted, count=50, seed=seed, apart={}, by_history=False)
    assert all(len(item.partition(":")[2]) % 2 for item in chosen)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=6), unique=True, min_size=2, max_size=30), seeds)
def test_twins_never_stand_in_one_form(ids: list[str], seed: int) -> None:
    one, other = f"b:{ids[0]}", f"b:{ids[1]}"
    apart = {one: frozenset({other}), other: frozenset({one})}
    assert not {one, other} <= set(form(ids, len(ids), seed, apart))


@given(st.integers(1, 6), seeds, st.integers(1, 65))
def test_options_are_shown_each_once_and_in_place_when_fixed(count: int, seed: int, position: int) -> None:
    shown = option_order(count, seed=seed, position=position, item="b:a", fixed=False)
    assert sorted(shown) == list(range(count))
    assert option_order(count, seed=seed, position=position, item="b:a", fixed=True) == tuple(range(count))


def test_history_puts_unseen_first_then_longest_unseen() -> None:
    pool = [
        Candidate(id="b:new", bank="b"),
        Candidate(id="b:old", bank="b", last_at=10),
        Candidate(id="b:recent", bank="b", last_at=99),
    ]
    chosen = choose(pool, wanted=Filter(), count=3, seed=1, apart={}, by_history=True)
    assert chosen == ("b:new", "b:old", "b:recent")
