"""What comes from other homes and goes to them: a union by event id; each batch whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import takewhile

import msgspec

from keykata.core import event as ev
from keykata.core.event import Event
from keykata.store import further
from keykata.store.faults import speaking
from keykata.store.log import EVENT_COLUMNS, insert, to_event
from keykata.store.reads import Reads
from keykata.store.rows import FileMark, Taken

_MARK = ", ".join(FileMark.__struct_fields__)
_PUT_MARK = (
    f"INSERT OR REPLACE INTO folder_file (folder, {_MARK})"
    f" VALUES (?, {', '.join('?' * len(FileMark.__struct_fields__))})"
)
_VOIDED = (
    "SELECT 1 FROM event WHERE kind = 'void'"
    " AND json_extract(body, '$.target') IN (SELECT value FROM json_each(?)) LIMIT 1"
)
_KNOWN = "SELECT {column} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"

Parcel = tuple[Sequence[Event], Mapping[str, bytes]]


class Arrivals(Reads):
    """The half of a store that merges and hands out."""

    device: str
    _transaction: Callable[[], AbstractContextManager[None]]

    def merge(
        self,
        events: Sequence[Event],
        sheets: Mapping[str, bytes],
        *,
        folder: str = "",
        marks: Sequence[FileMark] = (),
    ) -> Taken:
        """Take in what is not known yet, with all that follows from it, in one transaction.

        Args:
            events: of any device, in any order, known or not.
            sheets: papers by their hash, packed; whole ones.
            folder: the synced folder they were read from. marks: how far its files are read with them.

        Raises:
            UnwritableError: nothing was kept. BusyError: another program holds the database.
        """
        with self._transaction():
            self._db.executemany("INSERT OR IGNORE INTO snapshot VALUES (?, ?)", sheets.items())
            known = self._among("event", "id", {event.id for event in events})
            papers = self._among("snapshot", "hash", {_paper(event) for event in events})
            fresh: dict[str, Event] = {}
            held = []
            for event in events:
                if event.id in known:
                    continue
                if event.kind == ev.ATTEMPT_STARTED and _paper(event) not in papers:
                    held.append(event.id)
                else:
                    fresh.setdefault(event.id, event)
            insert(self._db, fresh.values())
            last = bool(fresh) and further.come_last(self._db, fresh.values())
            self._deriver.touched_by(fresh.values(), fresh=not self._any_voided(fresh), last=last)
            self._put_marks(folder, marks)
        return Taken(
            ids=tuple(fresh),
            answers=sum(event.kind == ev.ANSWER for event in fresh.values()),
            known=len(known),
            known_answers=len({e.id for e in events if e.kind == ev.ANSWER and e.id in known}),
            devices=frozenset(event.device for event in fresh.values()),
            ours=sum(event.device == self.device for event in fresh.values()),
            held=tuple(held),
        )

    def marks(self, folder: str) -> dict[str, FileMark]:
        """How far the files of a synced folder are known, by name."""
        rows = self._read(f"SELECT {_MARK} FROM folder_file WHERE folder = ?", folder)
        return {row[0]: FileMark(**dict(zip(FileMark.__struct_fields__, row, strict=True))) for row in rows}

    def forget_marks(self, folder: str, names: Collection[str]) -> None:
        """Know these files of a synced folder no more: they are gone."""
        with self._transaction():
            self._db.executemany(
                "DELETE FROM folder_file WHERE folder = ? AND name = ?", [(folder, name) for name in names]
            )

    def hand_out(
        self,
        folder: str,
        name: str,
        write: Callable[[Sequence[Event], Mapping[str, bytes], FileMark | None], FileMark],
        *,
        leaving_out: Collection[str] = (),
        most: int,
        only_own: bool = False,
    ) -> int:
        """Give the rows of the log that this home's own file lacks to be written; how many rows are done.

        The database is held meanwhile, so that two programs on one home never write the file at once.

        Args:
            write: puts events, and the papers of attempts that begin, at the end of the file, on disk; it
                gets the file's mark and returns the new one, whose `sent` is set here.
            leaving_out: event ids that the folder's other files hold.
            most: rows to look at in one go.
            only_own: end before the first entry of another device that is not to be left out.
        """
        with self._transaction():
            mark = self.marks(folder).get(name)
            sent = mark.sent if mark else 0
            sql = f"SELECT rowid, {EVENT_COLUMNS} FROM event WHERE rowid > ? ORDER BY rowid LIMIT ?"
            rows = self._db.execute(sql, (sent, most)).fetchall()
            if only_own:
                rows = list(takewhile(lambda row: row[4] == self.device or row[1] in leaving_out, rows))
            if not rows and mark is not None:
                return 0
            events = [to_event(row[1:]) for row in rows if row[1] not in leaving_out]
            if events or mark is None:
                mark = write(events, self._sheets(events), mark)
            mark = msgspec.structs.replace(mark, sent=rows[-1][0] if rows else sent)
            self._put_marks(folder, [mark])
        return len(rows)

    def parcels(self, size: int, *, by_card: bool = False) -> Iterator[Parcel]:
        """The whole log in order, in parts of that many events, each with the papers that begin in it.

        Args:
            by_card: what belongs to no card first, then card by card, each in order: who takes it in looks
                at each history once.
        """
        found: list[Event] = []
        first = "card, " if by_card else ""
        with speaking(self.path):
            for row in self._db.execute(
                f"SELECT {EVENT_COLUMNS} FROM event ORDER BY {first}at, device, seq, id"
            ):
                found.append(to_event(row))
                if len(found) == size:
                    yield found, self._sheets(found)
                    found = []
            if found:
                yield found, self._sheets(found)

    def length(self) -> int:
        """How many entries the log has."""
        return self._number("SELECT COUNT(*) FROM event")

    def _any_voided(self, names: Collection[str]) -> bool:
        """Whether a void of one of them is known: it may have come before what it withdraws."""
        return self._db.execute(_VOIDED, (json.dumps(sorted(names)),)).fetchone() is not None

    def _sheets(self, events: Sequence[Event]) -> dict[str, bytes]:
        """The papers of the attempts that begin among the events, packed as they are kept."""
        names = sorted({_paper(event) for event in events} - {""})
        sql = "SELECT hash, body FROM snapshot WHERE hash IN (SELECT value FROM json_each(?))"
        return dict(self._db.execute(sql, (json.dumps(names),)).fetchall()) if names else {}

    def _among(self, table: str, column: str, names: Collection[str]) -> set[str]:
        """Those of the names that the table has."""
        sql = _KNOWN.format(table=table, column=column)
        return {row[0] for row in self._db.execute(sql, (json.dumps(sorted(names)),))}

    def _put_marks(self, folder: str, marks: Sequence[FileMark]) -> None:
        self._db.executemany(_PUT_MARK, [(folder, *msgspec.structs.astuple(mark)) for mark in marks])


def _paper(event: Event) -> str:
    """The hash of the paper an event needs, "" for none."""
    return str(event.body.get("snapshot") or "") if event.kind == ev.ATTEMPT_STARTED else ""
