"""Exam forms over random banks: what holds for any bank, any clashes and any seed."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.practice.blueprint import balanced, split
from keykata.practice.exam_form import ExamForm, Shortage, exam_form
from keykata.practice.filling import Apart, ExamItem
from support.exam_items import BLUEPRINT, apart_of, bank, banks, by_domain, faults

Bank = tuple[list[ExamItem], Apart]
seeds = st.integers(0, 10**9)
weights = st.dictionaries(st.sampled_from("123456789"), st.integers(1, 99), min_size=1)


@given(weights, st.integers(0, 500))
def test_a_split_gives_everything_and_stays_within_one_of_the_exact_share(
    shares: dict[str, int], count: int
) -> None:
    parts = split(shares, count)
    assert sum(parts.values()) == count
    whole = sum(shares.values())
    assert all(abs(parts[name] * whole - count * weight) < whole for name, weight in shares.items())


@given(st.dictionaries(st.sampled_from("123456789"), st.integers(0, 20), min_size=1), st.integers(0, 99))
def test_even_shares_fill_the_smallest_room_first_and_differ_by_one_elsewhere(
    room: dict[str, int], count: int
) -> None:
    shares = balanced(room, count)
    assert sum(shares.values()) == min(count, sum(room.values()))
    assert all(shares[name] <= room[name] for name in room)
    unfilled = [shares[name] for name in room if shares[name] < room[name]]
    assert not unfilled or max(shares.values()) - min(unfilled) <= 1


@settings(max_examples=150, deadline=None)
@given(banks(), seeds, st.booleans())
def test_whatever_the_bank_a_form_keeps_the_blueprint_or_says_what_is_missing(
    made: Bank, seed: int, by_history: bool
) -> None:
    items, apart = made
    result = exam_form(items, BLUEPRINT, seed=seed, apart=apart, by_history=by_history)
    if isinstance(result, ExamForm):
        assert result.full
        assert len(result.ids) == 65
        assert faults(result, items, apart) == []
        return
    assert result.missing
    assert {supply.domain: supply.items for supply in result.supply} == by_domain(
        [item.id for item in items], items
    )
    if result.form:
        assert not result.form.full
        assert faults(result.form, items, apart) == []
        assert all(by_domain(result.form.ids, items).values())


@settings(max_examples=60, deadline=None)
@given(banks(), seeds)
def test_the_same_seed_gives_the_same_form_whatever_order_the_bank_is_in(made: Bank, seed: int) -> None:
    items, apart = made
    shuffled = sorted(items, key=lambda item: item.id[::-1])
    one = exam_form(items, BLUEPRINT, seed=seed, apart=apart, by_history=True)
    assert one == exam_form(shuffled, BLUEPRINT, seed=seed, apart=apart, by_history=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([item.task for item in bank(14)]), max_size=90), seeds, st.integers(1, 65))
def test_without_clashes_the_offered_form_is_the_largest_the_domains_can_fill(
    tasks: list[str], seed: int, asked: int
) -> None:
    items = [ExamItem(id=f"b:{place}", domain=task[0], task=task) for place, task in enumerate(tasks)]
    held = by_domain([item.id for item in items], items)

    def fits(count: int) -> bool:
        needs = BLUEPRINT.needs(count)
        return all(needs[domain] <= held[domain] for domain in needs)

    result = exam_form(items, BLUEPRINT, seed=seed, apart={}, by_history=False, count=asked)
    if isinstance(result, ExamForm):
        assert fits(asked)
        return
    assert not fits(asked)
    honest = [n for n in range(1, asked) if fits(n) and min(BLUEPRINT.needs(n).values()) > 0]
    assert (len(result.form.ids) if result.form else 0) == max(honest, default=0)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(400, 700), st.lists(st.tuples(st.integers(0, 399), st.integers(0, 399)), max_size=200), seeds
)
def test_a_bank_with_plenty_always_gives_a_whole_form_balanced_and_with_its_multiple_response(
    size: int, near: list[tuple[int, int]], seed: int
) -> None:
    items = bank(size)
    apart = apart_of((f"made:item-{one}", f"made:item-{other}") for one, other in near)
    form = exam_form(items, BLUEPRINT, seed=seed, apart=apart, by_history=False)
    assert isinstance(form, ExamForm)
    assert faults(form, items, apart) == []
    held = {item.id: item for item in items}
    assert 7 <= sum(held[item].multiple for item in form.ids) <= 13
    tasks = Counter(held[item].task for item in form.ids)
    for domain in BLUEPRINT.domains:
        shares = [tasks[task] for task in domain.tasks]
        assert max(shares) - min(shares) <= 1


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(0, 13))
def test_a_new_item_takes_one_place_at_most_and_moves_no_other(seed: int, place: int) -> None:
    # every item single and of no term: only the quota of its own task can let it in
    items = [ExamItem(id=item.id, domain=item.domain, task=item.task) for item in bank(280)]
    added = ExamItem(id="made:added", domain=items[place].domain, task=items[place].task)
    before = exam_form(items, BLUEPRINT, seed=seed, apart={}, by_history=False)
    after = exam_form([*items, added], BLUEPRINT, seed=seed, apart={}, by_history=False)
    assert isinstance(before, ExamForm)
    assert isinstance(after, ExamForm)
    stayed = [item for item in after.ids if item != added.id]
    assert [item for item in before.ids if item in stayed] == stayed
    assert len(stayed) >= 64


@settings(max_examples=60, deadline=None)
@given(seeds, st.sets(st.integers(0, 699), max_size=500))
def test_what_was_seen_is_asked_only_when_its_task_has_nothing_unseen(seed: int, seen: set[int]) -> None:
    items = [
        ExamItem(id=item.id, domain=item.domain, task=item.task, last_at=place if place in seen else 0)
        for place, item in enumerate(bank(700), 1)
    ]
    form = exam_form(items, BLUEPRINT, seed=seed, apart={}, by_history=True)
    assert isinstance(form, ExamForm)
    chosen = [item for item in items if item.id in form.ids]
    for item in chosen:
        fresher = [o for o in items if o.task == item.task and o.last_at < item.last_at]
        assert {other.id for other in fresher} <= set(form.ids)


@settings(max_examples=40, deadline=None)
@given(banks(), seeds)
def test_a_shortage_always_names_a_domain_with_too_few(made: Bank, seed: int) -> None:
    items, apart = made
    result = exam_form(items[:60], BLUEPRINT, seed=seed, apart=apart, by_history=False)
    assert isinstance(result, Shortage)
    assert all(supply.have < supply.need for supply in result.missing)
    assert sum(supply.have for supply in result.supply) < 65
