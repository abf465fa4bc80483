"""What questions give to one form of the exam."""

from __future__ import annotations

from hypothesis import given, settings

from keykata.practice.filling import ExamItem
from keykata.practice.supply import DomainCover, supply
from support.exam_items import BLUEPRINT, TASKS, bank, banks

NAMES = {task: f"Task {task}" for task in TASKS}


def counted(items: list[ExamItem], apart: dict[str, frozenset[str]] | None = None) -> dict[str, DomainCover]:
    return {one.domain: one for one in supply(items, BLUEPRINT, apart=apart or {}, task_names=NAMES)}


def test_a_wide_bank_lacks_nothing() -> None:
    found = counted(bank(400))
    assert [one.need for one in found.values()] == [19, 17, 16, 13]
    assert [one.missing for one in found.values()] == [0, 0, 0, 0]
    assert sum(one.questions for one in found.values()) == 400


def test_an_empty_bank_lacks_the_whole_form() -> None:
    found = counted([])
    assert sum(one.missing for one in found.values()) == 65
    assert found["1"].share is None
    assert [(task.task, task.need, task.missing) for task in found["1"].tasks] == [
        ("1.1", 7, 7),
        ("1.2", 6, 6),
        ("1.3", 6, 6),
    ]


def test_many_questions_on_one_term_do_not_fill_a_form() -> None:
    items = [ExamItem(id=f"b:{n}", domain="1", task="1.3", topics=("b:key",)) for n in range(30)]
    one = counted(items)["1"]
    assert (one.questions, one.have, one.missing) == (30, 3, 16)
    assert one.share == 1


def test_twins_count_once_for_a_form() -> None:
    items = [ExamItem(id=f"b:{n}", domain="2", task="2.1") for n in range(2)]
    apart = {"b:0": frozenset({"b:1"}), "b:1": frozenset({"b:0"})}
    assert counted(items, apart)["2"].have == 1


@settings(max_examples=25, deadline=None)
@given(banks())
def test_the_figures_add_up(made: tuple[list[ExamItem], dict[str, frozenset[str]]]) -> None:
    items, apart = made
    found = counted(items, apart)
    assert sum(one.questions for one in found.values()) == len(items)
    for one in found.values():
        assert one.have + one.missing == one.need
        assert 0 <= one.have <= one.questions
        assert sum(task.questions for task in one.tasks) == one.questions
        assert sum(task.need for task in one.tasks) == one.need
