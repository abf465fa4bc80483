"""The answers to the questions the open banks hold, as far as they were given to the present wording."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from keykata.bank.library import Library
from keykata.bank.model import Question
from keykata.core.errors import UnreadableError
from keykata.core.event import ANSWER, VOID, Event, places, voided, whole
from keykata.practice.item_figures import Given
from keykata.practice.paper import Paper, QuestionSlot, decode_paper
from keykata.store.store import Store


def given_answers(library: Library, store: Store, banks: Collection[str]) -> Iterator[Given]:
    """Every answer that counts to a question of these banks in its present wording, in log order.

    Answers to an older wording tell of another question; they only keep a later one from being the first.
    """
    reader = _Reader(library, store, banks)
    events = [event for event in store.events() if event.kind in (ANSWER, VOID)]
    gone = voided(events)
    shown: set[str] = set()
    for event in events:
        if event.kind != ANSWER or event.body.get("kind") != "question":
            continue
        item = reader.present(str(event.item))
        first = item not in shown
        shown.add(item)
        if event.id not in gone and (given := reader.given(item, event, first=first)):
            yield given


class _Reader:
    """Looks answers up in their papers; each paper is decoded once."""

    def __init__(self, library: Library, store: Store, banks: Collection[str]) -> None:
        self._library = library
        self._store = store
        self._banks = banks
        self._snapshots = {row.id: row.snapshot for row in store.attempts()}
        self._papers: dict[str, Paper | None] = {}
        self._places: dict[str, Mapping[str, int]] = {}

    def present(self, item: str) -> str:
        """Today's id of an item."""
        return self._library.renamed().get(item, item)

    def given(self, item: str, event: Event, *, first: bool) -> Given | None:
        """The answer, None when it is of another bank or wording, or its paper is lost."""
        entry = self._library.entry(item)
        slot = self._slot(event) if entry and item.split(":", 1)[0] in self._banks else None
        if entry is None or slot is None or slot.wording != entry.wording:
            return None
        order = self._order(item)
        shown = [order.get(text, -1) for text in slot.texts]
        if sorted(shown) != list(range(len(order))):
            return None
        return Given(
            item=item,
            attempt=str(event.attempt),
            options=len(shown),
            right=frozenset(shown[place] for place in slot.right),
            chosen=frozenset(shown[place] for place in places(event.body.get("chosen"), len(shown))),
            first=first,
            guess=event.body.get("confidence") == "guess",
        )

    def _order(self, item: str) -> Mapping[str, int]:
        """The places of the option texts in the bank."""
        if item not in self._places:
            question = self._library.item(item)
            options = question.options if isinstance(question, Question) else ()
            self._places[item] = {option.text: place for place, option in enumerate(options)}
        return self._places[item]

    def _slot(self, event: Event) -> QuestionSlot | None:
        paper = self._paper(self._snapshots.get(str(event.attempt), ""))
        place = whole(event.body.get("slot"), -1)
        slot = paper.slots[place] if paper and 0 <= place < len(paper.slots) else None
        return slot if isinstance(slot, QuestionSlot) else None

    def _paper(self, snapshot: str) -> Paper | None:
        if snapshot not in self._papers:
            try:
                self._papers[snapshot] = decode_paper(self._store.snapshot(snapshot))
            except (UnreadableError, ValueError):
                self._papers[snapshot] = None
        return self._papers[snapshot]
