"""What a compiled bank was made from, and whether that is still so.

A file is taken as unchanged when its path, size and time of change are those of the manifest and it was not
changed within two seconds of the manifest being written; else its contents are hashed and compared.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from keykata.bank.model import Struct
from keykata.core.digest import sha256_hex
from keykata.core.disk import read_at_most
from keykata.core.errors import UnreadableError
from keykata.core.safe import is_text, safe_line

MAX_BYTES = 8_000_000  # of a file that are read
RACY_NS = 2_000_000_000
SUFFIXES = (".yaml", ".yml", ".md", ".jsonl")


class Stamp(Struct, frozen=True):
    """A file as it was read: bytes, nanoseconds since 1970 of its last change, SHA-256 of its contents."""

    size: int
    mtime_ns: int
    digest: str = ""


class Manifest(Struct, frozen=True):
    """The files something was compiled from, by path below its folder with `/` between the parts.

    `context` names whatever else it depends on: the options it was read with, the exams.
    """

    files: dict[str, Stamp]
    context: str = ""


def need_name(folder: Path) -> None:
    """See that the files of a bank can be named, in what is compiled and in messages.

    Raises:
        UnreadableError: the folder's name is not UTF-8.
    """
    if not is_text(f"{folder}{folder.resolve().name}"):
        hint = "Rename the folder, or the one above it."
        raise UnreadableError(
            "The name of this folder is not UTF-8.", hint=hint, where=safe_line(str(folder))
        )


def list_files(folder: Path) -> dict[str, Stamp]:
    """The content files below a folder, not hashed, sorted by path.

    `.git` is left out, and so is what has a name that is not UTF-8: it is not read.

    Raises:
        OSError: the folder or one below it cannot be listed.
    """
    found: dict[str, Stamp] = {}
    _walk(os.fspath(folder), "", found, set())
    return dict(sorted(found.items()))


def _walk(path: str, below: str, found: dict[str, Stamp], seen: set[tuple[int, int]]) -> None:
    with os.scandir(path) as listing:
        for entry in listing:
            if entry.name == ".git" or not is_text(entry.name):
                continue
            if entry.is_dir():
                there = entry.stat() if entry.is_symlink() else None
                mark = (there.st_dev, there.st_ino) if there else (0, entry.inode())
                if mark not in seen:  # a link may lead back to where it stands
                    _walk(entry.path, f"{below}{entry.name}/", found, seen | {mark})
            elif entry.name.endswith(SUFFIXES) and entry.is_file():
                status = entry.stat()
                found[below + entry.name] = Stamp(size=status.st_size, mtime_ns=status.st_mtime_ns)


def with_digests(folder: Path, listed: Mapping[str, Stamp], known: Mapping[str, str]) -> dict[str, Stamp]:
    """The stamps with their SHA-256: those of the bytes that were read (`known`), hashed here for the others.

    Raises:
        OSError: a file cannot be read.
    """
    return {
        path: Stamp(
            size=stamp.size, mtime_ns=stamp.mtime_ns, digest=known.get(path) or hash_file(folder / path)
        )
        for path, stamp in listed.items()
    }


def hash_file(path: Path) -> str:
    """SHA-256 in hex digits of a file, as far as any of it is read.

    Raises:
        OSError: it cannot be read.
    """
    return sha256_hex(read_at_most(path, MAX_BYTES))


class Refreshed(NamedTuple):
    """Stamps as they are now, and whether contents had to be hashed to know that nothing changed."""

    stamps: dict[str, Stamp]
    hashed: bool


def refreshed(
    stored: Mapping[str, Stamp], listed: Mapping[str, Stamp], folder: Path, written_ns: int
) -> Refreshed | None:
    """The stamps to go on with, or None when something changed.

    Args:
        stored: the stamps of the manifest.
        listed: the files as they are now.
        folder: where they are.
        written_ns: when the manifest was written, nanoseconds since 1970.

    Raises:
        OSError: a file that has to be hashed cannot be read.
    """
    if stored.keys() != listed.keys():
        return None
    fresh: dict[str, Stamp] = {}
    hashed = False
    for path, now in listed.items():
        before = stored[path]
        if now.size != before.size:
            return None
        if now.mtime_ns != before.mtime_ns or abs(now.mtime_ns - written_ns) <= RACY_NS:
            hashed = True
            if hash_file(folder / path) != before.digest:
                return None
        fresh[path] = Stamp(size=now.size, mtime_ns=now.mtime_ns, digest=before.digest)
    return Refreshed(fresh, hashed)
