"""What the disk is asked for beyond writing."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Let a name that was just given outlive a power cut, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_at_most(path: Path, most: int) -> bytes:
    """The bytes of a file; of one that holds more, so many and one: whatever its size says, no more is read.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(most + 1)


def begin_like(path: Path, other: Path) -> None:
    """Make a new empty file that may be read and written by whom another one may; nothing where that is none.

    Raises:
        FileExistsError: it is there already.
    """
    if not other.is_file():
        return
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with suppress(OSError):  # a disk without modes
        path.chmod(stat.S_IMODE(other.stat().st_mode) | 0o600)
