"""When a file was saved: its folder is watched, as editors save by putting a new file in its place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

STEP_MS = 30
RETRY_SECONDS = 0.5


async def saves(path: Path) -> AsyncIterator[None]:
    """Yield after every change of a file, its going and its coming back; ends only when it is cancelled."""
    from watchfiles import awatch

    folder = path.parent.resolve()
    while True:
        if not folder.is_dir():
            await asyncio.sleep(RETRY_SECONDS)
            continue
        yield  # what was saved while nobody watched
        changes = awatch(
            folder,
            watch_filter=lambda _, name: Path(name).name == path.name,
            debounce=STEP_MS * 2,
            step=STEP_MS,
            recursive=False,
        )
        try:
            async for _ in changes:
                yield
                if not folder.is_dir():
                    break
        except OSError:
            await asyncio.sleep(RETRY_SECONDS)
