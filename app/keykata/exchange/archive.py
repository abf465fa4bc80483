"""Zip archives read safely: bounded counts and sizes, names that are never paths of this machine."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

MOST_MEMBERS = 100_000
MOST_RATIO = 200  # times its packed size; text packs to a tenth, a bomb to a thousandth
RATIO_FROM = 2**20  # bytes: below this a member may repeat itself as it likes
_KINDS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class UnreadableError(ValueError):
    """An archive that cannot be read; the message says what is wrong, `where` in which of its files."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.where = where


@contextmanager
def zip_of(data: bytes, most: int = MOST_MEMBERS) -> Iterator[zipfile.ZipFile]:
    """The archive of these bytes, of at most so many members.

    Raises `UnreadableError` for what is no whole zip archive, here or in the block.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if len(archive.infolist()) > most:
                raise UnreadableError(f"holds more than {most:,} files")
            yield archive
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise UnreadableError("is not a whole zip archive") from error


def is_inside(name: str) -> bool:
    """Whether a member's name stays inside the archive: no root, no drive, no way up."""
    parts = name.split("/")
    return bool(name) and "\\" not in name and ":" not in parts[0] and parts[0] != "" and ".." not in parts


def member_bytes(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """A member's bytes, no more than the limit, whatever its header claims.

    Raises:
        UnreadableError: it is encrypted, packed in another way, or unpacks to more than the limit or than
            `MOST_RATIO` times what it is packed to.
    """
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise UnreadableError("is encrypted", name)
    if info.compress_type not in _KINDS:
        raise UnreadableError("is packed in a way that is not read", name)
    most = min(limit, max(RATIO_FROM, MOST_RATIO * info.compress_size))
    if info.file_size <= most:
        with archive.open(info) as member:
            data = member.read(most + 1)
        if len(data) <= most:
            return data
    if most < limit:
        raise UnreadableError(f"unpacks to more than {MOST_RATIO} times its size", name)
    raise UnreadableError(f"is larger than {limit // 2**20 or 1} MB", name)
