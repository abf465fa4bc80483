"""What follows from the log: cards, items, attempts and settings, refilled for whatever an append touched.

Each row is a pure function of the events it concerns, so that appending one by one, merging late ones and
rebuilding everything end in the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from keykata.core import event as ev
from keykata.core.event import Event, voided
from keykata.core.ids import item_of
from keykata.memory.deck import card_kind
from keykata.memory.engine import Engine
from keykata.memory.fold import fold
from keykata.store.rows import ItemRow

IN_ORDER = "ORDER BY at, device, seq"
EVENT_COLUMNS = "id, at, day, device, seq, kind, attempt, item, card, body"
CARD_COLUMNS = 18
ITEM_COLUMNS = 9
ATTEMPT_COLUMNS = 13
RIGHT_DAYS = 2  # a missed item leaves the list after being right on this many different days

Row = tuple[object, ...]


def to_event(row: Sequence[Any]) -> Event:
    """An event from a row of its columns."""
    name, at, day, device, seq, kind, attempt, item, card, body = row
    return Event(name, at, day, device, seq, kind, attempt, item, card, msgspec.json.decode(body))


def card_row(card: str, events: Sequence[Event], engine: Engine) -> Row | None:
    """The row of a card, from its own events and those moved to it; None when it is not in the queue."""
    state = fold(card, events, engine)
    if state is None:
        return None
    fields = msgspec.structs.astuple(state)
    return (card, item_of(card), card_kind(card), *fields[:-1], int(state.lucky), int(_sure_wrong(events)))


def _sure_wrong(events: Sequence[Event]) -> bool:
    gone = voided(list(events))
    answers = [event for event in events if event.kind == ev.ANSWER and event.id not in gone]
    last = answers[-1].body if answers else {}
    return last.get("correct") is False and last.get("confidence") == "sure"


def item_row(item: str, events: Sequence[Event]) -> ItemRow:
    """What the events of an item add up to."""
    gone = voided(list(events))
    asked = [event for event in events if event.kind == ev.ANSWER and event.body.get("kind") == "question"]
    answers = [event for event in asked if event.id not in gone]
    kept = [event for event in events if event.kind == ev.KEEP and event.id not in gone]
    last = answers[-1] if answers else None
    resets = [
        event for event in events if event.kind == ev.RESET and (last is None or event.order > last.order)
    ]
    wording = (
        str(resets[-1].body.get("new", "")) if resets else str(last.body.get("wording", "")) if last else ""
    )
    return ItemRow(
        item=item,
        tries=len(answers),
        right=sum(event.body.get("correct") is True for event in answers),
        first_correct=bool(asked[0].body.get("correct")) if asked else None,
        missed=_missed(answers),
        last_at=last.at if last else 0,
        last_attempt=str(last.attempt or "") if last else "",
        wording=wording,
        kept=bool(kept and kept[-1].body.get("on")),
    )


def _missed(answers: Sequence[Event]) -> bool:
    wrong = [place for place, event in enumerate(answers) if event.body.get("correct") is False]
    if not wrong:
        return False
    since = {event.day for event in answers[wrong[-1] + 1 :] if event.body.get("correct") is True}
    return len(since) < RIGHT_DAYS


def attempt_row(attempt: str, events: Sequence[Event]) -> Row | None:
    """The row of an attempt; None without its beginning."""
    started = next((event for event in events if event.kind == ev.ATTEMPT_STARTED), None)
    if started is None:
        return None
    gone = voided(list(events))
    answers = [event.body for event in events if event.kind == ev.ANSWER and event.id not in gone]
    finished = [event.at for event in events if event.kind == ev.ATTEMPT_FINISHED]
    objective = [body for body in answers if body.get("correct") is not None]
    body = started.body
    return (
        attempt,
        body.get("mode", ""),
        body.get("title", ""),
        int(body.get("seed") or 0),
        body.get("feedback", "each"),
        body.get("snapshot", ""),
        int(body.get("items") or 0),
        started.day,
        started.at,
        finished[0] if finished else None,
        len(answers),
        len(objective),
        sum(body["correct"] is True for body in objective),
    )


class Moves:
    """Which id goes on under which other one."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._onward = dict(pairs)

    def follow(self, name: str) -> str:
        """The id progress stands under today; a ring ends where it began."""
        seen = {name}
        while (name_next := self._onward.get(name)) is not None and name_next not in seen:
            name = name_next
            seen.add(name)
        return name

    def sources(self, name: str) -> tuple[str, ...]:
        """The id itself and every one that leads to it."""
        return (name, *sorted(old for old in self._onward if old != name and self.follow(old) == name))


class Deriver:
    """Refills derived rows through one connection."""

    def __init__(self, connection: sqlite3.Connection, engine: Engine) -> None:
        self._db = connection
        self._engine = engine

    def moves(self) -> Moves:
        """The moves in the log."""
        rows = self._db.execute(
            f"SELECT json_extract(body, '$.from'), card FROM event WHERE kind = 'moved' {IN_ORDER}"
        )
        return Moves((str(old), str(new)) for old, new in rows)

    def touched_by(self, events: Iterable[Event]) -> None:
        """Refill every row that these events concern."""
        found = list(events)
        moves = self.moves()
        old = {str(event.body.get("from")) for event in found if event.kind == ev.MOVED}
        cards = {event.card for event in found if event.card} | old
        items = {event.item for event in found if event.item} | {item_of(card) for card in old}
        attempts = {event.attempt for event in found if event.attempt}
        self._drop("card", "card", cards)
        self._drop("item", "item", items)
        self._drop("attempt", "id", attempts)
        self._put_cards((card, self._events("card", moves.sources(card))) for card in _homes(cards, moves))
        self._put_items((item, self._events("item", moves.sources(item))) for item in _homes(items, moves))
        self._put_attempts((attempt, self._events("attempt", (attempt,))) for attempt in sorted(attempts))
        if any(event.kind == ev.SETTING for event in found):
            self._settings()

    def everything(self) -> None:
        """Empty every derived table and refill it from the log in one pass."""
        self._db.execute("DELETE FROM card")
        self._db.execute("DELETE FROM item")
        self._db.execute("DELETE FROM attempt")
        moves = self.moves()
        cards: dict[str, list[Event]] = {}
        items: dict[str, list[Event]] = {}
        attempts: dict[str, list[Event]] = {}
        for row in self._db.execute(f"SELECT {EVENT_COLUMNS} FROM event {IN_ORDER}"):
            event = to_event(row)
            for name, groups in ((event.card, cards), (event.item, items), (event.attempt, attempts)):
                if name:
                    groups.setdefault(moves.follow(name), []).append(event)
        self._put_cards((card, cards[card]) for card in sorted(cards))
        self._put_items((item, items[item]) for item in sorted(items))
        self._put_attempts((attempt, attempts[attempt]) for attempt in sorted(attempts))
        self._settings()

    def _events(self, column: str, names: Sequence[str]) -> list[Event]:
        marks = ", ".join("?" * len(names))
        rows = self._db.execute(
            f"SELECT {EVENT_COLUMNS} FROM event WHERE {column} IN ({marks}) {IN_ORDER}", names
        )
        return [to_event(row) for row in rows]

    def _drop(self, table: str, column: str, names: Iterable[str]) -> None:
        self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(name,) for name in sorted(names)])

    def _put_cards(self, groups: Iterable[tuple[str, Sequence[Event]]]) -> None:
        rows = (card_row(card, events, self._engine) for card, events in groups)
        self._put("card", CARD_COLUMNS, rows)

    def _put_items(self, groups: Iterable[tuple[str, Sequence[Event]]]) -> None:
        self._put(
            "item", ITEM_COLUMNS, (msgspec.structs.astuple(item_row(item, events)) for item, events in groups)
        )

    def _put_attempts(self, groups: Iterable[tuple[str, Sequence[Event]]]) -> None:
        self._put("attempt", ATTEMPT_COLUMNS, (attempt_row(attempt, events) for attempt, events in groups))

    def _put(self, table: str, columns: int, rows: Iterable[Row | None]) -> None:
        marks = ", ".join("?" * columns)
        self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", [row for row in rows if row])

    def _settings(self) -> None:
        self._db.execute("DELETE FROM setting")
        self._db.execute(
            "INSERT OR REPLACE INTO setting"
            " SELECT json_extract(body, '$.name'), coalesce(body -> '$.value', 'null')"
            f" FROM event WHERE kind = 'setting' AND json_extract(body, '$.name') IS NOT NULL {IN_ORDER}"
        )


def _homes(names: Iterable[str], moves: Moves) -> list[str]:
    return sorted({moves.follow(name) for name in names})
