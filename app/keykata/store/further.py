"""The rows of an answer that comes after everything else in the log: moved on from what they are.

What came before need not be read again, however much it is. Where a row does not hold enough to go by, the
caller folds the whole history, which comes to the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

import msgspec

from keykata.core import event as ev
from keykata.core.event import Event
from keykata.memory.engine import Engine
from keykata.memory.fold import fold_last
from keykata.memory.model import CardState
from keykata.memory.told import told_alone
from keykata.store.derived import CARD_KINDS, COLUMNS, ITEM_KINDS, card_state
from keykata.store.tallies import Row, item_after

_CARD = [f"card.{name}" for name in ("card", *CardState.__struct_fields__)]
_ITEM = [f"item.{name}" for name in COLUMNS["item"]]
_BOTH = (
    f"SELECT {', '.join(_CARD + _ITEM)} FROM (SELECT 1)"
    " LEFT JOIN card ON card.card = ? LEFT JOIN item ON item.item = ?"
)
_MOVING = frozenset({*CARD_KINDS, *ITEM_KINDS})
_FROM = "SELECT COUNT(*) FROM (SELECT 1 FROM event WHERE at >= ? LIMIT ?)"


def come_last(db: sqlite3.Connection, events: Collection[Event]) -> bool:
    """Whether nothing in the log comes after or between these, which are in it already."""
    earliest = min(event.at for event in events)
    found = db.execute(_FROM, (earliest, len(events) + 1)).fetchone()
    return bool(found[0] == len(events))


def lone_answers(events: Collection[Event]) -> list[Event]:
    """The answers among some events that alone move the rows of their card and item."""
    moving = [event for event in events if event.kind in _MOVING]
    names = [name for event in moving for name in {event.card, event.item}]
    return [
        event
        for event in moving
        if event.kind == ev.ANSWER and event.card and names.count(event.card) == names.count(event.item) == 1
    ]


def rows_after(db: sqlite3.Connection, event: Event, engine: Engine) -> tuple[CardState | None, Row | None]:
    """The state of a card and the row of a question after their last answer.

    Each is None when its history has to be looked through.
    """
    found = db.execute(_BOTH, (event.card, event.item)).fetchone()
    card, item = found[: len(_CARD)], found[len(_CARD) :]
    said = told_alone(event)
    row = item_after(str(event.item), None if item[0] is None else item, said)
    try:
        before = None if card[0] is None else card_state(card[1:])
    except msgspec.ValidationError:  # what another hand wrote there is made anew
        return None, row
    return fold_last(str(event.card), before, said, engine), row
