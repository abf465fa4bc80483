"""The store: one home's log, what follows from it, and what is asked of both.

Everything appended is committed (WAL, synchronous FULL) before `append` returns; its derived rows are
refilled in the same transaction, so that a reader never sees one without the other.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from keykata.core import event as ev
from keykata.core.disk import make_folder
from keykata.core.errors import BusyError, UnreadableError, UnwritableError
from keykata.core.event import Draft, Event
from keykata.core.ulid import ulid
from keykata.store import backups
from keykata.store.arrivals import Arrivals
from keykata.store.attempts import SAVE_CLOCK
from keykata.store.database import (
    DATABASE,
    connect,
    connect_beside,
    connect_read_only,
    speaking,
)
from keykata.store.derive import Deriver
from keykata.store.device import device_id, renew_device_id
from keykata.store.ending import LogEnd
from keykata.store.files import Files
from keykata.store.log import insert
from keykata.store.refusals import unsaved
from keykata.store.room import Room

DAY_MS = 86_400_000
PACKING = 3  # of zlib: a third of the time of 6 for a tenth more bytes
_SETTLING = (ev.SETTING, ev.VOID)


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
    if home.exists() and not home.is_dir():
        hint = "Name a folder with --home or KEYKATA_HOME."
        raise UnreadableError("The home is a file, not a folder.", where=str(home), hint=hint)
    path = home / DATABASE
    try:
        make_folder(home)
        device = device_id(home, entropy, machine)
        return Store(path, connect(path), device, entropy, machine=machine, writable=True)
    except BusyError:
        raise
    except (UnwritableError, OSError) as error:
        refusal = unsaved(error, path)
        return Store(path, connect_read_only(path), "", entropy, writable=False, refusal=refusal)


def open_other(path: Path) -> Store:
    """The store of another home, by its database, to read; that stays as it is, and may be in use.

    Raises:
        UnreadableError: there is none, it is damaged, not ours, or from a newer version.
        BusyError: another program is just changing all of it, or putting another in its place.
    """
    if not path.is_file():
        raise UnreadableError("There is no database here.", where=str(path), hint="Name a home's folder.")
    from keykata.store.in_use import connect_other  # no start needs it

    return Store(path, connect_other(path), "", bytes, writable=False)


class Store(Arrivals):
    """One connection to one home; for one thread.

    Attributes:
        writable: whether anything can be kept.
        device: the random id of this home on this computer, "" when it is not writable.
        refusal: why nothing can be kept, where it is known.
        clock_set_back: an append was stamped over a day before the one before it: worth a notice.
        left: where all of it was saved when it was closed, as another program had begun a log of its own.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        device: str,
        entropy: Callable[[int], bytes],
        *,
        writable: bool,
        machine: str = "",
        refusal: UnwritableError | None = None,
        files: Files | None = None,
    ) -> None:
        super().__init__(path, connection, Deriver(connection))
        self.refusal = refusal
        self.writable = writable
        self.device = device
        self.clock_set_back = False
        self.left: Path | None = None
        self._first = files is None
        self._files = files or Files(path)
        self._settled = 0  # writes that may have changed a setting
        self._entropy = entropy
        self._machine = machine
        self._end = LogEnd(connection)
        self._room = Room(connection, path)

    def again(self) -> Store:
        """Another connection to the same home, for another thread.

        Raises:
            UnwritableError: the home cannot be written.
        """
        if self.writable:
            return self.beside(writing=True)
        return self.anew()

    def anew(self) -> Store:
        """The same home, opened as by a program that starts.

        Raises:
            UnwritableError: the home cannot be written.
        """
        made = open_store(self.path.parent, entropy=self._entropy, machine=self._machine)
        if not made.writable:
            made.close()
            raise made.refusal or unsaved(OSError(), self.path)
        return made

    def beside(self, *, writing: bool = False) -> Store:
        """The same home through a connection of its own: for a worker, on its own thread.

        Args:
            writing: it may write, where this one may; else it only reads.

        Raises:
            UnreadableError: the database is damaged. BusyError: another program is changing its version.
            UnwritableError: files were deleted under this program, and another one has begun in their place.
        """
        if self.writable:
            self.need_for_more()
        if writing and self.writable:
            db = connect(self.path, known=True)
            return Store(
                self.path,
                db,
                self.device,
                self._entropy,
                machine=self._machine,
                writable=True,
                files=self._files,
            )
        db = connect_beside(self.path) if self.writable else connect_read_only(self.path)
        return Store(self.path, db, "", self._entropy, writable=False)

    def need_for_more(self) -> None:
        """See that another connection of this program may be opened.

        Raises:
            UnwritableError: files were deleted under it, and another program has begun in their place.
        """
        self._files.need_for_more()

    def close(self) -> None:
        """Close the connection.

        Raises:
            UnwritableError: another program has begun a log of its own, and what this one
                saved could not be put aside.
        """
        try:
            if self.writable and self._first and self.left is None and self._files.overtaken():
                from keykata.store.aside import step_aside

                self.left = step_aside(self._db, self.path, saving=self._files.log_is_gone())
        finally:
            super().close()

    # --- writing -----------------------------------------------------------------------------------------

    def append(
        self,
        drafts: Sequence[Draft],
        *,
        now: int,
        day: str,
        snapshot: bytes | None = None,
        belated: bool = False,
        known: tuple[str, int] | None = None,
    ) -> tuple[Event, ...]:
        """Put events at the end of the log, with all that follows from them.

        Args:
            drafts: in order. An attempt's beginning gets the hash of `snapshot` into its body.
            now: ms UTC. day: the study date of it. snapshot: what an attempt shows, as canonical JSON.
            belated: `now` is a moment that passed unseen, which says nothing of the clock.
            known: an attempt, and how many events of it the drafts go by; None where they go by none.

        Raises:
            UnwritableError, BusyError (another program holds the database), OvertakenError (the attempt
            has other events by now): nothing was kept.
        """
        end = self._end
        with self._transaction(settles=any(draft.kind in _SETTLING for draft in drafts)):
            self.need_count(known)
            hashed = self._keep_snapshot(snapshot) if snapshot is not None else ""
            end.look(self.device)
            set_back = end.at - now > DAY_MS
            at = now - 1 if set_back else max(now - 1, end.at)
            events = []
            for number, draft in enumerate(drafts, 1):
                body = dict(draft.body) | ({"snapshot": hashed} if draft.kind == ev.ATTEMPT_STARTED else {})
                events.append(self._stamp(draft, body, at + number, day, end.seq + number))
            insert(self._db, events)
            self._deriver.touched_by(events, fresh=True, last=at >= end.latest)
        end.passed(len(events), at + len(events))
        if events and events[0].attempt:
            self._room.look()
        self.clock_set_back = self.clock_set_back or (set_back and not belated)
        return tuple(events)

    def settings_version(self) -> tuple[int, int]:
        """What changes whenever the settings may have changed, by this connection or by any other."""
        with speaking(self.path):
            seen = self._db.execute("PRAGMA data_version").fetchone()[0]
        return self._settled, int(seen)

    def rebuild(self) -> None:
        """Refill everything that is derived, byte for byte."""
        with self._transaction():
            self._deriver.everything()

    def save_clock(self, attempt: str, used: float, wall: int) -> None:
        """Remember the running time (seconds) of an attempt on this computer; it never goes down."""
        with self._transaction():
            self._db.execute(SAVE_CLOCK, (attempt, used, wall))

    def renew_device(self) -> None:
        """Go on under a fresh device id: another copy of this home writes under the one it had.

        Raises:
            UnwritableError: the home cannot be written.
        """
        try:
            self.device = renew_device_id(self.path.parent, self._entropy, self._machine)
        except OSError as error:
            raise UnwritableError("The device id cannot be renewed.", where=str(self.path.parent)) from error

    def backup(self, to: Path) -> int:
        """A whole copy of the database, checked; how many events it holds.

        Raises:
            UnreadableError, UnwritableError: there is no backup.
        """
        return backups.write(self._db, to)

    # --- inside ------------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self, *, settles: bool = True) -> Iterator[None]:
        """A write, whole or not at all; `settles`: it may change a setting."""
        if not self.writable:
            told = self.refusal or unsaved(OSError(), self.path)
            raise UnwritableError(told.message, where=told.where, hint=told.hint)
        self._settled += settles
        with speaking(self.path):
            try:
                self._db.execute("BEGIN IMMEDIATE")  # an interrupt may come once it has begun
                self._files.need(self._db)
                yield
                self._db.execute("COMMIT")
            finally:
                with suppress(sqlite3.ProgrammingError):  # interrupted and closed: that took it back
                    if self._db.in_transaction:
                        self._db.execute("ROLLBACK")

    def _stamp(self, draft: Draft, body: dict[str, object], at: int, day: str, seq: int) -> Event:
        name = ulid(at, self._entropy(10))
        return Event(name, at, day, self.device, seq, draft.kind, draft.attempt, draft.item, draft.card, body)

    def _keep_snapshot(self, body: bytes) -> str:
        hashed = hashlib.sha256(body).hexdigest()
        self._db.execute(
            "INSERT OR IGNORE INTO snapshot VALUES (?, ?)", (hashed, zlib.compress(body, PACKING))
        )
        return hashed
