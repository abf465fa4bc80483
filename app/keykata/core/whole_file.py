"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path

from keykata.core.disk import share_like, sync_folder
from keykata.core.processes import is_gone

_SCRAP = re.compile(r"\.(?P<file>.+)\.(?P<process>[0-9]{1,9})\.new", re.DOTALL)


def replace_file(path: Path, data: bytes, *, lasting: bool = True, named: bool = True) -> None:
    """Put these bytes in place of a file; whoever reads it sees the old or the new, and its mode stays.

    Args:
        path: the file; it need not be there, but its folder must.
        data: what it is to hold.
        lasting: wait until the disk has it. False for what can be made again when power fails.
        named: wait for its name, too. False for one of many files: then call `sync_folder` after the last.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    write_whole(path, (data,), lasting=lasting, named=named)


def write_whole(
    path: Path, chunks: Iterable[bytes], *, lasting: bool = True, new: bool = False, named: bool = True
) -> None:
    """The same for bytes that come one after another.

    Whatever ends it early, also an interrupt, leaves nothing behind; only a kill leaves a scrap.

    Args:
        new: never take the place of a file, also of one that came meanwhile.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    path = Path(os.path.realpath(path))  # a link keeps pointing to the file that is mended
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is a device or a pipe", str(path))
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.unlink(missing_ok=True)  # of an earlier process of this number
        with beside.open("xb") as file:  # never through a link that somebody else put there
            if path.is_file():
                share_like(beside, path)  # before anything is in it that others may not read
            for chunk in chunks:
                file.write(chunk)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if new:
            _name_new(beside, path)
        else:
            beside.replace(path)
        if lasting and named:
            sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _name_new(beside: Path, path: Path) -> None:
    """Give a file its name, which nothing may have."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError as error:  # a disk that knows no links
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        beside.replace(path)
    else:
        beside.unlink()


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
            if scrap and of in ("", scrap["file"]) and is_gone(int(scrap["process"])):
                with contextlib.suppress(OSError):
                    path.unlink()
