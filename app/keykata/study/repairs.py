"""What a miss brings into the queue, by its cause; and which events belong to an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keykata.bank.library import Library
from keykata.core import event as ev
from keykata.core.event import Draft, Event, voided
from keykata.core.ids import card_id
from keykata.practice.attempt import Attempt
from keykata.practice.paper import Paper, QuestionSlot, Slot
from keykata.study.mixups import comparisons_of, named
from keykata.study.sorters import cell_words

MOST_CELLS = 4
KNEW_IT = ("misread", "slip")  # causes that say nothing of the concept


class Repairs:
    """Finds what repairs a miss."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def cards(self, slot: Slot, chosen: Sequence[int], cause: str) -> tuple[str, ...]:
        """The cards a miss of this cause brings in.

        The concepts tested, unless they were known; between two terms also the cells in which these differ.
        """
        if cause in KNEW_IT:
            return ()
        cells = list(self._cells(slot, chosen))[:MOST_CELLS] if cause == "between" else []
        return (*tested(slot), *cells)

    def others(self, paper: Paper, attempt: Attempt, but: int) -> set[str]:
        """The cards that the misses of an attempt ask for, but for the one at a position."""
        return {
            card
            for place, turn in enumerate(attempt.turns, 1)
            if place != but and turn.correct is False
            for card in self.cards(paper.slots[turn.slot], turn.chosen, turn.cause or "unknown")
        }

    def _cells(self, slot: Slot, chosen: Sequence[int]) -> Iterator[str]:
        for right, wrong in sorted(named(slot).confused(chosen)):
            for full, comparison in comparisons_of(self._library, right, wrong):
                ours = [subject.id for subject in comparison.subjects if subject.term in (right, wrong)]
                for aspect in comparison.aspects:
                    words = [cell_words(aspect.cells.get(subject, "")) for subject in ours]
                    if all(words) and len(set(words)) > 1:
                        yield from (card_id(full, aspect.id, subject) for subject in ours)


def tested(slot: Slot) -> tuple[str, ...]:
    """The cards of the concepts a question tests."""
    return slot.tests if isinstance(slot, QuestionSlot) else ()


def brought_in(event: Event, position: int) -> bool:
    """Whether an event is a card's entry by the miss at a position."""
    return event.kind == ev.TAKEN_ON and event.body.get("position") == position


def entries(events: list[Event], position: int) -> list[Event]:
    """The entries of cards by the miss at a position that still stand."""
    gone = voided(events)
    return [event for event in events if event.id not in gone and brought_in(event, position)]


def withdrawal(event: Event, position: int) -> Draft:
    """What takes an event of an answer at a position back."""
    body = {"v": 1, "target": event.id, "position": position}
    return Draft(ev.VOID, body, event.attempt, event.item, event.card)


def of_answer(event: Event, position: int) -> bool:
    """Whether an event is part of the answer at a position: itself, its response, the cards it brought."""
    if event.kind in (ev.ANSWER, ev.RESPONSE):
        return event.body.get("position") == position
    return brought_in(event, position)
