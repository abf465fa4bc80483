"""What keeps answers from being saved, or a restore from being made, in words."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path

from keykata.core.disk import takes_files
from keykata.core.errors import UnwritableError
from keykata.store.wal import file_beside

_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_LOCKS = "The locks of the database cannot be had"
HELD = (
    "End other programs that use this home. Where none runs, its disk gives no locks: choose another --home."
)
LEAST_ROOM = 1 << 16  # bytes: twice the smallest index of a write-ahead log


def refused(error: OSError | sqlite3.Error, home: Path) -> UnwritableError:
    """What the system or SQLite did not allow, in words."""
    if isinstance(error, OSError) and error.errno in _NOT_ALLOWED:
        return UnwritableError(
            "This home cannot be written, so nothing was restored.",
            where=os.fsdecode(error.filename or str(home)),
            hint="Everything is as it was. See to the permissions, or restore the backup into another home:"
            " keykata --home DIR restore BACKUP",
        )
    if _is_full(error):
        return UnwritableError(
            "The disk is full or failing, so nothing was restored.",
            where=str(home),
            hint="Everything is as it was. Make room, then try again.",
        )
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return UnwritableError(
        f"The database could not be restored: {reason}.",
        where=str(home),
        hint="Everything is as it was. Make room or see to the permissions, then try again.",
    )


def _is_full(error: OSError | sqlite3.Error) -> bool:
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def unsaved(error: UnwritableError | OSError, path: Path) -> UnwritableError:
    """Why nothing can be saved, in words, and what to do: a full disk wants room, another home is no cure."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
    full = getattr(error, "errno", 0) in (errno.ENOSPC, errno.EDQUOT) or code == sqlite3.SQLITE_FULL
    if code == sqlite3.SQLITE_PROTOCOL:  # given after ten seconds
        what, hint = f"{NO_LOCKS}: nothing can be saved here.", HELD
    elif not takes_files(path.parent):
        what = "The disk takes no more files: nothing can be saved here."
        hint = "Delete some files there, then start KeyKata again."
    elif full or _crowded(path.parent):  # SQLite says of its small files only that they cannot be had
        what, hint = "The disk is full: nothing can be saved here.", "Make room, then start KeyKata again."
    else:
        what, hint = "Nothing can be saved here.", "Choose another --home."
        kept = _shut(path)
        if kept is not None:
            path, hint = kept, "See to the permissions of this file, or choose another --home."
    return UnwritableError(what, where=str(path), hint=hint)


def _shut(path: Path) -> Path | None:
    """What may not be written of a database and what SQLite keeps beside it, in a folder that may be."""
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return None
    files = (path, *(file_beside(path, end) for end in ("-wal", "-shm", "-journal")))
    return next((file for file in files if file.is_file() and not os.access(file, os.W_OK)), None)


def _crowded(home: Path) -> bool:
    """Whether the disk has too little room for the files SQLite keeps beside a database."""
    try:
        return shutil.disk_usage(home).free < LEAST_ROOM
    except OSError:
        return False
