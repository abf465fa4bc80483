"""Keeping other programs that ask, too, out of a folder for a moment."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keykata.core.errors import BusyError

PATIENCE, MOMENT = 30.0, 0.05  # seconds: as long as thousands of files may take, and between two looks


@contextmanager
def held(folder: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a folder, once nobody else does; nothing where the system or the disk has no such locks.

    Args:
        patience: seconds to wait.

    Raises:
        BusyError: another program holds it all the time.
        OSError: there is no such folder, or it may not be read.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        end = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    what = "Another program is writing to this folder."
                    raise BusyError(what, where=str(folder), hint="Try again when it is done.") from None
                time.sleep(MOMENT)
            except OSError:
                break
            else:
                break
        yield
    finally:
        os.close(handle)
