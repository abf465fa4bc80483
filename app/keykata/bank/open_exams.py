"""Opening the blueprints of a folder, from the cache where it is fresh."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from keykata.bank.cache import Cache, cache_for
from keykata.bank.manifest import Manifest, Stamp, list_files, with_digests
from keykata.bank.model import Exam, Problem, Struct
from keykata.bank.reading import Reader, unreadable
from keykata.core.digest import sha256_hex
from keykata.core.errors import KeyKataError


class Exams(Struct, frozen=True):
    """The blueprints of a folder by id, what is wrong with them, and a hash of them."""

    exams: dict[str, Exam] = msgspec.field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    digest: str = ""


def open_exams(folder: Path, cache_folder: Path | None, reader: Callable[[], Reader]) -> Exams:
    """The exams of a folder, one file each; a folder that is not there holds none."""
    if not folder.is_dir():
        return Exams()
    cache = cache_for(cache_folder, "exams", folder)
    listed: dict[str, Stamp] = {}
    if cache:
        try:
            listed = list_files(folder)
            stored = cache.fresh(listed, folder, "")
        except OSError:
            stored = None
        if stored is not None:
            try:
                return msgspec.msgpack.decode(stored.payload, type=Exams)
            except msgspec.MsgspecError:
                cache.forget()
    return _read(folder, listed, cache, reader)


def _read(
    folder: Path, listed: Mapping[str, Stamp], cache: Cache | None, reader: Callable[[], Reader]
) -> Exams:
    exams: dict[str, Exam] = {}
    problems: list[Problem] = []
    whole = True
    for path in sorted(folder.glob("*.yaml")):
        try:
            exam, found = reader().load_exam(path)
        except KeyKataError as error:
            whole = False
            problems.append(unreadable(path, error))
            continue
        problems += found
        if exam is not None:
            exams.setdefault(exam.id, exam)
    result = Exams(exams=exams, problems=tuple(problems), digest=digest_of(exams))
    if cache and whole and listed:
        _keep(result, folder, listed, cache)
    return result


def digest_of(exams: Mapping[str, Exam]) -> str:
    """A hash of blueprints: what was compiled beside others is not fresh beside these."""
    return sha256_hex(msgspec.msgpack.encode(exams))


def _keep(exams: Exams, folder: Path, listed: Mapping[str, Stamp], cache: Cache) -> None:
    try:
        manifest = Manifest(files=with_digests(folder, listed, {}))
    except OSError:
        return  # what cannot be hashed cannot be known to be fresh
    cache.write(manifest, payload=msgspec.msgpack.encode(exams), extra=b"", bodies=b"", text=b"")
