"""The rows of an answer that comes after everything else in the log: moved on from what they are.

What came before need not be read again, however much it is. Where a row does not hold enough to go by, the
caller folds the whole history, which comes to the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from keykata.core import event as ev
from keykata.core.event import Event
from keykata.memory.engine import Engine
from keykata.memory.fold import fold_last
from keykata.memory.model import CardState
from keykata.memory.told import told
from keykata.store.derived import CARD_KINDS, COLUMNS, ITEM_KINDS, card_state
from keykata.store.tallies import Row, item_after

_CARD = f"SELECT {', '.join(CardState.__struct_fields__)} FROM card WHERE card = ?"
_ITEM = f"SELECT {', '.join(COLUMNS['item'])} FROM item WHERE item = ?"
_FROM = "SELECT COUNT(*) FROM (SELECT 1 FROM event WHERE at >= ? LIMIT ?)"


def come_last(db: sqlite3.Connection, events: Sequence[Event]) -> bool:
    """Whether nothing in the log comes after or between these, which are in it already."""
    earliest = min(event.at for event in events)
    found = db.execute(_FROM, (earliest, len(events) + 1)).fetchone()
    return bool(found[0] == len(events))


def lone_answers(events: Sequence[Event]) -> list[Event]:
    """The answers among some events that alone move the rows of their card and item."""
    moving = [event for event in events if event.kind in {*CARD_KINDS, *ITEM_KINDS}]
    names = [name for event in moving for name in {event.card, event.item}]
    return [
        event
        for event in moving
        if event.kind == ev.ANSWER and event.card and names.count(event.card) == names.count(event.item) == 1
    ]


def card_after(db: sqlite3.Connection, event: Event, engine: Engine) -> CardState | None:
    """The state of a card after its last answer; None when all of it has to be looked through."""
    row = db.execute(_CARD, (event.card,)).fetchone()
    try:
        before = None if row is None else card_state(row)
    except msgspec.ValidationError:  # what another hand wrote there is made anew
        return None
    return fold_last(str(event.card), before, told([event])[0], engine)


def item_row_after(db: sqlite3.Connection, event: Event) -> Row | None:
    """The row of a question after its last answer; None when its history has to be looked through."""
    return item_after(str(event.item), db.execute(_ITEM, (event.item,)).fetchone(), told([event])[0])
