"""Backups that nobody can look into: a failing disk or missing permissions are no lack of backups."""

from __future__ import annotations

import os
from pathlib import Path

from keykata.core.errors import UnreadableError
from keykata.store.backups import FOLDER, SUFFIX

_CHUNK = 1 << 20  # bytes


def unread(home: Path) -> UnreadableError | None:
    """Why no good backup may have been found where there is one; None where every one can be read.

    Reads each backup of the home to its end, so it is for when no good one was found.
    """
    place = home / FOLDER
    try:
        for entry in sorted(os.scandir(place), key=lambda entry: entry.name):
            place = Path(entry.path)
            if place.suffix == SUFFIX and entry.is_file():  # a link that leads nowhere is none
                _read(place)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        what = "The folder of backups" if place == home / FOLDER else "A backup"
        return UnreadableError(
            f"{what} cannot be read ({error.strerror or error}).",
            where=str(place),
            hint="See to the disk and the permissions, then try again. To go on without, move it away.",
        )
    return None


def no_good(home: Path) -> str:
    """What to say of the backups of a home of which none was found good, a sentence."""
    unseen = unread(home)
    return sentence(unseen) if unseen else "There is no good backup."


def sentence(unseen: UnreadableError) -> str:
    """What cannot be read, with its place, a sentence."""
    return f"{unseen.message[:-1]}: {unseen.where}."


def _read(path: Path) -> None:
    with path.open("rb") as file:
        while file.read(_CHUNK):
            pass
