"""Opening banks: from the cache where it is fresh, from their files where it is not.

A reference may lead into another open bank, so what a bank holds can depend on the ids of the others. A bank
that needs nobody is read once; one that leans on others is read again beside them, and its compiled form is
fresh only while their ids stay the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from keykata.bank.cache import Cache, Stored
from keykata.bank.compiled import Compiled, compile_bank
from keykata.bank.loading import LoadedBank
from keykata.bank.manifest import Manifest, Stamp, list_files, refreshed, with_digests
from keykata.bank.model import BankIndex, Exam, Place, Problem, Struct
from keykata.bank.shelf import BankFolder, Shelf
from keykata.core.digest import canonical_json, sha256_hex
from keykata.core.errors import KeyKataError

HEADER = "bank.yaml"
MOST_READINGS = 3  # of one bank: ids settle in two unless banks lean on each other in a ring
Beside = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How content is read: the functions of `keykata.bank.reader`."""

    load_bank: Callable[..., LoadedBank]
    load_exam: Callable[[Path], tuple[Exam | None, tuple[Problem, ...]]]
    known_ids: Callable[[LoadedBank], frozenset[str]]


def yaml_reader() -> Reader:
    """The reader of YAML, imported only when something has to be read."""
    from keykata.bank.reader import known_ids, load_bank, load_exam

    return Reader(load_bank=load_bank, load_exam=load_exam, known_ids=known_ids)


class Exams(Struct, kw_only=True):
    """The blueprints of a folder by id, what is wrong with them, and one hash of their files."""

    exams: dict[str, Exam] = {}
    problems: tuple[Problem, ...] = ()
    digest: str = ""


class Ids(Struct, kw_only=True):
    """What a bank offers to references, their hash, and the hash of the ids it leaned on ("": on none)."""

    bank: str
    digest: str
    leans: str = ""
    ids: tuple[str, ...] = ()


@dataclass(slots=True)
class _Opened:
    """A bank on its way: from the cache (`stored`), or as loaded from its files."""

    folder: BankFolder
    cache: Cache | None
    ids: Ids
    stored: Stored | None = None
    index: BankIndex | None = None
    loaded: LoadedBank | None = None
    listed: dict[str, Stamp] = field(default_factory=dict)


def unreadable(path: Path, error: KeyKataError | OSError) -> Problem:
    """The problem of a folder or file that cannot be opened."""
    if isinstance(error, KeyKataError):
        where, message, hint = error.where or str(path), error.message, error.hint
    else:
        reason = error.strerror or "it cannot be opened"
        where, message, hint = str(error.filename or path), f"{path.name} cannot be read: {reason}.", ""
    hint = hint or "Check the path and its permissions."
    return Problem(place=Place(file=where), code="bank-unreadable", severity="error", message=message, hint=hint)


# --- exams -----------------------------------------------------------------------------------------------


def open_exams(folder: Path, cache_folder: Path | None, reader: Callable[[], Reader]) -> Exams:
    """The exams of a folder, one file each; a folder that is not there holds none."""
    if not folder.is_dir():
        return Exams()
    cache = _cache(cache_folder, "exams", folder)
    listed: dict[str, Stamp] = {}
    try:
        listed = list_files(folder)
        stored = _fresh(cache, folder, listed, "") if cache else None
    except OSError:
        stored = None
    if stored is not None:
        try:
            return msgspec.msgpack.decode(stored.payload, type=Exams)
        except msgspec.MsgspecError:
            pass  # foreign bytes read as an absent cache
    return _read_exams(folder, listed, cache, reader)


def _read_exams(
    folder: Path, listed: Mapping[str, Stamp], cache: Cache | None, reader: Callable[[], Reader]
) -> Exams:
    exams: dict[str, Exam] = {}
    problems: list[Problem] = []
    failed = False
    for path in sorted(folder.glob("*.yaml")):
        try:
            exam, found = reader().load_exam(path)
        except KeyKataError as error:
            failed = True
            problems.append(unreadable(path, error))
            continue
        problems += found
        if exam is not None:
            exams.setdefault(exam.id, exam)
    result = Exams(exams=exams, problems=tuple(problems), digest=sha256_hex(msgspec.msgpack.encode(exams)))
    if cache and listed and not failed:
        try:
            manifest = Manifest(files=with_digests(folder, listed, {}))
        except OSError:
            return result
        cache.write(manifest, payload=msgspec.msgpack.encode(result), extra=b"", bodies=b"", text=b"")
    return result


# --- banks -----------------------------------------------------------------------------------------------


def open_banks(
    folders: Sequence[BankFolder], exams: Exams, cache_folder: Path | None, reader: Callable[[], Reader]
) -> tuple[list[Shelf], list[Problem]]:
    """The banks that could be opened, in loading order, and the problems of those that could not."""
    opened: list[_Opened] = []
    problems: list[Problem] = []
    for folder in folders:
        try:
            bank = _open_alone(folder, exams, cache_folder, reader)
        except (KeyKataError, OSError) as error:
            problems.append(unreadable(folder.path, error))
            continue
        twice = next((one for one in opened if one.ids.bank == bank.ids.bank), None)
        if twice is None:
            opened.append(bank)
        elif twice.folder.path.resolve() != folder.path.resolve():
            problems.append(_twice(folder, twice))
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
    folder: BankFolder, exams: Exams, cache_folder: Path | None, reader: Callable[[], Reader]
) -> _Opened:
    """The bank from a fresh cache, else as its own files say without any other bank.

    Raises:
        KeyKataError: it cannot be read.
    """
    cache = _cache(cache_folder, "shipped" if folder.shipped else "bank", folder.path)
    listed: dict[str, Stamp] = {}
    if (folder.path / HEADER).is_file() and cache:
        listed = list_files(folder.path)
        stored = _fresh(cache, folder.path, listed, exams.digest)
        found = _decoded(stored) if stored else None
        if found:
            return _Opened(folder, cache, found[1], stored=stored, index=found[0], listed=listed)
    loaded, ids = _load(folder, exams, {}, reader)
    return _Opened(folder, cache, ids, loaded=loaded, listed=listed)


def _decoded(stored: Stored) -> tuple[BankIndex, Ids] | None:
    try:
        return (
            msgspec.msgpack.decode(stored.payload, type=BankIndex),
            msgspec.msgpack.decode(stored.extra, type=Ids),
        )
    except msgspec.MsgspecError:
        return None


def _load(
    folder: BankFolder, exams: Exams, beside: Beside, reader: Callable[[], Reader]
) -> tuple[LoadedBank, Ids]:
    read = reader()
    loaded = read.load_bank(folder.path, exams=exams.exams, beside=beside, shipped=folder.shipped)
    ids = tuple(sorted(read.known_ids(loaded)))
    return loaded, Ids(bank=loaded.header.id, digest=_ids_digest(ids), ids=ids)


def _ids_digest(ids: Sequence[str]) -> str:
    return sha256_hex("\n".join(ids).encode())


def _leaning(bank: _Opened, opened: Sequence[_Opened]) -> str:
    """The hash of the ids of the other banks, in loading order."""
    return sha256_hex(canonical_json([[one.ids.bank, one.ids.digest] for one in opened if one is not bank]))


def _settle(opened: list[_Opened], exams: Exams, reader: Callable[[], Reader]) -> list[Problem]:
    """Read banks that lean on others beside them, until none would read otherwise."""
    problems: list[Problem] = []
    for _ in range(MOST_READINGS):
        changed = False
        for bank in list(opened):
            if len(opened) == 1 and not bank.ids.leans:
                return problems
            if not _unsettled(bank, opened):
                continue
            beside = {one.ids.bank: frozenset(one.ids.ids) for one in opened if one is not bank}
            leans = _leaning(bank, opened)
            before = bank.ids.digest
            try:
                bank.loaded, ids = _load(bank.folder, exams, beside, reader)
            except KeyKataError as error:
                opened.remove(bank)
                problems.append(unreadable(bank.folder.path, error))
                continue
            bank.stored = None
            bank.ids = msgspec.structs.replace(ids, leans=leans)
            changed = changed or bank.ids.digest != before
        if not changed:
            break
    for bank in opened:
        if bank.ids.leans and bank.loaded:
            bank.ids = msgspec.structs.replace(bank.ids, leans=_leaning(bank, opened))
    return problems


def _unsettled(bank: _Opened, opened: Sequence[_Opened]) -> bool:
    """Whether a bank was read beside other ids than there are now, and that could matter."""
    if bank.ids.leans:
        return bank.ids.leans != _leaning(bank, opened)
    found = bank.loaded.problems if bank.loaded else ()
    return len(opened) > 1 and any(problem.code.startswith("ref-unknown-") for problem in found)


def _shelved(
    bank: _Opened, exams: Exams, opened: Sequence[_Opened], reader: Callable[[], Reader]
) -> Shelf:
    """The open bank; written to the cache when it was read from its files."""
    beside = {one.ids.bank: frozenset(one.ids.ids) for one in opened if one is not bank}

    def reread() -> Compiled | None:
        if bank.cache:
            bank.cache.forget()
        try:
            return compile_bank(_load(bank.folder, exams, beside, reader)[0])
        except KeyKataError:
            return None

    if bank.stored and bank.index and bank.cache:
        parts = bank.stored.parts
        bodies, text = bank.cache.path(parts.bodies), bank.cache.path(parts.text)
        return Shelf(bank.index, bodies=bodies, text=text, reread=reread)
    if bank.loaded is None:
        raise AssertionError("a bank is either stored or loaded")
    compiled = compile_bank(bank.loaded)
    stored_text = _keep(bank, bank.loaded, compiled, exams) if bank.cache else None
    return Shelf(compiled.index, bodies=compiled.bodies, text=stored_text, reread=lambda: None)


# --- the cache -------------------------------------------------------------------------------------------


def _cache(folder: Path | None, kind: str, content: Path) -> Cache | None:
    """The cache of a content folder: another name for the same folder has its own, as places name files by it."""
    if folder is None:
        return None
    where = f"{kind}\0{content}\0{os.path.abspath(content)}"
    return Cache(folder, f"{kind}-{sha256_hex(where.encode(errors='surrogateescape'))[:16]}")


def _fresh(cache: Cache, folder: Path, listed: Mapping[str, Stamp], context: str) -> Stored | None:
    """What is stored, if it is what the files hold now."""
    stored = cache.read()
    if stored is None or stored.manifest.context != context:
        return None
    files = refreshed(stored.manifest.files, listed, folder, stored.written_ns)
    if files is None:
        return None
    if files.hashed:
        cache.renew(stored, Manifest(files=files.stamps, context=context))
    return stored


def _keep(bank: _Opened, loaded: LoadedBank, compiled: Compiled, exams: Exams) -> bytes | None:
    """Write the compiled bank to the cache; its text part, or None when nothing was written."""
    from keykata.bank.search_index import build_text

    if bank.cache is None or not loaded.files.keys() <= bank.listed.keys():
        return None
    try:
        manifest = Manifest(
            files=with_digests(bank.folder.path, bank.listed, loaded.files), context=exams.digest
        )
    except OSError:
        return None
    text = build_text(loaded.items)
    bank.cache.write(
        manifest,
        payload=msgspec.msgpack.encode(compiled.index),
        extra=msgspec.msgpack.encode(bank.ids),
        bodies=compiled.bodies,
        text=text,
    )
    return text


