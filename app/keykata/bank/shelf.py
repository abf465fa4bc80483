"""An open bank: its index at hand, its items and its text brought in when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from keykata.bank.compiled import CRC_BYTES, Compiled, DamageError, decode_body
from keykata.bank.entry import BankIndex, Entry
from keykata.bank.model import Item


class BankFolder(msgspec.Struct, frozen=True):
    """A folder that holds a bank; `shipped` holds it to the rules of banks that come with the program."""

    path: Path
    shipped: bool = False


class Shelf:
    """One open bank.

    Args:
        index: its compiled index.
        bodies: its bodies, or the file they are in.
        text: its text part, or the file it is in, or None: built when it is first asked for.
        reread: compiles the bank from its files again; called when the compiled files turn out damaged.
            None when the files cannot be read any more.
    """

    def __init__(
        self,
        index: BankIndex,
        *,
        bodies: bytes | Path,
        text: bytes | Path | None,
        reread: Callable[[], Compiled | None],
    ) -> None:
        self.index = index
        self._bodies = bodies
        self._text = text
        self._reread = reread

    def item(self, entry: Entry) -> Item | None:
        """The item of an entry; None when it can no longer be read from anywhere."""
        if "_reread_items" not in self.__dict__:
            try:
                return decode_body(self._record(entry))
            except (OSError, DamageError):
                pass  # the cache was damaged or swept away after opening: the bank's own files are the truth
        return self._reread_items.get(entry.id)

    def items(self) -> Iterator[tuple[Entry, Item]]:
        """Every entry with its item, in order; the bodies are read once."""
        try:
            data = self._bodies.read_bytes() if isinstance(self._bodies, Path) else self._bodies
        except OSError:
            data = b""
        for entry in self.index.entries:
            try:
                item: Item | None = decode_body(data[entry.offset : entry.offset + entry.length + CRC_BYTES])
            except DamageError:
                item = self._reread_items.get(entry.id)
            if item is not None:
                yield entry, item

    def stored_text(self) -> bytes:
        """The bytes of the text part; b"" when they cannot be read."""
        if isinstance(self._text, Path):
            try:
                return self._text.read_bytes()
            except OSError:
                return b""
        return self._text or b""

    def _record(self, entry: Entry) -> bytes:
        length = entry.length + CRC_BYTES
        if isinstance(self._bodies, bytes):
            return self._bodies[entry.offset : entry.offset + length]
        with self._bodies.open("rb", buffering=0) as file:
            file.seek(entry.offset)
            return file.read(length)

    @cached_property
    def _reread_items(self) -> dict[str, Item]:
        compiled = self._reread()
        if compiled is None:
            return {}
        fresh = Shelf(compiled.index, bodies=compiled.bodies, text=None, reread=lambda: None)
        return {entry.id: item for entry, item in fresh.items()}
