"""What the index of a write-ahead log (its `-shm`) tells of it, read without SQLite.

SQLite keeps it for as long as a program has the database open, and tells in it how many frames are committed,
after these are on the disk. Of a program that was killed it stays behind: then it is known what the log held.
After a power cut it may be older than the log, never newer.
The format is https://www.sqlite.org/walformat.html, section 2.1; nothing is ever written.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_HEADER = struct.Struct("=IIIBBHII8s8s8s")  # of which two lie in a row; in the order of this computer's bytes
_COPIED = struct.Struct("=I")
_FORMAT = 3_007_000


class Told(NamedTuple):
    """What an index tells.

    Attributes:
        salts: which log it belongs to. frames: committed in it. copied: of these, into the database already.
    """

    salts: bytes
    frames: int
    copied: int


NOTHING = Told(b"", 0, 0)


def read(index: bytes) -> Told:
    """What the bytes of an index tell; nothing where they make no sense or are just being written."""
    size = _HEADER.size
    first, second = index[:size], index[size : 2 * size]
    if first != second or len(index) < 2 * size + _COPIED.size or not _adds_up(first):
        return NOTHING
    form, _, _, begun, _, _, frames, _, _, salts, _ = _HEADER.unpack(first)
    if form != _FORMAT or not begun:
        return NOTHING
    return Told(salts, frames, *_COPIED.unpack_from(index, 2 * size))


def _adds_up(header: bytes) -> bool:
    """Whether the sum at its end is that of what goes before."""
    first = second = 0
    *words, told_first, told_second = struct.unpack("=12I", header)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + second + one) & 0xFFFFFFFF
        second = (second + first + other) & 0xFFFFFFFF
    return (first, second) == (told_first, told_second)
