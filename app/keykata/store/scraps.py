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
_ENDS = rf"\.(\d+){re.escape(PART)}(?:-journal|-wal|-shm|-old)?"
# whole names: a backup made by hand may be called `exam.part2.db`
_SCRAP = re.compile(rf".+\.db{_ENDS}", re.DOTALL)


def sweep(database: Path, folder: Path) -> None:
    """Clear away what lies beside a database and in the folder of its backups, and is surely nobody's.

    What cannot be cleared away stays.
    """
    _sweep(database.parent, f"{database.name}.*{PART}*", _SCRAP)
    _sweep(folder, f"*{PART}*", _SCRAP)


def sweep_of(file: Path) -> None:
    """Clear away what killed programs left of one file, in a folder that is not the program's own."""
    name = re.compile(re.escape(file.name) + _ENDS)
    _sweep(file.parent, f"*{PART}*", name)


def _sweep(folder: Path, names: str, scraps: re.Pattern[str]) -> None:
    with suppress(OSError):
        for scrap in folder.glob(names):
            with suppress(OSError):
                if _is_left(scrap, scraps):
                    scrap.unlink()


def _is_left(scrap: Path, scraps: re.Pattern[str]) -> bool:
    maker = scraps.fullmatch(scrap.name)
    if maker is None or maker[1] == str(os.getpid()):  # of another thread, or cleared away by its next writer
        return False
    return is_gone(int(maker[1])) or time.time() - scrap.stat().st_mtime > STALE_SECONDS
