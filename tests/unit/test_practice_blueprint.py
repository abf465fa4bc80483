"""Exam forms: the split of SAA-C03, shortages, sealed papers."""

from __future__ import annotations

import pytest

from keykata.core.errors import UsageError
from keykata.practice.blueprint import balanced, split
from keykata.practice.exam_form import ExamForm, Shortage, exam_form, sealed_form
from keykata.practice.filling import ExamItem, multiple_band
from support.exam_items import BLUEPRINT, TASKS, apart_of, bank, by_domain, faults


def drawn(items: list[ExamItem], *, seed: int = 1, count: int | None = None) -> ExamForm | Shortage:
    return exam_form(items, BLUEPRINT, seed=seed, apart={}, by_history=False, count=count)


def test_the_weights_of_saa_c03_give_the_published_split() -> None:
    assert list(BLUEPRINT.scored_split(65).values()) == [15, 13, 12, 10]
    assert list(BLUEPRINT.unscored_split(65).values()) == [4, 4, 4, 3]
    assert list(BLUEPRINT.needs(65).values()) == [19, 17, 16, 13]


def test_equal_remainders_go_to_the_lower_number() -> None:
    assert split({"10": 1, "2": 1, "1": 1}, 2) == {"10": 0, "2": 1, "1": 1}


@pytest.mark.parametrize(
    ("weights", "count"), [({}, 3), ({"1": 0}, 3), ({"1": 5, "2": -1}, 3), ({"1": 1}, -1)]
)
def test_a_split_of_nothing_is_refused(weights: dict[str, int], count: int) -> None:
    with pytest.raises(ValueError, match="split"):
        split(weights, count)


def test_what_one_task_cannot_give_the_others_share() -> None:
    assert balanced({"3.1": 1, "3.2": 9, "3.3": 9}, 8) == {"3.1": 1, "3.2": 4, "3.3": 3}


def test_ten_to_twenty_percent_in_whole_items() -> None:
    assert multiple_band(65) == (7, 13)
    assert multiple_band(20) == (2, 4)
    assert multiple_band(3) == (0, 0)


def test_two_hundred_seeds_keep_the_blueprint() -> None:
    items = bank(700)
    held = {item.id: item for item in items}
    for seed in range(200):
        form = drawn(items, seed=seed)
        assert isinstance(form, ExamForm)
        assert faults(form, items, {}) == []
        assert 7 <= sum(held[item].multiple for item in form.ids) <= 13
        assert (form.minutes, form.extra_minutes, form.full) == (130, 30, True)


def test_other_seeds_draw_other_forms_in_other_orders() -> None:
    items = bank(700)
    forms = [form for seed in range(20) if isinstance(form := drawn(items, seed=seed), ExamForm)]
    assert len({form.ids for form in forms}) == len({form.unscored for form in forms}) == 20
    first = [items[int(form.ids[0].rsplit("-", 1)[1])].domain for form in forms]
    assert len(set(first)) > 1  # the order goes over the whole paper, not domain by domain


def test_a_shortage_says_what_is_missing_and_offers_the_largest_form_with_its_time() -> None:
    items = [item for item in bank(700) if item.domain != "4"] + [
        ExamItem(id=f"made:cost-{n}", domain="4", task=TASKS[-1]) for n in range(6)
    ]
    result = drawn(items)
    assert isinstance(result, Shortage)
    (missing,) = result.missing
    assert (missing.domain, missing.name, missing.have, missing.need, missing.items) == (
        "4",
        "Cost-optimized",
        6,
        13,
        6,
    )
    form = result.form
    assert form is not None
    assert faults(form, items, {}) == []
    assert by_domain(form.ids, items)["4"] == 6
    count = len(form.ids)
    assert BLUEPRINT.needs(count + 1)["4"] > 6
    assert form.minutes == (2 * 130 * count + 65) // 130
    assert not form.full


def test_items_too_alike_are_not_counted_as_two() -> None:
    cost = [ExamItem(id=f"made:cost-{n}", domain="4", task="4.1") for n in range(14)]
    items = [item for item in bank(700) if item.domain != "4"] + cost
    apart = apart_of([(cost[0].id, cost[1].id), (cost[2].id, cost[3].id)])
    result = exam_form(items, BLUEPRINT, seed=4, apart=apart, by_history=False)
    assert isinstance(result, Shortage)
    (missing,) = result.missing
    assert (missing.have, missing.need, missing.items) == (12, 13, 14)


def test_a_bank_without_a_domain_has_no_honest_form() -> None:
    result = drawn([item for item in bank(700) if item.domain != "4"])
    assert isinstance(result, Shortage)
    assert result.form is None
    assert [missing.domain for missing in result.missing] == ["4"]


def test_an_empty_bank_misses_everything() -> None:
    result = drawn([])
    assert isinstance(result, Shortage)
    assert [(m.have, m.need) for m in result.missing] == [(0, 19), (0, 17), (0, 16), (0, 13)]


def test_a_place_is_found_by_exchanging_what_stands_in_the_way() -> None:
    # 13 items for 13 places in domain 4; each is like an item of domain 1, which has others to offer
    cost = [ExamItem(id=f"made:cost-{n}", domain="4", task="4.1") for n in range(13)]
    items = [item for item in bank(700) if item.domain != "4"] + cost
    secure = [item for item in items if item.domain == "1"]
    apart = apart_of((cost[n].id, item.id) for n in range(13) for item in secure[n : n + 100 : 13])
    for seed in range(10):
        form = exam_form(items, BLUEPRINT, seed=seed, apart=apart, by_history=False)
        assert isinstance(form, ExamForm)
        assert faults(form, items, apart) == []


def test_a_bank_of_multiple_response_only_still_gives_a_form() -> None:
    form = drawn(bank(700, multiple_every=1))
    assert isinstance(form, ExamForm)
    assert form.full


def test_items_of_no_task_statement_are_passed_over() -> None:
    stray = [ExamItem(id=f"made:stray-{n}", domain="1", task="9.9") for n in range(100)]
    form = drawn([*bank(700), *stray])
    assert isinstance(form, ExamForm)
    assert not any("stray" in item for item in form.ids)


@pytest.mark.parametrize("count", [0, 66])
def test_a_form_longer_than_the_exam_or_empty_is_refused(count: int) -> None:
    with pytest.raises(UsageError):
        drawn(bank(700), count=count)


def test_a_smaller_form_is_in_proportion() -> None:
    items = bank(700)
    form = drawn(items, count=20)
    assert isinstance(form, ExamForm)
    assert (len(form.ids), len(form.unscored), form.minutes, form.full) == (20, 5, 40, False)


def sealed_paper(sizes: dict[str, int]) -> dict[str, str]:
    return {f"made:s{domain}-{n}": domain for domain, size in sizes.items() for n in range(size)}


def test_a_sealed_paper_is_whole_in_an_order_of_its_own_with_the_same_split() -> None:
    domains = sealed_paper({"1": 19, "2": 17, "3": 16, "4": 13})
    form = sealed_form(domains, domains, BLUEPRINT, 5)
    assert sorted(form.ids) == sorted(domains)
    assert form.ids != tuple(domains)
    unscored = [domains[item] for item in form.unscored]
    assert [unscored.count(domain) for domain in "1234"] == [4, 4, 4, 3]
    assert (form.full, form.minutes) == (True, 130)
    assert form == sealed_form(reversed(list(domains)), domains, BLUEPRINT, 5)
    assert form.ids != sealed_form(domains, domains, BLUEPRINT, 6).ids


def test_a_sealed_paper_that_lost_items_is_not_full_and_keeps_its_share_of_unscored() -> None:
    domains = sealed_paper({"1": 19, "2": 17, "3": 16, "4": 2})
    form = sealed_form(domains, domains, BLUEPRINT, 5)
    assert (form.full, len(form.ids), form.minutes) == (False, 54, 108)
    assert len(form.unscored) == 54 - BLUEPRINT.scored_of(54)


def test_a_sealed_paper_of_unknown_items_is_refused() -> None:
    with pytest.raises(UsageError, match="sealed"):
        sealed_form(["made:gone"], {}, BLUEPRINT, 1)


def test_two_hundred_seeds_keep_the_blueprint_and_balance_the_tasks() -> None:
    items = bank(420)
    task = {item.id: item.task for item in items}
    several = {item.id for item in items if item.selects > 1}
    for seed in range(200):
        form = exam_form(items, BLUEPRINT, seed=seed, apart={}, by_history=False)
        assert isinstance(form, ExamForm)
        assert form.full
        assert faults(form, items, {}) == []
        assert 0.1 <= len(several.intersection(form.ids)) / 65 <= 0.2
        for domain in BLUEPRINT.domains:
            counts = [sum(task[item] == name for item in form.ids) for name in domain.tasks]
            assert max(counts) - min(counts) <= 1
