"""Where the program works."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Places(NamedTuple):
    """Where the program works: its home, its cache (None: none), and banks named by the user."""

    home: Path
    cache: Path | None
    banks: tuple[Path, ...] = ()
