"""Which items a paper holds: a filter, an order drawn from a seed, and what must not stand together.

With a seed and no exposure a form is a function of bank, filter, count and seed only: the order is that of
SHA-256 of (seed, purpose, item id), so that adding an item to the bank moves no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from keykata.core.digest import seeded_key, seeded_order
from keykata.core.errors import UsageError

Only = Literal["weak", "missed", "kept", "unseen"]
STATES: tuple[Only, ...] = ("weak", "missed", "kept", "unseen")


class Filter(msgspec.Struct, frozen=True):
    """What to choose from; empty fields let everything through.

    Attributes:
        banks, terms, domains, tasks, levels: ids; an item passes when it has one of each non-empty field.
        only: a state in the learner's own history.
        items: exactly these full item ids ("practise the 4 you missed").
    """

    banks: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    only: Only | None = None
    items: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The fields that are set, for the log."""
        names = ("banks", "terms", "domains", "tasks", "levels", "items")
        fields: dict[str, object] = {name: list(getattr(self, name)) for name in names if getattr(self, name)}
        return fields | ({"only": self.only} if self.only else {})

    @classmethod
    def from_dict(cls, fields: Mapping[str, object]) -> Filter:
        """The filter that `as_dict` wrote; what it does not know is passed over."""

        def names(name: str) -> tuple[str, ...]:
            held = fields.get(name)
            return tuple(str(one) for one in held) if isinstance(held, list) else ()

        only = next((state for state in STATES if state == fields.get("only")), None)
        return cls(
            banks=names("banks"),
            terms=names("terms"),
            domains=names("domains"),
            tasks=names("tasks"),
            levels=names("levels"),
            only=only,
            items=names("items"),
        )


class Candidate(msgspec.Struct, frozen=True):
    """A question that may be chosen. `states` of `Only` that it is in; `last_at` ms UTC, 0 unseen."""

    id: str
    bank: str
    task: str = ""
    domain: str = ""
    level: str = ""
    topics: tuple[str, ...] = ()
    twin: str = ""
    states: frozenset[str] = msgspec.field(default_factory=frozenset)
    last_at: int = 0


def matches(candidate: Candidate, wanted: Filter) -> bool:
    """Whether a candidate passes a filter."""
    return (
        (not wanted.items or candidate.id in wanted.items)
        and (not wanted.banks or candidate.bank in wanted.banks)
        and (not wanted.terms or any(topic in wanted.terms for topic in candidate.topics))
        and (not wanted.domains or candidate.domain in wanted.domains)
        and (not wanted.tasks or candidate.task in wanted.tasks)
        and (not wanted.levels or candidate.level in wanted.levels)
        and (wanted.only is None or wanted.only in candidate.states)
    )


def choose(
    candidates: Iterable[Candidate],
    *,
    wanted: Filter,
    count: int,
    seed: int,
    apart: Mapping[str, frozenset[str]],
    by_history: bool,
) -> tuple[str, ...]:
    """The full item ids of a form, in order.

    Args:
        candidates: every question that may be asked (the caller has left out the sealed ones).
        wanted: the filter.
        count: how many, at least one; fewer come back when the filter leaves fewer.
        seed: decides every order.
        apart: for an item, those that must not stand in one form with it (twins, near-duplicates).
        by_history: unseen first, then longest unseen; without it history plays no part.

    Raises:
        UsageError: count is not positive.
    """
    if count < 1:
        raise UsageError("A quiz needs at least one question.", hint="Give a count of 1 or more.")
    pool = [candidate for candidate in candidates if matches(candidate, wanted)]
    ordered = seeded_order(pool, seed, "form", lambda candidate: candidate.id)
    if by_history:
        ordered.sort(key=lambda candidate: candidate.last_at)
    return _without_clashes(ordered, count, apart)


def _without_clashes(
    ordered: Sequence[Candidate], count: int, apart: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    chosen: list[str] = []
    shut: set[str] = set()
    for candidate in ordered:
        if len(chosen) == count:
            break
        if candidate.id not in shut:
            chosen.append(candidate.id)
            shut |= apart.get(candidate.id, frozenset())
    return tuple(chosen)


def option_order(count: int, *, seed: int, position: int, item: str, fixed: bool) -> tuple[int, ...]:
    """The order in which options are shown: authored places (from 0) by shown place."""
    if fixed:
        return tuple(range(count))
    return tuple(
        sorted(range(count), key=lambda place: seeded_key(seed, f"options/{position}/{item}", str(place)))
    )
