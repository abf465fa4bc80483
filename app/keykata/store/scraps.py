"""What a killed program left half written in a home: a copy, or a database that was being put together."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

PART = ".part"
STALE_SECONDS = 3600  # what nobody wrote to for so long is nobody's any more
_MAKER = re.compile(rf"\.(\d+){re.escape(PART)}")


def sweep(database: Path, folder: Path) -> None:
    """Clear away what lies beside a database and in the folder of its backups, and is surely nobody's.

    What cannot be cleared away stays.
    """
    with suppress(OSError):
        for part in (*database.parent.glob(f"{database.name}.*{PART}*"), *folder.glob(f"*{PART}*")):
            if _is_left(part):
                part.unlink()


def _is_left(part: Path) -> bool:
    maker = _MAKER.search(part.name)
    if maker and maker[1] == str(os.getpid()):  # of another thread, or cleared away by whoever writes it next
        return False
    return (maker is not None and _is_gone(int(maker[1]))) or (
        time.time() - part.stat().st_mtime > STALE_SECONDS
    )


def _is_gone(process: int) -> bool:
    """Whether a program surely runs no more; where nobody can ask without ending it, none is."""
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False
