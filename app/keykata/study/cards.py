"""Cards as the use cases see them: their state, what a rating would lead to, and how they enter the queue."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from keykata.core.days import days_between
from keykata.core.event import TAKEN_ON, Draft
from keykata.core.ids import item_of
from keykata.memory.fold import outlooks
from keykata.memory.leech import is_leech
from keykata.memory.model import CardState, Outlook
from keykata.study.ledger import Ledger


class Cards:
    """The cards of one home."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def state(self, card: str) -> CardState | None:
        """The state of a card; None when it never entered the queue."""
        return self._ledger.store.card(card)

    def states(self, cards: Iterable[str]) -> dict[str, CardState]:
        """The states of those that entered the queue."""
        return self._ledger.store.cards(list(cards))

    def outlooks(self, card: str, kind: str, state: CardState | None) -> tuple[Outlook, ...]:
        """What each of the four ratings would make of a state now; nothing beyond an exam that is ahead."""
        found = outlooks(
            card,
            state,
            now=self._ledger.now(),
            day=self._ledger.today(),
            retention=self._ledger.retention,
            engine=self._ledger.engine,
            kind=kind,
        )
        return tuple(replace(o, interval=self.by_the_exam(o.interval)) for o in found)

    def by_the_exam(self, days: int) -> int:
        """An interval, no longer than the days that are left until an exam ahead."""
        exam = self._ledger.exam_date
        if exam is None:
            return days
        today = self._ledger.today()
        return days if exam <= today else min(days, days_between(today, exam))

    def kept(self, item: str) -> bool:
        """Whether the learner keeps an item for good."""
        return self._ledger.store.is_kept(item)

    def state_and_kept(self, card: str, item: str) -> tuple[CardState | None, bool]:
        """The state of a card, as `state` gives it, and whether the learner keeps an item for good."""
        return self._ledger.store.card_and_kept(card, item)

    def slipped(self, item: str) -> int:
        """How often the hardest card of an item was forgotten, once that makes it a leech; else 0."""
        lapses = self._ledger.store.lapses_of(item)
        return lapses if is_leech(lapses) else 0

    def enter_drafts(
        self, cards: Iterable[str], *, why: str, attempt: str | None = None, position: int = 0
    ) -> list[Draft]:
        """Events that bring in those of the cards that are not in the queue yet."""
        wanted = list(dict.fromkeys(cards))
        if not wanted:
            return []
        known = self.states(wanted)
        body = {"v": 1, "why": why} | ({"position": position} if position else {})
        return [
            Draft(kind=TAKEN_ON, body=body, attempt=attempt, item=item_of(card), card=card)
            for card in wanted
            if card not in known
        ]
