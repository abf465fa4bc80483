"""Whether a folder is there, could be, may be written, and has room."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from keykata.core.disk import takes_files
from keykata.store.examine import Finding

LITTLE_SPACE = 64 * 1024 * 1024
NO_SPACE = 256 * 1024  # bytes: less than an answer may need


def is_folder(place: Path) -> bool:
    """Whether it is a folder; what stands where nobody may look counts as none."""
    try:
        return place.is_dir()
    except OSError:
        return False


def standing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next((place for place in (folder, *folder.absolute().parents) if is_folder(place)), Path())


def writable(check: str, folder: Path, hint: str, state: str) -> Finding:
    """What the doctor says of a folder that is to be written: well, or as bad as the state says."""
    other = in_the_way(folder)
    if other is None and os.access(standing(folder), os.W_OK | os.X_OK):
        return Finding(check, "ok", f"The {check} can be written: {folder}.")
    text = f"The {check} cannot be written: {folder}."
    if other is not None:
        text = f"The {check} cannot be at {folder}: {other} is not a folder."
    return Finding(check, "wrong" if state == "wrong" else "note", text, hint)


def room(folder: Path) -> Iterator[Finding]:
    """What the doctor says of the room on the disk of a folder; nothing where no disk tells."""
    place = standing(folder)
    try:
        free = shutil.disk_usage(place).free
    except OSError:
        return
    text = f"{free // (1024 * 1024):,} MiB are free."
    if free < NO_SPACE:
        yield Finding("space", "wrong", "The disk is full.", "Make room: answers cannot be saved.")
    elif not takes_files(place):
        hint = "Delete some files there: answers cannot be saved."
        yield Finding("space", "wrong", "The disk takes no more files.", hint)
    else:
        hint = "Make room before answers cannot be saved." if free < LITTLE_SPACE else ""
        yield Finding("space", "note" if hint else "ok", text, hint)


def in_the_way(folder: Path) -> Path | None:
    """What stands where the folder, or one above it, is to be; None when nothing does."""
    for place in (folder, *folder.absolute().parents):
        if is_folder(place):
            return None
        if os.path.lexists(place):
            return place
    return None
