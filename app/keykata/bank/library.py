"""Everything that can be studied, over all open banks: read-only once open, items decoded when asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from keykata.bank.assemble import open_banks
from keykata.bank.compiled import DamageError, full_reference
from keykata.bank.entry import BankIndex, Counts, Entry
from keykata.bank.model import BankHeader, Exam, Item, ItemKind, Place, Problem
from keykata.bank.open_exams import open_exams
from keykata.bank.reading import Reader, yaml_reader
from keykata.bank.search_index import TextIndex, build_text, fold_name
from keykata.bank.shelf import BankFolder, Shelf
from keykata.core.ids import ItemId

__all__ = ["BankFolder", "Counts", "Library", "SealedPaper", "open_library"]

KEPT_ITEMS = 256  # decoded items held at once
SealedPaper = tuple[str, int]  # the id of a bank, and the number from 1 among its own papers


def open_library(
    folders: Sequence[BankFolder],
    *,
    exams_folder: Path,
    cache: Path | None,
    reader: Callable[[], Reader] = yaml_reader,
) -> Library:
    """Open banks in loading order; what cannot be opened is a problem of the library, never an error.

    Args:
        folders: the banks; the first of an id wins.
        exams_folder: where the blueprints are, one file each.
        cache: the folder for compiled banks, or None to read everything from its files.
        reader: gives the functions that read; called only when something is not in the cache.
    """
    exams = open_exams(exams_folder, cache, reader)
    shelves, problems = open_banks(folders, exams, cache, reader)
    return Library(shelves, exams=exams.exams, problems=(*exams.problems, *problems))


class Library:
    """The open banks.

    Attributes:
        banks: their indexes, in loading order.
        exams: blueprints by id.
        problems: of the banks that could not be opened, of the exams, then of each bank.
    """

    def __init__(
        self, shelves: Iterable[Shelf], *, exams: Mapping[str, Exam], problems: Iterable[Problem] = ()
    ) -> None:
        self._shelves = tuple(shelves)
        self._by_bank = {shelf.index.header.id: shelf for shelf in self._shelves}
        self._entries: dict[str, Entry] = {}
        twice: list[Problem] = []
        for shelf in self._shelves:
            for entry in shelf.index.entries:
                if self._entries.setdefault(entry.id, entry) is not entry:
                    twice.append(_twice(entry))
        self.banks: tuple[BankIndex, ...] = tuple(shelf.index for shelf in self._shelves)
        self.exams: Mapping[str, Exam] = MappingProxyType(dict(exams))
        own = (problem for bank in self.banks for problem in bank.problems)
        self.problems: tuple[Problem, ...] = (*problems, *twice, *own)
        self._decoded = lru_cache(maxsize=KEPT_ITEMS)(self._decode)

    # --- items

    def entries(self, kind: str | None = None) -> tuple[Entry, ...]:
        """The entries of a kind (term, comparison, question, guide), or all, in loading order."""
        if kind is None:
            return tuple(self._entries.values())
        return self._by_kind.get(kind, ())

    def entry(self, full_id: str) -> Entry | None:
        """The entry of a full item id."""
        return self._entries.get(full_id)

    def item(self, full_id: str) -> Item | None:
        """The item of a full id, decoded now or a short while ago."""
        return self._decoded(full_id)

    def items(self, kind: str | None = None) -> Iterator[tuple[Entry, Item]]:
        """Every entry of a kind, or all, with its item, in loading order; for whoever needs them all."""
        for shelf in self._shelves:
            for entry, item in shelf.items():
                if kind in (None, entry.kind) and self._entries.get(entry.id) is entry:
                    yield entry, item

    def questions_on(self, term: str) -> tuple[Entry, ...]:
        """The questions about a term, by its full id, in loading order."""
        return self._on_term.get(term, ())

    def _decode(self, full_id: str) -> Item | None:
        entry = self._entries.get(full_id)
        return self._by_bank[full_id.split(":", 1)[0]].item(entry) if entry else None

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[ItemKind, list[Entry]] = {}
        for entry in self._entries.values():
            found.setdefault(entry.kind, []).append(entry)
        return {kind: tuple(entries) for kind, entries in found.items()}

    @cached_property
    def _on_term(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries("question"):
            for topic in entry.topics:
                found.setdefault(topic, []).append(entry)
        return {term: tuple(entries) for term, entries in found.items()}

    # --- banks

    def header(self, bank: str) -> BankHeader | None:
        """What `bank.yaml` of an open bank says."""
        shelf = self._by_bank.get(bank)
        return shelf.index.header if shelf else None

    def exam_of(self, bank: str) -> Exam | None:
        """The blueprint a bank follows."""
        header = self.header(bank)
        return self.exams.get(header.exam) if header else None

    @cached_property
    def held(self) -> frozenset[str]:
        """The ids of the banks that are held to the blueprint they follow."""
        return frozenset(bank.header.id for bank in self.banks if bank.header.blueprint)

    def held_exam(self) -> Exam | None:
        """The exam of the first bank that is held to a blueprint."""
        names = (bank.header.id for bank in self.banks if bank.header.id in self.held)
        return next((exam for name in names if (exam := self.exam_of(name))), None)

    def opening(self) -> tuple[ItemId, ...]:
        """The hand-picked first questions: of the first blueprint bank that has them, else the first bank."""
        ordered = sorted((bank.header for bank in self.banks), key=lambda header: not header.blueprint)
        lists = (self._present(header.id, header.opening) for header in ordered)
        return next((found for found in lists if found), ())

    def sealed(self) -> dict[SealedPaper, tuple[ItemId, ...]]:
        """The questions of the sealed papers, in loading order."""
        numbered = ((bank.header, enumerate(bank.header.sealed, 1)) for bank in self.banks)
        return {
            (own.id, no): self._present(own.id, paper) for own, papers in numbered for no, paper in papers
        }

    def renamed(self) -> Mapping[str, str]:
        """Old full item and card ids with the present ones, over all open banks."""
        return self._renamed

    def _present(self, bank: str, references: Iterable[str]) -> tuple[ItemId, ...]:
        found = (full_reference(bank, reference) for reference in references)
        return tuple(ItemId(full) for full in found if full in self._entries)

    @cached_property
    def _renamed(self) -> Mapping[str, str]:
        return MappingProxyType({old: new for bank in self.banks for old, new in bank.renamed.items()})

    # --- names

    def resolve(self, reference: str, bank: str) -> ItemId | None:
        """The item a reference means; a part after `/` is left out.

        An id is looked up in its own bank, then in the others in loading order; `bank:item` is exact. Then
        ids that were renamed, then names, other and retired names, in the same order of banks.
        """
        wanted = reference.partition("/")[0]
        if ":" in wanted:
            return self._now(wanted)
        order = (bank, *(other.header.id for other in self.banks if other.header.id != bank))
        for name in order:
            if (full := f"{name}:{wanted}") in self._entries:
                return ItemId(full)
        for name in order:
            if found := self._now(f"{name}:{wanted}"):
                return found
        same = self._names.get(fold_name(reference), [])
        ranked = sorted(same, key=lambda entry: not entry.id.startswith(f"{bank}:"))
        return ItemId(ranked[0].id) if ranked else None

    def named(self, local_id: str) -> Entry | None:
        """The first item with an id, in loading order of the banks."""
        found = (self._entries.get(f"{bank.header.id}:{local_id}") for bank in self.banks)
        return next((entry for entry in found if entry), None)

    def find(self, words: str) -> tuple[Entry, ...]:
        """The items meant by words, best first: by id, by a whole name, by how a name begins, by its words.

        Names are those of terms, with other and retired ones, of comparisons and of guides.
        """
        typed = words.strip().casefold()
        if exact := self.entry(typed) or self.named(typed):
            return (exact,)
        wanted = fold_name(words)
        if not wanted:
            return ()
        if same := self._names.get(wanted):
            return tuple(same)
        begins = [
            entry for name, entries in self._names.items() if name.startswith(wanted) for entry in entries
        ]
        holds = [
            entry
            for name, entries in self._names.items()
            if _holds(name, wanted.split())
            for entry in entries
        ]
        return tuple({entry.id: entry for entry in (*begins, *holds)}.values())

    def _now(self, full_id: str) -> ItemId | None:
        present = full_id if full_id in self._entries else self._renamed.get(full_id, "")
        return ItemId(present) if present in self._entries else None

    @cached_property
    def _names(self) -> dict[str, list[Entry]]:
        """Items by folded name; an item's own name before another item's alternative one."""
        found: dict[str, list[Entry]] = {}
        named = [entry for entry in self._entries.values() if entry.kind != "question"]
        for entry in named:
            found.setdefault(fold_name(entry.title), []).append(entry)
        for entry in named:
            for name in {fold_name(name) for name in entry.also}:
                if entry not in found.setdefault(name, []):
                    found[name].append(entry)
        return found

    # --- counts and text

    def counts(self) -> Counts:
        """How much there is, from the indexes alone."""
        terms, comparisons = self.entries("term"), self.entries("comparison")
        return Counts(
            terms=len(terms),
            concepts=sum(entry.parts[0] for entry in terms),
            faqs=sum(entry.parts[1] for entry in terms),
            questions=len(self.entries("question")),
            comparisons=len(comparisons),
            sorter=sum(entry.parts[1] for entry in comparisons),
            guides=len(self.entries("guide")),
        )

    def by_task(self) -> Mapping[str, int]:
        """Questions by task statement ("1.3"), those that have any, sorted."""
        return dict(sorted(Counter(entry.task for entry in self.entries("question") if entry.task).items()))

    def by_domain(self) -> Mapping[str, int]:
        """Questions by domain of their bank's exam ("1"), those that have any, sorted."""
        tasks = ((self.exam_of(entry.id.split(":", 1)[0]), entry.task) for entry in self.entries("question"))
        count = Counter(domain.id for exam, task in tasks if exam and (domain := exam.domain_of(task)))
        return dict(sorted(count.items()))

    def texts(self) -> tuple[TextIndex, ...]:
        """The text part of each bank, in loading order; brought in at the first call."""
        return self._texts

    @cached_property
    def _texts(self) -> tuple[TextIndex, ...]:
        return tuple(_text_of(shelf) for shelf in self._shelves)


def _text_of(shelf: Shelf) -> TextIndex:
    try:
        return TextIndex(shelf.stored_text())
    except DamageError:
        numbered = {entry.id: item for entry, item in shelf.items()}
        return TextIndex(build_text(numbered.get(entry.id) for entry in shelf.index.entries))


def _holds(name: str, wanted: Sequence[str]) -> bool:
    return all(any(word.startswith(part) for word in name.split()) for part in wanted)


def _twice(entry: Entry) -> Problem:
    return Problem(
        place=Place(file=entry.file, line=max(1, entry.line)),
        code="dup-id",
        severity="error",
        message=f"The id `{entry.id}` is already taken by another item.",
        hint="Give one of the two another id; the first stays open.",
        item=entry.id.split(":", 1)[1],
    )
