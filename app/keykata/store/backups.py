"""Backups: whole copies in the home's `backups`, checked after writing, thinned out as they age."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from keykata.core.disk import begin_like, make_folder, sync_folder
from keykata.core.errors import KeyKataError, UnreadableError, UnwritableError
from keykata.store.refusals import NO_ROOM
from keykata.store.scraps import PART, sweep, sweep_of
from keykata.store.wal import file_beside

FOLDER = "backups"
DAILY = "daily-"
SUFFIX = ".db"
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)  # the last: no such table
_MODE_AT = 18  # of the header: 2 where a write-ahead log belongs to it
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 7, 4, 12


def folder_of(database: Path) -> Path:
    """Where the backups of a database lie."""
    return database.parent / FOLDER


def daily_path(database: Path, day: str) -> Path:
    """The backup of a study day (`YYYY-MM-DD`)."""
    return folder_of(database) / f"{DAILY}{day}{SUFFIX}"


def has_daily(database: Path, day: str) -> bool:
    """Whether a study day has its backup; where nobody may look it counts as none, and making it says why."""
    try:
        return daily_path(database, day).exists()
    except OSError:
        return False


def write(db: sqlite3.Connection, to: Path) -> int:
    """A whole copy by SQLite's backup API: written beside, read again, and only then given its name.

    Returns:
        How many events it holds.

    Raises:
        UnreadableError: the copy is not sound, because the database is not; no backup was made of it.
        UnwritableError: it could not be written; nothing is left of it.
    """
    beside = to.with_name(f"{to.name}.{os.getpid()}{PART}")
    try:
        make_folder(to.parent)
        sweep_of(to)
        count = _fill(db, beside)
        beside.replace(to)
        sync_folder(to.parent)
    except (OSError, sqlite3.Error) as error:
        raise _failed(error, to) from error
    finally:
        for left in (beside, beside.with_name(f"{beside.name}-journal")):
            with suppress(OSError):
                left.unlink()
    return count


def write_daily(database: Path, day: str) -> Path | None:
    """The backup of a study day, if it has none yet, through a connection of its own; older ones are thinned.

    Returns:
        The new file; None when the day has one, there is nothing to copy, or a newer program, which makes
        backups of its own, has taken the database over.

    Raises:
        UnreadableError, UnwritableError: as `write`; the older ones all stay.
    """
    to = daily_path(database, day)
    if has_daily(database, day) or not database.exists():
        return None
    try:
        with closing(open_to_read(database)) as db:
            if _is_newer(db):
                return None
            write(db, to)
        _thin_out(to.parent, day)
        clear(database)
    except (OSError, sqlite3.Error) as error:
        raise _failed(error, to) from error
    return to


def to_keep(days: Iterable[str], newest: str) -> frozenset[str]:
    """The days whose backups stay: the last ones, and the last of each of some weeks and months.

    Days to come, which a wrong clock made, are counted by themselves and take the place of no other.

    Args:
        days: dates as `YYYY-MM-DD`. newest: that of the backup just made; it stays whatever the clock says.
    """
    found = sorted({*days, newest}, reverse=True)
    return _last_ones([day for day in found if day <= newest]) | _last_ones(
        [day for day in found if day > newest]
    )


def _last_ones(days: Sequence[str]) -> frozenset[str]:
    """The last ones of days, the newest first, and the last of each of some weeks and months."""
    kept = set(days[:KEPT_DAYS])
    for count, period in ((KEPT_WEEKS, _week), (KEPT_MONTHS, _month)):
        last_of: dict[str, str] = {}
        for day in days:
            last_of.setdefault(period(day), day)
        kept.update(list(last_of.values())[:count])
    return frozenset(kept)


def clear(database: Path) -> None:
    """Clear away what killed programs left half written beside a database and among its backups."""
    sweep(Path(os.path.realpath(database)), folder_of(database))


def newest_good(home: Path) -> Path | None:
    """The newest file in the home's `backups` that SQLite finds sound."""
    return next((path for path in newest_first(home) if is_sound(path)), None)


def newest_first(home: Path) -> list[Path]:
    """Every backup of a home by the time it was written; none when the folder cannot be read."""
    found: list[tuple[int, Path]] = []
    with suppress(OSError):
        for path in (home / FOLDER).glob(f"*{SUFFIX}"):
            with suppress(OSError):  # a link that leads nowhere hides none of the others
                if path.is_file():  # a pipe would be waited for
                    found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found, reverse=True)]


def is_sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file that nobody writes to, and it is built like ours."""
    try:
        with closing(open_backup(path)) as db:
            db.execute("SELECT COUNT(*) FROM event").fetchone()
            return bool(db.execute("PRAGMA quick_check").fetchone() == ("ok",)) and _fits(db)
    except (sqlite3.Error, UnicodeDecodeError):  # the latter: SQLite quotes a damaged table of tables
        return False


def has_wal(path: Path) -> bool:
    """Whether a write-ahead log that holds something lies beside the file."""
    log = file_beside(path, "-wal")
    return log.is_file() and log.stat().st_size > 0


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that reads what others may be writing."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def file_of(db: sqlite3.Connection) -> Path:
    """The file of an open database, also where its name is not UTF-8."""
    usual, db.text_factory = db.text_factory, bytes
    try:
        return Path(os.fsdecode(db.execute("PRAGMA database_list").fetchone()[2]))
    finally:
        db.text_factory = usual


def open_backup(path: Path) -> sqlite3.Connection:
    """A connection that reads a backup: a file that nobody writes to, beside which nothing is left.

    Where a log lies beside, it is the database of a home, which is read with what the log holds. Where one
    may come, because a program opens that home, it is read by SQLite's own locks.
    """
    if has_wal(path):
        return open_to_read(path)
    if _takes_log(path):
        from keykata.store.in_use import locking  # which reads databases, and these make backups

        with suppress(sqlite3.Error, UnicodeDecodeError):
            return locking(path, checked=False)
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def _fill(db: sqlite3.Connection, beside: Path) -> int:
    beside.unlink(missing_ok=True)
    begin_like(beside, file_of(db))
    expected = db.execute("SELECT COUNT(*) FROM event").fetchone()[0]
    with closing(sqlite3.connect(beside, isolation_level=None)) as target:
        db.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, readable where nothing can be written
        wrong = [str(row[0]) for row in target.execute("PRAGMA integrity_check(5)")]
        if wrong == ["ok"] and not _fits(target):
            wrong = ["its tables are not those of its version"]
        count = int(target.execute("SELECT COUNT(*) FROM event").fetchone()[0])
    if wrong != ["ok"] or count < expected:
        raise UnreadableError(
            f"The database is damaged ({wrong[0]}), so no backup was made of it.",
            where=str(beside.parent.parent),
            hint="Run: keykata doctor",
        )
    return count


def _takes_log(path: Path) -> bool:
    """Whether a database is written by way of a log, as no backup is."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(_MODE_AT + 1)[_MODE_AT:] == b"\2"
    return False


def _is_newer(db: sqlite3.Connection) -> bool:
    from keykata.store.migrate import migrations, version  # whose steps back up before they are taken

    return version(db) > len(migrations())


def _fits(db: sqlite3.Connection) -> bool:
    from keykata.store.shape import fits  # which takes the steps that back up before they are taken

    return fits(db)


def _failed(error: OSError | sqlite3.Error, to: Path) -> KeyKataError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
        return UnreadableError(
            f"The database is damaged ({error}), so no backup was made of it.",
            where=str(to.parent.parent),
            hint="Run: keykata doctor",
        )
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    shut = isinstance(error, OSError) and error.errno not in NO_ROOM
    hint = f"{'See to its folder' if shut else 'Make room'}, or name another place: keykata backup FILE"
    return UnwritableError(f"The backup could not be written ({why}).", where=str(to), hint=hint)


def _thin_out(folder: Path, newest: str) -> None:
    daily = {path.name[len(DAILY) : -len(SUFFIX)]: path for path in folder.glob(f"{DAILY}*{SUFFIX}")}
    days = {day for day in daily if _is_date(day)}
    for day in days - to_keep(days, newest):
        daily[day].unlink(missing_ok=True)


def _is_date(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _week(day: str) -> str:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-{week:02d}"


def _month(day: str) -> str:
    return day[:7]
