"""Mastery: how far the questions of each domain and task statement are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from keykata.bank.library import Library
from keykata.bank.model import Exam
from keykata.practice.blueprint import number_order
from keykata.practice.form import Candidate
from keykata.store.past import LearnedRow
from keykata.study.progress_views import Mastery
from keykata.study.shelf import Shelf


def mastery(
    library: Library, shelf: Shelf, rows: Iterable[LearnedRow], recall_of: Mapping[str, float]
) -> tuple[tuple[Mastery, ...], tuple[Mastery, ...]]:
    """Domains and task statements of the open banks' first exam, in the order of the blueprint.

    Args:
        recall_of: probability of recall today, by card.
    """
    exam = next((e for bank in library.banks if (e := library.exam_of(bank.header.id))), None)
    if exam is None:
        return (), ()
    learned = {row.card: row for row in rows if row.kind == "question"}
    by_domain: dict[str, list[Candidate]] = defaultdict(list)
    by_task: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in shelf.candidates(with_history=False):
        by_domain[candidate.domain].append(candidate)
        by_task[candidate.task].append(candidate)
    domains = tuple(
        _mastery((d.id, d.short, d.weight), by_domain[d.id], learned, recall_of) for d in exam.domains
    )
    names = _task_names(exam)
    tasks = (
        _mastery((task, names[task], 0), by_task[task], learned, recall_of)
        for task in sorted(names, key=number_order)
    )
    return domains, tuple(tasks)


def is_known(row: LearnedRow) -> bool:
    """Known for now: last remembered without luck, and past its steps."""
    return row.phase == "review" and row.last_rating > 1 and not row.lucky


def _task_names(exam: Exam) -> dict[str, str]:
    return {task: name for domain in exam.domains for task, name in domain.tasks.items()}


def _mastery(
    named: tuple[str, str, int],
    candidates: Sequence[Candidate],
    learned: Mapping[str, LearnedRow],
    recall_of: Mapping[str, float],
) -> Mastery:
    number, name, weight = named
    tried = [learned[c.id] for c in candidates if c.id in learned]
    return Mastery(
        number=number,
        name=name,
        weight=weight,
        questions=len(candidates),
        tried=len(tried),
        known=sum(is_known(row) for row in tried),
        recall=sum(recall_of[row.card] for row in tried) / len(tried) if tried else None,
    )
