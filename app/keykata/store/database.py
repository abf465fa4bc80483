"""Opening the database of a home: to write, or only to read."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path

from keykata.core.disk import made_for_a_while, shares_memory
from keykata.core.errors import BusyError, KeyKataError, UnreadableError
from keykata.store import wal
from keykata.store.alone import coming_in
from keykata.store.backups import has_wal
from keykata.store.faults import damaged, gone, not_ours, speaking, unwritable
from keykata.store.migrate import APPLICATION_ID, migrate, migrations, version
from keykata.store.wal import file_beside

__all__ = ["DATABASE", "connect", "connect_read_only", "has_wal", "migrations", "speaking"]

BUSY_MS = 250
PAGE = 2048  # bytes: an answer changes a little on many pages, and waits for all of them
CHECKPOINT_PAGES = 32_000  # 64 MB: an answer never waits for a checkpoint that a quiet moment can make
CACHE_KIB = 512  # of pages held here too: the system holds the file already, and one answer touches few
DATABASE = "keykata.db"
TRIES = 4  # two programs that make a home at once: the switch to WAL does not wait by itself
_MAGIC = b"SQLite format 3\0"
_UNFINISHED = ("-wal", "-journal")  # what lies beside a database while a program writes to it
_HEADER = 100  # bytes; https://www.sqlite.org/fileformat.html, section 1.3
_VERSION_AT = 60


def connect(path: Path, *, known: bool = False) -> sqlite3.Connection:
    """A connection that can write, migrated to today's version.

    Args:
        known: this program has it open. Then it is not looked at first: a file that is opened and closed
            takes along the locks of the other connection, and another program that ends would throw away
            the write-ahead log this one writes to.

    Raises:
        UnreadableError: damaged, not ours, or from a newer version; the file is untouched.
        BusyError: another program is making or changing the database right now.
        UnwritableError: the place cannot be written.
    """
    if known:
        return _connect_in_turn(path, opened)
    with coming_in(path):
        look_at(path)
        if path.is_file() and not os.access(path, os.W_OK):  # SQLite would leave files as shut as it beside
            raise unwritable(path)
        return _connect_in_turn(path, _made)


def _connect_in_turn(path: Path, reach: Callable[[Path], sqlite3.Connection]) -> sqlite3.Connection:
    for _ in range(TRIES - 1):
        with suppress(BusyError), speaking(path):
            return _connect(path, reach)
    with speaking(path):
        return _connect(path, reach)


def _made(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)


def checkpoint(path: Path) -> None:
    """Bring what the write-ahead log holds into the database, as far as no other connection reads it there.

    Raises:
        UnwritableError: there is no room, or the disk fails; the log still holds everything.
    """
    with speaking(path), closing(opened(path)) as db:
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def connect_beside(path: Path) -> sqlite3.Connection:
    """A second connection to a database that is open already, which cannot write."""
    with speaking(path):
        db = opened(path)
        db.execute("PRAGMA query_only = ON")
    return db


def opened(path: Path) -> sqlite3.Connection:
    """A connection to a database that is there: a new one in its place would be the end of its log."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MS / 1000)


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection to what can be read of a home that cannot be written; empty when there is nothing.

    Raises:
        UnreadableError: damaged, not ours, or from a newer version.
        UnwritableError: not even reading works.
    """
    look_at(path)
    if path.is_file() and not os.access(path, os.R_OK):
        hint = "See to its permissions, or choose another home with --home."
        raise UnreadableError("The database may not be read.", where=str(path), hint=hint)
    with speaking(path):
        if not path.exists():
            db = _in_memory()
        elif unfinished := [end for end in _UNFINISHED if _holds_something(path, end)]:
            db = _copy_of(path, unfinished)
        else:
            db = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None)
        try:
            check(db, path)
            if version(db) < len(migrations()):
                db = migrated_copy(db)
        except (sqlite3.Error, UnicodeDecodeError, KeyKataError):
            db.close()
            raise
    return db


def _connect(path: Path, reach: Callable[[Path], sqlite3.Connection]) -> sqlite3.Connection:
    db = reach(path)
    try:
        check(db, path)
        db.execute(f"PRAGMA page_size = {PAGE}")  # of a new database; an older one keeps its own
        db.execute("PRAGMA foreign_keys = ON")
        whole = "FULL" if _uses_log(db, path) else "EXTRA"  # a journal's end must be known to the folder, too
        db.execute(f"PRAGMA synchronous = {whole}")
        db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        migrate(db, migrations(), home=path.parent)
        _probe(db)
    except (sqlite3.Error, UnicodeDecodeError, KeyKataError):
        db.close()
        raise
    return db


def _uses_log(db: sqlite3.Connection, path: Path) -> bool:
    """Take a write-ahead log where it can have an index, and say so; else a journal stays."""
    used = db.execute("PRAGMA journal_mode").fetchone()[0]
    if used != "wal" and shares_memory(Path(os.path.realpath(path)).parent):
        used = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    return bool(used == "wal")


def _probe(db: sqlite3.Connection) -> None:
    """Begin a write and take it back, so that a file that cannot be written is known from the start."""
    try:
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"PRAGMA user_version = {version(db)}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def look_at(path: Path) -> None:
    """Read the file's header without SQLite, whose mere closing may change a file.

    Raises:
        UnreadableError: it is no database, or one from a newer version.
    """
    logged = False
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe would be waited for
            hint = "Choose another home with --home."
            raise UnreadableError("The database is not a file.", where=str(path), hint=hint)
        logged = has_wal(path)  # looked at before: another program may just be making both
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        header = b""
    except OSError:
        return
    if not header and logged:  # SQLite would throw away what it holds and begin anew
        raise damaged(path, "it is gone, but not what was written last")
    missing = None if header else gone(path)
    if missing is not None:  # not to be taken for a first start
        raise missing
    torn = header and not header.startswith(_MAGIC)
    if torn and not _holds_something(
        path, "-journal"
    ):  # SQLite takes back first what a journal says was begun
        raise damaged(path, "it is not a database")
    if wal.is_spoiled(path):  # SQLite would drop what lies behind the damage
        raise damaged(path, "a part of what was written last cannot be read")
    if logged and _has_strange_log(path):  # SQLite would read it in all the same
        raise damaged(path, f"what was written last, {path.name}-wal, does not fit it")
    if max(int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4], "big"), _unwritten(path)) > len(
        migrations()
    ):
        raise _newer(path)


def _has_strange_log(path: Path) -> bool:
    from keykata.store.strange import has_strange_log  # only what was left behind is looked at

    return has_strange_log(path)


def _unwritten(path: Path) -> int:
    """The version a write-ahead log left behind tells; 0 when there is none or it cannot be read."""
    if not has_wal(path):
        return 0
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db,
    ):
        return version(db)
    return 0


def check(db: sqlite3.Connection, path: Path) -> None:
    """See that a database is ours, of a version known here, and built as that.

    Raises:
        UnreadableError: it is not.
    """
    tables = db.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
    ours = int(
        db.execute("PRAGMA application_id").fetchone()[0]
    )  # after: another may be making both just now
    if tables and ours != APPLICATION_ID:
        raise not_ours(path)
    if version(db) > len(migrations()):
        raise _newer(path)
    if tables and version(db) < len(migrations()) and not _fits(db):  # no step could be taken
        raise damaged(path, "its tables are not those of its version")


def _fits(db: sqlite3.Connection) -> bool:
    from keykata.store.shape import fits  # only what is older is looked at

    db.execute("BEGIN")  # one state of it all: another program may be taking a step
    try:
        return fits(db)
    finally:
        db.execute("ROLLBACK")


def _newer(path: Path) -> UnreadableError:
    return UnreadableError(
        "This database was written by a newer KeyKata; it is left untouched.",
        where=str(path),
        hint="Update KeyKata, or choose another home with --home.",
    )


def _in_memory() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db, migrations(), home=None)
    return db


def _holds_something(path: Path, end: str) -> bool:
    file = file_beside(path, end)
    return file.is_file() and file.stat().st_size > 0


def _copy_of(path: Path, ends: Iterable[str]) -> sqlite3.Connection:
    """The database with what its log holds, in memory; what a journal says was begun is taken back."""
    with made_for_a_while(lambda: tempfile.TemporaryDirectory(prefix="keykata-")) as folder:
        copied = Path(folder, path.name)
        for end in ("", *ends):
            shutil.copyfile(file_beside(path, end), copied.with_name(copied.name + end))
        with closing(sqlite3.connect(copied)) as source:
            memory = sqlite3.connect(":memory:", isolation_level=None)
            source.backup(memory)
    return memory


def migrated_copy(db: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory of an older database, with the steps it lacks; the connection is closed."""
    memory = memory_of(db)
    migrate(memory, migrations(), home=None)
    return memory


def memory_of(db: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory, and the connection is closed."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with closing(db):
        db.backup(memory)
    return memory
