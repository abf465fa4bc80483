"""The records on the pages of a database file, read without SQLite.

Only the leaves of tables are looked at, so that no broken index, root or pointer hides what is still whole.
The format is https://www.sqlite.org/fileformat2.html; nothing is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

LEAF = 0x0D
MAX_PAYLOAD = 64 * 1024 * 1024
EVENT_COLUMNS, SNAPSHOT_COLUMNS = 10, 2  # of the tables that are read so
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)
Value = int | float | str | bytes | None


class _BrokenError(Exception):
    """A record or page that makes no sense."""


class Pages:
    """The pages of a database as its last commit left them."""

    def __init__(self, data: bytes, newer: Mapping[int, bytes], size: int) -> None:
        self.data = data
        self._newer = newer
        self.size = size
        self.count = max(-(-len(self.data) // self.size), max(self._newer, default=0))

    def page(self, number: int) -> bytes:
        """A page, from 1; what is cut off reads as zeros.

        Raises:
            _BrokenError: there is no such page.
        """
        if not 1 <= number <= self.count:
            raise _BrokenError
        found = self._newer.get(number) or self.data[(number - 1) * self.size : number * self.size]
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
