"""Opening an Anki package safely: bounded sizes, names never used as paths, the collection in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import zstandard

from keykata.exchange.archive import UnreadableError, member_bytes, zip_of

COLLECTION_LIMIT = 256 * 2**20  # bytes of a collection; the largest shared decks hold a tenth
_META_LIMIT = 4096
_WINDOW_LIMIT = 2**27
_STEPS = 100_000
_STEPS_CALLS = 20_000  # so many times `_STEPS` of SQLite's machine: minutes of work, then it stops
_TELLS = 2  # bytes of text for each byte of a collection: of one in UTF-16 some letters take half more
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_COLUMNS = "table_xinfo"
_ORDINARY = 0  # the kind of a column in the last field of `_COLUMNS`: neither hidden nor computed
_MODERN, _LATER, _FIRST = "collection.anki21b", "collection.anki21", "collection.anki2"


def _unpacked(data: bytes, name: str, limit: int) -> bytes:
    """Zstandard's bytes unpacked as a stream that stops at the limit."""
    out = bytearray()
    machine = zstandard.ZstdDecompressor(max_window_size=_WINDOW_LIMIT)
    with machine.stream_reader(BytesIO(data), read_across_frames=True) as stream:
        while chunk := stream.read(2**20):
            out += chunk
            if len(out) > limit:
                raise UnreadableError(f"unpacks to more than {limit // 2**20 or 1} MB", name)
    return bytes(out)


def collection_bytes(data: bytes, limit: int = COLLECTION_LIMIT) -> tuple[bytes, str, int]:
    """The SQLite bytes of a package, the member they came from, and how many media files lie beside it.

    Raises `UnreadableError` for anything that is not a package within bounds.
    """
    try:
        with zip_of(data) as archive:
            names = archive.namelist()
            media = sum(name.isdigit() for name in names)
            # a new package carries an old collection that only says "please update": the new one comes first
            for name in (_MODERN, _LATER, _FIRST):
                if name in names:
                    packed = member_bytes(archive, name, limit)
                    plain = _unpacked(packed, name, limit) if name == _MODERN else packed
                    return plain, name, media
            raise UnreadableError("holds no collection.anki21b, collection.anki21 or collection.anki2")
    except zstandard.ZstdError as error:
        raise UnreadableError("is damaged: its Zstandard stream does not unpack", _MODERN) from error


def _judge(action: int, name: object, *_: object) -> int:
    allowed = action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and name == _COLUMNS)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


@contextmanager
def opened(data: bytes, where: str) -> Iterator[sqlite3.Connection]:
    """The collection in memory, for plain SELECTs only: no function, trigger or view of it runs.

    Raises `UnreadableError` when SQLite finds it damaged, here or in the block.
    """
    if len(data) < 512 or not data.startswith(b"SQLite format 3\x00"):
        raise UnreadableError("is not an SQLite database", where)
    # a write-ahead journal cannot be opened in memory: the header says rollback journal instead
    plain = data[:18] + b"\x01\x01" + data[20:]
    most = _TELLS * len(plain)  # where many rows share their pages they could tell far more
    calls = told = 0

    def stop() -> int:
        nonlocal calls
        calls += 1
        return int(calls > _STEPS_CALLS)

    def text(raw: bytes) -> str:
        nonlocal told
        told += len(raw)
        if told > most:
            raise UnreadableError("holds rows that tell more than it has bytes", where)
        return raw.decode("utf-8", "replace")

    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        base.deserialize(plain)
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA query_only = ON")
        base.execute("PRAGMA cell_size_check = ON")
        base.create_collation(
            "unicase", lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold())
        )
        base.text_factory = text
        base.set_progress_handler(stop, _STEPS)
        base.set_authorizer(_judge)
        yield base
    except UnicodeDecodeError as error:  # of the message: SQLite quotes a damaged table of tables
        raise UnreadableError("cannot be read by SQLite: its tables are damaged", where) from error
    except (sqlite3.Error, OverflowError, MemoryError) as error:
        raise UnreadableError(f"cannot be read by SQLite: {error}", where) from error
    finally:
        base.close()


def real_tables(base: sqlite3.Connection) -> frozenset[str]:
    """The names of its ordinary tables: no views, no virtual ones, none with computed columns."""
    rows = base.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return frozenset(
        str(name)
        for kind, name, sql in rows
        if kind == "table"
        and not str(sql).lstrip().lower().startswith("create virtual")
        and not _computes(base, str(name))
    )


def _computes(base: sqlite3.Connection, table: str) -> bool:
    """Whether a table has computed columns: a few that double each other would fill all memory."""
    name = table.replace('"', '""')
    columns = base.execute(f'PRAGMA {_COLUMNS}("{name}")')
    return any(column[-1] != _ORDINARY for column in columns)
