"""The banks and the learner's history side by side: candidates, and what must not stand together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache

from keykata.bank.entry import Entry
from keykata.bank.library import Library, SealedPaper
from keykata.bank.model import Exam
from keykata.practice.form import Candidate
from keykata.practice.paper import PaperDomain
from keykata.store.rows import AttemptRow, ItemRow
from keykata.study.ledger import Ledger
from keykata.study.sealed_papers import SatPapers

WEAK_BELOW = 0.6


class Shelf:
    """Questions with what is known of them."""

    def __init__(self, library: Library, ledger: Ledger) -> None:
        self._library = library
        self._ledger = ledger
        self._sat = SatPapers(library, ledger)
        self.domain_of = lru_cache(maxsize=None)(self._find_domain)

    @property
    def sealed(self) -> frozenset[str]:
        """Items of sealed papers that were not sat: quizzes, reviews and Today leave them alone."""
        return frozenset(item for paper in self.unsat().values() for item in paper)

    def opening(self) -> tuple[str, ...]:
        """The hand-picked first questions, without those that are kept back for a mock exam."""
        sealed = self.sealed
        return tuple(item for item in self._library.opening() if item not in sealed)

    def unsat(self) -> dict[SealedPaper, tuple[str, ...]]:
        """The sealed papers that were not handed in yet."""
        exams = self._ledger.store.attempts_of("exam")
        return self._without(row for row in exams if row.finished_at is not None)

    def left(self) -> dict[SealedPaper, tuple[str, ...]]:
        """The sealed papers a new exam can take: no exam of theirs was sat or can go on."""
        store = self._ledger.store
        going = {row.id for row in store.open_attempts()}
        exams = store.attempts_of("exam")
        return self._without(row for row in exams if row.finished_at is not None or row.id in going)

    @cached_property
    def papers(self) -> Mapping[SealedPaper, tuple[str, ...]]:
        """The sealed papers in loading order; one that no exam can be made of seals nothing."""
        exam, found = self._library.held_exam(), self._library.sealed()
        return {name: paper for name, paper in found.items() if exam is None or self._fits(paper, exam)}

    def _fits(self, paper: Iterable[str], exam: Exam) -> bool:
        """Whether a paper holds from one question of the exam's domains to as many as a full form."""
        domains = {domain.id for domain in exam.domains}
        found = (entry for item in paper if (entry := self._library.entry(item)))
        asked = {entry.id for entry in found if not entry.disputed and self.domain(entry) in domains}
        return 1 <= len(asked) <= exam.scored + exam.unscored

    def _without(self, exams: Iterable[AttemptRow]) -> dict[SealedPaper, tuple[str, ...]]:
        """The sealed papers but for those of some exams."""
        sat = {self._sat.of(row) for row in exams} if self.papers else ()
        return {name: paper for name, paper in self.papers.items() if name not in sat}

    def can_practise(self) -> bool:
        """Whether any question may be asked outside exams."""
        sealed = self.sealed
        return any(entry.id not in sealed for entry in self._library.entries("question"))

    def unseen(self) -> dict[str, Entry]:
        """The questions that were never answered and may be asked outside exams, by id, in loading order."""
        sealed = self.sealed
        left = {entry.id: entry for entry in self._library.entries("question") if entry.id not in sealed}
        for item in self._ledger.store.answered_items():
            left.pop(item, None)
        return left

    @cached_property
    def apart(self) -> dict[str, frozenset[str]]:
        """For an item, those that must not stand in one form with it: its twin and near-duplicates."""
        pairs: dict[str, set[str]] = {}
        for one, other in self._clashes():
            pairs.setdefault(one, set()).add(other)
            pairs.setdefault(other, set()).add(one)
        return {item: frozenset(others) for item, others in pairs.items()}

    def _clashes(self) -> Iterable[tuple[str, str]]:
        for bank in self._library.banks:
            yield from bank.near
        for entry in self._library.entries("question"):
            if entry.twin:
                yield entry.id, entry.twin

    def domain(self, entry: Entry) -> str:
        """The domain number of an item's task statement, "" when it has none."""
        return self.domain_of(entry.id.partition(":")[0], entry.task)

    def _find_domain(self, bank: str, task: str) -> str:
        exam = self._library.exam_of(bank)
        domain = exam.domain_of(task) if exam and task else None
        return domain.id if domain else ""

    def domains(self) -> tuple[PaperDomain, ...]:
        """The domains of the first open bank that follows an exam."""
        for bank in self._library.banks:
            exam = self._library.exam_of(bank.header.id)
            if exam:
                return tuple(PaperDomain(id=d.id, name=d.short, weight=d.weight) for d in exam.domains)
        return ()

    def candidates(self, *, with_history: bool) -> list[Candidate]:
        """Every question that may be asked outside exams, with its states unless history plays no part."""
        rows = self._ledger.store.item_rows() if with_history else {}
        sealed = self.sealed
        return [
            self._candidate(entry, rows.get(entry.id))
            for entry in self._library.entries("question")
            if entry.id not in sealed
        ]

    def _candidate(self, entry: Entry, row: ItemRow | None) -> Candidate:
        return Candidate(
            id=entry.id,
            bank=entry.id.split(":", 1)[0],
            task=entry.task,
            domain=self.domain(entry),
            level=entry.level,
            topics=entry.topics,
            twin=entry.twin,
            states=states(row),
            last_at=row.last_at if row and row.tries else 0,
        )


def states(row: ItemRow | None) -> frozenset[str]:
    """The filter states an item is in."""
    if row is None or not row.tries:
        return _together(unseen=True, kept=row is not None and row.kept)
    return _together(weak=row.right / row.tries < WEAK_BELOW, missed=row.missed, kept=row.kept)


@cache
def _together(**found: bool) -> frozenset[str]:
    """One set for all the items that are in the same states."""
    return frozenset(name for name, holds in found.items() if holds)
