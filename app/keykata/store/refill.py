"""Every card, item and attempt from the whole log in one pass.

There may be a hundred thousand answers: few columns are read, of each body only what the folds need, and each
history is folded in one go at the end. A log is nearly always plain: written in its own order, with the card
and the item of a question under one name. Then it is read as it lies, and one history serves both.
"""

from __future__ import annotations

import gc
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise

from keykata.core import event as ev
from keykata.core.days import day_number
from keykata.memory.engine import Engine
from keykata.memory.fold import fold_told
from keykata.memory.told import Told
from keykata.store.derived import CARD_KINDS, DROP, ITEM_KINDS, KINDS, PUT, ROWS, card_row, listed
from keykata.store.log import LOG_ORDER, read_said
from keykata.store.tallies import AttemptTally, Row, item_row

_GONE = (
    "SELECT json_extract(body, '$.target') FROM event"
    " WHERE kind = 'void' AND json_extract(body, '$.target') IS NOT NULL"
)
_ANSWERS = (
    f"SELECT at, day, attempt, item IS card, card, body FROM event NOT INDEXED WHERE kind = '{ev.ANSWER}'"
)
_ANSWERS_GONE = f"SELECT at FROM event WHERE id IN ({_GONE}) AND kind = '{ev.ANSWER}'"
_ROWS = f"SELECT kind, at, day, attempt, item, card, body, id NOT IN ({_GONE}) FROM event"
_OTHER = sorted({kind for kinds in KINDS.values() for kind in kinds} - {ev.ANSWER})
_OTHERS = f"{_ROWS} WHERE kind IN ({listed(_OTHER)}) ORDER BY {LOG_ORDER}"
_ALL = f"{_ROWS} WHERE kind IN ({listed([ev.ANSWER, *_OTHER])}) ORDER BY {LOG_ORDER}"


class _NotPlainError(Exception):
    """The log has to be sorted first, or an item's history is not that of its card."""


class _Histories:
    """Whose events are which, in log order. `items` is the same as `cards` when the log is plain."""

    def __init__(self, moved: Mapping[str, str]) -> None:
        self.moved = moved
        self.cards: defaultdict[str, list[Told]] = defaultdict(list)
        self.items = self.cards
        self.attempts: dict[str, AttemptTally] = {}

    def attempt(self, attempt: str | None) -> AttemptTally:
        """The tally of an attempt; one that nobody asks for when there is none."""
        if not attempt:
            return AttemptTally("")
        tally = self.attempts.get(attempt)
        if tally is None:
            tally = self.attempts[attempt] = AttemptTally(attempt)
        return tally


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cyclic garbage collector: nothing here makes cycles, and it would look at every answer."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def refill(db: sqlite3.Connection, engine: Engine, moved: Mapping[str, str]) -> None:
    """Make the tables of cards, items and attempts what the log says.

    Args:
        moved: the present id of every id whose progress goes on under another.
    """
    with _uncollected():
        _refill(db, engine, moved)


def _refill(db: sqlite3.Connection, engine: Engine, moved: Mapping[str, str]) -> None:
    try:
        found = _plain(db, moved)
    except _NotPlainError:
        found = _sorted(db, moved)
    cards, items, attempts = found.cards, found.items, found.attempts
    _make(db, "card", (card_row(name, fold_told(name, cards[name], engine)) for name in sorted(cards)))
    _make(db, "item", (item_row(name, items[name]) for name in sorted(items)))
    _make(db, "attempt", (attempts[name].row() for name in sorted(attempts)))


def _make(db: sqlite3.Connection, table: str, rows: Iterable[Row | None]) -> None:
    """Make a table hold these rows and no others; one that it has already is not written again."""
    known = {row[0]: row for row in db.execute(ROWS[table])}
    changed = [row for row in rows if row is not None and known.pop(row[0], None) != row]
    db.executemany(DROP[table], [(name,) for name in known])
    db.executemany(PUT[table], changed)


def _plain(db: sqlite3.Connection, moved: Mapping[str, str]) -> _Histories:
    """The histories of a plain log.

    Raises:
        _NotPlainError: it is not one.
    """
    found = _Histories(moved)
    cards, answer = found.cards, ev.ANSWER
    gone = {row[0] for row in db.execute(_ANSWERS_GONE)}
    before, today, number, current, mark = -1 << 63, "", 0, "", found.attempt("").marks.append
    for at, day, attempt, alike, card, body in db.execute(_ANSWERS):
        said = read_said(body)
        if at <= before or (not alike and said.kind == "question"):
            raise _NotPlainError
        before = at
        if day != today:
            today, number = day, day_number(day)
        if attempt != current:
            current, mark = attempt, found.attempt(attempt).marks.append
        counts = at not in gone
        if counts:
            mark(said.correct)
        if card:
            cards[moved.get(card, card) if moved else card].append(
                (answer, at, number, current, said, counts)
            )
    for name in _add_others(db, found):
        cards[name].sort(key=_moment)
        if any(one[1] == other[1] for one, other in pairwise(cards[name])):
            raise _NotPlainError
    return found


def _add_others(db: sqlite3.Connection, found: _Histories) -> set[str]:
    """Put what is no answer at the end of its history; whose histories have to be sorted then."""
    touched = set()
    for kind, at, day, attempt, item, card, body, counts in db.execute(_OTHERS):
        if kind == ev.RESET and item != card:
            raise _NotPlainError
        name = card if kind in CARD_KINDS else item if kind in ITEM_KINDS else None
        if name:
            home = found.moved.get(name, name)
            found.cards[home].append((kind, at, day_number(day), attempt, read_said(body), counts))
            touched.add(home)
        elif counts:
            found.attempt(attempt).take(kind, at, day, body)
    return touched


def _sorted(db: sqlite3.Connection, moved: Mapping[str, str]) -> _Histories:
    """The histories of any log."""
    found = _Histories(moved)
    found.items = defaultdict(list)
    for kind, at, day, attempt, item, card, body, counts in db.execute(_ALL):
        said = read_said(body)
        told = (kind, at, day_number(day), attempt, said, counts)
        if card and kind in CARD_KINDS:
            found.cards[moved.get(card, card)].append(told)
        if item and kind in ITEM_KINDS and (kind != ev.ANSWER or said.kind == "question"):
            found.items[moved.get(item, item)].append(told)
        if counts:
            found.attempt(attempt).take(kind, at, day, body)
    return found


def _moment(told: Told) -> int:
    return told[1]
