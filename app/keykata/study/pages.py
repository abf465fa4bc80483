"""Pages of the library with the learner's state beside them."""

from __future__ import annotations

from collections.abc import Iterable

from keykata.bank.entry import Entry
from keykata.bank.library import Library
from keykata.bank.model import Comparison, Guide, Question, Term
from keykata.core.errors import UsageError
from keykata.memory.deck import CardSpec, card_specs
from keykata.memory.model import CardState
from keykata.study.cards import Cards
from keykata.study.faces import subject_name
from keykata.study.ledger import Ledger
from keykata.study.page_views import ComparisonPage, Fact, GuidePage, LibraryRow, Link, QuestionPage, TermPage
from keykata.study.phrases import plural
from keykata.study.shelf import Shelf


def is_known(state: CardState | None) -> bool:
    """Known for now: last remembered without luck, and past its steps."""
    return state is not None and state.phase == "review" and state.last_rating > 1 and not state.lucky


class Pages:
    """Builds pages."""

    def __init__(self, library: Library, ledger: Ledger, cards: Cards, shelf: Shelf) -> None:
        self._library = library
        self._shelf = shelf
        self._ledger = ledger
        self._cards = cards

    def term(self, item: str) -> TermPage:
        """A term's page.

        Raises:
            UsageError: no such term.
        """
        term = self._library.item(item)
        if not isinstance(term, Term):
            raise _unknown(item)
        specs = card_specs(item.split(":", 1)[0], term)
        states = self._cards.states(spec.card for spec in specs)
        facts = _facts(specs, states)
        entries = self._library.entries()
        return TermPage(
            id=item,
            term=term,
            facts=facts,
            known=sum(is_known(states.get(spec.card)) for spec in specs),
            total=len(specs),
            to_take_on=sum(spec.card not in states for spec in specs),
            questions=len(self._library.questions_on(item)),
            related=self._links(term.related),
            confused=self._links(term.confused_with),
            comparisons=_links_of(e for e in entries if e.kind == "comparison" and item in e.topics),
            guides=_links_of(e for e in entries if e.kind == "guide" and item in e.topics),
            notes=self._ledger.store.notes(item),
            kept=self._cards.kept(item),
            slipped=self._cards.slipped(item),
        )

    def comparison(self, item: str) -> ComparisonPage:
        """A comparison's page.

        Raises:
            UsageError: no such comparison.
        """
        comparison = self._library.item(item)
        if not isinstance(comparison, Comparison):
            raise _unknown(item)
        specs = card_specs(item.split(":", 1)[0], comparison)
        states = self._cards.states(spec.card for spec in specs)
        return ComparisonPage(
            id=item,
            comparison=comparison,
            names={subject.id: subject_name(self._library, subject) for subject in comparison.subjects},
            links={s.id: s.term for s in comparison.subjects},
            known=sum(is_known(states.get(spec.card)) for spec in specs),
            total=len(specs),
            to_take_on=sum(spec.card not in states for spec in specs),
            scenarios=sum(spec.kind == "sort" for spec in specs),
        )

    def question(self, item: str) -> QuestionPage:
        """A question's page.

        Raises:
            UsageError: no such question, or it is sealed for a mock exam.
        """
        question = self._library.item(item)
        if not isinstance(question, Question) or item in self._shelf.sealed:
            raise _unknown(item)
        row = self._ledger.store.items([item]).get(item)
        return QuestionPage(
            id=item,
            question=question,
            topics=self._links(question.topics),
            tries=row.tries if row else 0,
            right=row.right if row else 0,
            notes=self._ledger.store.notes(item),
            kept=bool(row and row.kept),
            slipped=self._cards.slipped(item),
        )

    def guide(self, item: str) -> GuidePage:
        """A guide's page.

        Raises:
            UsageError: no such guide.
        """
        guide = self._library.item(item)
        if not isinstance(guide, Guide):
            raise _unknown(item)
        return GuidePage(id=item, guide=guide, terms=self._links(guide.terms))

    def rows(self, kind: str | None, words: str) -> tuple[LibraryRow, ...]:
        """The library's list: entries whose title or alias holds every word."""
        wanted = words.casefold().split()
        sealed = self._shelf.sealed
        open_ones = (entry for entry in self._library.entries(kind) if entry.id not in sealed)
        entries = [entry for entry in open_ones if _holds(entry, wanted)]
        entries.sort(key=lambda entry: _rank(entry, words.casefold().strip(), wanted))
        known = self._ledger.store.known_by_item()
        tried = self._ledger.store.item_rows()
        return tuple(
            LibraryRow(
                id=entry.id,
                kind=entry.kind,
                title=entry.title,
                state=_state(
                    entry, known.get(entry.id, 0), tried[entry.id].tries if entry.id in tried else 0
                ),
                detail=_detail(entry),
            )
            for entry in entries
        )

    def _links(self, ids: Iterable[str]) -> tuple[Link, ...]:
        return _links_of(entry for item in ids if (entry := self._library.entry(item)))


def _links_of(entries: Iterable[Entry]) -> tuple[Link, ...]:
    return tuple(Link(entry.id, entry.kind, entry.title) for entry in entries)


def _facts(specs: Iterable[CardSpec], states: dict[str, CardState]) -> dict[str, Fact]:
    """A part is known when all its cards are."""
    by_part: dict[str, list[CardState | None]] = {}
    for spec in specs:
        by_part.setdefault(spec.part, []).append(states.get(spec.card))
    return {
        part: Fact(
            id=part,
            known=all(is_known(state) for state in found),
            taken_on=any(state is not None for state in found),
        )
        for part, found in by_part.items()
    }


def _rank(entry: Entry, words: str, wanted: list[str]) -> int:
    """Titles that begin with the words, titles that hold them, then other names."""
    title = entry.title.casefold()
    if title.startswith(words):
        return 0
    return 1 if all(word in title for word in wanted) else 2


def _holds(entry: Entry, wanted: list[str]) -> bool:
    text = " ".join((entry.title, *entry.also, entry.id)).casefold()
    return all(word in text for word in wanted)


def _state(entry: Entry, known: int, tries: int) -> str:
    if entry.kind == "question":
        return plural(tries, "try", "tries") if tries else "new"
    if entry.kind == "guide":
        return ""
    return f"{plural(known, 'fact')} known" if known else "not begun"


def _detail(entry: Entry) -> str:
    if entry.kind == "question":
        return " · ".join(part for part in (f"task {entry.task}" if entry.task else "", entry.level) if part)
    return entry.detail


def _unknown(item: str) -> UsageError:
    return UsageError(f"There is nothing called {item}.", hint="Search with / or: keykata search WORDS")
