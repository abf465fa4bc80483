"""What follows from the log: cards, items, attempts and settings, refilled for whatever an append touched.

Each row is a fold of the events it concerns, so that appending one by one, merging late ones and rebuilding
everything end in the same bytes. Only an attempt's counts are added to in place, being plain sums.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

import msgspec

from keykata.core import event as ev
from keykata.core.days import day_number
from keykata.core.event import Event
from keykata.core.ids import item_of
from keykata.memory.engine import Engine
from keykata.memory.fold import fold_told
from keykata.memory.model import CardState
from keykata.memory.told import Told
from keykata.memory.weights import SETTING, fitted_weights
from keykata.store import further, log
from keykata.store.derived import (
    ATTEMPT_KINDS,
    CARD_KINDS,
    DROP,
    ITEM_KINDS,
    MOVE_CARD,
    PUT,
    card_row,
    listed,
)
from keykata.store.links import resolve
from keykata.store.refill import refill
from keykata.store.tallies import AttemptTally, Row, adds, item_row

DERIVED = ("card", "item", "attempt", "setting", "link")
_ADD = (
    "UPDATE attempt SET answered = answered + ?, objective = objective + ?, correct = correct + ?"
    " WHERE id = ?"
)


class _Touched(msgspec.Struct):
    """Whose rows some events concern. `added` are answers that only add to the counts of their attempts."""

    cards: set[str] = msgspec.field(default_factory=set)
    items: set[str] = msgspec.field(default_factory=set)
    attempts: set[str] = msgspec.field(default_factory=set)
    added: list[Event] = msgspec.field(default_factory=list)
    links: bool = False
    settings: bool = False

    def note(self, event: Event, *, fresh: bool) -> None:
        """Take in one event, or the target of a void."""
        if event.card and event.kind in CARD_KINDS:
            self.cards.add(event.card)
        if event.item and event.kind in ITEM_KINDS and _tells_of_item(event):
            self.items.add(event.item)
        if event.attempt and event.kind in ATTEMPT_KINDS:
            if fresh and event.kind == ev.ANSWER:
                self.added.append(event)
            else:
                self.attempts.add(event.attempt)
        self.links = self.links or event.kind == ev.MOVED
        self.settings = self.settings or event.kind == ev.SETTING


class Deriver:
    """Refills derived rows through one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._engine = Engine()
        self._linked = True  # whether any id goes on under another one, when rows are refilled
        self._weighed = ""  # the setting the engine was made of, as it is stored

    def touched_by(self, events: Collection[Event], *, fresh: bool, last: bool = False) -> None:
        """Refill every row that these events concern; they are in the log already.

        Args:
            fresh: no void can have come before them.
            last: nothing else in the log comes after or between them.
        """
        touched = _Touched()
        targets = []
        for event in events:
            if event.kind == ev.VOID:
                targets.append(str(event.body.get("target")))
            else:
                touched.note(event, fresh=fresh)
        for event in log.about(self._db, "id", targets) if targets else ():
            touched.note(event, fresh=False)
        if touched.settings and self._settings_reweigh():
            self.everything()
            return
        if touched.links:
            self._relink(touched)
        self._follow()
        if touched.attempts:
            touched.added = [event for event in touched.added if event.attempt not in touched.attempts]
        if fresh and last and not (targets or self._linked):
            self._move_on(touched, events)
        self._refill(touched)

    def everything(self) -> None:
        """Make every derived table what the log says, in one pass over it."""
        links = self._links()
        self._db.execute("DELETE FROM link")
        self._db.executemany("INSERT INTO link VALUES (?, ?)", sorted(links.items()))
        self._settings()
        self._follow()
        refill(self._db, self._engine, links, self._told)

    def members(self, name: str) -> list[str]:
        """An id and every one whose progress goes on under it; nothing for an id that was moved away."""
        if self._db.execute("SELECT 1 FROM link WHERE old = ?", (name,)).fetchone():
            return []
        rows = self._db.execute("SELECT old FROM link WHERE present = ? ORDER BY old", (name,))
        return [name, *(row[0] for row in rows)]

    def _refill(self, touched: _Touched) -> None:
        cards, items = self._present(touched.cards), self._present(touched.items)
        for name in sorted(cards | items):
            of_card, of_item = self._told(name)
            if name in cards:
                self._put_card(name, fold_told(name, of_card, self._engine))
            if name in items:
                self._put("item", name, item_row(name, of_item))
        for attempt in sorted(touched.attempts):
            self._put("attempt", attempt, self._attempt(attempt))
        for event in touched.added:
            self._db.execute(_ADD, (*adds(event.body.get("correct")), event.attempt))

    def _move_on(self, touched: _Touched, events: Collection[Event]) -> None:
        """Move on the rows of answers at the end of the log; what stays touched is folded whole."""
        for event in further.lone_answers(events):
            card, item = str(event.card), str(event.item)
            state, row = further.rows_after(self._db, event, self._engine)
            of_question = item in touched.items
            if state is not None and not (of_question and row is None):
                self._put_card(card, state)
                if of_question:
                    self._put("item", item, row)
                touched.cards.discard(card)
                touched.items.discard(item)

    def _told(self, name: str) -> tuple[list[Told], list[Told]]:
        """What is told of a card and of an item of that name, in log order: of a question nearly the same."""
        names = self.members(name) if self._linked else [name]
        one = len(names) == 1
        rows = self._db.execute(_OF_ONE if one else _OF_MANY, (name if one else json.dumps(names),))
        of_card: list[Told] = []
        of_item: list[Told] = []
        for at, kind, day, attempt, body, counts, by_card, by_item, *_ in rows:
            told = (kind, at, day_number(day), attempt, log.read_said(body), counts)
            if by_card and kind in CARD_KINDS:
                of_card.append(told)
            if by_item and kind in ITEM_KINDS:
                of_item.append(told)
        return of_card, of_item

    def _attempt(self, attempt: str) -> Row | None:
        tally = AttemptTally(attempt)
        for at, kind, day, body, counts in self._db.execute(_OF_ATTEMPT, (attempt,)):
            if counts:
                tally.take(kind, at, day, body)
        return tally.row()

    def _put_card(self, card: str, state: CardState | None) -> None:
        row = card_row(card, state)
        if row is None or state is None or state.reps == 1 or not self._db.execute(MOVE_CARD, row).rowcount:
            self._put("card", card, row)

    def _put(self, table: str, name: str, row: Row | None) -> None:
        if row is None:
            self._db.execute(DROP[table], (name,))
        else:
            self._db.execute(PUT[table], row)

    def _links(self) -> dict[str, str]:
        """The present id of every id moved away, cards and items alike."""
        moves: list[tuple[str, str]] = []
        for event in log.of_kind(self._db, ev.MOVED):
            old, new = event.body.get("from"), event.card
            if isinstance(old, str) and new:
                moves.append((old, new))
                if item_of(old) not in (item_of(new), old):
                    moves.append((item_of(old), item_of(new)))
        return resolve(moves)

    def _relink(self, touched: _Touched) -> None:
        """Follow changed moves; the rows of every id that leaves or joins another are touched."""
        before = dict(self._db.execute("SELECT old, present FROM link").fetchall())
        after = self._links()
        changed = {old for old in before.keys() | after.keys() if before.get(old) != after.get(old)}
        names = changed | {links[old] for links in (before, after) for old in changed if old in links}
        self._db.execute("DELETE FROM link")
        self._db.executemany("INSERT INTO link VALUES (?, ?)", sorted(after.items()))
        for name in names:
            self._db.execute(DROP["card"], (name,))
            self._db.execute(DROP["item"], (name,))
        touched.cards |= names
        touched.items |= names

    def _present(self, names: set[str]) -> set[str]:
        """The names under which the progress of these goes on."""
        if not self._linked:
            return names
        marks = json.dumps(sorted(names))
        rows = self._db.execute(
            "SELECT old, present FROM link WHERE old IN (SELECT value FROM json_each(?))", (marks,)
        )
        links = dict(rows.fetchall())
        return {links.get(name, name) for name in names}

    def _settings_reweigh(self) -> bool:
        """Refill the settings; whether the weights by which every card is reckoned changed with them."""
        before = self._weights_told()
        self._settings()
        return engine_weights(before) != engine_weights(self._weights_told())

    def _follow(self) -> None:
        """Go by the weights in force and by the moves, which another program may have changed meanwhile."""
        told, linked = self._db.execute(_IN_FORCE, (SETTING,)).fetchone()
        self._linked = bool(linked)
        if (told or "") != self._weighed:
            self._weighed = str(told or "")
            self._engine = Engine(engine_weights(self._weighed))

    def _weights_told(self) -> str:
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", (SETTING,)).fetchone()
        return str(row[0]) if row else ""

    def _settings(self) -> None:
        """The last word of each device is the one with its highest number; of these the latest holds."""
        words: dict[tuple[str, str], Event] = {}
        for event in sorted(log.of_kind(self._db, ev.SETTING), key=lambda event: event.seq):
            if isinstance(name := event.body.get("name"), str):
                words[name, event.device] = event
        told = {
            str(event.body["name"]): msgspec.json.encode(event.body.get("value")).decode()
            for event in sorted(words.values(), key=log.order)
        }
        self._db.execute("DELETE FROM setting")
        self._db.executemany("INSERT INTO setting VALUES (?, ?)", sorted(told.items()))


_IN_FORCE = "SELECT (SELECT value FROM setting WHERE name = ?), EXISTS (SELECT 1 FROM link)"
_COUNTS = (
    "NOT EXISTS (SELECT 1 FROM event AS gone"
    " WHERE gone.kind = 'void' AND json_extract(gone.body, '$.target') = +told.id)"
)
_OF_ATTEMPT = (
    f"SELECT at, kind, day, body, {_COUNTS} FROM event AS told"
    f" WHERE attempt = ? AND kind IN ({listed(ATTEMPT_KINDS)}) ORDER BY {log.LOG_ORDER}"
)


def _histories(names: str) -> str:
    """The events of some cards and items in log order: whether each counts, and of which it is one."""
    columns = f"SELECT at, kind, day, attempt, body, {_COUNTS}"
    kinds = listed(sorted({*CARD_KINDS, *ITEM_KINDS}))
    rest = f"device, seq, id FROM event AS told WHERE kind IN ({kinds})"
    return (
        f"{columns}, 1, item IS card, {rest} AND {log.BY_CARD} {names}"
        f" UNION ALL {columns}, 0, 1, {rest} AND {log.BY_ITEM} {names} ORDER BY {log.LOG_ORDER}"
    )


_OF_ONE = _histories("= ?1")
_OF_MANY = _histories("IN (SELECT value FROM json_each(?1))")


def engine_weights(told: str) -> tuple[float, ...] | None:
    """The weights in a setting as it is stored; None for the defaults."""
    return fitted_weights(log.decode(told)) if told else None


def _tells_of_item(event: Event) -> bool:
    """Facts have cards of their own; an item's row is about its questions."""
    return event.kind != ev.ANSWER or event.body.get("kind") == "question"
