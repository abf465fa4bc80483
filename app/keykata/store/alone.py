"""Keeping other programs out of a database without opening it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from keykata.core.errors import BusyError

_LOCK_AT, _LOCK_BYTES = 0x40000002, 510  # where every program that has a database open holds a lock
_TRIES, _MOMENT = 25, 0.01  # seconds: as long as any program waits for another


@contextmanager
def alone(path: Path) -> Iterator[BinaryIO | None]:
    """Keep every other program out of a database meanwhile, without touching it; None when there is none.

    It is to be read through the given file only: closing another one of this program would let the others in.
    No connection of this program may be open to it.

    Raises:
        BusyError: another program has it open.
    """
    if not path.is_file():
        yield None
        return
    with path.open("r+b") as file:
        try:
            import fcntl
        except ImportError:  # where files in use cannot be replaced anyway
            yield file
            return
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_BYTES, _LOCK_AT)
        except OSError as error:
            raise BusyError(
                "Another program has this home open.", where=str(path), hint="Close it, then try again."
            ) from error
        yield file


@contextmanager
def coming_in(path: Path) -> Iterator[None]:
    """Open a database meanwhile, which nobody replaces until the connection has a lock of its own.

    SQLite opens the file first and locks it later. A file that was replaced in between would be read, and
    written, with the log of the one that took its place.

    Raises:
        BusyError: another program is replacing it.
    """
    with _folder_held(path, alone=False):
        yield


@contextmanager
def replacing(path: Path) -> Iterator[None]:
    """Replace a database meanwhile, which nobody is just opening.

    Raises:
        BusyError: somebody is.
    """
    with _folder_held(path, alone=True):
        yield


@contextmanager
def _folder_held(path: Path, *, alone: bool) -> Iterator[None]:
    """Hold the folder of a database; where that cannot be done, whoever opens the file tells why."""
    try:
        import fcntl

        folder = os.open(Path(os.path.realpath(path)).parent, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        _hold(folder, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB, path)
        yield
    finally:
        os.close(folder)


def _hold(folder: int, how: int, path: Path) -> None:
    import fcntl

    for _ in range(_TRIES):
        try:
            fcntl.flock(folder, how)
        except BlockingIOError:
            time.sleep(_MOMENT)
        except OSError:  # a disk without locks on folders
            return
        else:
            return
    hint = "What was saved before is safe. Try again in a moment."
    raise BusyError("Another program is just opening or restoring this home.", where=str(path), hint=hint)
