"""What is asked of a home's past as a whole: days, answers in order, every card that was learned."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from keykata.core import event as ev
from keykata.memory.weights import SETTING
from keykata.store import log
from keykata.store.derive import Deriver
from keykata.store.faults import speaking

CHUNK = 2_000  # rows fetched at once, so that a reader can stop in between
_KINDS = json.dumps([ev.ANSWER, ev.RESET, ev.SETTING])
_TOLD = (
    "SELECT id, at, day, kind, attempt, card, body FROM event INDEXED BY event_order"
    f" WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY {log.LOG_ORDER}"
)
_DAYS = "SELECT day, COUNT(*) FROM event WHERE kind = 'answer' AND day BETWEEN ? AND ? GROUP BY day"
_DAYS_GONE = (
    "SELECT told.day, COUNT(DISTINCT told.id) FROM event AS gone"
    " JOIN event AS told ON told.id = json_extract(gone.body, '$.target')"
    " WHERE gone.kind = 'void' AND told.kind = 'answer' AND told.day BETWEEN ? AND ? GROUP BY told.day"
)
_LAPSES = (
    "SELECT MAX(lapses) FROM (SELECT lapses FROM card WHERE card = ?1"
    " UNION ALL SELECT lapses FROM card WHERE item = ?1 AND kind <> 'question')"
)
_LEARNED = (
    "SELECT card, item, kind, phase, stability, difficulty, lapses, last_day, due_day, last_rating, lucky"
    " FROM card WHERE phase <> 'new' ORDER BY card"
)


class ToldRow(msgspec.Struct, frozen=True, gc=False):
    """One answer, one new beginning of a card (`reset`), or the weights that hold from here on.

    Attributes:
        kind: answer, reset or weights.
        card: the id its progress goes on under.
        of: the kind of the card; `seconds` spent on it, None when it is not known.
        correct: None for what the learner rates.
        weights: the setting's value.
    """

    kind: str
    at: int
    day: str
    attempt: str = ""
    card: str = ""
    of: str = ""
    rating: int = 0
    seconds: float | None = None
    correct: bool | None = None
    weights: object = None


class LearnedRow(msgspec.Struct, frozen=True, gc=False):
    """A card that was answered at least once; fields as in `CardState`."""

    card: str
    item: str
    kind: str
    phase: str
    stability: float
    difficulty: float
    lapses: int
    last_day: str
    due_day: str
    last_rating: int
    lucky: bool


class PastReads:
    """The part of a store's reading half that looks at everything there is."""

    path: Path
    _db: sqlite3.Connection
    _deriver: Deriver

    def answers_by_day(self, first: str, last: str) -> dict[str, int]:
        """How many answers count on each study date from the first to the last; days without are left out."""
        with speaking(self.path):
            found = dict(self._db.execute(_DAYS, (first, last)).fetchall())
            for day, count in self._db.execute(_DAYS_GONE, (first, last)):
                found[day] -= count
        return {day: count for day, count in sorted(found.items()) if count > 0}

    def learned_rows(self) -> tuple[LearnedRow, ...]:
        """Every card that was answered, by id."""
        with speaking(self.path):
            return tuple(LearnedRow(*row) for row in self._db.execute(_LEARNED))

    def lapses_of(self, item: str) -> int:
        """How often the card of an item that was forgotten most was forgotten in review."""
        with speaking(self.path):
            row = self._db.execute(_LAPSES, (item,)).fetchone()
        return int(row[0] or 0)

    def told(self) -> Iterator[ToldRow]:
        """Every answer that counts, every new beginning and every change of the weights, in log order."""
        with speaking(self.path):
            gone = {row[0] for row in self._db.execute(_TARGETS)}
            links = dict(self._db.execute("SELECT old, present FROM link").fetchall())
            rows = self._db.execute(_TOLD, (_KINDS,))
            while chunk := rows.fetchmany(CHUNK):
                for name, *row in chunk:
                    told = None if name in gone else _told(row)
                    if told is not None:
                        moved = links.get(told.card)
                        yield told if moved is None else msgspec.structs.replace(told, card=moved)


_TARGETS = "SELECT json_extract(body, '$.target') FROM event WHERE kind = 'void'"


def _told(row: list[Any]) -> ToldRow | None:
    at, day, kind, attempt, card, text = row
    body = log.decode(text)
    if kind == ev.SETTING:
        told = ToldRow("weights", at, day, weights=body.get("value"))
        return told if body.get("name") == SETTING else None
    if not card:
        return None
    if kind == ev.RESET:
        return ToldRow("reset", at, day, card=card)
    rating, seconds, correct = body.get("rating"), body.get("seconds"), body.get("correct")
    if not isinstance(rating, int) or rating not in (1, 2, 3, 4):
        return None
    return ToldRow(
        "answer",
        at,
        day,
        attempt or "",
        card,
        str(body.get("kind") or ""),
        rating,
        float(seconds) if isinstance(seconds, int | float) else None,
        correct if isinstance(correct, bool) else None,
    )
