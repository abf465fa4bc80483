"""Writing a file of the learner's choice, which takes no other's place."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from keykata.core.errors import UnwritableError
from keykata.core.whole_file import sweep_scraps, write_whole


def need_new(path: Path) -> None:
    """See that a file is new, before anything is made for it.

    Raises:
        UnwritableError: it is there already, be it as a link that leads nowhere.
    """
    if os.path.lexists(path):
        hint = "Name a new file, or move the old one away."
        raise UnwritableError(f"{path} is there already.", hint=hint, where=str(path))


def save_new(path: Path, chunks: Iterable[bytes], *, hint: str) -> None:
    """Write a new file, whole or not at all.

    Args:
        hint: what to do where it cannot be written.

    Raises:
        UnwritableError: it is there already, or cannot be written.
    """
    need_new(path)
    sweep_scraps(path.parent, of=path.name)
    try:
        write_whole(path, chunks, new=True)
    except OSError as error:
        what = f"{path} cannot be written: {error.strerror}."
        raise UnwritableError(what, where=str(path), hint=hint) from error
