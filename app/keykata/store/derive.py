"""What follows from the log: cards, items, attempts and settings, refilled for whatever an append touched.

Each row is a fold of the events it concerns, so that appending one by one, merging late ones and rebuilding
everything end in the same bytes. Only an attempt's counts are added to in place, being plain sums.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable

import msgspec

from keykata.core import event as ev
from keykata.core.event import Event, voided
from keykata.core.ids import item_of
from keykata.memory.deck import card_kind
from keykata.memory.engine import Engine
from keykata.memory.fold import CardFold
from keykata.memory.model import CardState
from keykata.memory.weights import SETTING, fitted_weights
from keykata.store import log
from keykata.store.links import resolve
from keykata.store.rows import AttemptRow, ItemRow
from keykata.store.tallies import AttemptTally, ItemTally, Row, Told, counted

RowOf = Callable[[str, list[Event], frozenset[str]], Row | None]
DERIVED = ("card", "item", "attempt", "setting", "link")
CARD_KINDS = (ev.ANSWER, ev.TAKEN_ON, ev.RESET)
ITEM_KINDS = (ev.ANSWER, ev.KEEP, ev.RESET)
ATTEMPT_KINDS = (ev.ATTEMPT_STARTED, ev.ANSWER, ev.ATTEMPT_FINISHED)
_FOLDED = tuple(sorted({*CARD_KINDS, *ITEM_KINDS, *ATTEMPT_KINDS}))


_COLUMNS = {
    "card": ("card", "item", "kind", *CardState.__struct_fields__),
    "item": ItemRow.__struct_fields__,
    "attempt": AttemptRow.__struct_fields__,
}


def _insert(table: str) -> str:
    names = _COLUMNS[table]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def _upsert(table: str) -> str:
    key, *rest = _COLUMNS[table]
    changes = ", ".join(f"{name} = excluded.{name}" for name in rest)
    return f"{_insert(table)} ON CONFLICT ({key}) DO UPDATE SET {changes}"


_FILL = {table: _insert(table) for table in _COLUMNS}
_PUT = {table: _upsert(table) for table in _COLUMNS}
_DROP = {
    "card": "DELETE FROM card WHERE card = ?",
    "item": "DELETE FROM item WHERE item = ?",
    "attempt": "DELETE FROM attempt WHERE id = ?",
}
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
        self._told = ""  # the setting the engine was made of, as it is stored

    def touched_by(self, events: Iterable[Event], *, fresh: bool) -> None:
        """Refill every row that these events concern; they are in the log already.

        Args:
            fresh: they were just made, so that no void can have come before them; False for a merge.
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
        self._follow_weights()
        if touched.links:
            self._relink(touched)
        self._refill("card", self._present(touched.cards), CARD_KINDS, self._card)
        self._refill("item", self._present(touched.items), ITEM_KINDS, self._item)
        self._refill("attempt", sorted(touched.attempts), ATTEMPT_KINDS, self._attempt)
        sums = [(*counted(e), e.attempt) for e in touched.added if e.attempt not in touched.attempts]
        self._db.executemany(_ADD, sums)

    def everything(self) -> None:
        """Empty every derived table and refill it from the log in one pass."""
        for table in DERIVED:
            self._db.execute(f"DELETE FROM {table}")
        links = self._links()
        self._db.executemany("INSERT INTO link VALUES (?, ?)", sorted(links.items()))
        self._settings()
        self._follow_weights()
        gone = {
            row[0]
            for row in self._db.execute(
                "SELECT json_extract(body, '$.target') FROM event WHERE kind = 'void'"
            )
        }
        cards: dict[str, CardFold] = {}
        items: dict[str, ItemTally] = {}
        attempts: dict[str, AttemptTally] = {}
        rows = self._db.execute(_EVERY, (json.dumps(_FOLDED),))
        for name, at, day, device, seq, kind, attempt, item, card, body in rows:
            event = Told(name, at, day, device, seq, kind, attempt, item, card, log.decode(body))
            live = event.id not in gone
            if live and event.card and event.kind in CARD_KINDS:
                home = links.get(event.card, event.card)
                folding = cards.get(home)
                if folding is None:
                    folding = cards[home] = CardFold(home, self._engine)
                folding.take(event)
            if event.item and event.kind in ITEM_KINDS and _tells_of_item(event):
                home = links.get(event.item, event.item)
                if home not in items:
                    items[home] = ItemTally(home)
                items[home].take(event, live=live)
            if live and event.attempt and event.kind in ATTEMPT_KINDS:
                if event.attempt not in attempts:
                    attempts[event.attempt] = AttemptTally(event.attempt)
                attempts[event.attempt].take(event)
        self._fill("card", (_card_row(name, cards[name].state()) for name in sorted(cards)))
        self._fill("item", (items[name].row() for name in sorted(items)))
        self._fill("attempt", (attempts[name].row() for name in sorted(attempts)))

    def members(self, name: str) -> list[str]:
        """An id and every one whose progress goes on under it; nothing for an id that was moved away."""
        if self._db.execute("SELECT 1 FROM link WHERE old = ?", (name,)).fetchone():
            return []
        rows = self._db.execute("SELECT old FROM link WHERE present = ? ORDER BY old", (name,))
        return [name, *(row[0] for row in rows)]

    def _refill(self, table: str, names: list[str], kinds: tuple[str, ...], row_of: RowOf) -> None:
        """Refill the rows of these names, from one look at all their events."""
        if not names:
            return
        homes = {name: name for name in names} | (self._olds(names) if table != "attempt" else {})
        events = log.about(self._db, table, homes, kinds)
        gone = voided(events)
        histories: dict[str, list[Event]] = {name: [] for name in names}
        for event in events:
            about = getattr(event, table)
            if event.kind != ev.VOID and about in homes:
                histories[homes[about]].append(event)
        for name, history in histories.items():
            self._put(table, name, row_of(name, history, gone))

    def _olds(self, names: list[str]) -> dict[str, str]:
        """The ids whose progress goes on under these, each with its present one."""
        rows = self._db.execute(
            "SELECT old, present FROM link WHERE present IN (SELECT value FROM json_each(?))",
            (json.dumps(names),),
        )
        return dict(rows.fetchall())

    def _card(self, card: str, events: list[Event], gone: frozenset[str]) -> Row | None:
        folding = CardFold(card, self._engine)
        for event in events:
            if event.id not in gone:
                folding.take(event)
        return _card_row(card, folding.state())

    def _item(self, item: str, events: list[Event], gone: frozenset[str]) -> Row | None:
        tally = ItemTally(item)
        for event in events:
            tally.take(event, live=event.id not in gone)
        return tally.row()

    def _attempt(self, attempt: str, events: list[Event], gone: frozenset[str]) -> Row | None:
        tally = AttemptTally(attempt)
        for event in events:
            if event.id not in gone:
                tally.take(event)
        return tally.row()

    def _put(self, table: str, name: str, row: Row | None) -> None:
        if row is None:
            self._db.execute(_DROP[table], (name,))
        else:
            self._db.execute(_PUT[table], row)

    def _fill(self, table: str, rows: Iterable[Row | None]) -> None:
        self._db.executemany(_FILL[table], (row for row in rows if row is not None))

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
            self._db.execute(_DROP["card"], (name,))
            self._db.execute(_DROP["item"], (name,))
        touched.cards |= names
        touched.items |= names

    def _present(self, names: Iterable[str]) -> list[str]:
        found = sorted(set(names))
        marks = json.dumps(found)
        rows = self._db.execute(
            "SELECT old, present FROM link WHERE old IN (SELECT value FROM json_each(?))", (marks,)
        )
        links = dict(rows.fetchall())
        return sorted({links.get(name, name) for name in found})

    def _settings_reweigh(self) -> bool:
        """Refill the settings; whether the weights by which every card is reckoned changed with them."""
        before = self._weights_told()
        self._settings()
        return engine_weights(before) != engine_weights(self._weights_told())

    def _follow_weights(self) -> None:
        """Reckon by the weights in force, which another program may have set meanwhile."""
        told = self._weights_told()
        if told != self._told:
            self._told, self._engine = told, Engine(engine_weights(told))

    def _weights_told(self) -> str:
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", (SETTING,)).fetchone()
        return str(row[0]) if row else ""

    def _settings(self) -> None:
        told = {
            name: msgspec.json.encode(event.body.get("value")).decode()
            for event in log.of_kind(self._db, ev.SETTING)
            if isinstance(name := event.body.get("name"), str)
        }
        self._db.execute("DELETE FROM setting")
        self._db.executemany("INSERT INTO setting VALUES (?, ?)", sorted(told.items()))


def engine_weights(told: str) -> tuple[float, ...] | None:
    """The weights in a setting as it is stored; None for the defaults."""
    return fitted_weights(log.decode(told)) if told else None


_EVERY = (
    f"SELECT {log.EVENT_COLUMNS} FROM event INDEXED BY event_order"
    f" WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY {log.LOG_ORDER}"
)


def _tells_of_item(event: Event | Told) -> bool:
    """Facts have cards of their own; an item's row is about its questions."""
    return event.kind != ev.ANSWER or event.body.get("kind") == "question"


def _card_row(card: str, state: CardState | None) -> Row | None:
    if state is None:
        return None
    return (card, item_of(card), card_kind(card), *msgspec.structs.astuple(state))
