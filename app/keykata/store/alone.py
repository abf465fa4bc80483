"""Keeping other programs out of a database without opening it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from keykata.core.errors import BusyError

_LOCK_AT, _LOCK_BYTES = 0x40000002, 510  # where every program that has a database open holds a lock


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
