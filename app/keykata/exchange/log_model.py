"""What a file of the log holds, line by line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from keykata.core.errors import UnreadableError
from keykata.core.event import Event
from keykata.core.packed import unpack


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper (what an attempt showed): the SHA-256 of its canonical JSON, and that JSON packed by zlib."""

    hash: str
    packed: bytes

    @property
    def whole(self) -> bool:
        """Whether the paper is what its hash says."""
        try:
            return hashlib.sha256(unpack(self.packed)).hexdigest() == self.hash
        except UnreadableError:
            return False


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
