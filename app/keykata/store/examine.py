"""Looking a database over, whatever state it is in; nothing is changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from keykata.core.errors import DamagedError, KeyKataError
from keykata.store.database import migrated_copy
from keykata.store.derive import DERIVED, Deriver
from keykata.store.in_use import connect_in_use
from keykata.store.migrate import migrations, version
from keykata.store.papers import unreadable
from keykata.store.shape import is_as_made

State = Literal["ok", "note", "wrong"]
SHOWN = 5
# What comes of entries that are no events: they are read like ours.
_NONSENSE = (
    sqlite3.Error,
    msgspec.MsgspecError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
DAY_MS = 86_400_000
_PAPERLESS = "SELECT COUNT(*) FROM attempt WHERE snapshot NOT IN (SELECT hash FROM snapshot)"
# What an attempt is handed in with when its time is over bears the deadline, however late that is noticed.
_SET_BACK = """
    SELECT COUNT(*)
    FROM (
        SELECT at, kind, attempt, LAG(at) OVER (PARTITION BY device ORDER BY seq, id) AS before FROM event
    ) AS told
    WHERE before - at > ? AND NOT (
        kind IN ('answer', 'taken-on', 'attempt-finished') AND EXISTS (
            SELECT 1 FROM event AS ended
            WHERE ended.attempt = told.attempt AND ended.kind = 'attempt-finished'
            AND CASE WHEN json_valid(ended.body) THEN json_extract(ended.body, '$.reason') = 'time' END
        )
    )
"""
_COUNTS = {
    ("attempt without its paper", "attempts without their paper"): _PAPERLESS,
    ("event of an attempt that never began", "events of an attempt that never began"): (
        "SELECT COUNT(*) FROM event WHERE attempt IS NOT NULL AND attempt NOT IN"
        " (SELECT attempt FROM event WHERE kind = 'attempt-started' AND attempt IS NOT NULL)"
    ),
    ("void of nothing", "voids of nothing"): (
        "SELECT COUNT(*) FROM event AS gone WHERE kind = 'void'"
        " AND NOT EXISTS (SELECT 1 FROM event WHERE id = json_extract(gone.body, '$.target'))"
    ),
    ("paper no attempt shows", "papers no attempt shows"): (
        "SELECT COUNT(*) FROM snapshot WHERE hash NOT IN (SELECT snapshot FROM attempt)"
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        check: its stable name. state: ok, note (worth knowing) or wrong (needs mending).
        text: what was found, one sentence. hint: what to do, or "".
    """

    check: str
    state: State
    text: str
    hint: str = ""


def examine(path: Path, now: int) -> tuple[Finding, ...]:
    """Everything that can be said of the database file; it ends at the first thing that cannot be read.

    Args:
        now: milliseconds UTC, for events from the future.
    """
    try:
        with closing(_connect(path)) as db:
            db.execute("BEGIN")  # one state of it, whatever others write meanwhile
            found = tuple(_integrity(db))
            if any(finding.state == "wrong" for finding in found):
                return found
            found += tuple(_log(db, now))
            if any(finding.state == "wrong" for finding in found):
                return found
            return (*found, *_derived(db), _snapshots(db), *_orphans(db))
    except KeyKataError as error:
        check = "database" if isinstance(error, DamagedError) else "access"
        return (Finding(check, "wrong", error.message, error.hint),)
    except _NONSENSE as error:
        return (Finding("database", "wrong", f"The database cannot be read ({error}).", REPAIR),)


REPAIR = "Run: keykata doctor --repair"


def is_damaged(path: Path) -> bool:
    """Whether the file's own structure or any event in it is broken."""
    return path.exists() and any(
        finding.state == "wrong" and finding.check in ("database", "log")
        for finding in examine(path, 1 << 62)
    )


def _connect(path: Path) -> sqlite3.Connection:
    """A connection that reads what another program may be writing; of an older database a copy."""
    db = connect_in_use(path)
    return db if version(db) == len(migrations()) else migrated_copy(db)


def _integrity(db: sqlite3.Connection) -> Iterator[Finding]:
    rows = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({SHOWN})")]
    if rows != ["ok"]:
        yield Finding("database", "wrong", f"The database is damaged: {'; '.join(rows)}.", REPAIR)
        return
    if not is_as_made(db):
        yield Finding("database", "wrong", "The database is not built as KeyKata builds it.", REPAIR)
        return
    count = db.execute("SELECT COUNT(*) FROM event").fetchone()[0]
    yield Finding("database", "ok", f"The database is sound, {_some(count, 'event', 'events')}.")
    foreign = len(db.execute("PRAGMA foreign_key_check").fetchall())
    if foreign:
        text = f"{_some(foreign, 'row points', 'rows point')} to nothing."
        yield Finding("foreign-keys", "wrong", text, REPAIR)
    else:
        yield Finding("foreign-keys", "ok", "No row points to nothing.")


def _log(db: sqlite3.Connection, now: int) -> Iterator[Finding]:
    broken = sum(1 for row in db.execute("SELECT CAST(body AS BLOB) FROM event") if not _is_object(row[0]))
    if broken:
        yield Finding("log", "wrong", f"{_some(broken, 'event', 'events')} cannot be read.", REPAIR)
    back = db.execute(_SET_BACK, (DAY_MS,)).fetchone()[0]
    ahead = db.execute("SELECT COUNT(*) FROM event WHERE at > ?", (now + DAY_MS,)).fetchone()[0]
    if back:
        text = f"The clock was set back over a day {_some(back, 'time', 'times')}."
        yield Finding("clock", "note", text, "Nothing is lost; answers keep the date they were given.")
    if ahead:
        text = f"{_some(ahead, 'event is', 'events are')} dated in the future."
        yield Finding("clock", "note", text, "Look whether the clock of this computer is right.")
    if not back and not ahead:
        yield Finding("clock", "ok", "The clock ran forward all the time.")


def _is_object(body: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(body), dict)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


def _derived(db: sqlite3.Connection) -> Iterator[Finding]:
    """What follows from the log, beside what a rebuild makes of it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        db.backup(memory)
        Deriver(memory).everything()
        for table in DERIVED:
            if _rows(db, table) != _rows(memory, table):
                text = f"The table {table} does not follow from the log."
                yield Finding("derived", "wrong", text, "Run: keykata doctor --repair (or --rebuild)")
                return
    yield Finding("derived", "ok", "What is computed from the log is as a rebuild makes it.")


def _rows(db: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def _snapshots(db: sqlite3.Connection) -> Finding:
    total = db.execute("SELECT COUNT(*) FROM snapshot").fetchone()[0]
    wrong = len(unreadable(db))
    if wrong:
        text = f"{wrong} of {total} papers of attempts cannot be read; their answers count all the same."
        return Finding("snapshots", "wrong", text, REPAIR)
    return Finding("snapshots", "ok", f"All {total} papers of attempts can be read.")


def _orphans(db: sqlite3.Connection) -> Iterator[Finding]:
    counted = [(db.execute(sql).fetchone()[0], words) for words, sql in _COUNTS.items()]
    found = [(count, words) for count, words in counted if count]
    if not found:
        yield Finding("orphans", "ok", "Nothing is left over.")
        return
    told = ", ".join(_some(count, *words) for count, words in found)
    lone = sum(count for count, _ in found) == 1
    hint = "It harms nothing and is kept." if lone else "They harm nothing and are kept."
    if db.execute(_PAPERLESS).fetchone()[0]:
        hint += " Without its paper an attempt cannot go on, nor its report be shown; its answers count."
    yield Finding("orphans", "note", f"Left over: {told}.", hint)


def _some(count: int, one: str, many: str) -> str:
    """`1 event`, `2 events`."""
    return f"{count:,} {one if count == 1 else many}"
