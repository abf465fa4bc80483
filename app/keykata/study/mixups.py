"""Mix-ups: which two terms the learner takes for each other, counted from answers, and what decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import msgspec

from keykata.bank.library import Library
from keykata.bank.model import Comparison, Question
from keykata.core.digest import seeded_order
from keykata.core.errors import UnreadableError, UsageError
from keykata.core.event import ANSWER, VOID, Event, places, voided, whole
from keykata.core.ids import card_id
from keykata.practice.paper import Paper, QuestionSlot, Slot, SortSlot, decode_paper
from keykata.store.store import Store
from keykata.study.cards import Cards
from keykata.study.papers import Papers, interleave
from keykata.study.sorters import by_need
from keykata.study.views import MixUp

MOST_CARDS = 20  # of a drill

Pair = tuple[str, str]  # full ids: the term that was right, the term that stood against it


@dataclass(frozen=True, slots=True)
class Named:
    """What the options of one shown item name, by place (from 0); `right` are the places that are right."""

    item: str
    names: tuple[tuple[str, ...], ...] = ()
    right: tuple[int, ...] = ()

    def met(self) -> frozenset[Pair]:
        """Every pair of a right option's term and a wrong option's term."""
        return self._pairs(self.right, [p for p in range(len(self.names)) if p not in self.right])

    def confused(self, chosen: Sequence[int]) -> frozenset[Pair]:
        """The pairs of a right option that was missed and a wrong one that was chosen."""
        missed = [place for place in self.right if place not in chosen]
        return self._pairs(missed, [p for p in chosen if p not in self.right and p < len(self.names)])

    def _pairs(self, rights: Sequence[int], wrongs: Sequence[int]) -> frozenset[Pair]:
        """A term that both options name does not tell them apart."""
        sides = ((self.names[one], self.names[other]) for one, other in product(rights, wrongs))
        return frozenset(
            (right, wrong)
            for ours, theirs in sides
            for right, wrong in product(ours, theirs)
            if right not in theirs and wrong not in ours
        )


def named(slot: Slot) -> Named:
    """What a slot's options name; nothing for a fact."""
    if isinstance(slot, QuestionSlot):
        return Named(slot.item, tuple(option.names for option in slot.options), slot.right)
    if isinstance(slot, SortSlot):
        return Named(slot.item, tuple(choice.names for choice in slot.choices), slot.right)
    return Named(slot.item)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that counts: what was offered, what was chosen, and when."""

    offered: Named
    chosen: tuple[int, ...]
    correct: bool
    at: int
    day: str


@dataclass(slots=True)
class Count:
    """The running counts of a pair; `items` in which it was mixed up."""

    times: int = 0
    of: int = 0
    right_since: int = 0
    last_at: int = 0
    last_day: str = ""
    items: set[str] = field(default_factory=set)


def count_mixups(answers: Iterable[Given]) -> dict[Pair, Count]:
    """The pairs that were mixed up at least once, from answers in the order they were given."""
    counts: dict[Pair, Count] = {}
    for given in answers:
        for pair in given.offered.met():
            count = counts.setdefault(pair, Count())
            count.of += 1
            count.right_since += given.correct
        for pair in () if given.correct else given.offered.confused(given.chosen):
            count = counts[pair]
            count.times += 1
            count.right_since = 0
            count.last_at, count.last_day = given.at, given.day
            count.items.add(given.offered.item)
    return {pair: count for pair, count in counts.items() if count.times}


class MixUps:
    """The mix-ups of one home."""

    def __init__(self, library: Library, store: Store, cards: Cards, papers: Papers) -> None:
        self._library = library
        self._store = store
        self._cards = cards
        self._drawn = papers
        self._papers: dict[str, tuple[Named, ...]] = {}  # by snapshot, which never changes

    def all(self) -> tuple[MixUp, ...]:
        """Every mix-up of two terms that the open banks hold, the most pressing first.

        Pressing is what happened oftener than it went right since; then how often; then the latest.
        """
        found = [self._mixup(pair, count) for pair, count in self._counts().items() if self._open(pair)]
        return tuple(
            sorted(
                found,
                key=lambda m: (m.right_since - m.times, -m.times, -m.last_at, m.right, m.chosen),
            )
        )

    def share_papers(self, other: MixUps) -> None:
        """Keep what is read of papers together with another one's."""
        self._papers = other._papers

    def paper(self, right: str, chosen: str, *, seed: int, shut: frozenset[str]) -> Paper:
        """The drill of two terms: sorter scenarios that fit one of them, and questions in which they meet.

        Unseen ones come first, then missed ones, then the longest unseen.

        Args:
            shut: items that may not be asked.

        Raises:
            UsageError: no such term, or nothing in which the two meet.
        """
        terms = [self._library.entry(term) for term in (right, chosen)]
        names = [entry.title for entry in terms if entry]
        if len(names) < len(terms) or right == chosen:
            raise UsageError("A mix-up is of two terms.", hint="Look in the library.")
        scenarios = self._scenarios(right, chosen)
        questions = [item for item in self._questions(right, chosen) if item not in shut]
        states = self._cards.states([*scenarios, *questions])
        ordered = [
            by_need(seeded_order(cards, seed, "mix-up", str), states)[:MOST_CARDS]
            for cards in (scenarios, questions)
        ]
        paper = self._drawn.cards(
            interleave(*ordered)[:MOST_CARDS], mode="drill", title=f"{names[0]} or {names[1]}?", seed=seed
        )
        return msgspec.structs.replace(paper, deciding=deciding(self._library, right, chosen)[0])

    def _scenarios(self, one: str, other: str) -> list[str]:
        found: list[str] = []
        for full, comparison in comparisons_of(self._library, one, other):
            ours = _subjects(comparison, one, other)
            scenarios = comparison.sorter.scenarios if comparison.sorter else ()
            found += [card_id(full, "sorter", s.id) for s in scenarios if s.fits in ours]
        return found

    def _questions(self, one: str, other: str) -> list[str]:
        about = [entry.id for term in (one, other) for entry in self._library.questions_on(term)]
        counts = self._counts()
        own = [item for p in ((one, other), (other, one)) if p in counts for item in sorted(counts[p].items)]
        return [item for item in dict.fromkeys((*own, *about)) if self._meet(item, one, other)]

    def _meet(self, item: str, one: str, other: str) -> bool:
        question = self._library.item(item)
        if not isinstance(question, Question):
            return False
        names = self._drawn.faces.names.distinguishing([option.text for option in question.options])
        right = tuple(place for place, option in enumerate(question.options) if option.right)
        return not {(one, other), (other, one)}.isdisjoint(Named(item, names, right).met())

    def _open(self, pair: Pair) -> bool:
        return all(self._library.entry(term) is not None for term in pair)

    def _mixup(self, pair: Pair, count: Count) -> MixUp:
        question, comparison = deciding(self._library, *pair)
        right_name, chosen_name = (entry.title if (entry := self._library.entry(t)) else t for t in pair)
        return MixUp(
            right=pair[0],
            chosen=pair[1],
            right_name=right_name,
            chosen_name=chosen_name,
            times=count.times,
            of=count.of,
            right_since=count.right_since,
            last_day=count.last_day,
            last_at=count.last_at,
            question=question,
            comparison=comparison,
        )

    def _counts(self) -> dict[Pair, Count]:
        return count_mixups(self._given())

    def _given(self) -> Iterator[Given]:
        """Every answer that counts and is right or wrong, in log order."""
        papers = {row.id: row.snapshot for row in self._store.attempts()}
        events = [event for event in self._store.events() if event.kind in (ANSWER, VOID)]
        gone = voided(events)
        for event in events:
            correct = event.body.get("correct")
            if event.kind == ANSWER and event.id not in gone and correct is not None:
                offered = self._offered(event, papers.get(str(event.attempt), ""))
                if offered:
                    chosen = places(event.body.get("chosen"), len(offered.names))
                    yield Given(offered, chosen, bool(correct), event.at, event.day)

    def _offered(self, event: Event, snapshot: str) -> Named | None:
        if snapshot not in self._papers:
            self._papers[snapshot] = self._read(snapshot)
        slots, place = self._papers[snapshot], whole(event.body.get("slot"), -1)
        return slots[place] if 0 <= place < len(slots) and slots[place].names else None

    def _read(self, snapshot: str) -> tuple[Named, ...]:
        """What a paper's options name, under today's ids; nothing for a paper that is lost."""
        try:
            paper = decode_paper(self._store.snapshot(snapshot))
        except (UnreadableError, ValueError):
            return ()
        return self._renamed(paper)

    def _renamed(self, paper: Paper) -> tuple[Named, ...]:
        moved = self._library.renamed()
        return tuple(
            Named(
                moved.get(offered.item, offered.item),
                tuple(tuple(moved.get(term, term) for term in names) for names in offered.names),
                offered.right,
            )
            for offered in map(named, paper.slots)
        )


def comparisons_of(library: Library, one: str, other: str) -> Iterator[tuple[str, Comparison]]:
    """The comparisons that hold both terms as one subject each, with their full ids, in loading order.

    A term that stands for several subjects is not what such a comparison tells apart.
    """
    for entry in library.entries("comparison"):
        if one in entry.topics and other in entry.topics:
            item = library.item(entry.id)
            if isinstance(item, Comparison) and len(_subjects(item, one, other)) == len({one, other}):
                yield entry.id, item


def deciding(library: Library, one: str, other: str) -> tuple[str, str]:
    """The question that decides between two terms, and the full id of the comparison that asks it.

    It is the first line of the deciding tree that ends at one of the two; "" for what there is not.
    """
    found = ""
    for full, comparison in comparisons_of(library, one, other):
        ours = _subjects(comparison, one, other)
        for line in comparison.decide:
            if line.condition and line.subject in ours:
                return line.condition, full
        found = found or full
    return "", found


def _subjects(comparison: Comparison, one: str, other: str) -> frozenset[str]:
    return frozenset(subject.id for subject in comparison.subjects if subject.term in (one, other))
