"""What a disk still has after a power cut: only what a program waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


class Power:
    """Remembers of every file and folder what it held when somebody last waited for the disk."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._names: dict[int, dict[str, int]] = {}
        self._bytes: dict[int, bytes] = {}
        self._real = os.fsync
        patch.setattr(os, "fsync", self._look)

    def outlives(self, path: Path, *, under: Path) -> bool:
        """Whether a file or folder is there after a cut, as it is now, by all names from a folder down."""
        for one in (path, *path.parents):
            if one == under:
                break
            if self._names.get(one.parent.stat().st_ino, {}).get(one.name) != one.stat().st_ino:
                return False
        return path.is_dir() or self._bytes.get(path.stat().st_ino) == path.read_bytes()

    def _look(self, handle: int) -> None:
        self._real(handle)
        place = Path(f"/proc/self/fd/{handle}").readlink()
        number = place.stat().st_ino
        if place.is_dir():
            self._names[number] = {one.name: one.lstat().st_ino for one in place.iterdir()}
        else:
            self._bytes[number] = place.read_bytes()
