"""The cards of an item: ids and what they ask for. Nothing enters the queue merely by being here."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from keykata.bank import clozes
from keykata.bank.model import Comparison, Concept, Item, Question, Term
from keykata.core.ids import CardId, ItemId, card_id, item_id

_CLOZE = re.compile(r"c\d+|w[0-9a-f]{8}")


class CardSpec(msgspec.Struct, frozen=True):
    """One card: its kind (term, concept, faq, loose, cell, sort, question), and what it asks for.

    `part` is a concept, FAQ, aspect or scenario id, or `front`/`back`; `detail` a cloze or subject id.
    """

    card: CardId
    item: ItemId
    kind: str
    part: str = ""
    detail: str = ""


def card_specs(bank: str, item: Item) -> tuple[CardSpec, ...]:
    """Every card of an item, in the order of its text; a guide has none."""
    full = item_id(bank, item.id)
    if isinstance(item, Question):
        return (CardSpec(CardId(full), full, "question"),)
    if isinstance(item, Term):
        return tuple(_of_term(full, item))
    if isinstance(item, Comparison):
        return tuple(_of_comparison(full, item))
    return ()


def concept_cards(bank: str, term: Term, part: str) -> tuple[CardId, ...]:
    """The cards of one part of a term: what comes back after a miss that names it."""
    return tuple(spec.card for spec in card_specs(bank, term) if spec.part == part and spec.kind != "loose")


def _of_term(full: ItemId, term: Term) -> Iterator[CardSpec]:
    for side in ("front", "back"):
        yield CardSpec(card_id(full, side), full, "term", side)
    for concept in term.concepts:
        yield from _of_concept(full, concept)
    for faq in term.faqs:
        yield CardSpec(card_id(full, faq.id), full, "faq", faq.id)
        if faq.loose:
            yield CardSpec(card_id(full, faq.id, "loose"), full, "loose", faq.id)


def _of_concept(full: ItemId, concept: Concept) -> Iterator[CardSpec]:
    for cloze in clozes.identities(concept.text):
        yield CardSpec(card_id(full, concept.id, cloze), full, "concept", concept.id, cloze)
    if concept.loose:
        yield CardSpec(card_id(full, concept.id, "loose"), full, "loose", concept.id)


def _of_comparison(full: ItemId, comparison: Comparison) -> Iterator[CardSpec]:
    for aspect in comparison.aspects:
        for subject in comparison.subjects:
            if subject.id in aspect.cells:
                card = card_id(full, aspect.id, subject.id)
                yield CardSpec(card, full, "cell", aspect.id, subject.id)
    for scenario in comparison.sorter.scenarios if comparison.sorter else ():
        yield CardSpec(card_id(full, "sorter", scenario.id), full, "sort", scenario.id)


def card_kind(card: str) -> str:
    """The kind of a card, from the shape of its id."""
    parts = card.split("/")[1:]
    if not parts:
        return "question"
    if len(parts) == 1:
        return "term" if parts[0] in ("front", "back") else "faq"
    if parts[0] == "sorter":
        return "sort"
    if parts[1] == "loose":
        return "loose"
    return "concept" if _CLOZE.fullmatch(parts[1]) else "cell"
