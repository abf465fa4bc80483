"""The device id: random, of this home on this computer, never copied to another."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from keykata.core.digest import sha256_hex
from keykata.core.disk import sync_folder

DEVICE = "device"
ID_BYTES = 8


def device_id(home: Path, entropy: Callable[[int], bytes], machine: str) -> str:
    """The id in the home's `device` file, made fresh when it is missing, damaged, or of another place.

    The file also holds a mark of the machine and the folder, so that a copied home gets an id of its own.

    Raises:
        OSError: the home cannot be written.
    """
    path = home / DEVICE
    mark = _mark(home, machine)
    found = _read(path, mark)
    if found:
        return found
    fresh = entropy(ID_BYTES).hex()
    beside = _write_beside(home, f"{fresh} {mark}\n", fresh)
    try:
        os.link(beside, path)  # of two programs that start at once, one wins and both read its id
    except OSError:
        return _read(path, mark) or _replace(beside, path, fresh)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(home)
    return fresh


def renew_device_id(home: Path, entropy: Callable[[int], bytes], machine: str) -> str:
    """A fresh id in place of the one in the home's `device` file.

    Raises:
        OSError: the home cannot be written.
    """
    fresh = entropy(ID_BYTES).hex()
    beside = _write_beside(home, f"{fresh} {_mark(home, machine)}\n", fresh)
    return _replace(beside, home / DEVICE, fresh)


def _write_beside(home: Path, text: str, fresh: str) -> Path:
    """A new file in the home that holds the text; nothing is left of it where there is no room.

    Raises:
        OSError: it cannot be written.
    """
    beside = home / f"{DEVICE}.{fresh}"
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())  # before its name: else it may be empty after a power cut
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    return beside


def _mark(home: Path, machine: str) -> str:
    return sha256_hex(f"{machine}\x1f{home.resolve()}".encode(errors="surrogateescape"))[:16]


def _replace(beside: Path, path: Path, fresh: str) -> str:
    beside.replace(path)
    sync_folder(path.parent)
    return fresh


def _read(path: Path, mark: str) -> str:
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        found, _, where = path.read_text(encoding="utf-8").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        return ""
    return found if where == mark and len(found) == 2 * ID_BYTES and found.isalnum() else ""
