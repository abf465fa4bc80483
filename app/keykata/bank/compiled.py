"""A bank compiled: one entry an item for lists and forms, and the items themselves as bytes, one by one.

A body is the item in MessagePack followed by the CRC-32 of it in four bytes (little end first), so that
damage of one body is noticed when it is opened.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import product

import msgspec

from keykata.bank import clozes
from keykata.bank.entry import BankIndex, Entry, packed_entry
from keykata.bank.loading import LoadedBank
from keykata.bank.model import Comparison, Guide, Item, Question, Struct, Term
from keykata.core.digest import canonical_json, sha256_hex
from keykata.core.ids import card_id, item_id

TITLE_WIDTH = 90
CRC_BYTES = 4
STRETCH = 250  # entries that are decoded at once: what of them is shared is let go before the next ones come

_MARKS = re.compile(r"`+|\*+(?=\w)|(?<=[\w.,:;!?)])\*+")
_LINK = re.compile(r"!?\[([^\[\]]+)\]\([^()\s]*\)")
_HEAD = re.compile(r"^(?:#{1,6}|[-*+>]|\d+\.) +", re.M)
_BREAK = re.compile(r"\n\s*\n|\n(?=(?:#{1,6}|[-*+>]|\d+\.) )")
_FENCE = re.compile(r"^(```|~~~).*?(^\1|\Z)", re.S | re.M)


class DamageError(ValueError):
    """Compiled bytes that are not what was written."""


class Compiled(Struct, frozen=True):
    """A compiled bank in memory: the index and the bodies its entries point into."""

    index: BankIndex
    bodies: bytes


class _Packed(Struct, frozen=True):
    """An index as it is stored: one without entries, and they in stretches."""

    index: BankIndex
    stretches: tuple[msgspec.Raw, ...]


def full_reference(bank: str, reference: str) -> str:
    """A reference as a full id: an id without a bank belongs to the bank it is written in."""
    return reference if ":" in reference else item_id(bank, reference)


def compile_bank(loaded: LoadedBank) -> Compiled:
    """The index and bodies of a bank as read."""
    bank = loaded.header.id
    encoder = msgspec.msgpack.Encoder()
    entries: list[Entry] = []
    bodies = bytearray()
    for item in loaded.items:
        body = encoder.encode(item)
        entries.append(_entry(bank, item, offset=len(bodies), length=len(body)))
        bodies += body + zlib.crc32(body).to_bytes(CRC_BYTES, "little")
    index = BankIndex(
        header=loaded.header,
        digest=content_digest(loaded.files),
        entries=tuple(entries),
        near=tuple((full_reference(bank, one), full_reference(bank, other)) for one, other in loaded.near),
        renamed=dict(pair for item in loaded.items for pair in _renamed(bank, item)),
        problems=loaded.problems,
    )
    return Compiled(index=index, bodies=bytes(bodies))


def encode_index(index: BankIndex) -> bytes:
    """An index as it is stored."""
    encode, entries = msgspec.msgpack.encode, index.entries
    stretches = (entries[start : start + STRETCH] for start in range(0, len(entries), STRETCH))
    bare = msgspec.structs.replace(index, entries=())
    return encode(_Packed(bare, tuple(msgspec.Raw(encode(stretch)) for stretch in stretches)))


def decode_index(payload: bytes | memoryview) -> BankIndex:
    """The index of a bank, its entries sharing the strings that repeat: a fifth of their memory.

    Raises:
        msgspec.MsgspecError: the bytes are not an index.
    """
    packed = msgspec.msgpack.decode(payload, type=_Packed)
    decoder = msgspec.msgpack.Decoder(list[Entry])
    entries: list[Entry] = []
    once: dict[str, str] = {}
    share, put = once.setdefault, msgspec.structs.force_setattr
    for stretch in packed.stretches:
        found = decoder.decode(stretch)
        for entry in found:
            put(entry, "file", share(entry.file, entry.file))
            put(entry, "task", share(entry.task, entry.task))
            put(entry, "level", share(entry.level, entry.level))
        entries += found
    return msgspec.structs.replace(packed.index, entries=tuple(entries))


def decode_body(record: bytes) -> Item:
    """The item of a body with its CRC at the end.

    Raises:
        DamageError: the bytes are not what was written.
    """
    body, crc = record[:-CRC_BYTES], record[-CRC_BYTES:]
    if len(record) <= CRC_BYTES or zlib.crc32(body).to_bytes(CRC_BYTES, "little") != crc:
        raise DamageError("a body does not match its CRC")
    try:
        item: Item = msgspec.msgpack.decode(body, type=Item)
    except msgspec.MsgspecError as error:
        raise DamageError("a body is not an item") from error
    return item


def content_digest(files: dict[str, str]) -> str:
    """One SHA-256 (hex) over files and the hashes of their bytes."""
    return sha256_hex(canonical_json(files))


def _entry(bank: str, item: Item, *, offset: int, length: int) -> Entry:
    def full(references: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(full_reference(bank, reference) for reference in references))

    def packed(title: str, wording: str = "") -> bytes:
        return packed_entry(title, wording=wording, offset=offset, length=length, line=item.place.line)

    name, file = item_id(bank, item.id), item.place.file
    if isinstance(item, Term):
        return Entry(
            id=name, kind="term", packed=packed(item.name), also=(*item.also, *item.retired),
            parts=(len(item.concepts), len(item.faqs)), file=file,
        )  # fmt: skip
    if isinstance(item, Comparison):
        return Entry(
            id=name, kind="comparison", packed=packed(item.title),
            topics=full(subject.term for subject in item.subjects),
            parts=(len(item.aspects), len(item.sorter.scenarios) if item.sorter else 0), file=file,
        )  # fmt: skip
    if isinstance(item, Guide):
        return Entry(
            id=name, kind="guide", packed=packed(item.title), topics=full(item.terms), detail=item.kind,
            file=file,
        )  # fmt: skip
    title = first_words(item.stem) or first_words(item.ask)
    return Entry(
        id=name, kind="question", packed=packed(title, item.wording),
        task=item.task, level=item.level, topics=full(item.topics),
        selects=item.selects, disputed=item.disputed is not None,
        twin=full_reference(bank, item.twin) if item.twin else "", tests=item.tests, file=file,
    )  # fmt: skip


def first_words(text: str, width: int = TITLE_WIDTH) -> str:
    """The first words of prose on one line, without marks and fenced code, at most `width` characters."""
    line = strip_marks(text)
    if len(line) <= width:
        return line
    head = line[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:.")
    return f"{head}…"


def strip_marks(text: str) -> str:
    """Prose on one line, its code fences left out and its marks taken off: good enough for a list row."""
    return " ".join(_MARKS.sub("", _without_code(text)).split())


def paragraphs(text: str) -> list[str]:
    """Each paragraph and list entry of prose on one line, as `strip_marks`; of links the words alone."""
    parts = _BREAK.split(_without_code(text))
    return [line for part in parts if (line := strip_marks(_LINK.sub(r"\1", _HEAD.sub("", part))))]


def _without_code(text: str) -> str:
    return _FENCE.sub(" ", text) if "```" in text or "~~~" in text else text


# --- renames ---------------------------------------------------------------------------------------------


def _renamed(bank: str, item: Item) -> Iterator[tuple[str, str]]:
    """Pairs of an old full item or card id and the present one."""
    present = item_id(bank, item.id)
    former = [] if isinstance(item, Guide) else [full_reference(bank, old) for old in item.was]
    yield from ((old, present) for old in former)
    if isinstance(item, (Guide, Question)):
        return
    for now, before in _part_names(item):
        card = card_id(present, *now)
        for owner, part in product((present, *former), (now, *before)):
            if (old := card_id(owner, *part)) != card:
                yield old, card


Names = tuple[tuple[str, ...], list[tuple[str, ...]]]


def _part_names(item: Term | Comparison) -> Iterator[Names]:
    """For each card of an item: the parts of its id now, and the parts it had before."""
    if isinstance(item, Comparison):
        for aspect in item.aspects:
            for subject in aspect.cells:
                yield (aspect.id, subject), [(old, subject) for old in aspect.was]
        for scenario in item.sorter.scenarios if item.sorter else ():
            yield ("sorter", scenario.id), [("sorter", old) for old in scenario.was]
        return
    yield ("front",), []
    yield ("back",), []
    for concept in item.concepts:
        for part in (*clozes.identities(concept.text), *(("loose",) if concept.loose else ())):
            yield (concept.id, part), [(old, part) for old in concept.was]
    for faq in item.faqs:
        yield (faq.id,), [(old,) for old in faq.was]
        if faq.loose:
            yield (faq.id, "loose"), [(old, "loose") for old in faq.was]
