"""SQLite's errors in words for people, and what to offer when a database is damaged."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType

from keykata.core.errors import BusyError, DamagedError, KeyKataError, UnreadableError, UnwritableError
from keykata.store.backups import newest_good
from keykata.store.refusals import HELD, NO_LOCKS
from keykata.store.unread import no_good

_PRIMARY = 0xFF  # SQLite's extended codes carry the primary one in their low byte
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_READ_ONLY = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_NO_TEXT = "Could not decode to UTF-8"  # said by Python, without a code


class speaking:  # noqa: N801
    """Turn SQLite's errors into ours; a fault of our own SQL stays what it is.

    Raises:
        BusyError, UnwritableError, UnreadableError: by SQLite's code.
    """

    __slots__ = ("_path",)  # a class, because every statement goes through it

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        told = in_words(error, self._path) if isinstance(error, (sqlite3.Error, UnicodeDecodeError)) else None
        if told is not None:
            raise told from error


def in_words(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> KeyKataError | None:
    """SQLite's complaint as one of ours; None when it complains of our own SQL."""
    if isinstance(error, UnicodeDecodeError):  # it quotes a broken table of tables: Python cannot read that
        return damaged(path, "its tables are not described in text")
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _BUSY:
        return BusyError(
            "Another program is writing to the same home; this was not saved.",
            where=str(path),
            hint="What was saved before is safe. Try again, or end the other program.",
        )
    if code in _FULL:
        return UnwritableError(
            "The disk is full or failing; nothing was saved.",
            where=str(path),
            hint="Make room, then go on.",
        )
    if code == sqlite3.SQLITE_PROTOCOL:
        return UnwritableError(f"{NO_LOCKS}; nothing was saved.", where=str(path), hint=HELD)
    if code in _READ_ONLY:
        return unwritable(path)
    broken = code in _DAMAGED or str(error).startswith(_NO_TEXT)
    return damaged(path, str(error)) if broken else None


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program holds what was asked for."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _BUSY


def unwritable(path: Path) -> UnwritableError:
    """What to say of a database that cannot be written where it is."""
    return UnwritableError(
        "Nothing can be written here.", where=str(path), hint="Choose another home with --home."
    )


def moved(path: Path) -> UnwritableError:
    """What to say when the file of an open database was moved, replaced or deleted."""
    return UnwritableError(
        "The database is no longer where it was; nothing was saved.",
        where=str(path),
        hint="Bring it back, or start KeyKata again. What was saved before lies in the old file.",
    )


def taken_away(beside: Path) -> UnwritableError:
    """What to say when a file SQLite keeps beside an open database was moved, replaced or deleted."""
    return UnwritableError(
        "A file this program needs is no longer beside the database; nothing was saved.",
        where=str(beside),
        hint="Start KeyKata again; keykata doctor looks whether all is sound.",
    )


def outgrown(path: Path) -> UnwritableError:
    """What to say when a newer program has changed an open database to its own version."""
    return UnwritableError(
        "A newer KeyKata has taken over this database; nothing was saved.",
        where=str(path),
        hint="Leave, and start the newer KeyKata. What was saved before is safe.",
    )


def gone(path: Path) -> DamagedError | None:
    """What to say of a home whose database is not there while a good backup of it is; None without one."""
    good = newest_good(path.parent)
    if good is None:
        return None
    return DamagedError(
        "The database is gone, or empty, but a backup of it is good.",
        where=str(path),
        hint=f"keykata restore brings back {good}. To begin anew, move the folder of backups away.",
    )


def not_ours(path: Path) -> UnreadableError:
    """What to say of a database that does not call itself ours; damage may have struck its name."""
    good = newest_good(path.parent)
    more = f" If it was, it is damaged: keykata restore takes {good}, and keeps this file." if good else ""
    hint = f"Choose another --home.{more}"
    return UnreadableError("This database is not KeyKata's.", where=str(path), hint=hint)


def damaged(path: Path, detail: str) -> DamagedError:
    """A database that is not one, with the newest good backup if there is any. The file is left as it is."""
    good = newest_good(path.parent)
    offer = (
        f"The newest good backup is {good}. keykata restore takes it, with what can still be read here."
        if good
        else f"{no_good(path.parent)} keykata doctor --repair saves what can still be read."
    )
    return DamagedError(
        f"The database is damaged ({detail}). It is kept as it is.", where=str(path), hint=offer
    )
