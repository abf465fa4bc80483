"""What is asked of a home: its log, and what follows from it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from keykata.core.errors import UnreadableError
from keykata.core.event import NOTE, Event, in_turn, voided
from keykata.core.packed import unpack
from keykata.store.attempts import AttemptReads
from keykata.store.cards import CardReads
from keykata.store.derive import Deriver
from keykata.store.faults import speaking
from keykata.store.log import BY_CARD, BY_ITEM, EVENT_COLUMNS, LOG_ORDER, about, to_event
from keykata.store.past import PastReads
from keykata.store.rows import FirstAnswer, ItemRow

LOST_HINT = "Its answers count all the same: keykata log shows them."
BEFORE_ALL = (-(1 << 62), "", 0)
_ITEM = ", ".join(ItemRow.__struct_fields__)
_ANSWERS_OF_DAY = (
    "SELECT COUNT(*) FROM event AS told WHERE kind = 'answer' AND day = ? AND NOT EXISTS"
    " (SELECT 1 FROM event AS gone WHERE gone.kind = 'void'"
    " AND json_extract(gone.body, '$.target') = +told.id)"
)

_EARLIEST = (
    "SELECT * FROM (SELECT rowid, at, device, seq, id FROM event INDEXED BY {} WHERE {}"
    f" {{{{names}}}} AND kind = 'answer' ORDER BY {LOG_ORDER} LIMIT 1)"
)
_FIRST_OF = (
    "SELECT seen.item, told.day, seen.first_correct,"
    " json_extract(told.body, '$.confidence') = 'guess' AS guess, told.at, told.device, told.seq, told.id"
    " FROM item AS seen JOIN event AS told ON told.rowid = ("
    f"SELECT rowid FROM ({_EARLIEST.format('event_card', f'item IS card AND {BY_CARD}')} UNION ALL "
    f"{_EARLIEST.format('event_item', BY_ITEM)}) ORDER BY {LOG_ORDER} LIMIT 1)"
    " WHERE seen.first_correct IS NOT NULL AND seen.item {moved} (SELECT present FROM link)"
)
# an item that nothing was moved to is found without sorting its history: one look into the index
_FIRST = (
    "SELECT item, day, first_correct, guess FROM ("
    f"{_FIRST_OF.format(names='= seen.item', moved='NOT IN')} UNION ALL "
    + _FIRST_OF.format(
        names="IN (SELECT seen.item UNION ALL SELECT old FROM link WHERE present = seen.item)", moved="IN"
    )
    + ") ORDER BY at, device, seq, id"
)


class Reads(PastReads, AttemptReads, CardReads):
    """The reading half of a store; nothing here changes anything."""

    def __init__(self, path: Path, connection: sqlite3.Connection, deriver: Deriver) -> None:
        self.path = path
        self._db = connection
        self._deriver = deriver

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    # --- reading: the log --------------------------------------------------------------------------------

    def events(self, *, after: tuple[int, str, int] | None = None) -> Iterator[Event]:
        """The log in order; with `after` (an event's `order`) only what comes later."""
        sql = f"SELECT {EVENT_COLUMNS} FROM event WHERE (at, device, seq) > (?, ?, ?) ORDER BY {LOG_ORDER}"
        return map(to_event, self._read(sql, *(after or BEFORE_ALL)))

    def card_events(self, card: str) -> list[Event]:
        """A card's own events and those of the cards moved to it, voids included, in log order.

        What was chosen (a response) is not among them.
        """
        with speaking(self.path):
            return about(self._db, "card", self._deriver.members(card) or [card])

    def attempt_events(self, attempt: str) -> list[Event]:
        """The events of an attempt, voids included, in turn."""
        with speaking(self.path):
            return in_turn(about(self._db, "attempt", (attempt,)))

    def snapshot(self, hashed: str) -> bytes:
        """What an attempt showed.

        Raises:
            UnreadableError: it is missing or damaged.
        """
        row = next(iter(self._read("SELECT body FROM snapshot WHERE hash = ?", hashed)), None)
        why = "It is missing." if row is None else "It is damaged."
        try:
            body = b"" if row is None else unpack(row[0])
        except UnreadableError as error:
            why, body = error.message, b""
        if hashlib.sha256(body).hexdigest() != hashed:
            message = f"What this attempt showed cannot be read. {why}"
            where = str(hashed)  # a damaged row may hold bytes in its place
            raise UnreadableError(message, where=where, hint=LOST_HINT)
        return body

    def notes(self, item: str) -> tuple[str, ...]:
        """The learner's notes on an item and on what was moved to it, oldest first."""
        with speaking(self.path):
            events = about(self._db, "item", self._deriver.members(item) or [item], (NOTE,))
        gone = voided(events)
        return tuple(str(e.body.get("text", "")) for e in events if e.kind == NOTE and e.id not in gone)

    # --- reading: what follows from it -------------------------------------------------------------------

    def answered_on(self, day: str) -> tuple[str, ...]:
        """The cards that were answered on a study date, undone ones too: they were seen."""
        sql = "SELECT DISTINCT card FROM event WHERE kind = 'answer' AND day = ? AND card IS NOT NULL"
        return tuple(row[0] for row in self._read(sql, day))

    def seconds_on(self, day: str, most: int) -> float:
        """The seconds spent on the answers of a study date, each counted up to a limit."""
        sql = (
            "SELECT COALESCE(SUM(MIN(json_extract(body, '$.seconds'), ?)), 0) FROM event"
            " WHERE kind = 'answer' AND day = ? AND json_type(body, '$.seconds') IN ('integer', 'real')"
        )
        return float(self._read(sql, most, day)[0][0])

    def size(self) -> int:
        """A number that grows with every event of the log, wherever it came from."""
        return self._number("SELECT COALESCE(MAX(rowid), 0) FROM event")

    def items(self, items: Sequence[str]) -> dict[str, ItemRow]:
        """What is known of these items."""
        sql = f"SELECT {_ITEM} FROM item WHERE item IN (SELECT value FROM json_each(?))"
        return {row[0]: _item(row) for row in self._read(sql, json.dumps(list(items)))}

    def is_kept(self, item: str) -> bool:
        """Whether the learner keeps an item for good."""
        return any(row[0] for row in self._read("SELECT kept FROM item WHERE item = ?", item))

    def item_rows(self) -> dict[str, ItemRow]:
        """What is known of every item that has a history."""
        with speaking(self.path):
            return {row[0]: _item(row) for row in self._db.execute(f"SELECT {_ITEM} FROM item")}

    def answered_items(self) -> Iterator[str]:
        """The items that were ever answered, one at a time: there may be as many as the banks have."""
        with speaking(self.path):
            for (item,) in self._db.execute("SELECT item FROM item WHERE tries"):
                yield item

    def last_answered(self) -> dict[str, int]:
        """When each item that was ever answered was answered last, ms UTC."""
        with speaking(self.path):
            found = self._db.execute("SELECT item, last_at FROM item WHERE tries")
            return {str(item): int(at) for item, at in found}

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Questions that were answered, each with the wording it had then, where that is known."""
        with speaking(self.path):
            yield from self._db.execute("SELECT item, wording FROM item WHERE wording <> ''")

    def first_tries(self) -> Iterator[tuple[str, bool]]:
        """Each item that was answered, and whether the first answer was right."""
        with speaking(self.path):
            found = self._db.execute("SELECT item, first_correct FROM item WHERE first_correct IS NOT NULL")
            for item, right in found:
                yield item, bool(right)

    def missed(self) -> tuple[str, ...]:
        """Items that were wrong, and not right on two different days since."""
        return tuple(row[0] for row in self._read("SELECT item FROM item WHERE missed"))

    def first_answers(self) -> Iterator[FirstAnswer]:
        """The first answer to each question, in log order; one that was undone is left out for good."""
        days: dict[str, str] = {}  # one string for all the answers of a day
        with speaking(self.path):
            for item, day, right, guess in self._db.execute(_FIRST):
                yield FirstAnswer(item, days.setdefault(day, day), bool(right), bool(guess))

    def answers(self) -> int:
        """How many answers count."""
        return self._number("SELECT COALESCE(SUM(answered), 0) FROM attempt")

    def answers_today(self, day: str) -> int:
        """How many answers of a study date count."""
        return self._number(_ANSWERS_OF_DAY, day)

    def settings(self) -> dict[str, object]:
        """The settings that live in the log, by name."""
        rows = self._read("SELECT name, value FROM setting")
        return {str(name): msgspec.json.decode(value) for name, value in rows}

    def _read(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with speaking(self.path):
            return self._db.execute(sql, values).fetchall()

    def _number(self, sql: str, *values: object) -> int:
        return int(self._read(sql, *values)[0][0])


def _item(row: Sequence[Any]) -> ItemRow:
    item, tries, right, first, missed, last_at, last_attempt, wording, kept = row
    return ItemRow(
        item=item,
        tries=tries,
        right=right,
        first_correct=None if first is None else bool(first),
        missed=bool(missed),
        last_at=last_at,
        last_attempt=last_attempt,
        wording=wording,
        kept=bool(kept),
    )
