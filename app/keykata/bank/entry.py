"""A compiled bank: what is known of every item without reading it."""

from __future__ import annotations

import struct

import msgspec

from keykata.bank.model import BankHeader, ItemKind, Problem, Struct

_BODY = struct.Struct("<8sIII")  # the wording's hash, offset and length of the body, the line
_UNWORDED = bytes(8)


class Entry(Struct, frozen=True, kw_only=True, gc=False):
    """One line of the compiled index: what lists, filters and forms need, without the item itself.

    `cards` counts the cards the item gives; `parts` counts its (concepts, faqs) or (aspects, scenarios).
    `packed` holds what lists show and bodies need (`packed_entry`) in one stretch of bytes: ten thousand
    entries are held at once, and an object each would take twice the memory.
    `topics` are full item ids of terms, `tests` the cards a question asks in other words; `also` holds
    alternative names for search and jump.
    """

    id: str  # full item id
    kind: ItemKind
    packed: bytes
    task: str = ""
    level: str = ""
    topics: tuple[str, ...] = ()
    selects: int = 0
    disputed: bool = False
    twin: str = ""
    tests: tuple[str, ...] = ()
    parts: tuple[int, int] = (0, 0)
    also: tuple[str, ...] = ()
    detail: str = ""  # a guide's kind
    file: str = ""

    @property
    def title(self) -> str:
        """What a list calls it: a name, or how a question begins."""
        return self.packed[_BODY.size :].decode()

    @property
    def wording(self) -> str:
        """What tells one wording of a question from another, hex digits; "" for what is no question."""
        worded = self.packed[: len(_UNWORDED)]
        return "" if worded == _UNWORDED else worded.hex()

    @property
    def offset(self) -> int:
        """Of the item's body in the bodies file, bytes."""
        return int(_BODY.unpack_from(self.packed)[1])

    @property
    def length(self) -> int:
        """Of the item's body, bytes."""
        return int(_BODY.unpack_from(self.packed)[2])

    @property
    def line(self) -> int:
        """Where it stands in its file, from 1."""
        return int(_BODY.unpack_from(self.packed)[3])


def packed_entry(title: str, *, wording: str = "", offset: int = 0, length: int = 0, line: int = 0) -> bytes:
    """What an entry keeps packed.

    Args:
        wording: hex digits, sixteen or none. offset, length: of the item's body, bytes, below 4 GiB.
        line: in its file, from 1.
    """
    return _BODY.pack(bytes.fromhex(wording), offset, length, line) + title.encode()


class BankIndex(Struct, frozen=True, kw_only=True):
    """A compiled bank: its header, its content hash, one entry an item, near-duplicate pairs of questions.

    `renamed` maps an old full card or item id to the present one (`was:`).
    """

    header: BankHeader
    digest: str
    entries: tuple[Entry, ...]
    near: tuple[tuple[str, str], ...] = ()
    renamed: dict[str, str] = msgspec.field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Counts(msgspec.Struct, frozen=True):
    """How much there is to study, over all open banks; `sorter` counts scenarios."""

    terms: int = 0
    concepts: int = 0
    faqs: int = 0
    questions: int = 0
    comparisons: int = 0
    sorter: int = 0
    guides: int = 0
