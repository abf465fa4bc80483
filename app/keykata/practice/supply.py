"""What questions give to one form of an exam, by domain and task statement, beside what is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from keykata.practice.blueprint import Blueprint, balanced
from keykata.practice.exam_form import Shortage, exam_form
from keykata.practice.filling import Apart, ExamItem


class TaskCover(msgspec.Struct, frozen=True, kw_only=True):
    """A task statement: its questions, how many an even share of a form takes, how many of those lack."""

    task: str
    name: str
    questions: int
    need: int
    missing: int


class DomainCover(msgspec.Struct, frozen=True, kw_only=True):
    """A domain of the blueprint.

    `wanted` and `share` are proportions: of the blueprint, and of the questions there (None when there are
    none). `need` is what a full form takes, `have` how many of the questions can stand in one together, by
    the caps and what must stand apart; `missing` is the difference.
    """

    domain: str
    name: str
    wanted: float
    share: float | None
    questions: int
    need: int
    have: int
    missing: int
    tasks: tuple[TaskCover, ...]


def supply(
    questions: Iterable[ExamItem],
    blueprint: Blueprint,
    *,
    apart: Apart,
    task_names: Mapping[str, str],
) -> tuple[DomainCover, ...]:
    """Every domain of the blueprint, in its order; questions of no task statement of it are passed over.

    The exam gives its tasks no weights: a task's need is an even share of its domain's, as forms are drawn.

    Args:
        questions: those that may be asked in an exam.
        blueprint: the exam's.
        apart: for a question, those that must not stand in one form with it.
        task_names: the names of the task statements by number.
    """
    tasks = {task: domain.id for domain in blueprint.domains for task in domain.tasks}
    pool = [item for item in questions if tasks.get(item.task) == item.domain]
    by_task = Counter(item.task for item in pool)
    needs = blueprint.needs(blueprint.count)
    have = _have(pool, blueprint, apart)
    found = []
    for domain in blueprint.domains:
        here = sum(by_task[task] for task in domain.tasks)
        need = needs[domain.id]
        found.append(
            DomainCover(
                domain=domain.id,
                name=domain.name,
                wanted=domain.weight / 100,
                share=here / len(pool) if pool else None,
                questions=here,
                need=need,
                have=have[domain.id],
                missing=need - have[domain.id],
                tasks=_tasks(domain.tasks, need, by_task, task_names),
            )
        )
    return tuple(found)


def _have(pool: Sequence[ExamItem], blueprint: Blueprint, apart: Apart) -> dict[str, int]:
    """How many questions of each domain a form holds, as the exam itself would draw it."""
    made = exam_form(pool, blueprint, seed=0, apart=apart, by_history=False)
    if isinstance(made, Shortage):
        return {domain.domain: domain.have for domain in made.supply}
    return blueprint.needs(blueprint.count)


def _tasks(
    numbers: Sequence[str], need: int, by_task: Mapping[str, int], names: Mapping[str, str]
) -> tuple[TaskCover, ...]:
    wanted = balanced(dict.fromkeys(numbers, need), need)
    return tuple(
        TaskCover(
            task=number,
            name=names.get(number, ""),
            questions=by_task[number],
            need=wanted[number],
            missing=max(0, wanted[number] - by_task[number]),
        )
        for number in numbers
    )
