"""Papers for practice: which items, in which order, under which title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from keykata.bank.library import Library
from keykata.bank.model import Comparison, Term
from keykata.core.digest import seeded_order
from keykata.core.errors import UsageError
from keykata.memory.deck import card_specs
from keykata.memory.queue import apart
from keykata.practice.form import Filter, choose
from keykata.practice.paper import Mode, Paper, Slot
from keykata.study.shelf import Shelf
from keykata.study.siblings import Siblings
from keykata.study.today import TodayItems

if TYPE_CHECKING:
    from keykata.study.faces import Faces


class Papers:
    """Makes the papers of practice sittings; exams have their own room."""

    def __init__(self, library: Library, shelf: Shelf, draw_seed: Callable[[], int]) -> None:
        self._library = library
        self._shelf = shelf
        self._draw_seed = draw_seed

    @cached_property
    def faces(self) -> Faces:
        """How items become slots; Home asks for papers, and shows none."""
        from keykata.study.faces import Faces

        return Faces(self._library)

    def quiz(self, wanted: Filter, *, count: int, seed: int | None, title: str) -> Paper:
        """A quiz. With a seed, history plays no part.

        Raises:
            UsageError: nothing passes the filter.
        """
        drawn = self._draw_seed() if seed is None else seed
        by_history = seed is None
        needs_history = by_history or wanted.only is not None
        ids = choose(
            self._shelf.candidates(with_history=needs_history),
            wanted=wanted,
            count=count,
            seed=drawn,
            apart=self._shelf.apart,
            by_history=by_history,
        )
        return self.questions(ids, mode="quiz", seed=drawn, title=title)

    def questions(self, ids: Iterable[str], *, mode: Mode, seed: int, title: str) -> Paper:
        """A paper of these questions, in this order."""
        slots = [
            slot
            for position, item in enumerate(ids, 1)
            if (slot := self.faces.question(item, seed=seed, position=position))
        ]
        return self.of_slots(slots, mode=mode, seed=seed, title=title)

    def cards(self, ids: Iterable[str], *, mode: Mode, title: str, seed: int | None = None) -> Paper:
        """A paper of these cards, in this order; those the banks no longer have are left out."""
        drawn = self._draw_seed() if seed is None else seed
        slots = [
            slot
            for position, card in enumerate(ids, 1)
            if (slot := self.faces.of_card(card, seed=drawn, position=position))
        ]
        return self.of_slots(slots, mode=mode, seed=drawn, title=title)

    def opening(self) -> Paper:
        """The hand-picked first questions, in the order of the bank.

        Raises:
            UsageError: no open bank has them.
        """
        return self.questions(
            self._shelf.opening(), mode="quiz", seed=self._draw_seed(), title="First questions"
        )

    def term(self, item: str, *, count: int) -> Paper:
        """Questions on a term, twins side by side; its own facts fill the rest.

        Raises:
            UsageError: no such term, or nothing to ask about it.
        """
        term = self._library.item(item)
        if not isinstance(term, Term):
            raise UsageError("There is no such term.", hint="Look in the library.")
        seed = self._draw_seed()
        pool = [c for c in self._shelf.candidates(with_history=True) if item in c.topics]
        ordered = seeded_order(pool, seed, "term", lambda candidate: candidate.id)
        ordered.sort(key=lambda candidate: candidate.last_at)
        picked = _twins_together([c.id for c in ordered[:count]], {c.id: c.twin for c in ordered})
        specs = seeded_order(card_specs(item.split(":", 1)[0], term), seed, "facts", lambda spec: spec.card)
        facts = [spec.card for spec in specs][: count - len(picked)]
        return self.cards([*picked, *facts], mode="quiz", title=f"Practice · {term.name}", seed=seed)

    def comparison(self, item: str, *, count: int) -> Paper:
        """Sorter scenarios and cells of a comparison, mixed.

        Raises:
            UsageError: no such comparison.
        """
        comparison = self._library.item(item)
        if not isinstance(comparison, Comparison):
            raise UsageError("There is no such comparison.", hint="Look in the library.")
        seed = self._draw_seed()
        specs = seeded_order(card_specs(item.split(":", 1)[0], comparison), seed, "cells", lambda s: s.card)
        scenarios = [spec.card for spec in specs if spec.kind == "sort"]
        cells = [spec.card for spec in specs if spec.kind != "sort"]
        mixed = interleave(scenarios[: (count + 1) // 2], cells[: count - (count + 1) // 2])
        return self.cards(mixed[:count], mode="quiz", title=f"Practice · {comparison.title}", seed=seed)

    def today(self, items: TodayItems, *, seed: int) -> Paper:
        """The mixed session: facts and questions spread evenly, neighbours of different topics."""
        mixed = apart(interleave(items.cards, items.questions), Siblings(self._library).topic)
        return self.cards(mixed, mode="today", title="Today", seed=seed)

    def of_slots(self, slots: Sequence[Slot], *, mode: Mode, seed: int, title: str) -> Paper:
        """A paper of these slots.

        Raises:
            UsageError: there are none.
        """
        if not slots:
            raise UsageError("There is nothing to ask for that choice.", hint="Choose a wider one.")
        return Paper(mode=mode, title=title, seed=seed, slots=tuple(slots), domains=self._shelf.domains())


def _twins_together(ids: list[str], twins: dict[str, str]) -> list[str]:
    out: list[str] = []
    for item in ids:
        if item in out:
            continue
        out.append(item)
        twin = twins.get(item, "")
        if twin in ids and twin not in out:
            out.append(twin)
    return out


def interleave(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Two lists as one, each spread evenly and kept in its order."""
    places = [
        ((at + 0.5) / len(part), which, value)
        for which, part in enumerate((one, other))
        for at, value in enumerate(part)
    ]
    return [value for _, _, value in sorted(places, key=lambda place: place[:2])]
