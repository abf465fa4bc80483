"""What is asked of a home's cards."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from keykata.core.ids import item_of
from keykata.memory.model import CardRow, CardState
from keykata.memory.queue import DueRow
from keykata.store.derived import card_state
from keykata.store.faults import speaking
from keykata.store.rows import Counts, NewRow

_STATE = ", ".join(CardState.__struct_fields__)
_STATE_AND_KEPT = (
    f"SELECT {', '.join(f'card.{name}' for name in CardState.__struct_fields__)}, kept FROM (SELECT 1)"
    " LEFT JOIN card ON card.card = ? LEFT JOIN item ON item.item = ?"
)
_DUE = "phase <> 'new' AND due_day <= ? AND due_at <= ?"
_PRESSING = f"{_DUE} AND (phase <> 'review' OR sure_wrong)"


class CardReads:
    """The cards that are in the queue of a store, and when they are due."""

    path: Path
    _db: sqlite3.Connection

    def card(self, card: str) -> CardState | None:
        """The state of a card; None when it is not in the queue."""
        row = next(iter(self._found(f"SELECT {_STATE} FROM card WHERE card = ?", card)), None)
        return None if row is None else card_state(row)

    def card_and_kept(self, card: str, item: str) -> tuple[CardState | None, bool]:
        """The state of a card, as `card` gives it, and whether the learner keeps an item for good."""
        *state, kept = self._found(_STATE_AND_KEPT, card, item)[0]
        return None if state[0] is None else card_state(state), bool(kept)

    def cards(self, cards: Sequence[str]) -> dict[str, CardState]:
        """The states of those of the cards that are in the queue."""
        sql = f"SELECT card, {_STATE} FROM card WHERE card IN (SELECT value FROM json_each(?))"
        return {row[0]: card_state(row[1:]) for row in self._found(sql, json.dumps(list(cards)))}

    def cards_of_kind(self, kind: str) -> tuple[str, ...]:
        """The ids of the cards of a kind that are in the queue."""
        indexed = "" if kind == "question" else " AND kind <> 'question'"
        sql = f"SELECT card FROM card WHERE kind = ?{indexed} ORDER BY card"
        return tuple(row[0] for row in self._found(sql, kind))

    def holds_more(self, kind: str, most: int) -> bool:
        """Whether more than so many cards of a kind other than questions are in the queue."""
        sql = "SELECT COUNT(*) FROM (SELECT 1 FROM card WHERE kind = ? AND kind <> 'question' LIMIT ?)"
        return self._count(sql, kind, most + 1) > most

    def entered(self, item: str) -> frozenset[str]:
        """The cards of an item that are in the queue."""
        sql = (
            "SELECT card FROM card WHERE card = ?1"
            " UNION SELECT card FROM card WHERE item = ?1 AND kind <> 'question'"
        )
        return frozenset(row[0] for row in self._found(sql, item))

    def cards_by_item(self) -> dict[str, int]:
        """How many cards of each item are in the queue; only of items that have any."""
        return dict(self._found("SELECT item, COUNT(*) FROM card GROUP BY item"))

    def items_with_cards(self) -> frozenset[str]:
        """The items of which a card is in the queue."""
        return frozenset(row[0] for row in self._found("SELECT DISTINCT item FROM card"))

    def due_rows(
        self, day: str, now: int, *, pressing: bool = False, known: Callable[[str], str | None] = str
    ) -> tuple[DueRow, ...]:
        """The cards due at a moment (ms UTC) of a study date.

        Args:
            pressing: only what waits for no plan: steps within the day, and confident errors.
            known: gives the caller's own string of an item's id, so that it is held once; None leaves its
                cards out.
        """
        return self._due_rows(_PRESSING if pressing else _DUE, day, now, known=known)

    def rows_of(self, cards: Sequence[str]) -> tuple[DueRow, ...]:
        """The same of these cards, due or not."""
        return self._due_rows("card IN (SELECT value FROM json_each(?))", json.dumps(list(cards)))

    def answered_rows(self) -> list[CardRow]:
        """Every card that was ever answered, by id."""
        sql = (
            "SELECT card, item, kind, stability, difficulty, last_day, due_day FROM card"
            " WHERE phase <> 'new' ORDER BY card"
        )
        return self._found(sql)

    def new_rows(self) -> tuple[NewRow, ...]:
        """Cards that entered and were never answered, oldest first."""
        sql = "SELECT card, item, kind FROM card WHERE phase = 'new' ORDER BY entered_at, card"
        return tuple(NewRow(*row) for row in self._found(sql))

    def new_today(self, day: str) -> int:
        """How many facts were answered for the first time on a study date."""
        sql = "SELECT COUNT(*) FROM card WHERE first_day = ? AND kind NOT IN ('question', 'sort')"
        return self._count(sql, day)

    def due_kinds_until(self, day: str) -> dict[str, int]:
        """How many cards fall due on or before a study date, by kind."""
        # by day too: so the index has them in order, and nothing is sorted
        sql = "SELECT kind, COUNT(*) FROM card WHERE phase <> 'new' AND due_day <= ? GROUP BY due_day, kind"
        found: Counter[str] = Counter()
        for kind, count in self._found(sql, day):
            found[kind] += count
        return dict(found)

    def due_until(self, last: str) -> dict[str, int]:
        """How many cards are due on each study date up to the last, those of past dates too."""
        sql = (
            "SELECT due_day, COUNT(*) FROM card WHERE phase <> 'new' AND due_day <= ?"
            " GROUP BY due_day ORDER BY due_day"
        )
        return dict(self._found(sql, last))

    def due_by_day(self, after: str, days: int) -> tuple[tuple[str, int], ...]:
        """How many cards come back on the study dates after one, the first so many dates that have any."""
        sql = (
            "SELECT due_day, COUNT(*) FROM card WHERE phase <> 'new' AND due_day > ?"
            " GROUP BY due_day ORDER BY due_day LIMIT ?"
        )
        return tuple((row[0], row[1]) for row in self._found(sql, after, days))

    def due_later(self, day: str, now: int) -> int:
        """How many cards come back later on this study date: a step within the day is not over yet."""
        sql = "SELECT COUNT(*) FROM card WHERE phase <> 'new' AND due_day <= ? AND due_at > ?"
        return self._count(sql, day, now)

    def counts(self, day: str, now: int) -> Counts:
        """Cards by phase, and how many are due."""
        sql = "SELECT COUNT(*), COALESCE(SUM(phase = 'review'), 0) FROM card WHERE phase <> 'new'"
        answered, review = self._found(sql)[0]
        return Counts(
            new=self._count("SELECT COUNT(*) FROM card WHERE phase = 'new'"),
            learning=answered - review,
            review=review,
            due=self._count(f"SELECT COUNT(*) FROM card WHERE {_DUE}", day, now),
        )

    def known_by_item(self) -> dict[str, int]:
        """How many cards of each item are known for now."""
        sql = (
            "SELECT item, COUNT(*) FROM card WHERE phase = 'review' AND last_rating > 1 AND lucky = 0"
            " AND kind <> 'question' GROUP BY item"
        )
        return {row[0]: row[1] for row in self._found(sql)}

    def _due_rows(
        self, where: str, *values: object, known: Callable[[str], str | None] = str
    ) -> tuple[DueRow, ...]:
        # the item stands in the card's id: without it the index holds all that is asked
        sql = f"SELECT card, kind, phase, stability, last_day, sure_wrong FROM card WHERE {where}"
        once: dict[str, str] = {}  # one string for each kind, phase and day: all may be due
        one = once.setdefault
        with speaking(self.path):
            return tuple(
                DueRow(
                    card=card if "/" in card else item,
                    item=item,
                    kind=one(kind, kind),
                    phase=one(phase, phase),
                    stability=stability,
                    last_day=one(last_day, last_day),
                    sure_wrong=bool(sure_wrong),
                )
                for card, kind, phase, stability, last_day, sure_wrong in self._db.execute(sql, values)
                if (item := known(item_of(card))) is not None
            )

    def _found(self, sql: str, *values: object) -> list[Any]:
        with speaking(self.path):
            return self._db.execute(sql, values).fetchall()

    def _count(self, sql: str, *values: object) -> int:
        return int(self._found(sql, *values)[0][0])
