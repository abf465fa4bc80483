"""The tables of cards, items and attempts, made what the whole log says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from keykata.core import event as ev
from keykata.core.collector import uncollected
from keykata.memory.engine import Engine
from keykata.memory.fold import fold_told, learned
from keykata.memory.told import Answers, Told
from keykata.store.derived import DROP, PUT, ROWS, card_row
from keykata.store.gather import Gathered, gather
from keykata.store.tallies import Row, asked_row, item_row

# The events of a card and of an item of a name, in log order.
Telling = Callable[[str], tuple[list[Told], list[Told]]]


def refill(db: sqlite3.Connection, engine: Engine, moved: Mapping[str, str], telling: Telling) -> None:
    """Make the tables of cards, items and attempts what the log says.

    Args:
        moved: the present id of every id whose progress goes on under another.
        telling: what is told of one card and item; asked only of those that are not plain.
    """
    with uncollected():
        found = gather(db, moved)
        pairs = [_rows(name, found, engine, telling) for name in found.named()]
        _make(db, "card", (card for card, _ in pairs))
        _make(db, "item", (item for _, item in pairs))
        _make(db, "attempt", (found.attempts[name].row() for name in sorted(found.attempts)))


def _make(db: sqlite3.Connection, table: str, rows: Iterable[Row | None]) -> None:
    """Make a table hold these rows and no others; one that it has already is not written again."""
    known = {row[0]: row for row in db.execute(ROWS[table])}
    changed = [row for row in rows if row is not None and known.pop(row[0], None) != row]
    db.executemany(DROP[table], [(name,) for name in known])
    db.executemany(PUT[table], changed)


def _rows(name: str, found: Gathered, engine: Engine, telling: Telling) -> tuple[Row | None, Row | None]:
    """The rows of the card and of the item of a name."""
    if name in found.odd:
        of_card, of_item = telling(name)
        return card_row(name, fold_told(name, of_card, engine)), item_row(name, of_item)
    history, taken = found.histories.get(name), found.taken.get(name)
    if history is None:
        return card_row(name, fold_told(name, [taken] if taken else [], engine)), None
    days, ratings, kinds, marks = zip(*reversed(history.steps), strict=True)
    last = (ev.ANSWER, history.at, days[-1], history.attempt, history.said, 1)
    entered = min(history.entered, taken[1]) if taken else history.entered
    card = card_row(name, learned(name, entered, Answers(days, ratings, kinds, last), engine))
    asked = kinds.count("question")
    if asked == len(kinds):
        return card, asked_row(name, days, marks, last)
    return card, item_row(name, telling(name)[1]) if asked else None
