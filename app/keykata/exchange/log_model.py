"""What a file of the log holds, line by line."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

from keykata.core.event import Event

MAX_PAPER = 64 << 20  # bytes of a paper unpacked; that of a whole exam takes about 0.2 MB


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper (what an attempt showed): the SHA-256 of its canonical JSON, and that JSON packed by zlib."""

    hash: str
    packed: bytes

    @property
    def whole(self) -> bool:
        """Whether the paper is what its hash says."""
        unpacking = zlib.decompressobj()
        try:
            text = unpacking.decompress(self.packed, MAX_PAPER)
        except zlib.error:
            return False
        return unpacking.eof and hashlib.sha256(text).hexdigest() == self.hash


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a file: who wrote it."""

    device: str


@dataclass(frozen=True, slots=True)
class Damage:
    """Why a line could not be taken; `newer`: because a newer program wrote the file."""

    message: str
    newer: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number from 1, the byte behind it, and what it holds.

    `found` is None for a blank line, and for one that is not finished: its end has not arrived yet.
    """

    number: int
    end: int
    found: Event | Sheet | Header | Damage | None
    finished: bool = True
