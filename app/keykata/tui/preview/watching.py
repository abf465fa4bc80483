"""When a file was saved: its folder is watched, as editors save by putting a new file in its place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

STEP_MS = 30
LOOK_MS = 500  # between looks whether the folder is still the one that is watched
RETRY_SECONDS = 0.5


async def saves(path: Path) -> AsyncIterator[None]:
    """Yield after every change of a file, its going and its coming back; ends only when it is cancelled.

    A folder that is moved away says nothing of it, and one made anew under its name is another one (as when
    git goes to a branch without it and back), so that is looked for.
    """
    from watchfiles import awatch

    while True:
        folder = path.parent.resolve()
        there = _identity(folder)
        if there is None:
            await asyncio.sleep(RETRY_SECONDS)
            continue
        changes = awatch(
            folder,
            watch_filter=lambda _, name: Path(name).name == path.name,
            debounce=STEP_MS * 2,
            step=STEP_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            recursive=False,
        )
        begun = False
        try:
            async for found in changes:
                same = _identity(path.parent.resolve()) == there
                if found or not begun or not same:
                    yield  # at the beginning for what was saved while nobody watched
                begun = True
                if not same:
                    break
        except OSError:
            await asyncio.sleep(RETRY_SECONDS)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder stands under a name, None when none does."""
    try:
        stat = folder.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
