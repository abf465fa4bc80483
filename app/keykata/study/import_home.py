"""What an import finds in a learner's home: the terms its tags may name, and the log that takes reviews."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property

from keykata.bank.library import Library
from keykata.core.days import study_day
from keykata.core.errors import UnwritableError
from keykata.core.event import ANSWER, IMPORT, Draft, Event
from keykata.core.ids import item_of
from keykata.core.ulid import ulid
from keykata.exchange.model import Finding, ForeignReview
from keykata.memory.deck import card_kind, card_specs
from keykata.study.ledger import Ledger

DEVICE = "import"  # of events that happened in another program
_CHOICE = "question"


class ImportHome:
    """A home that imports may join."""

    def __init__(self, library: Library, ledger: Ledger, *, keeps_reviews: bool = True) -> None:
        self._library = library
        self._ledger = ledger
        self._keeps = keeps_reviews
        self._keys: dict[str, str] = {}

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The full ids of the terms of all open banks."""
        return tuple(entry.id for entry in self._library.entries("term"))

    def take(
        self, reviews: Sequence[ForeignReview], names: Mapping[str, str], *, bank: str, source: str
    ) -> tuple[int, list[Finding]]:
        """Reviews of another program as answers in the log: how many are new there, and what stays out.

        A review is known by its card and its moment, so that the same package taken twice adds nothing.

        Args:
            names: local ids in `bank` by the keys of the source; a key that is the id of an item of an open
                bank, or of a card of it, means that one.
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
            card = self._card(review.key, names, bank)
            if not card:
                astray += 1
            elif review.at > now:
                future += 1
            else:
                event = self._event(review, card, number)
                events.setdefault(event.id, event)
        for count, why in ((astray, "their cards were not imported"), (future, "they lie in the future")):
            if count:
                text = f"{count:,} reviews were left out: {why}."
                findings.append(Finding(severity="warning", message=text))
        try:
            new = self._ledger.store.merge(events.values())
            if new:
                body = {"v": 1, "source": source, "bank": bank, "reviews": new}
                self._ledger.append([Draft(kind=IMPORT, body=body)])
        except UnwritableError as error:
            what = f"{len(events):,} reviews were left out: {error.message}"
            return 0, [*findings, Finding(severity="error", message=what, hint=error.hint)]
        return new, findings

    def _card(self, key: str, names: Mapping[str, str], bank: str) -> str:
        """The card that a key of the source means, "" when there is none."""
        present = self._present(key)
        if present:
            return present
        name = names.get(key, "")
        return f"{bank}:{name}" if name else ""

    def _present(self, key: str) -> str:
        """The card of an item of an open bank that our own exports name so."""
        full = item_of(key)
        if self._library.entry(full) is None:
            return ""
        if key not in self._keys:
            item = self._library.item(full)
            specs = card_specs(full.partition(":")[0], item) if item is not None else ()
            cards = [spec.card for spec in specs]
            self._keys[key] = next((card for card in (key, f"{key}/front") if card in cards), "")
        return self._keys[key]

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
