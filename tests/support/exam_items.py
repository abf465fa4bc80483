"""The blueprint of SAA-C03 and made-up items for tests of exam forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from keykata.practice.blueprint import Blueprint, BlueprintDomain
from keykata.practice.exam_form import ExamForm
from keykata.practice.filling import ExamItem

BLUEPRINT = Blueprint(
    domains=(
        BlueprintDomain("1", "Secure", 30, ("1.1", "1.2", "1.3")),
        BlueprintDomain("2", "Resilient", 26, ("2.1", "2.2")),
        BlueprintDomain("3", "High-performing", 24, ("3.1", "3.2", "3.3", "3.4", "3.5")),
        BlueprintDomain("4", "Cost-optimized", 20, ("4.1", "4.2", "4.3", "4.4")),
    ),
    scored=50,
    unscored=15,
    minutes=130,
    extra_minutes=30,
)
TASKS = tuple(task for domain in BLUEPRINT.domains for task in domain.tasks)


def bank(size: int, *, terms: int = 200, multiple_every: int = 7) -> list[ExamItem]:
    """Items spread evenly over the tasks and terms, every so many of them multiple response."""
    return [
        ExamItem(
            id=f"made:item-{number}",
            domain=TASKS[number % len(TASKS)][0],
            task=TASKS[number % len(TASKS)],
            topics=(f"made:term-{number * 31 % terms}",),
            selects=2 if number % multiple_every == 0 else 1,
        )
        for number in range(size)
    ]


@st.composite
def banks(draw: st.DrawFn) -> tuple[list[ExamItem], dict[str, frozenset[str]]]:
    """Any bank up to some 150 items, lopsided, with few or many terms, and what must stand apart in it."""
    size = draw(st.integers(0, 150))
    terms = draw(st.integers(1, 80))
    random = draw(st.randoms(use_true_random=False))
    items = [
        ExamItem(
            id=f"made:item-{number}",
            domain=task[0],
            task=task,
            topics=tuple(f"made:term-{random.randrange(terms)}" for _ in range(random.randrange(3))),
            selects=random.choice((1, 1, 1, 2)),
            last_at=random.choice((0, 0, 5, 9)),
        )
        for number in range(size)
        for task in (random.choice(TASKS),)
    ]
    pairs = [
        (f"made:item-{random.randrange(size)}", f"made:item-{random.randrange(size)}")
        for _ in range(draw(st.integers(0, 40)) if size else 0)
    ]
    return items, apart_of(pairs)


def apart_of(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Pairs that must stand apart, as the map a form takes."""
    others: dict[str, set[str]] = {}
    for one, other in pairs:
        if one != other:
            others.setdefault(one, set()).add(other)
            others.setdefault(other, set()).add(one)
    return {item: frozenset(against) for item, against in others.items()}


def by_domain(ids: Iterable[str], items: Iterable[ExamItem]) -> dict[str, int]:
    """How many of the ids each domain of the blueprint has."""
    domain = {item.id: item.domain for item in items}
    counts = Counter(domain[item] for item in ids)
    return {part.id: counts[part.id] for part in BLUEPRINT.domains}


def faults(form: ExamForm, items: list[ExamItem], apart: Mapping[str, frozenset[str]]) -> list[str]:
    """What a form breaks of the rules every form keeps, whole or reduced."""
    found: list[str] = []
    held = {item.id: item for item in items}
    count = len(form.ids)
    scored = [item for item in form.ids if item not in form.unscored]
    if len(set(form.ids)) != count:
        found.append("an item stands in it twice")
    if by_domain(scored, items) != BLUEPRINT.scored_split(count):
        found.append("the split of the scored items")
    if by_domain(form.unscored, items) != BLUEPRINT.unscored_split(count):
        found.append("the split of the unscored items")
    topics = Counter(topic for item in form.ids for topic in set(held[item].topics))
    if max(topics.values(), default=0) > 3:
        found.append("more than three items of a term")
    if any(other in form.ids for item in form.ids for other in apart.get(item, ())):
        found.append("items that must stand apart")
    return found
