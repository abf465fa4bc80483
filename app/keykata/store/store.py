"""The store: one home's log, what follows from it, and what is asked of both.

Everything appended is committed (WAL, synchronous FULL) before `append` returns; its derived rows are
refilled in the same transaction, so that a reader never sees one without the other.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from keykata.core import event as ev
from keykata.core.errors import UnreadableError, UnwritableError
from keykata.core.event import Draft, Event
from keykata.core.ulid import ulid
from keykata.memory.engine import Engine
from keykata.memory.model import CardState
from keykata.memory.queue import DueRow
from keykata.store.database import DATABASE, backup, connect, connect_read_only, speaking
from keykata.store.derive import EVENT_COLUMNS, IN_ORDER, Deriver, to_event
from keykata.store.device import device_id
from keykata.store.rows import AttemptRow, Counts, ItemRow, NewRow

DAY_MS = 86_400_000
_STATE = ", ".join(name for name in CardState.__struct_fields__)
_ATTEMPT = ", ".join(AttemptRow.__struct_fields__)
_ITEM = ", ".join(ItemRow.__struct_fields__)
_DUE = "phase <> 'new' AND due_day <= ? AND due_at <= ?"


def open_store(home: Path, *, entropy: Callable[[int], bytes], machine: str = "") -> Store:
    """The store of a home; a home that cannot be written is opened for reading.

    Args:
        home: its folder; made when missing.
        entropy: gives that many random bytes.
        machine: what tells this computer from another, for the device id.

    Raises:
        UnreadableError: the database is damaged, not ours, or from a newer version; it is untouched.
        BusyError: another program is changing the database's version right now.
    """
    path = home / DATABASE
    engine = Engine()
    try:
        home.mkdir(parents=True, exist_ok=True)
        device = device_id(home, entropy, machine)
        return Store(path, connect(path), engine, device, entropy, writable=True)
    except (UnwritableError, OSError):
        return Store(path, connect_read_only(path), engine, "", entropy, writable=False)


class Store:
    """One connection to one home; for one thread."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        engine: Engine,
        device: str,
        entropy: Callable[[int], bytes],
        *,
        writable: bool,
    ) -> None:
        self.path = path
        self.writable = writable
        self.device = device
        self._db = connection
        self._entropy = entropy
        self._deriver = Deriver(connection, engine)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    # --- writing -----------------------------------------------------------------------------------------

    def append(
        self, drafts: Sequence[Draft], *, now: int, day: str, snapshot: bytes | None = None
    ) -> tuple[Event, ...]:
        """Put events at the end of the log, with all that follows from them.

        Args:
            drafts: in order. An attempt's beginning gets the hash of `snapshot` into its body.
            now: milliseconds UTC. day: the study date of it.
            snapshot: what an attempt shows, as canonical JSON.

        Raises:
            UnwritableError: nothing was kept. BusyError: another program holds the database.
        """
        with self._transaction():
            hashed = self._keep_snapshot(snapshot) if snapshot is not None else ""
            at, seq = self._last_of_device()
            at = now - 1 if at - now > DAY_MS else max(now - 1, at)
            events = []
            for number, draft in enumerate(drafts, 1):
                body = dict(draft.body) | ({"snapshot": hashed} if draft.kind == ev.ATTEMPT_STARTED else {})
                events.append(self._stamp(draft, body, at + number, day, seq + number))
            self._insert(events)
            self._deriver.touched_by(events)
        return tuple(events)

    def rebuild(self) -> None:
        """Refill everything that is derived, byte for byte."""
        with self._transaction():
            self._deriver.everything()

    def save_clock(self, attempt: str, used: float, wall: int) -> None:
        """Remember the running time (seconds) of an attempt on this computer."""
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO clock VALUES (?, ?, ?)", (attempt, used, wall))

    def backup(self, to: Path) -> None:
        """A whole copy of the database, by SQLite's backup API."""
        with speaking(self.path):
            backup(self._db, to)

    # --- reading: the log --------------------------------------------------------------------------------

    def events(self) -> Iterator[Event]:
        """The whole log, in order."""
        rows = self._read(f"SELECT {EVENT_COLUMNS} FROM event {IN_ORDER}")
        return (to_event(row) for row in rows)

    def attempt_events(self, attempt: str) -> list[Event]:
        """The events of an attempt, in log order."""
        sql = f"SELECT {EVENT_COLUMNS} FROM event WHERE attempt = ? {IN_ORDER}"
        return [to_event(row) for row in self._read(sql, attempt)]

    def snapshot(self, hashed: str) -> bytes:
        """What an attempt showed.

        Raises:
            UnreadableError: it is missing or damaged.
        """
        row = next(iter(self._read("SELECT body FROM snapshot WHERE hash = ?", hashed)), None)
        try:
            body = zlib.decompress(row[0]) if row else b""
        except zlib.error:
            body = b""
        if not row or hashlib.sha256(body).hexdigest() != hashed:
            raise UnreadableError(
                "What this attempt showed is damaged.", where=hashed, hint="Run: keykata doctor"
            )
        return body

    def notes(self, item: str) -> tuple[str, ...]:
        """The learner's notes on an item, oldest first."""
        sql = f"SELECT json_extract(body, '$.text') FROM event WHERE item = ? AND kind = 'note' {IN_ORDER}"
        return tuple(str(row[0]) for row in self._read(sql, item))

    # --- reading: what follows from it -------------------------------------------------------------------

    def card(self, card: str) -> CardState | None:
        """The state of a card; None when it is not in the queue."""
        return self.cards([card]).get(card)

    def cards(self, cards: Sequence[str]) -> dict[str, CardState]:
        """The states of those of the cards that are in the queue."""
        sql = f"SELECT card, {_STATE} FROM card WHERE card IN (SELECT value FROM json_each(?))"
        return {row[0]: _state(row[1:]) for row in self._read(sql, json.dumps(list(cards)))}

    def cards_of_kind(self, kind: str) -> tuple[str, ...]:
        """The ids of the cards of a kind that are in the queue."""
        return tuple(row[0] for row in self._read("SELECT card FROM card WHERE kind = ? ORDER BY card", kind))

    def due_rows(self, day: str, now: int) -> tuple[DueRow, ...]:
        """The cards due at a moment (ms UTC) of a study date."""
        sql = f"SELECT card, item, kind, phase, stability, last_day, sure_wrong FROM card WHERE {_DUE}"
        return tuple(
            DueRow(
                card=row[0],
                item=row[1],
                kind=row[2],
                phase=row[3],
                stability=row[4],
                last_day=row[5],
                sure_wrong=bool(row[6]),
            )
            for row in self._read(sql, day, now)
        )

    def new_rows(self) -> tuple[NewRow, ...]:
        """Cards that entered and were never answered, oldest first."""
        sql = "SELECT card, item, kind FROM card WHERE phase = 'new' ORDER BY entered_at, card"
        return tuple(NewRow(*row) for row in self._read(sql))

    def new_today(self, day: str) -> int:
        """How many cards were answered for the first time on a study date."""
        sql = "SELECT COUNT(*) FROM card WHERE last_day = ? AND reps = 1 AND kind NOT IN ('question', 'sort')"
        return self._number(sql, day)

    def due_by_day(self, after: str, days: int) -> tuple[tuple[str, int], ...]:
        """How many cards come back on the study dates after one, the first so many dates that have any."""
        sql = (
            "SELECT due_day, COUNT(*) FROM card WHERE phase <> 'new' AND due_day > ?"
            " GROUP BY due_day ORDER BY due_day LIMIT ?"
        )
        return tuple((row[0], row[1]) for row in self._read(sql, after, days))

    def due_later(self, day: str, now: int) -> int:
        """How many cards come back later on this study date: a step within the day is not over yet."""
        sql = "SELECT COUNT(*) FROM card WHERE phase <> 'new' AND due_day <= ? AND due_at > ?"
        return self._number(sql, day, now)

    def counts(self, day: str, now: int) -> Counts:
        """Cards by phase, and how many are due."""
        rows = dict(tuple(row) for row in self._read("SELECT phase, COUNT(*) FROM card GROUP BY phase"))
        return Counts(
            new=rows.get("new", 0),
            learning=rows.get("learning", 0) + rows.get("relearning", 0),
            review=rows.get("review", 0),
            due=self._number(f"SELECT COUNT(*) FROM card WHERE {_DUE}", day, now),
        )

    def known_by_item(self) -> dict[str, int]:
        """How many cards of each item are known for now."""
        sql = (
            "SELECT item, COUNT(*) FROM card WHERE phase = 'review' AND last_rating > 1 AND lucky = 0"
            " AND kind <> 'question' GROUP BY item"
        )
        return {row[0]: row[1] for row in self._read(sql)}

    def items(self, items: Sequence[str]) -> dict[str, ItemRow]:
        """What is known of these items."""
        sql = f"SELECT {_ITEM} FROM item WHERE item IN (SELECT value FROM json_each(?))"
        return {row[0]: _item(row) for row in self._read(sql, json.dumps(list(items)))}

    def item_rows(self) -> dict[str, ItemRow]:
        """What is known of every item that has a history."""
        return {row[0]: _item(row) for row in self._read(f"SELECT {_ITEM} FROM item")}

    def attempt(self, attempt: str) -> AttemptRow | None:
        """One attempt."""
        rows = self._read(f"SELECT {_ATTEMPT} FROM attempt WHERE id = ?", attempt)
        return next(
            (AttemptRow(**dict(zip(AttemptRow.__struct_fields__, row, strict=True))) for row in rows), None
        )

    def attempts(self, *, open_only: bool = False) -> tuple[AttemptRow, ...]:
        """Every attempt, oldest first."""
        where = "WHERE finished_at IS NULL" if open_only else ""
        rows = self._read(f"SELECT {_ATTEMPT} FROM attempt {where} ORDER BY started_at, id")
        return tuple(AttemptRow(**dict(zip(AttemptRow.__struct_fields__, row, strict=True))) for row in rows)

    def answers(self) -> int:
        """How many answers count."""
        return self._number("SELECT COALESCE(SUM(answered), 0) FROM attempt")

    def answers_today(self, day: str) -> int:
        """How many answers were given on a study date, undone ones included."""
        return self._number("SELECT COUNT(*) FROM event WHERE kind = 'answer' AND day = ?", day)

    def settings(self) -> dict[str, object]:
        """The settings that live in the log, by name."""
        rows = self._read("SELECT name, value FROM setting")
        return {str(name): msgspec.json.decode(value) for name, value in rows}

    def clock(self, attempt: str) -> float:
        """Seconds an attempt has used, as far as this computer knows."""
        rows = self._read("SELECT used FROM clock WHERE attempt = ?", attempt)
        return next((float(row[0]) for row in rows), 0.0)

    def integrity(self) -> tuple[str, ...]:
        """What is wrong with the file, a line each; nothing when it is sound."""
        rows = [str(row[0]) for row in self._read("PRAGMA integrity_check")]
        return () if rows == ["ok"] else tuple(rows)

    # --- inside ------------------------------------------------------------------------------------------

    def _read(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with speaking(self.path):
            return self._db.execute(sql, values).fetchall()

    def _number(self, sql: str, *values: object) -> int:
        return int(self._read(sql, *values)[0][0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if not self.writable:
            raise UnwritableError(
                "Nothing can be saved here.", where=str(self.path), hint="Choose another --home."
            )
        with speaking(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _last_of_device(self) -> tuple[int, int]:
        sql = "SELECT at, seq FROM event WHERE device = ? ORDER BY seq DESC LIMIT 1"
        row = self._db.execute(sql, (self.device,)).fetchone()
        return (row[0], row[1]) if row else (0, 0)

    def _stamp(self, draft: Draft, body: dict[str, object], at: int, day: str, seq: int) -> Event:
        name = ulid(at, self._entropy(10))
        return Event(name, at, day, self.device, seq, draft.kind, draft.attempt, draft.item, draft.card, body)

    def _insert(self, events: Sequence[Event]) -> None:
        rows = [
            (e.id, e.at, e.day, e.device, e.seq, e.kind, e.attempt, e.item, e.card, _body(e)) for e in events
        ]
        self._db.executemany(
            f"INSERT INTO event ({EVENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )

    def _keep_snapshot(self, body: bytes) -> str:
        hashed = hashlib.sha256(body).hexdigest()
        self._db.execute("INSERT OR IGNORE INTO snapshot VALUES (?, ?)", (hashed, zlib.compress(body, 6)))
        return hashed


def _body(event: Event) -> str:
    return json.dumps(event.body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _state(row: Sequence[object]) -> CardState:
    fields = dict(zip(CardState.__struct_fields__, row, strict=True))
    return msgspec.convert(fields | {"lucky": bool(fields["lucky"])}, CardState)


def _item(row: Sequence[object]) -> ItemRow:
    fields = dict(zip(ItemRow.__struct_fields__, row, strict=True))
    first = fields["first_correct"]
    flags = {"missed": bool(fields["missed"]), "kept": bool(fields["kept"])}
    return msgspec.convert(
        fields | flags | {"first_correct": None if first is None else bool(first)}, ItemRow
    )
