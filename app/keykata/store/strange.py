"""Whether a write-ahead log belongs to the database it lies beside.

SQLite does not ask: a log left beside a file that was put there by hand is read into it, and spoils it. But
no database of ours ever gets shorter, what it grows by is in its log, no event in it ever goes away, and with
its own log it is sound.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from keykata.core.errors import BusyError
from keykata.store import wal
from keykata.store.alone import alone
from keykata.store.leaves import EVENT_COLUMNS, Pages

SAMPLES = 4  # events that are missing, looked for in the whole file before they are called gone
MOST = 256 << 20  # bytes of a database that is put together with its log to be looked at
_MODES = slice(18, 20)  # of the header: how it is written and read; 1 is without a log


def has_strange_log(path: Path) -> bool:
    """Whether what SQLite would read out of the log beside a database is not of that database.

    No connection of this program may be open to it: the locks would go when the file is closed.
    """
    try:
        beside = wal.beside(path)
        found = wal.read(*beside)
        if not found.taken or _is_in_use(path) or not is_strange(path.read_bytes(), beside.log, found):
            return False
        with alone(path) as file:  # nobody writes there now: it is not looked at in pieces
            beside = wal.beside(path)
            return file is not None and is_strange(file.read(), beside.log, wal.read(*beside))
    except (OSError, BusyError):
        return False


def _is_in_use(path: Path) -> bool:
    """Whether another program has it open, which then has read the log already."""
    try:
        with alone(path):
            return False
    except BusyError:
        return True


def is_strange(data: bytes, log: bytes, found: wal.Wal) -> bool:
    """Whether a log is not of a database; of one that is damaged itself nothing can be said.

    Args:
        data: the bytes of the database. log: those of the log. found: what the log holds.
    """
    newer = found.pages_of(log, found.taken)
    if not newer or not data:
        return False
    before, after = Pages(data, {}, found.size), Pages(data, newer, found.size)
    end = max(frame.total for frame in found.taken)
    had, has = set(_ids(before, newer)), set(_ids(after, newer))
    suspect = end < before.count or _lacks(before.count, end, newer) or _loses(had - has, had, before, newer)
    if not suspect and had and had <= has:  # it goes on where the database ends
        return False
    return (suspect or not _is_sound(wal.folded(data, log, found) or b"")) and _is_sound(data)


def _lacks(before: int, end: int, newer: Iterable[int]) -> bool:
    """Whether most of the pages a database grew by are not in its log; a few may have been left unused."""
    grown = set(range(before + 1, end + 1))
    return len(grown.difference(newer)) > len(grown) // 2


def _loses(gone: set[str], had: set[str], before: Pages, newer: Iterable[int]) -> bool:
    """Whether events that stand on some pages before are gone after; a few may have been misread."""
    if len(gone) <= len(had) // 2:
        return False
    return not all(_stands(name, before, newer) for name in sorted(gone)[:SAMPLES])


def _ids(pages: Pages, numbers: Iterable[int]) -> Iterator[str]:
    for number in numbers:
        if number > pages.count:
            continue
        for record in pages.records(number):
            if len(record) == EVENT_COLUMNS and isinstance(record[0], str):
                yield record[0]


def _stands(name: str, before: Pages, newer: Iterable[int]) -> bool:
    """Whether an event stands on a page that stays as it is."""
    at = before.data.find(name.encode())
    while at >= 0:
        number = at // before.size + 1
        if number not in newer and name in _ids(before, [number]):
            return True
        at = before.data.find(name.encode(), at + 1)
    return False


def _is_sound(data: bytes) -> bool:
    """Whether SQLite finds nothing wrong with the bytes of a database."""
    if len(data) > MOST:
        return True
    image = bytearray(data)
    image[_MODES] = b"\1\1"
    try:
        with closing(sqlite3.connect(":memory:")) as db:
            db.deserialize(bytes(image))
            return bool(db.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except (sqlite3.Error, UnicodeDecodeError):
        return False
