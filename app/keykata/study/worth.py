"""What each item stands for on the exam: the weight of its domain, in percent."""

from __future__ import annotations

from functools import cached_property

from keykata.bank.library import Library
from keykata.memory.queue import Aim
from keykata.study.shelf import Shelf


class Weights(dict[str, float]):
    """Weights by item, each worked out when it is first asked for."""

    def __init__(self, library: Library, shelf: Shelf) -> None:
        super().__init__()
        self._library = library
        self._shelf = shelf

    def __missing__(self, item: str) -> float:
        weight = self[item] = self._weight(item)
        return weight

    def aim(self, exam_day: str) -> Aim:
        """What the queue is ordered by."""
        return Aim(exam_day, self)

    @cached_property
    def even(self) -> float:
        """What an item counts that belongs to no task statement: an even share."""
        domains = self._domains.values()
        return sum(domains) / len(domains) if domains else 1.0

    @cached_property
    def _domains(self) -> dict[str, float]:
        return {domain.id: float(domain.weight) for domain in self._shelf.domains()}

    def _weight(self, item: str) -> float:
        """A question counts its domain; a term the mean of its questions, a comparison that of its terms."""
        entry = self._library.entry(item)
        if entry is None:
            return self.even
        if entry.kind == "question":
            return self._domains.get(self._shelf.domain(entry), self.even)
        terms = (item,) if entry.kind == "term" else entry.topics
        found = [
            self._domains[domain]
            for term in terms
            for question in self._library.questions_on(term)
            if (domain := self._shelf.domain(question)) in self._domains
        ]
        return sum(found) / len(found) if found else self.even
