"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

_SCRAP = re.compile(r"\.(?P<file>.+)\.(?P<process>[0-9]{1,9})\.new", re.DOTALL)


def replace_file(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Put these bytes in place of a file; whoever reads it sees the old or the new, and its mode stays.

    Args:
        path: the file; it need not be there, but its folder must.
        data: what it is to hold.
        lasting: wait until the disk has it. False for what can be made again when power fails.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    write_whole(path, (data,), lasting=lasting)


def write_whole(path: Path, chunks: Iterable[bytes], *, lasting: bool = True, new: bool = False) -> None:
    """The same for bytes that come one after another.

    Whatever ends it early, also an interrupt, leaves nothing behind; only a kill leaves a scrap.

    Args:
        new: never take the place of a file, also of one that came meanwhile.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    path = path.resolve()  # a link keeps pointing to the file that is mended
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if path.exists():
            if new:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
            shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def is_scrap(name: str) -> bool:
    """Whether a file's name is that of one being written, or of what a process that was killed left."""
    return _SCRAP.fullmatch(name) is not None


def sweep_scraps(folder: Path, *, of: str = "") -> None:
    """Take away what processes that are gone left of files they were writing here.

    Args:
        folder: where; it need not be there.
        of: only of the file with this name. "" means of every file: for folders that are the program's own.
    """
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            scrap = _SCRAP.fullmatch(path.name)
            if scrap and of in ("", scrap["file"]) and not _lives(int(scrap["process"])):
                with contextlib.suppress(OSError):
                    path.unlink()


def _lives(process: int) -> bool:
    """Whether a process may be there still."""
    if os.name != "posix":
        return True  # asking would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
