"""The compiled cache on disk, under a folder given by the caller: an index, the bodies, the text for search.

The index file starts with a line that names format, version and byte order; then come its sections, each with
its length and CRC-32. It is written last; the other two carry the hash of their contents in their names, so
an index never points into the bodies of another. Whatever is stale, foreign or damaged reads as absent, and
a folder that cannot be written to costs nothing but time.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from keykata import __version__
from keykata.bank.manifest import Manifest, Stamp, refreshed
from keykata.bank.model import Struct
from keykata.core.digest import sha256_hex
from keykata.core.disk import make_folder
from keykata.core.whole_file import replace_file

FORMAT = 4
HEADER = f"keykata-cache {FORMAT} {__version__} {sys.byteorder}\n".encode()
_FRAME = struct.Struct("<QI")
Bytes = bytes | memoryview  # a stretch of what was read at once is not copied: an index may take megabytes


class Parts(Struct, frozen=True):
    """The files beside an index: name and size in bytes; empty names when there are none."""

    bodies: str = ""
    bodies_size: int = 0
    text: str = ""
    text_size: int = 0


class Stored(Struct, frozen=True):
    """What an index file holds: the manifest it is fresh by, the payload, and a second, rarer one.

    `written_ns` is when it was written, nanoseconds since 1970, as the file system says.
    """

    manifest: Manifest
    parts: Parts
    payload: Bytes
    extra: Bytes
    written_ns: int = 0


def cache_for(folder: Path | None, kind: str, content: Path) -> Cache | None:
    """The cache of a content folder, None without a cache folder.

    Another way to write the same folder has its own, because problems name files as they were opened.
    """
    if folder is None:
        return None
    where = f"{kind}\0{content}\0{content.absolute()}"
    return Cache(folder, f"{kind}-{sha256_hex(where.encode(errors='surrogateescape'))[:16]}")


class Cache:
    """The compiled files of one folder of content.

    Args:
        folder: the cache folder; it is made when something is first written.
        name: what the files start with; equal for equal content folders and options.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._path = folder / f"{name}.index"

    def read(self) -> Stored | None:
        """The index file, or None when it is absent, foreign, damaged, or its other files are not whole."""
        try:
            if not self._path.is_file():  # a pipe would be waited for, a device read without end
                return None
            with self._path.open("rb") as file:
                written_ns = os.fstat(file.fileno()).st_mtime_ns
                data = file.read()
        except OSError:
            return None
        sections = _sections(data)
        if sections is None:
            return None
        try:
            manifest = msgspec.msgpack.decode(sections[0], type=Manifest)
            parts = msgspec.msgpack.decode(sections[1], type=Parts)
        except (msgspec.MsgspecError, RecursionError):
            return None
        if not self._whole(parts):
            return None
        return Stored(
            manifest=manifest, parts=parts, payload=sections[2], extra=sections[3], written_ns=written_ns
        )

    def path(self, name: str) -> Path:
        """Where a file beside the index is."""
        return self._folder / name

    def write(self, manifest: Manifest, *, payload: bytes, extra: bytes, bodies: bytes, text: bytes) -> bool:
        """Write all parts, the index last; False when the folder cannot be written to."""
        parts = Parts()
        if bodies or text:
            parts = Parts(
                bodies=self._part_name(bodies, "bodies"),
                bodies_size=len(bodies),
                text=self._part_name(text, "text"),
                text_size=len(text),
            )
        try:
            make_folder(self._folder, lasting=False)
            if parts.bodies:
                replace_file(self.path(parts.bodies), bodies, lasting=False)
                replace_file(self.path(parts.text), text, lasting=False)
            replace_file(self._path, _framed(manifest, parts, payload, extra), lasting=False)
            self._sweep(parts)
        except OSError:
            return False
        return True

    def renew(self, stored: Stored, manifest: Manifest) -> None:
        """Write the index again with other stamps, so that the next start need not hash; may fail."""
        with contextlib.suppress(OSError):
            index = _framed(manifest, stored.parts, stored.payload, stored.extra)
            replace_file(self._path, index, lasting=False)

    def fresh(self, listed: Mapping[str, Stamp], content: Path, context: str) -> Stored | None:
        """What is stored, if it is what the listed files below `content` hold now; else None.

        Raises:
            OSError: a file that has to be hashed cannot be read.
        """
        stored = self.read()
        if stored is None or stored.manifest.context != context:
            return None
        files = refreshed(stored.manifest.files, listed, content, stored.written_ns)
        if files is None:
            return None
        if files.hashed:
            self.renew(stored, Manifest(files=files.stamps, context=context))
        return stored

    def forget(self) -> None:
        """Remove the index, so that the next start compiles anew; failing is harmless."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _part_name(self, data: bytes, kind: str) -> str:
        return f"{self._name}-{sha256_hex(data)[:16]}.{kind}"

    def _whole(self, parts: Parts) -> bool:
        wanted = ((parts.bodies, parts.bodies_size), (parts.text, parts.text_size))
        try:
            return all(self.path(name).stat().st_size == size for name, size in wanted if name)
        except OSError:
            return False

    def _sweep(self, parts: Parts) -> None:
        """Remove bodies and texts no index points to any more."""
        for kind in ("bodies", "text"):
            for path in self._folder.glob(f"{self._name}-*.{kind}"):
                if path.name not in (parts.bodies, parts.text):
                    path.unlink(missing_ok=True)


def _framed(manifest: Manifest, parts: Parts, payload: Bytes, extra: Bytes) -> bytes:
    sections = (msgspec.msgpack.encode(manifest), msgspec.msgpack.encode(parts), payload, extra)
    return HEADER + b"".join(_FRAME.pack(len(part), zlib.crc32(part)) + part for part in sections)


def _sections(data: bytes) -> tuple[Bytes, Bytes, Bytes, Bytes] | None:
    """The four sections of an index file, or None when it is foreign or damaged."""
    if not data.startswith(HEADER):
        return None
    found: list[Bytes] = []
    view = memoryview(data)
    at = len(HEADER)
    for _ in range(4):
        if at + _FRAME.size > len(data):
            return None
        length, crc = _FRAME.unpack_from(data, at)
        at += _FRAME.size
        part = view[at : at + length]
        if len(part) != length or zlib.crc32(part) != crc:
            return None
        found.append(part)
        at += length
    return (found[0], found[1], found[2], found[3]) if at == len(data) else None
