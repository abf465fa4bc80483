"""What a killed program left half written in a home: a copy, or a database that was being put together."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

from keykata.core.processes import is_gone

PART = ".part"
STALE_SECONDS = 3600  # what nobody wrote to for so long is nobody's any more
# whole names: a backup made by hand may be called `exam.part2.db`
_SCRAP = re.compile(rf".+\.db\.(\d+){re.escape(PART)}(?:-journal|-wal|-shm|-old)?", re.DOTALL)


def sweep(database: Path, folder: Path) -> None:
    """Clear away what lies beside a database and in the folder of its backups, and is surely nobody's.

    What cannot be cleared away stays.
    """
    for place, names in ((database.parent, f"{database.name}.*{PART}*"), (folder, f"*{PART}*")):
        with suppress(OSError):
            for scrap in place.glob(names):
                with suppress(OSError):
                    if _is_left(scrap):
                        scrap.unlink()


def _is_left(scrap: Path) -> bool:
    maker = _SCRAP.fullmatch(scrap.name)
    if maker is None or maker[1] == str(os.getpid()):  # of another thread, or cleared away by its next writer
        return False
    return is_gone(int(maker[1])) or time.time() - scrap.stat().st_mtime > STALE_SECONDS
