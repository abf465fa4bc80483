"""The log as JSON Lines: an event or a paper a line, each with a checksum, to carry it to another home.

A file begins with `{"log": "keykata", "v": 1, "device": ...}`. An event is an object of the log's columns; a
paper (what an attempt showed) is `{"snapshot": HASH, "zlib": BASE64}` and stands before the event that begins
its attempt. `sum`, always last, is the CRC-32 of what stands before it on the line; a line without one is
taken as it is. Unknown names are passed over.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from keykata.core.event import Event
from keykata.core.safe import safe_json
from keykata.exchange.log_events import checked_event
from keykata.exchange.log_model import Damage, Header, Line, Sheet

VERSION = 1
MAX_LINE = 16 << 20  # bytes; the paper of a whole exam takes about 0.1 MB
_SUM = re.compile(rb',"sum":"([0-9a-f]{8})"\}\s*\Z')
_SUM_ROOM = 32
_DELETE = b"\x7f"  # the one control character that JSON lets stand


def header_line(device: str) -> bytes:
    """The first line of a file."""
    return _sealed({"log": "keykata", "v": VERSION, "device": device})


def event_line(event: Event) -> bytes:
    """The line of an event."""
    return _sealed({name: getattr(event, name) for name in Event.__slots__})


def sheet_line(sheet: Sheet) -> bytes:
    """The line of a paper."""
    return _sealed({"snapshot": sheet.hash, "zlib": base64.b64encode(sheet.packed).decode("ascii")})


def read_lines(file: BinaryIO, *, number: int = 0, to_the_end: bool = False) -> Iterator[Line]:
    """The lines from where a file stands to its end, one after the other.

    Args:
        number: how many lines are behind already.
        to_the_end: nothing more is to come: a last line without its end is read like any other.

    Raises:
        OSError: it cannot be read.
    """
    while raw := file.readline(MAX_LINE):
        number += 1
        whole = to_the_end or raw.endswith(b"\n")
        if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
            whole = _skip_line(file) or to_the_end
            yield Line(number, file.tell(), Damage("it is longer than any of ours") if whole else None, whole)
        else:
            yield Line(number, file.tell(), read_line(raw) if whole else None, whole)


def read_line(raw: bytes) -> Event | Sheet | Header | Damage | None:
    """What a line holds; None for a blank one."""
    if not raw.strip():
        return None
    tail = _SUM.search(raw, max(0, len(raw) - _SUM_ROOM))
    if tail and int(tail[1], 16) != zlib.crc32(raw[: tail.start()]):
        return Damage("its checksum does not fit")
    try:
        told = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Damage("it is no JSON")
    if not isinstance(told, dict):
        return Damage("it is no JSON object")
    if "snapshot" in told:
        return _sheet(told)
    if "log" in told:
        return _header(told)
    return checked_event(told)


def _sealed(told: dict[str, object]) -> bytes:
    body = msgspec.json.encode(told)[:-1]
    if not body.isascii() or _DELETE in body:  # what a terminal could obey stands as escapes
        body = safe_json(body.decode()).encode()
    return body + b',"sum":"%08x"}\n' % zlib.crc32(body)


def _skip_line(file: BinaryIO) -> bool:
    """Read on to the end of a line; whether it has one."""
    while raw := file.readline(MAX_LINE):
        if raw.endswith(b"\n"):
            return True
    return False


def _header(told: dict[str, object]) -> Header | Damage:
    version = told.get("v")
    if told.get("log") != "keykata" or not isinstance(version, int):
        return Damage("it is the beginning of another program's log")
    if version > VERSION:
        return Damage("a newer KeyKata wrote this file", newer=True)
    return Header(str(told.get("device", "")))


def _sheet(told: dict[str, object]) -> Sheet | Damage:
    name, packed = told.get("snapshot"), told.get("zlib")
    if not isinstance(name, str) or not isinstance(packed, str):
        return Damage("it is no paper of an attempt")
    try:
        sheet = Sheet(name, base64.b64decode(packed, validate=True))
    except (binascii.Error, ValueError):
        return Damage("the paper of its attempt cannot be unpacked")
    return sheet if sheet.whole else Damage("the paper of its attempt is damaged")
