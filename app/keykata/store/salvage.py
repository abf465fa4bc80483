"""Reading events and snapshots out of a damaged database, page by page, without SQLite.

What a committed write-ahead log holds goes before the page in the file, unless it is the log of another one.
Nothing is ever written.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from keykata.core.errors import UnreadableError
from keykata.core.event import Event
from keykata.core.packed import unpack
from keykata.store import wal
from keykata.store.leaves import EVENT_COLUMNS, SNAPSHOT_COLUMNS, Pages, Value
from keykata.store.strange import is_strange

_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_KIND = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(slots=True)
class Salvaged:
    """What was whole: events by id, and compressed snapshots by their hash."""

    events: dict[str, Event] = field(default_factory=dict)
    snapshots: dict[str, bytes] = field(default_factory=dict)

    @property
    def worth(self) -> tuple[int, int]:
        """More is better, and answers come first."""
        return len(self.events), len(self.snapshots)


def salvage(path: Path) -> Salvaged:
    """Whatever events and snapshots can still be read out of a database file and its write-ahead log.

    Raises:
        OSError: the file cannot be read at all.
    """
    return read_out(path.read_bytes() if path.exists() else b"", wal.beside(path))


def read_out(data: bytes, beside: wal.Beside) -> Salvaged:
    """The same out of the bytes of all of them."""
    found = wal.read(*beside)
    strange = is_strange(data, beside.log, found)
    sizes = dict.fromkeys((*_told(data), found.size, *wal.PAGES))
    read = _read_apart if strange else _read
    return max((read(data, beside.log, found, size) for size in sizes), key=lambda one: one.worth)


def _read(data: bytes, log: bytes, log_read: wal.Wal, size: int) -> Salvaged:
    """What is read when pages are that long. A page that was written anew in vain is read as it was, too."""
    found = Salvaged()
    for beyond in (True, False) if log_read.beyond else (False,):
        newer = log_read.pages(log, beyond=beyond) if log_read.size == size else {}
        _take_all(Pages(data, newer, size), found)
    return found


def _read_apart(data: bytes, log: bytes, log_read: wal.Wal, size: int) -> Salvaged:
    """What is read of a database and of a log that is not of it; another home's answers are left out."""
    found, other = Salvaged(), Salvaged()
    _take_all(Pages(data, {}, size), found)
    if log_read.size == size:
        _take_all(Pages(b"", log_read.pages(log, beyond=True), size), other)
    ours = {event.device for event in found.events.values()}
    for event in other.events.values():
        if not ours or event.device in ours:
            found.events.setdefault(event.id, event)
    return Salvaged(found.events, other.snapshots | found.snapshots)


def _take_all(pages: Pages, found: Salvaged) -> None:
    for number in range(1, pages.count + 1):
        for record in pages.records(number):
            _take(record, found)


def _take(record: list[Value], found: Salvaged) -> None:
    if len(record) == EVENT_COLUMNS:
        event = _event(record)
        if event is not None:
            found.events.setdefault(event.id, event)
    elif len(record) == SNAPSHOT_COLUMNS:
        hashed, body = record
        if isinstance(hashed, str) and isinstance(body, bytes) and _matches(hashed, body):
            found.snapshots.setdefault(hashed, body)


def _event(record: list[Value]) -> Event | None:
    name, at, day, device, seq, kind, attempt, item, card, body = record
    if not (isinstance(name, str) and isinstance(at, int) and isinstance(day, str) and isinstance(seq, int)):
        return None
    if not (isinstance(device, str) and isinstance(kind, str) and isinstance(body, str)):
        return None
    if not (_ID.fullmatch(name) and _DAY.fullmatch(day) and _KIND.fullmatch(kind) and device.isalnum()):
        return None
    if not all(value is None or isinstance(value, str) for value in (attempt, item, card)):
        return None
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    return Event(name, at, day, device, seq, kind, _word(attempt), _word(item), _word(card), told)


def _word(value: Value) -> str | None:
    return None if value is None else str(value)


def _matches(hashed: str, body: bytes) -> bool:
    try:
        return hashlib.sha256(unpack(body)).hexdigest() == hashed
    except UnreadableError:
        return False


def _told(data: bytes) -> Iterator[int]:
    """Bytes of a page as the file says, where that makes sense; it may be damaged too."""
    told = int.from_bytes(data[16:18], "big")
    size = 65536 if told == 1 else told
    if 512 <= size <= 65536 and size & (size - 1) == 0:
        yield size
