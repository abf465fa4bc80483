"""Whether a folder is there, could be, and may be written."""

from __future__ import annotations

import os
from pathlib import Path

from keykata.store.examine import Finding


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


def in_the_way(folder: Path) -> Path | None:
    """What stands where the folder, or one above it, is to be; None when nothing does."""
    for place in (folder, *folder.absolute().parents):
        if is_folder(place):
            return None
        if os.path.lexists(place):
            return place
    return None
