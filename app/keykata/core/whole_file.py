"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from pathlib import Path

_SCRAP = re.compile(r"\..+\.(?P<process>[0-9]+)\.new", re.DOTALL)


def replace_file(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Put these bytes in place of a file; whoever reads it sees the old or the new, and its mode stays.

    Args:
        path: the file; it need not be there, but its folder must.
        data: what it is to hold.
        lasting: wait until the disk has it. False for what can be made again when power fails.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    path = path.resolve()  # a link keeps pointing to the file that is mended
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def is_scrap(name: str) -> bool:
    """Whether a file's name is that of one being written, or of what a process that was killed left."""
    return _SCRAP.fullmatch(name) is not None
