"""What the plan takes on by itself: facts of terms, by how much of the exam rests on each term."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from heapq import heapify, heappop, heappush

from keykata.bank.library import Library
from keykata.bank.model import Term
from keykata.memory.deck import CardSpec, card_specs
from keykata.study.ledger import Ledger
from keykata.study.shelf import Shelf

ORDER = ("front", "concept", "faq", "back", "loose")  # within a term: what it is, what holds, then the rest
UNASKED = 1e-6  # percent of the exam: a term no question is about comes after all others

Pick = tuple[str, str]  # card, kind


def any_card(_card: str, _kind: str) -> bool:
    """Whether a card may be taken on: any may."""
    return True


class Intake:
    """Picks facts that no one took on yet.

    The terms take turns as seats of a parliament are shared out (D'Hondt): next is the term with the largest
    share of the exam for each fact it would then have in the queue. So what is asked most goes deepest.
    """

    def __init__(self, library: Library, ledger: Ledger, shelf: Shelf) -> None:
        self._library = library
        self._ledger = ledger
        self._shelf = shelf
        self._specs: dict[str, tuple[CardSpec, ...]] = {}

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """What rests on each term, in percent of the exam: its domain's weight over the questions there."""
        held = self._library.held
        asked = [
            (entry, self._shelf.domain(entry))
            for entry in self._library.entries("question")
            if not held or entry.id.split(":", 1)[0] in held
        ]
        counts: dict[str, int] = {}
        for _, domain in asked:
            counts[domain] = counts.get(domain, 0) + 1
        weights = {domain.id: float(domain.weight) for domain in self._shelf.domains()}
        shares = {entry.id: UNASKED for entry in self._library.entries("term")}
        for entry, domain in asked:
            for topic in entry.topics:
                if topic in shares:
                    worth = weights.get(domain, 0.0) / counts[domain] / len(entry.topics)
                    shares[topic] += worth
        return shares

    def picks(
        self,
        most: int,
        *,
        each: int,
        may: Callable[[str, str], bool] = any_card,
        without: Collection[str] = (),
    ) -> list[Pick]:
        """The next facts, at most so many, of a term no more than `each`.

        Args:
            may: whether a card of a kind may be taken on now.
            without: cards that count as taken on.
        """
        if most <= 0:
            return []
        shares = self.shares
        store = self._ledger.store
        counts = store.cards_by_item()
        entered: dict[str, Collection[str]] = {}  # of the terms whose turn came
        turns = [
            (-share / (counts.get(term, 0) + 1), place, term, 0)
            for place, (term, share) in enumerate(shares.items())
        ]
        heapify(turns)
        taken = set(without)
        found: list[Pick] = []
        while turns and len(found) < most:
            _, place, term, given = heappop(turns)
            known = entered.get(term)
            if known is None:
                known = entered[term] = store.entered(term)
            pick = self._next(term, known, taken, may)
            if pick is None:
                continue
            found.append(pick)
            taken.add(pick[0])
            if given + 1 < each:
                heappush(turns, (-shares[term] / (len(known) + given + 2), place, term, given + 1))
        return found

    def _next(
        self, term: str, known: Collection[str], taken: Collection[str], may: Callable[[str, str], bool]
    ) -> Pick | None:
        for spec in self._of(term):
            if spec.card not in known and spec.card not in taken and may(spec.card, spec.kind):
                return spec.card, spec.kind
        return None

    def _of(self, term: str) -> tuple[CardSpec, ...]:
        """The cards of a term in the order they are begun."""
        if term not in self._specs:
            content = self._library.item(term)
            specs = card_specs(term.split(":", 1)[0], content) if isinstance(content, Term) else ()
            self._specs[term] = tuple(sorted(specs, key=_rank))
        return self._specs[term]


def _rank(spec: CardSpec) -> int:
    return ORDER.index(spec.part if spec.kind == "term" else spec.kind)
