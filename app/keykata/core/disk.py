"""What the disk is asked for beyond writing."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from keykata.core.errors import UnwritableError

Made = TypeVar("Made")
DEEPEST = 500  # folders in each other: where more are made, Python gives up on its own
SECTOR = 4096  # bytes: what a disk cannot read, it cannot read in pieces of that size


def sync_folder(folder: Path) -> None:
    """Let a name that was just given outlive a power cut, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def takes_files(folder: Path) -> bool:
    """Whether a disk has a place left for one more file, as far as it counts them; room is not enough."""
    try:
        disk = os.statvfs(folder)
    except (AttributeError, OSError):  # the former: a system that cannot tell
        return True
    return disk.f_files == 0 or disk.f_favail > 0


def made_for_a_while(make: Callable[[], Made]) -> Made:
    """What a maker of temporary files or folders makes.

    Raises:
        UnwritableError: none of the system's places for them can be written, as when every disk is full.
    """
    try:
        return make()
    except FileNotFoundError as error:
        raise UnwritableError(
            "There is no place for temporary files.",
            hint="Make room, or name a folder that can be written in TMPDIR.",
        ) from error


def make_folder(folder: Path, *, lasting: bool = True) -> None:
    """Make a folder, and those it stands in, where they are not there.

    Args:
        lasting: wait until the disk has their names. False for what can be made again when power fails.

    Raises:
        OSError: it cannot be made, or stands too deep.
    """
    if len(folder.parts) > DEEPEST:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(folder))
    if folder.is_dir():
        return
    missing = [one for one in (folder, *folder.parents) if not os.path.lexists(one)] if lasting else []
    folder.mkdir(parents=True, exist_ok=True)
    for one in reversed(missing):
        sync_folder(one.parent)


def shares_memory(folder: Path) -> bool:
    """Whether programs can share memory by a file in a folder; some network folders have none."""
    import mmap
    import tempfile

    with suppress(OSError), tempfile.TemporaryFile(dir=folder) as file:
        file.truncate(SECTOR)
        try:
            mmap.mmap(file.fileno(), SECTOR).close()
        except OSError:
            return False
    return True  # what else is wrong is told where it is written


def real(path: Path) -> Path:
    """Where a path leads; one whose links lead in a circle stays, and fails where it is opened."""
    return Path(os.path.realpath(path))


def read_at_most(path: Path, most: int) -> bytes:
    """The bytes of a file; of one that holds more, so many and one: whatever its size says, no more is read.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(most + 1)


def read_around(file: BinaryIO) -> bytes:
    """The bytes of a file from its beginning; zeros where the disk fails to read them.

    Raises:
        OSError: it cannot be read for another reason.
    """
    try:
        file.seek(0)
        return file.read()
    except OSError as error:
        if error.errno != errno.EIO:
            raise
    found = bytearray(file.seek(0, os.SEEK_END))
    for start in range(0, len(found), SECTOR):
        with suppress(OSError):
            file.seek(start)
            piece = file.read(min(SECTOR, len(found) - start))
            found[start : start + len(piece)] = piece
    return bytes(found)


def begin_like(path: Path, other: Path) -> None:
    """Make a new empty file that may be read and written by whom another one may; nothing where that is none.

    Raises:
        FileExistsError: it is there already.
    """
    if not other.is_file():
        return
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    _open_up(path, stat.S_IMODE(other.stat().st_mode) | 0o600)


def share_like(path: Path, other: Path) -> None:
    """Let a file that was just made be read and written by whom another one may.

    Raises:
        OSError: the other one is not there.
    """
    _open_up(path, stat.S_IMODE(other.stat().st_mode))


def _open_up(path: Path, mode: int) -> None:
    with suppress(OSError):  # a disk without modes, or one whose files all count as another's
        path.chmod(mode)
