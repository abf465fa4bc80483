"""Opening banks: from the cache where it is fresh, from their files where it is not.

A reference may lead into another open bank, so what a bank holds can depend on the ids of the others. A bank
that needs nobody is read once; one that leans on others is read again beside them, and its compiled form is
fresh only while their ids stay the same. A bank that comes with the program leans on such banks alone: a
learner's own question does not have the shipped ones read again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from keykata.bank.cache import Cache, Parts, cache_for
from keykata.bank.compiled import Compiled, compile_bank, decode_index, encode_index
from keykata.bank.entry import BankIndex
from keykata.bank.loading import LoadedBank
from keykata.bank.manifest import Manifest, Stamp, list_files, with_digests
from keykata.bank.model import Exam, Place, Problem, Struct
from keykata.bank.open_exams import Exams, digest_of
from keykata.bank.reading import Reader, unreadable
from keykata.bank.search_index import build_text
from keykata.bank.shelf import BankFolder, Shelf
from keykata.core.digest import canonical_json, sha256_hex
from keykata.core.errors import KeyKataError

HEADER = "bank.yaml"
MOST_READINGS = 3  # of one bank: ids settle in two unless banks lean on each other in a ring
Beside = dict[str, frozenset[str]]


class Ids(Struct, frozen=True):
    """What a bank offers to references: full ids, one a line, and their hash.

    `leans` is the hash of the other banks' ids it was read beside, "" when it needs none. `lines` are left in
    the cache, where there is one, until another bank is read beside.
    """

    bank: str
    digest: str
    leans: str = ""
    lines: str = ""


class Kept(Struct, frozen=True):
    """A bank as the cache keeps it."""

    index: BankIndex
    parts: Parts


class _Opened(msgspec.Struct):
    """A bank on its way; `listed` are its files as they were before they were read."""

    folder: BankFolder
    cache: Cache | None
    ids: Ids
    content: Kept | LoadedBank
    listed: dict[str, Stamp] = msgspec.field(default_factory=dict)


def open_banks(
    folders: Sequence[BankFolder], exams: Exams, cache_folder: Path | None, reader: Callable[[], Reader]
) -> tuple[list[Shelf], list[Problem]]:
    """The banks that could be opened, in loading order, and the problems of those that could not."""
    opened: list[_Opened] = []
    problems: list[Problem] = []
    for folder in folders:
        cache = cache_for(cache_folder, "shipped" if folder.shipped else "bank", folder.path)
        try:
            bank = _open_alone(folder, exams, cache, reader)
        except (KeyKataError, OSError) as error:
            problems.append(unreadable(folder.path, error))
            continue
        first = next((one for one in opened if one.ids.bank == bank.ids.bank), None)
        if first is None:
            opened.append(bank)
        elif first.folder.path.resolve() != folder.path.resolve():
            problems.append(_twice(folder, first))
    problems += _settle(opened, exams, reader)
    return [_shelved(bank, exams, opened, reader) for bank in opened], problems


def _twice(folder: BankFolder, first: _Opened) -> Problem:
    return Problem(
        place=Place(file=str(folder.path / HEADER)),
        code="bank-twice",
        severity="error",
        message=f"The bank `{first.ids.bank}` is already open from {first.folder.path}.",
        hint="Give this one another id in its bank.yaml; it is left out until then.",
    )


def _open_alone(
    folder: BankFolder, exams: Exams, cache: Cache | None, reader: Callable[[], Reader]
) -> _Opened:
    """The bank from a fresh cache, else as its own files say without any other bank.

    Raises:
        KeyKataError: it cannot be read.
        OSError: its folder cannot be listed.
    """
    listed: dict[str, Stamp] = {}
    if cache and (folder.path / HEADER).is_file():
        listed = list_files(folder.path)
        stored = cache.fresh(listed, folder.path, exams.digest)
        if stored is not None:
            try:
                index = decode_index(stored.payload)
                ids = msgspec.structs.replace(msgspec.msgpack.decode(stored.extra, type=Ids), lines="")
            except msgspec.MsgspecError:
                cache.forget()
            else:
                return _Opened(folder, cache, ids, Kept(index, stored.parts), listed)
    loaded, ids = _load(folder, exams, {}, reader)
    return _Opened(folder, cache, ids, loaded, listed)


def _load(
    folder: BankFolder, exams: Exams, beside: Beside, reader: Callable[[], Reader]
) -> tuple[LoadedBank, Ids]:
    read = reader()
    loaded = read.load_bank(folder.path, exams=exams.exams, beside=beside, shipped=folder.shipped)
    lines = "\n".join(sorted(read.known_ids(loaded)))
    return loaded, Ids(bank=loaded.header.id, digest=sha256_hex(lines.encode()), lines=lines)


def cached_ids(
    folder: BankFolder, exams: Mapping[str, Exam], cache_folder: Path | None
) -> tuple[str, frozenset[str]] | None:
    """The id of a bank and its `known_ids` as a fresh cache has them; None where it has to be read."""
    cache = cache_for(cache_folder, "shipped" if folder.shipped else "bank", folder.path)
    if cache is None:
        return None
    with suppress(OSError, msgspec.MsgspecError):  # whoever reads it says what is wrong
        listed = list_files(folder.path) if (folder.path / HEADER).is_file() else {}
        stored = cache.fresh(listed, folder.path, digest_of(exams)) if listed else None
        if stored is not None:
            ids = msgspec.msgpack.decode(stored.extra, type=Ids)
            return ids.bank, frozenset(ids.lines.split())
    return None


# --- banks that lean on each other -----------------------------------------------------------------------


def _settle(opened: list[_Opened], exams: Exams, reader: Callable[[], Reader]) -> list[Problem]:
    """Read banks that lean on others beside them, until none would read otherwise."""
    problems: list[Problem] = []
    for _ in range(MOST_READINGS):
        unsettled = [bank for bank in opened if _unsettled(bank, opened)]
        if not unsettled:
            break
        for bank in unsettled:
            leans = _leaning(bank, opened)
            try:
                bank.content, ids = _load(bank.folder, exams, _beside(bank, opened, exams, reader), reader)
            except KeyKataError as error:
                opened.remove(bank)
                problems.append(unreadable(bank.folder.path, error))
                continue
            bank.ids = msgspec.structs.replace(ids, leans=leans)
    for bank in opened:
        if bank.ids.leans:  # a ring that did not settle is taken as it stands, not read again at every start
            bank.ids = msgspec.structs.replace(bank.ids, leans=_leaning(bank, opened))
    return problems


def _unsettled(bank: _Opened, opened: Sequence[_Opened]) -> bool:
    """Whether a bank was read beside other ids than there are now, and that could matter."""
    if bank.ids.leans:
        return bank.ids.leans != _leaning(bank, opened)
    found = bank.content.problems if isinstance(bank.content, LoadedBank) else bank.content.index.problems
    return bool(_others(bank, opened)) and any(problem.code.startswith("ref-unknown-") for problem in found)


def _others(bank: _Opened, opened: Sequence[_Opened]) -> list[_Opened]:
    """The banks a bank may refer to, in loading order."""
    reach = [one for one in opened if one.folder.shipped] if bank.folder.shipped else opened
    return [one for one in reach if one is not bank]


def _leaning(bank: _Opened, opened: Sequence[_Opened]) -> str:
    """The hash of the ids of the other banks, in loading order."""
    return sha256_hex(canonical_json([[one.ids.bank, one.ids.digest] for one in _others(bank, opened)]))


def _beside(bank: _Opened, opened: Sequence[_Opened], exams: Exams, reader: Callable[[], Reader]) -> Beside:
    return {one.ids.bank: frozenset(_lines(one, exams, reader).split()) for one in _others(bank, opened)}


def _lines(bank: _Opened, exams: Exams, reader: Callable[[], Reader]) -> str:
    """What a bank offers to references; of a bank from the cache it is brought in at each call.

    Raises:
        KeyKataError: neither the cache nor the bank can be read any more.
    """
    if isinstance(bank.content, LoadedBank):
        return bank.ids.lines
    stored = bank.cache.read() if bank.cache else None
    if stored is not None:
        with suppress(msgspec.MsgspecError):
            return msgspec.msgpack.decode(stored.extra, type=Ids).lines
    return _load(bank.folder, exams, {}, reader)[1].lines


# --- on the shelf ----------------------------------------------------------------------------------------


def _shelved(bank: _Opened, exams: Exams, opened: Sequence[_Opened], reader: Callable[[], Reader]) -> Shelf:
    """The open bank; written to the cache when it was read from its files."""
    cache = bank.cache
    if isinstance(bank.content, LoadedBank):
        compiled = compile_bank(bank.content)
        text = _keep(bank, bank.content, compiled, exams, cache) if cache else None
        return Shelf(compiled.index, bodies=compiled.bodies, text=text, reread=lambda: None)

    def reread() -> Compiled | None:
        if cache:
            cache.forget()
        try:
            beside = _beside(bank, opened, exams, reader)
            return compile_bank(_load(bank.folder, exams, beside, reader)[0])
        except KeyKataError:
            return None

    parts = bank.content.parts
    return Shelf(
        bank.content.index,
        bodies=cache.path(parts.bodies) if cache else b"",
        text=cache.path(parts.text) if cache else None,
        reread=reread,
    )


def _keep(bank: _Opened, loaded: LoadedBank, compiled: Compiled, exams: Exams, cache: Cache) -> bytes | None:
    """Write the compiled bank to the cache; its text part, or None when nothing was written."""
    if not loaded.files.keys() <= bank.listed.keys():
        return None
    try:
        files = with_digests(bank.folder.path, bank.listed, loaded.files)
    except OSError:
        return None  # what cannot be hashed cannot be known to be fresh
    text = build_text(loaded.items)
    cache.write(
        Manifest(files=files, context=exams.digest),
        payload=encode_index(compiled.index),
        extra=msgspec.msgpack.encode(bank.ids),
        bodies=compiled.bodies,
        text=text,
    )
    return text
