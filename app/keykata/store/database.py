"""Opening the database: pragmas, migrations, and SQLite's errors in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keykata.core.errors import BusyError, KeyKataError, UnreadableError, UnwritableError

APPLICATION_ID = 0x4B4B4154  # "KKAT"
BUSY_MS = 250
DATABASE = "keykata.db"
MIGRATIONS = Path(__file__).with_name("migrations")
_READ_ONLY = ("readonly", "read-only", "unable to open")
_FULL = ("full", "disk i/o error")


def migrations() -> list[Path]:
    """The numbered steps from an empty database to today's, in order."""
    return sorted(MIGRATIONS.glob("[0-9][0-9][0-9]_*.sql"))


def in_words(error: sqlite3.Error, path: Path) -> KeyKataError:
    """SQLite's complaint as one of ours."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return BusyError("Another program is writing to the same home.", where=str(path), hint="Try again.")
    if any(word in text for word in _FULL):
        return UnwritableError(
            "The disk is full or failing; the answer was not saved.",
            where=str(path),
            hint="Make room, then go on.",
        )
    if any(word in text for word in _READ_ONLY):
        return UnwritableError(
            "Nothing can be written here.", where=str(path), hint="Choose another home with --home."
        )
    return damaged(path, str(error))


def damaged(path: Path, detail: str) -> UnreadableError:
    """A database that is not one, with the newest backup if there is any. The file is left as it is."""
    backups = sorted((path.parent / "backups").glob("*.db"))
    offer = f"The newest backup is {backups[-1]}." if backups else "There is no backup."
    return UnreadableError(
        f"The database is damaged ({detail}). It is kept as it is.",
        where=str(path),
        hint=f"{offer} Move the damaged file aside to start anew.",
    )


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error, path) from error


def connect(path: Path) -> sqlite3.Connection:
    """A connection that can write, migrated to today's version.

    Raises:
        UnreadableError: damaged, not ours, or from a newer version; the file is untouched.
        UnwritableError: the place cannot be written.
    """
    with speaking(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)
        try:
            _check_version(connection, path)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")  # refused on network folders: DELETE stays
            connection.execute("PRAGMA synchronous = FULL")
            _migrate(connection, path)
        except (sqlite3.Error, KeyKataError):
            connection.close()
            raise
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection to what can be read of a home that cannot be written; empty when there is nothing."""
    with speaking(path):
        if not path.exists():
            connection = sqlite3.connect(":memory:", isolation_level=None)
            _migrate(connection, path)
        elif _has_wal(path):
            connection = _copy_of(path)
        else:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None
            )
        _check_version(connection, path)
        if _version(connection) < len(migrations()):
            connection = _migrated_copy(connection, path)
    return connection


def backup(connection: sqlite3.Connection, to: Path) -> None:
    """A whole copy, by SQLite's backup API, written beside and renamed."""
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_suffix(".part")
    target = sqlite3.connect(beside)
    try:
        connection.backup(target)
    finally:
        target.close()
    beside.replace(to)


def _has_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def _copy_of(path: Path) -> sqlite3.Connection:
    """The database with what its write-ahead log holds, in memory."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(prefix="keykata-") as folder:
        copied = Path(folder, path.name)
        for suffix in ("", "-wal"):
            shutil.copyfile(path.with_name(path.name + suffix), copied.with_name(copied.name + suffix))
        source = sqlite3.connect(copied)
        memory = sqlite3.connect(":memory:", isolation_level=None)
        source.backup(memory)
        source.close()
    return memory


def _migrated_copy(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(memory)
    connection.close()
    _migrate(memory, path)
    return memory


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    ours = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
    if tables and ours != APPLICATION_ID:
        raise UnreadableError(
            "This database is not KeyKata's.", where=str(path), hint="Choose another --home."
        )
    if _version(connection) > len(migrations()):
        raise UnreadableError(
            "This database was written by a newer KeyKata; it is left untouched.",
            where=str(path),
            hint="Update KeyKata, or choose another home with --home.",
        )


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    steps = migrations()
    have = _version(connection)
    if have == len(steps):
        return
    if have:
        backup(connection, path.parent / "backups" / f"before-version-{len(steps)}.db")
    for number, step in enumerate(steps[have:], have + 1):
        script = step.read_text(encoding="utf-8")
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA application_id = {APPLICATION_ID};\n"
            f"PRAGMA user_version = {number};\nCOMMIT;"
        )
