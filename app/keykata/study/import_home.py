"""What an import finds in a learner's home: the terms its tags may name, and the log that takes reviews."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property

from keykata.bank.library import Library
from keykata.bank.model import Item, Term
from keykata.core.days import study_day
from keykata.core.errors import UnwritableError
from keykata.core.event import ANSWER, IMPORT, Draft, Event
from keykata.core.ids import item_of
from keykata.core.ulid import ulid
from keykata.exchange.model import Finding, ForeignReview
from keykata.memory.deck import card_kind, card_specs
from keykata.study.import_folder import Imported
from keykata.study.ledger import Ledger

DEVICE = "import"  # of events that happened in another program
_CHOICE = "question"


class ImportHome:
    """A home that imports may join."""

    def __init__(self, library: Library, ledger: Ledger, *, keeps_reviews: bool = True) -> None:
        self._library = library
        self._ledger = ledger
        self._keeps = keeps_reviews

    @cached_property
    def banks(self) -> frozenset[str]:
        """The ids of all open banks."""
        return frozenset(bank.header.id for bank in self._library.banks)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The full ids of the terms of all open banks."""
        return tuple(entry.id for entry in self._library.entries("term"))

    def take(
        self, reviews: Sequence[ForeignReview], items: Mapping[str, Imported], *, bank: str, source: str
    ) -> tuple[int, list[Finding]]:
        """Reviews of another program as answers in the log: how many are new there, and what stays out.

        A review is known by its card and its moment, so that the same package taken twice adds nothing.

        Args:
            items: those imported into `bank`, by the keys of the source. A key that is the id of an item of
                an open bank, or of a part of it, means that one: so our own exports come home.
            source: the name of the file.
        """
        if not self._keeps:
            what = f"{len(reviews):,} reviews of the source were left out, as asked."
            return 0, [Finding(severity="note", message=what)]
        findings: list[Finding] = []
        events: dict[str, Event] = {}
        astray = future = 0
        now = self._ledger.now()
        for number, review in enumerate(reviews):
            card = self._card(review, items, bank)
            if not card:
                astray += 1
            elif review.at > now:
                future += 1
            else:
                event = self._event(review, card, number)
                events.setdefault(event.id, event)
        one = ("its card was not imported", "it lies in the future")
        many = ("their cards were not imported", "they lie in the future")
        for at, count in enumerate((astray, future)):
            if count:
                whose = f"{count:,} reviews were left out: {many[at]}."
                text = whose if count > 1 else f"1 review was left out: {one[at]}."
                findings.append(Finding(severity="warning", message=text))
        try:
            new = len(self._ledger.store.merge(tuple(events.values()), {}).ids)
            if new:
                body = {"v": 1, "source": source, "bank": bank, "reviews": new}
                self._ledger.append([Draft(kind=IMPORT, body=body)])
        except UnwritableError as error:
            what = f"{len(events):,} reviews were left out: {error.message}"
            return 0, [*findings, Finding(severity="error", message=what, hint=error.hint)]
        return new, findings

    def _card(self, review: ForeignReview, items: Mapping[str, Imported], bank: str) -> str:
        """The card that a review is of, "" when there is none."""
        full = item_of(review.key)
        if self._library.entry(full) is not None:
            own = self._library.item(full)
            return card_of(full.partition(":")[0], own, review.key, review.card) if own else ""
        item = items.get(review.key)
        return card_of(bank, item, "", review.card) if item else ""

    @cached_property
    def _retention(self) -> float:
        return self._ledger.retention

    @cached_property
    def _rollover(self) -> int:
        return self._ledger.rollover_hour

    def _event(self, review: ForeignReview, card: str, number: int) -> Event:
        kind = card_kind(card)
        body = {
            "v": 1,
            "kind": kind,
            "rating": review.rating,
            "correct": review.rating > 1 if kind == _CHOICE else None,
            "confidence": None,
            "seconds": review.seconds,
            "retention": self._retention,
            "lucky": False,
        }
        chance = hashlib.sha256(f"{card} {review.at}".encode()).digest()[:10]
        name = ulid(review.at, chance)
        day = study_day(review.at, self._ledger.clock.utc_offset(review.at), self._rollover)
        return Event(name, review.at, day, DEVICE, number, ANSWER, None, item_of(card), card, body)


def card_of(bank: str, item: Item, part: str, number: int) -> str:
    """The id of an item's card by the part it asks for and its number among that part's cards, from 0.

    Args:
        part: the id of a part (`bank:item/part`) as exports name it; of an imported term, the whole.
    """
    specs = [spec for spec in card_specs(bank, item) if spec.kind != "loose"]
    inside = [str(spec.card) for spec in specs if part and f"{spec.card}/".startswith(f"{part}/")]
    if "/" in part or not isinstance(item, Term):
        cards = inside or [str(spec.card) for spec in specs]
    else:
        gaps = [str(spec.card) for spec in specs if spec.kind == "concept"] if not part else []
        cards = gaps or [str(spec.card) for spec in specs if spec.kind == "term"]
    return cards[number] if number < len(cards) else ""
