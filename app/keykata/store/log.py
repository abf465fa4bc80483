"""Reading and writing the event table; every list comes in log order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from keykata.core.event import Event
from keykata.memory.told import Said, Sound

EVENT_COLUMNS = "id, at, day, device, seq, kind, attempt, item, card, body"
LOG_ORDER = "at, device, seq, id"
_SELECT = f"SELECT {EVENT_COLUMNS} FROM event"
# A question's events carry its id as item and as card, and are indexed by the card; a response by neither.
BY_CARD = "kind <> 'response' AND card IS NOT NULL AND card"
_OF_QUESTION = f"item IS card AND {BY_CARD}"
BY_ITEM = "kind <> 'response' AND item IS NOT NULL AND item IS NOT card AND item"
_NAMED = "IN (SELECT value FROM json_each(?1))"
_SOME = "(?2 IS NULL OR kind IN (SELECT value FROM json_each(?2)))"
_BY = {
    name: " UNION ALL ".join(f"{_SELECT} WHERE {where} {_NAMED} AND {_SOME}" for where in wheres)
    for name, wheres in {
        "id": ("id",),
        "attempt": ("attempt",),
        "card": (BY_CARD,),
        "item": (_OF_QUESTION, BY_ITEM),
    }.items()
}
_VOIDS = (
    f"{_SELECT} WHERE kind = 'void' AND json_extract(body, '$.target') IN (SELECT value FROM json_each(?))"
)
decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder(order="sorted").encode
_read_body = msgspec.json.Decoder(dict[str, Any]).decode
read_said = msgspec.json.Decoder(Said).decode
read_sound = msgspec.json.Decoder(Sound).decode
read_all_sound = msgspec.json.Decoder(list[Sound]).decode


RARE = "kind NOT IN ('answer', 'response')"  # as the index of these says


def to_event(row: Sequence[Any]) -> Event:
    """An event from a row of its columns."""
    name, at, day, device, seq, kind, attempt, item, card, body = row
    return Event(name, at, day, device, seq, kind, attempt, item, card, _read_body(body))


def order(event: Event) -> tuple[int, str, int, str]:
    """The place of an event in the log; the id settles what a restored backup may leave equal."""
    return (event.at, event.device, event.seq, event.id)


def insert(db: sqlite3.Connection, events: Iterable[Event]) -> None:
    """Append events.

    Raises:
        sqlite3.Error: one is in the log already, or it could not be written.
    """
    rows = [
        (e.id, e.at, e.day, e.device, e.seq, e.kind, e.attempt, e.item, e.card, _encode(e.body).decode())
        for e in events
    ]
    db.executemany(f"INSERT INTO event ({EVENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def about(
    db: sqlite3.Connection, column: str, names: Iterable[str], kinds: Sequence[str] | None = None
) -> list[Event]:
    """The events whose `id`, `card`, `item` or `attempt` is one of the names, and every void of one of them.

    What was chosen (a response) is found by its attempt alone. A void is
    found by its target, whatever it says of cards and items itself.

    Args:
        kinds: only events of these kinds (and their voids); None for all.
    """
    wanted = None if kinds is None else json.dumps(kinds)
    found = {row[0]: to_event(row) for row in db.execute(_BY[column], (json.dumps(list(names)), wanted))}
    found |= {row[0]: to_event(row) for row in db.execute(_VOIDS, (json.dumps(list(found)),))}
    return sorted(found.values(), key=order)


def of_kind(db: sqlite3.Connection, kind: str) -> Iterator[Event]:
    """The live events of a kind that is neither answer nor response."""
    rows = db.execute(
        f"{_SELECT} AS told WHERE kind = ? AND {RARE} AND NOT EXISTS"
        " (SELECT 1 FROM event AS gone WHERE gone.kind = 'void'"
        f" AND json_extract(gone.body, '$.target') = +told.id) ORDER BY {LOG_ORDER}",
        (kind,),
    )
    return (to_event(row) for row in rows)
