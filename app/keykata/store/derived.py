"""The derived tables that are folds of events: which events move their rows, and how the rows are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from keykata.core import event as ev
from keykata.core.ids import item_of
from keykata.memory.deck import card_kind
from keykata.memory.model import CardState
from keykata.store.rows import AttemptRow, ItemRow
from keykata.store.tallies import Row

CARD_KINDS = (ev.ANSWER, ev.TAKEN_ON, ev.RESET)
ITEM_KINDS = (ev.ANSWER, ev.KEEP, ev.RESET)
ATTEMPT_KINDS = (ev.ATTEMPT_STARTED, ev.ANSWER, ev.ATTEMPT_FINISHED)
KINDS = {"card": CARD_KINDS, "item": ITEM_KINDS, "attempt": ATTEMPT_KINDS}
COLUMNS = {
    "card": ("card", "item", "kind", *CardState.__struct_fields__),
    "item": ItemRow.__struct_fields__,
    "attempt": AttemptRow.__struct_fields__,
}


def listed(kinds: Iterable[str]) -> str:
    """Kinds of events as a list in SQL."""
    return ", ".join(f"'{kind}'" for kind in kinds)


def _insert(table: str) -> str:
    names = COLUMNS[table]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def _upsert(table: str) -> str:
    key, *rest = COLUMNS[table]
    changes = ", ".join(f"{name} = excluded.{name}" for name in rest)
    return f"{_insert(table)} ON CONFLICT ({key}) DO UPDATE SET {changes}"


ROWS = {table: f"SELECT {', '.join(names)} FROM {table}" for table, names in COLUMNS.items()}
PUT = {table: _upsert(table) for table in COLUMNS}
# An answer leaves a card where it entered; then only the index of what is due needs to be written.
_STAYS = ("card", "entered_at", "first_day")
_FOLLOWS = ("item", "kind")  # from the card's id
_MOVED = [name for name in COLUMNS["card"] if name not in (*_STAYS, *_FOLLOWS)]
_PLACES = {name: f"{name} = ?{place}" for place, name in enumerate(COLUMNS["card"], 1)}
MOVE_CARD = (
    f"UPDATE card SET {', '.join(_PLACES[name] for name in _MOVED)}"
    f" WHERE {' AND '.join(_PLACES[name] for name in _STAYS)}"
)
DROP = {table: f"DELETE FROM {table} WHERE {names[0]} = ?" for table, names in COLUMNS.items()}


def card_row(card: str, state: CardState | None) -> Row | None:
    """The row of a card; None when it never entered the queue."""
    if state is None:
        return None
    return (card, item_of(card), card_kind(card), *msgspec.structs.astuple(state))


def card_state(row: Sequence[object]) -> CardState:
    """A card's state from the columns of its row, in the order of its fields.

    Raises:
        msgspec.ValidationError: the row makes no sense.
    """
    return msgspec.convert(dict(zip(CardState.__struct_fields__, row, strict=True)), CardState, strict=False)
