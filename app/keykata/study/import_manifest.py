"""What imports remember of a bank's folder, and what of it is true after one that was cut short."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import msgspec

from keykata.core.digest import sha256_hex

MANIFEST = "import.json"
_WRITTEN = re.compile(r"(?:questions|terms)/[a-z0-9-]{1,99}\.yaml")  # from another hand it may lead anywhere


class Record(msgspec.Struct):
    """What a bank remembers of an imported item."""

    source: str
    key: str
    stem: str
    digest: str
    file: str


class Before(msgspec.Struct):
    """A file as it was before an import that is to write it.

    Attributes:
        digest: SHA-256 of it; "" when it was not there.
        items: the digest, until then, of each item that is new in it or says something else now; "" of a new
            one.
    """

    digest: str
    items: dict[str, str]


class Manifest(msgspec.Struct, omit_defaults=True):
    """What the program wrote into a folder: items by id, and SHA-256 of each file.

    Attributes:
        before: the files that an import under way writes, as they were. It stands here before the first of
            them is written and is gone after the last, so that an import cut short can be told from a hand.
    """

    items: dict[str, Record] = {}
    files: dict[str, str] = {}
    before: dict[str, Before] = {}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder.

    Raises:
        OSError: there is none, or it cannot be read.
        msgspec.DecodeError, UnicodeDecodeError: it is none, or it names a file that no import writes.
    """
    path = folder / MANIFEST
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise msgspec.DecodeError(f"{MANIFEST} is no file")
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except RecursionError as error:
        raise msgspec.DecodeError("it is nested too deep") from error
    named = {*found.files, *found.before, *(record.file for record in found.items.values())}
    strange = next((file for file in named if not _WRITTEN.fullmatch(file)), None)
    if strange is not None:
        raise msgspec.DecodeError(f"{strange!r} is not a file that an import writes")
    return found


def manifest_json(manifest: Manifest) -> str:
    """The text of its file."""
    return msgspec.json.format(msgspec.json.encode(manifest)).decode() + "\n"


def settle_interrupted(manifest: Manifest, folder: Path, present: Collection[str]) -> set[str]:
    """Make the manifest of an import that was cut short say what really stands in the folder.

    Args:
        present: the ids of the items that can be read there.

    Returns:
        The ids of the items that never arrived.
    """
    missing: set[str] = set()
    for file, was in manifest.before.items():
        path = folder / file
        data = path.read_bytes() if path.is_file() else None
        now = "" if data is None else sha256_hex(data)
        if now == manifest.files.get(file):
            continue  # it arrived
        if now == was.digest:
            missing |= _not_written(manifest, file, was, present)
        else:
            _by_hand(manifest, was, present, (data or b"").decode(errors="replace"))
    manifest.before = {}
    return missing


def _not_written(manifest: Manifest, file: str, was: Before, present: Collection[str]) -> set[str]:
    """Take back what was said of a file that is as it was; the items that are not in it."""
    if was.digest:
        manifest.files[file] = was.digest
    else:
        manifest.files.pop(file, None)
    for name, digest in was.items.items():
        if name in manifest.items:
            manifest.items[name].digest = digest
    return {name for name, old in was.items.items() if not old and name not in present}


def _by_hand(manifest: Manifest, was: Before, present: Collection[str], text: str) -> None:
    """A hand was at the file, before or after it was written: what it was to get is still news."""
    for name in was.items.keys() & manifest.items.keys():
        named = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
        if was.items[name] or name in present or named:
            manifest.items[name].digest = ""
        else:
            del manifest.items[name]  # it never arrived there; another file may hold it
