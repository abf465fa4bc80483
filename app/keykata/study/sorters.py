"""The sorter over any comparison: written scenarios first, then cells asked as "which one fits?"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from keykata.bank.library import Library
from keykata.bank.model import Aspect, Comparison
from keykata.bank.search_index import fold_name
from keykata.core.digest import seeded_order
from keykata.core.errors import UsageError
from keykata.core.ids import card_id
from keykata.memory.model import CardState, Rating
from keykata.practice.paper import Paper, Slot, SortChoice, SortSlot
from keykata.study.cards import Cards
from keykata.study.page_views import Link
from keykata.study.papers import Papers

Cell = tuple[Aspect, str]  # with the id of its subject


class Sorters:
    """Makes the papers of the sorter."""

    def __init__(self, library: Library, cards: Cards, papers: Papers, draw_seed: Callable[[], int]) -> None:
        self._library = library
        self._cards = cards
        self._papers = papers
        self._draw_seed = draw_seed

    def links(self) -> tuple[Link, ...]:
        """The comparisons that can be sorted, under the name of their drill."""
        entries = self._library.entries("comparison")
        items = [(entry.id, self._library.item(entry.id)) for entry in entries]
        return tuple(
            Link(full, "comparison", title(item))
            for full, item in items
            if isinstance(item, Comparison) and (_scenarios(full, item) or askable_cells(item))
        )

    def paper(self, item: str, *, count: int, seed: int | None) -> Paper:
        """Scenarios, then cells; unseen first, then missed, then the longest unseen.

        With a seed history plays no part.

        Raises:
            UsageError: no such comparison, nothing in it that could be asked, or no count.
        """
        comparison = self._library.item(item)
        if not isinstance(comparison, Comparison):
            raise UsageError("There is no such comparison.", hint="Look in the library.")
        if count < 1:
            raise UsageError("The sorter needs at least one card.", hint="Give a count of 1 or more.")
        drawn = self._draw_seed() if seed is None else seed
        cells: dict[str, Cell] = {
            card_id(item, aspect.id, subject): (aspect, subject)
            for aspect, subject in askable_cells(comparison)
        }
        scenarios = _scenarios(item, comparison)
        states = self._cards.states([*scenarios, *cells]) if seed is None else {}
        ordered = [
            *by_need(seeded_order(scenarios, drawn, "sorter", str), states),
            *by_need(seeded_order(list(cells), drawn, "cells", str), states),
        ]
        slots = [
            self._cell(item, comparison, card, *cells[card])
            if card in cells
            else self._papers.faces.of_card(card, seed=drawn, position=position)
            for position, card in enumerate(ordered[:count], 1)
        ]
        return self._papers.of_slots(
            [slot for slot in slots if slot], mode="drill", seed=drawn, title=title(comparison)
        )

    def _cell(self, item: str, comparison: Comparison, card: str, aspect: Aspect, fits: str) -> Slot:
        subjects = comparison.subjects
        phrase = comparison.subject(fits).phrase
        told = f"{aspect.ask.replace('{subject}', phrase)} {_sentence(aspect.cells[fits])}"
        because = f"{told} {aspect.why}".strip()
        return SortSlot(
            card=card,
            item=item,
            title=title(comparison),
            say=f"Which one fits? **{aspect.label}**: {_sentence(aspect.cells[fits])}",
            choices=tuple(
                SortChoice(
                    id=subject.id,
                    name=self._papers.faces.subject_name(subject),
                    why=because if subject.id == fits else f"{aspect.label}: {aspect.cells[subject.id]}",
                    names=(subject.term,),
                )
                for subject in subjects
            ),
            fits=[subject.id for subject in subjects].index(fits),
            because=because,
            refs=aspect.refs or comparison.refs,
        )


def title(comparison: Comparison) -> str:
    """What the drill of a comparison is called."""
    return comparison.sorter.title if comparison.sorter else comparison.title


def by_need(cards: Iterable[str], states: Mapping[str, CardState]) -> list[str]:
    """Unseen cards first, then those last missed, then the longest unseen; ties keep their order."""

    def need(card: str) -> tuple[int, int]:
        state = states.get(card)
        if state is None or not state.reps:
            return (0, 0)
        return (1 if state.last_rating == Rating.AGAIN else 2, state.last_at)

    return sorted(cards, key=need)


def askable_cells(comparison: Comparison) -> list[Cell]:
    """The cells that only one subject can be meant by.

    A cell is never asked when another column holds the same words, also as part of more ("No" beside "No,
    always single-Region"), or when a column says nothing.
    """
    return [
        (aspect, subject.id)
        for aspect in comparison.aspects
        if all(aspect.cells.get(subject.id) for subject in comparison.subjects)
        for subject in comparison.subjects
        if _tells(aspect, subject.id)
    ]


def _tells(aspect: Aspect, subject: str) -> bool:
    own = f" {cell_words(aspect.cells[subject])} "
    others = (f" {cell_words(text)} " for other, text in aspect.cells.items() if other != subject)
    return not any(own in other for other in others)


def cell_words(text: str) -> str:
    """A cell as it is compared: folded words; signs alone stay as they are."""
    return fold_name(text) or text.strip()


def _scenarios(item: str, comparison: Comparison) -> Sequence[str]:
    scenarios = comparison.sorter.scenarios if comparison.sorter else ()
    return [card_id(item, "sorter", scenario.id) for scenario in scenarios]


def _sentence(text: str) -> str:
    """The text with a full stop, unless it ends in a sign already."""
    return text if text.rstrip()[-1:] in ".!?…" else f"{text.rstrip()}."
