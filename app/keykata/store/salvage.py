"""Reading events and snapshots out of a damaged database, page by page, without SQLite.

Only the leaves of tables are looked at, so that no broken index, root or pointer hides what is still whole.
The format is https://www.sqlite.org/fileformat2.html; what a committed write-ahead log holds goes before
the page in the file. Nothing is ever written.
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

LEAF = 0x0D
EVENT_COLUMNS, SNAPSHOT_COLUMNS = 10, 2
MAX_PAYLOAD = 64 * 1024 * 1024
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)
_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_KIND = re.compile(r"[a-z]+(-[a-z]+)*")
Value = int | float | str | bytes | None


@dataclass(slots=True)
class Salvaged:
    """What was whole: events by id, and compressed snapshots by their hash."""

    events: dict[str, Event] = field(default_factory=dict)
    snapshots: dict[str, bytes] = field(default_factory=dict)

    @property
    def worth(self) -> tuple[int, int]:
        """More is better, and answers come first."""
        return len(self.events), len(self.snapshots)


class _BrokenError(Exception):
    """A record or page that makes no sense."""


def salvage(path: Path) -> Salvaged:
    """Whatever events and snapshots can still be read out of a database file and its write-ahead log.

    Raises:
        OSError: the file cannot be read at all.
    """
    return read_out(path.read_bytes() if path.exists() else b"", wal.beside(path))


def read_out(data: bytes, log: bytes) -> Salvaged:
    """The same out of the bytes of both."""
    log_read = wal.read(log)
    sizes = dict.fromkeys((*_told(data), log_read.size, *wal.PAGES))
    return max((_read(data, log, log_read, size) for size in sizes), key=lambda found: found.worth)


def _read(data: bytes, log: bytes, log_read: wal.Wal, size: int) -> Salvaged:
    """What is read when pages are that long. A page that was written anew in vain is read as it was, too."""
    found = Salvaged()
    for beyond in (True, False) if log_read.beyond else (False,):
        newer = log_read.pages(log, beyond=beyond) if log_read.size == size else {}
        pages = _Pages(data, newer, size)
        for number in range(1, pages.count + 1):
            for record in pages.records(number):
                _take(record, found)
    return found


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


class _Pages:
    """The pages of a database as its last commit left them."""

    def __init__(self, data: bytes, newer: dict[int, bytes], size: int) -> None:
        self._data = data
        self._newer = newer
        self.size = size
        self.count = max(-(-len(self._data) // self.size), max(self._newer, default=0))

    def page(self, number: int) -> bytes:
        """A page, from 1; what is cut off reads as zeros.

        Raises:
            _BrokenError: there is no such page.
        """
        if not 1 <= number <= self.count:
            raise _BrokenError
        found = self._newer.get(number) or self._data[(number - 1) * self.size : number * self.size]
        return found.ljust(self.size, b"\0")

    def records(self, number: int) -> Iterator[list[Value]]:
        """The records of a page that is the leaf of a table; broken ones are left out."""
        page = self.page(number)
        start = 100 if number == 1 else 0
        if page[start] != LEAF:
            return
        cells = int.from_bytes(page[start + 3 : start + 5], "big")
        pointers = page[start + 8 : start + 8 + 2 * min(cells, self.size // 2)]
        for place in range(0, len(pointers) - 1, 2):
            try:
                yield _values(self._payload(page, int.from_bytes(pointers[place : place + 2], "big")))
            except (_BrokenError, IndexError, UnicodeDecodeError):
                continue

    def _payload(self, page: bytes, at: int) -> bytes:
        length, at = _varint(page, at)
        _, at = _varint(page, at)  # the row's number
        if not 0 < length <= MAX_PAYLOAD:
            raise _BrokenError
        local = self._local(length)
        payload = page[at : at + local]
        if local == length:
            return payload
        return payload + self._overflow(
            int.from_bytes(page[at + local : at + local + 4], "big"), length - local
        )

    def _local(self, length: int) -> int:
        """How much of a payload lies in the leaf itself."""
        usable = self.size  # we never reserve any of it
        if length <= usable - 35:
            return length
        least = (usable - 12) * 32 // 255 - 23
        some = least + (length - least) % (usable - 4)
        return some if some <= usable - 35 else least

    def _overflow(self, number: int, wanted: int) -> bytes:
        parts: list[bytes] = []
        seen: set[int] = set()
        while wanted > 0:
            if number in seen:
                raise _BrokenError
            seen.add(number)
            page = self.page(number)
            parts.append(page[4 : 4 + min(wanted, self.size - 4)])
            wanted -= len(parts[-1])
            number = int.from_bytes(page[:4], "big")
        return b"".join(parts)


def _told(data: bytes) -> Iterator[int]:
    """Bytes of a page as the file says, where that makes sense; it may be damaged too."""
    told = int.from_bytes(data[16:18], "big")
    size = 65536 if told == 1 else told
    if 512 <= size <= 65536 and size & (size - 1) == 0:
        yield size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = data[at + count]
        if count == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + count + 1
    raise _BrokenError


def _values(payload: bytes) -> list[Value]:
    header, at = _varint(payload, 0)
    if header > len(payload):
        raise _BrokenError
    values: list[Value] = []
    place = header
    while at < header:
        kind, at = _varint(payload, at)
        value, width = _value(payload, place, kind)
        place += width
        values.append(value)
        if len(values) > EVENT_COLUMNS or place > len(payload):
            raise _BrokenError
    return values


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, 0
    if kind <= 6:
        width = _INTEGER_BYTES[kind]
        return int.from_bytes(payload[at : at + width], "big", signed=True), width
    if kind in (8, 9):
        return kind - 8, 0
    if kind < 12:
        raise _BrokenError  # nothing we write into these tables
    width = (kind - 12) // 2
    piece = payload[at : at + width]
    return (piece.decode("utf-8") if kind % 2 else piece), width
