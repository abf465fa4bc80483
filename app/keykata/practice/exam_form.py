"""Exam forms by the blueprint: which questions, which of them count, in which order.

Per domain exactly the split; task statements balanced within the domain; 10 to 20 % multiple response where
the bank allows; at most three items of one term, counted under every term an item is about; nothing that must
stand apart. Every order is that of SHA-256 of (seed, purpose, item id), so that adding an item moves another
only where a cap or a clash makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

import msgspec

from keykata.core.digest import seeded_order
from keykata.core.errors import UsageError
from keykata.practice.blueprint import Blueprint, balanced
from keykata.practice.filling import Apart, ExamItem, Pool, Selection, fill, pool_of


class ExamForm(msgspec.Struct, frozen=True):
    """A form: full item ids in order, those that do not count, and its time.

    `full` is true for a whole form, exactly by the blueprint; a reduced one has its minutes in proportion.
    `even`: its domains have the shares of the blueprint, which those of a sealed paper need not have.
    """

    ids: tuple[str, ...]
    unscored: frozenset[str]
    minutes: int
    extra_minutes: int
    full: bool
    even: bool


class DomainSupply(msgspec.Struct, frozen=True):
    """What a domain could give to the form asked for.

    Attributes:
        domain, name: its number and short name.
        have: how many of its items can stand in the form. need: how many the form takes.
        items: how many it has in all, those kept out by caps and clashes included.
    """

    domain: str
    name: str
    have: int
    need: int
    items: int


class Shortage(msgspec.Struct, frozen=True):
    """A form that cannot be filled: every domain's supply, and the largest honest form or None.

    Honest: exactly by the split, and with at least one item of every domain.
    """

    supply: tuple[DomainSupply, ...]
    form: ExamForm | None

    @property
    def missing(self) -> tuple[DomainSupply, ...]:
        """The domains that have too few."""
        return tuple(domain for domain in self.supply if domain.have < domain.need)


def candidates_of(items: Iterable[ExamItem], blueprint: Blueprint) -> Pool:
    """What forms may be chosen from: the items of the blueprint's task statements, each id once."""
    places = {(domain.id, task) for domain in blueprint.domains for task in domain.tasks}
    return pool_of({item.id: item for item in items if (item.domain, item.task) in places}.values())


def exam_form(
    candidates: Iterable[ExamItem] | Pool,
    blueprint: Blueprint,
    *,
    seed: int,
    apart: Apart,
    by_history: bool,
    count: int | None = None,
) -> ExamForm | Shortage:
    """A form of so many items, or what is missing and the largest honest form below it.

    Args:
        candidates: every question that may be asked (sealed and disputed ones are left out by the caller);
            those of no task statement of the blueprint are passed over. Or what `candidates_of` made of them.
        blueprint: the exam's.
        seed: decides every order and which items do not count.
        apart: for an item, those that must not stand in one form with it (twins, near-duplicates, leaks).
        by_history: unseen first, then longest unseen, as far as balance and caps allow; without it history
            plays no part.
        count: how many items, None for a full form.

    Raises:
        UsageError: the count is not 1 to that of a full form.
    """
    asked = blueprint.count if count is None else count
    if not 1 <= asked <= blueprint.count:
        raise UsageError(
            f"An exam form has 1 to {blueprint.count} questions.", hint="Give a count within that."
        )
    held = candidates if isinstance(candidates, Pool) else candidates_of(candidates, blueprint)
    pool = _ordered(held, seed=seed, by_history=by_history)
    needs = blueprint.needs(asked)
    selection = fill(pool, needs, apart)
    if len(selection.chosen) == asked:
        return _form(selection, blueprint, seed)
    smaller = _largest(pool, blueprint, selection, below=asked, apart=apart)
    return Shortage(
        supply=_supply(pool.items, blueprint, needs, selection),
        form=_form(smaller, blueprint, seed) if smaller else None,
    )


def sealed_form(
    ids: Iterable[str], domains_of: Mapping[str, str], blueprint: Blueprint, seed: int
) -> ExamForm:
    """A form of fixed items: in seeded order, those that do not count drawn by domain by the same split.

    Args:
        ids: the full item ids of the paper; each counts once.
        domains_of: item id to domain number.
        blueprint: the exam's. A domain with fewer items than its unscored part gives what it has, and the
            others the rest.
        seed: decides the order and which items do not count.

    Raises:
        UsageError: the paper holds no item of the blueprint's domains, or more than a full form.
    """
    names = {domain.id for domain in blueprint.domains}
    paper = {item: domain for item in ids if (domain := domains_of.get(item, "")) in names}
    if not 1 <= len(paper) <= blueprint.count:
        raise UsageError(
            f"This sealed paper has {len(paper)} questions that belong to the exam.",
            hint=f"A sealed paper has 1 to {blueprint.count}, each with a task statement: look at bank.yaml.",
        )
    return _finish(paper, blueprint, seed)


def _ordered(pool: Pool, *, seed: int, by_history: bool) -> Pool:
    """The pool in the order of preference."""
    ordered = seeded_order(pool.items, seed, "exam", attrgetter("id"))
    if by_history:
        ordered.sort(key=attrgetter("last_at"))
    return Pool(ordered, pool.shapes)


def _supply(
    ordered: Sequence[ExamItem], blueprint: Blueprint, needs: Mapping[str, int], selection: Selection
) -> tuple[DomainSupply, ...]:
    return tuple(
        DomainSupply(
            domain=domain.id,
            name=domain.name,
            have=selection.domains[domain.id],
            need=needs[domain.id],
            items=sum(item.domain == domain.id for item in ordered),
        )
        for domain in blueprint.domains
    )


def _largest(
    pool: Pool, blueprint: Blueprint, partial: Selection, *, below: int, apart: Apart
) -> Selection | None:
    """The largest form below a count that every domain can fill, None if that leaves a domain out.

    What filled the form asked for in part tells how far it can go, and any part of that keeps its caps: where
    searching anew fails, a form within it is certain.
    """
    most = {domain.id: _alone(pool, domain.id, below, apart) for domain in blueprint.domains}
    most = {domain: max(alone, partial.domains[domain]) for domain, alone in most.items()}
    for count in range(min(below - 1, len(partial.chosen)), 0, -1):
        needs = blueprint.needs(count)
        if min(needs.values()) < 1 or any(most[domain] < need for domain, need in needs.items()):
            continue
        selection = fill(pool, needs, apart)
        if len(selection.chosen) == count:
            return selection
        if all(partial.domains[domain] >= need for domain, need in needs.items()):
            return fill(pool_of(partial.chosen.values()), needs, apart)
    return None


def _alone(pool: Pool, domain: str, count: int, apart: Apart) -> int:
    """How many items a domain could give if the others gave none."""
    return len(fill(pool.of(domain), {domain: count}, apart).chosen)


def _form(selection: Selection, blueprint: Blueprint, seed: int) -> ExamForm:
    return _finish({item.id: item.domain for item in selection.chosen.values()}, blueprint, seed)


def _finish(paper: Mapping[str, str], blueprint: Blueprint, seed: int) -> ExamForm:
    """The form of these items: its order, its time, and which items do not count."""
    count = len(paper)
    drawn = seeded_order(paper, seed, "unscored", lambda item: item)
    by_domain = {domain.id: [i for i in drawn if paper[i] == domain.id] for domain in blueprint.domains}
    quota = blueprint.unscored_split(count)
    room = {domain: len(items) - quota[domain] for domain, items in by_domain.items()}
    spare = balanced(
        {domain: max(0, left) for domain, left in room.items()},
        sum(max(0, -left) for left in room.values()),
    )
    unscored = frozenset(
        item for domain, items in by_domain.items() for item in items[: quota[domain] + spare[domain]]
    )
    sizes = {domain: len(items) for domain, items in by_domain.items()}
    return ExamForm(
        ids=tuple(seeded_order(paper, seed, "position", lambda item: item)),
        unscored=unscored,
        minutes=blueprint.minutes_for(count),
        extra_minutes=blueprint.extra_for(count),
        full=sizes == blueprint.needs(blueprint.count),
        even=sizes == blueprint.needs(count),
    )
