"""A sound database out of a backup and whatever can still be read out of the one it replaces.

Nothing is deleted: what is replaced is kept beside, under a name of its own.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from keykata.core.disk import begin_like, make_folder, read_around, sync_folder
from keykata.core.errors import UnreadableError, UsageError
from keykata.core.event import Event
from keykata.store import backups, wal
from keykata.store.alone import alone, replacing
from keykata.store.database import DATABASE
from keykata.store.derive import Deriver
from keykata.store.log import insert
from keykata.store.migrate import APPLICATION_ID, migrate, migrations, version
from keykata.store.refusals import refused
from keykata.store.salvage import Salvaged, read_out
from keykata.store.scraps import PART
from keykata.store.strange import is_strange
from keykata.store.triggers import computes, only_ours

KEPT = "kept-"
BESIDE = ("-shm", "-wal", "-journal")  # an index without its log would tell of one that is lost
OTHER = "Name another one; keykata doctor lists them."
_NONSENSE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    sqlite3.IntegrityError,
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore ended in.

    Attributes:
        backup: what was restored; None when there was none and everything was read out of the damaged file.
        events: in the log now. saved: those of them that came out of the replaced file alone.
        kept: where the replaced database lies now; None when there was none.
    """

    backup: Path | None
    events: int
    saved: int
    kept: Path | None


def restore(home: Path, backup: Path | None, *, stamp: str, take_over: bool = True) -> Restored:
    """Put a backup in the place of a home's database, with the events since then that can still be read.

    Args:
        backup: None builds from the replaced file alone.
        stamp: what the name of the replaced file ends in.
        take_over: False takes the backup exactly as it is.

    Raises:
        UsageError: the backup is the home's own database.
        UnreadableError: the backup is not sound, or nothing at all could be read.
        UnwritableError: there is no room; everything is as before.
        BusyError: another program has the home open.
    """
    path = _database_of(home)
    if backup is not None:
        check_backup(backup, path)
    fresh = path.with_name(f"{path.name}.{os.getpid()}{PART}")
    try:
        make_folder(home)
        with replacing(path), alone(path) as file:
            backups.clear(home / DATABASE)
            data = read_around(file) if file else b""
            beside = wal.beside(path)
            found = read_out(data, beside) if take_over else Salvaged()
            if backup is None and not found.events:
                raise UnreadableError(
                    "No answer could be read out of the damaged database, and there is no good backup.",
                    where=str(path),
                    hint="Move it to another place to start anew; it is not touched.",
                )
            fresh.unlink(missing_ok=True)
            begin_like(fresh, path)
            events, saved = _build(fresh, backup, found)
            kept = _replace(path, fresh, _folded(data, beside), unused(path.parent, stamp))
    except _NONSENSE[:-1] as error:
        raise UnreadableError(
            f"This backup holds entries that cannot be read ({error}).",
            where=str(backup or path),
            hint=f"Nothing was changed. {OTHER}",
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise refused(error, home) from error
    finally:
        for left in (fresh, _between(fresh), *(fresh.with_name(fresh.name + end) for end in BESIDE)):
            with suppress(OSError):
                left.unlink()
    return Restored(backup, events, saved, kept)


def _database_of(home: Path) -> Path:
    """The file of a home's database: where a link leads lies its log too, and the link stays."""
    path = home / DATABASE
    try:
        return path.resolve(strict=True) if path.is_symlink() else path
    except (OSError, RuntimeError):  # there is none, or a link leads nowhere
        return path


def _are_one(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def check_backup(backup: Path, database: Path) -> None:
    """Raise when a file is no backup this program can restore in the place of a database.

    Raises:
        UsageError: it is that database.
        UnreadableError: it is missing, damaged, not ours, or from a newer version.
    """
    if _are_one(backup, database):
        raise UsageError("This is the home's own database, not a backup.", where=str(backup), hint=OTHER)
    if not os.path.lexists(backup):
        raise UnreadableError("There is no such backup.", where=str(backup), hint=OTHER)
    if not backup.is_file():  # a pipe would be waited for
        what = "This is a folder, not a backup." if backup.is_dir() else "This is no file that can be read."
        raise UnreadableError(what, where=str(backup), hint=OTHER)
    try:
        with closing(backups.open_backup(backup)) as db:
            ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID and not computes(db)
            newer = version(db) > len(migrations())
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"This backup cannot be read ({error}).", where=str(backup), hint=OTHER
        ) from error
    if not ours or not backups.is_sound(backup):
        what = "This backup is damaged." if ours else "This is no backup of KeyKata."
        raise UnreadableError(what, where=str(backup), hint=OTHER)
    if newer:
        raise UnreadableError(
            "This backup was written by a newer KeyKata.", where=str(backup), hint="Update KeyKata."
        )


def _build(fresh: Path, backup: Path | None, found: Salvaged) -> tuple[int, int]:
    """Fill the fresh file; how many events it holds, and how many of them came from what was read."""
    with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
        if backup is not None:
            with closing(backups.open_backup(backup)) as source:
                source.backup(db)
            db.execute("PRAGMA journal_mode = DELETE")
            only_ours(db)
        migrate(db, migrations(), home=None)
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN IMMEDIATE")
        Deriver(db).everything()
        saved = _take_over(db, list(_unknown(db, found)))
        db.executemany("INSERT OR IGNORE INTO snapshot VALUES (?, ?)", sorted(found.snapshots.items()))
        Deriver(db).everything()
        db.execute("COMMIT")
        if db.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise UnreadableError("The restored database is not sound.", where=str(fresh))
        return int(db.execute("SELECT COUNT(*) FROM event").fetchone()[0]), len(saved)


def _take_over(db: sqlite3.Connection, events: list[Event]) -> list[Event]:
    """Append events; if one was misread into nonsense, each by itself without those that cannot be folded."""
    if _fits(db, events):
        return events
    return [event for event in events if _fits(db, [event])]


def _fits(db: sqlite3.Connection, events: list[Event]) -> bool:
    db.execute("SAVEPOINT taking")
    try:
        insert(db, events)
        Deriver(db).touched_by(events, fresh=False)
    except _NONSENSE:
        db.execute("ROLLBACK TO taking")
        db.execute("RELEASE taking")
        return False
    db.execute("RELEASE taking")
    return True


def _unknown(db: sqlite3.Connection, found: Salvaged) -> Iterator[Event]:
    """The events that are missing, each device's in the order of its numbers, as they were written.

    One with the moment and number of a known one is that one, misread.
    """
    ids = {row[0] for row in db.execute("SELECT id FROM event")}
    places = set(db.execute("SELECT at, device, seq FROM event"))
    for event in sorted(found.events.values(), key=lambda event: (event.seq, *event.order, event.id)):
        if event.id not in ids and event.order not in places:
            places.add(event.order)
            yield event


def _replace(path: Path, fresh: Path, between: bytes | None, kept: Path) -> Path | None:
    """Keep what is there under another name, whole, before the fresh file takes its place.

    The log of the old file must be gone before, for SQLite would read it into the fresh one; without its log
    the old file lacks what was answered last. So that it may end at any step, what the log holds goes into
    the old file first.

    Args:
        between: the old file with what its log holds; None when that is the same.
    """
    folded = _between(fresh)
    if between is not None:
        _write(folded, between, like=path)
    for end in ("", *BESIDE):
        old = path.with_name(path.name + end)
        if old.exists():
            _link_or_copy(old, kept.with_name(kept.name + end))
    with alone(folded):  # the others are kept out of the file of this name, whichever it is
        if between is not None:
            _put(folded, path)
        for end in BESIDE:
            path.with_name(path.name + end).unlink(missing_ok=True)
        sync_folder(path.parent)
        _put(fresh, path)
    return kept if kept.exists() else None


def _folded(data: bytes, beside: wal.Beside) -> bytes | None:
    """The bytes of a database as its log leaves it; None when that is the same, or the log is not its own."""
    found = wal.read(*beside)
    return None if is_strange(data, beside.log, found) else wal.folded(data, beside.log, found)


def _between(fresh: Path) -> Path:
    """Where the old file is put together with its log."""
    return fresh.with_name(f"{fresh.name}-old")


def _write(path: Path, data: bytes, *, like: Path) -> None:
    path.unlink(missing_ok=True)
    begin_like(path, like)
    with path.open("wb") as file:
        file.write(data)
        _sync(file)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _put(made: Path, path: Path) -> None:
    """Give a file its name for good."""
    made.replace(path)
    sync_folder(path.parent)


def unused(home: Path, stamp: str) -> Path:
    """A name for what is replaced that nothing has yet: what was kept is never written over."""
    kept, number = home / f"{KEPT}{stamp}.db", 1
    while any(os.path.lexists(kept.with_name(kept.name + end)) for end in ("", *BESIDE)):
        number += 1
        kept = home / f"{KEPT}{stamp}-{number}.db"
    return kept


def _link_or_copy(old: Path, new: Path) -> None:
    if old.is_dir():  # whoever put it there: it goes aside whole
        old.rename(new)
        return
    try:
        os.link(old, new)
    except OSError:
        begin_like(new, old)
        shutil.copyfile(old, new)
        with new.open("r+b") as file:  # the old one goes in a moment
            _sync(file)
