"""Draws screens of the real app as SVG, without a terminal: the same pictures at every run."""

from __future__ import annotations

import asyncio
import hashlib
import re
import sys
import tempfile
from pathlib import Path

from keykata.study.opening import open_dojo
from keykata.study.places import Places
from keykata.tui.app import KeyKataApp

NOON = 1_795_435_200_000  # Mon 23 Nov 2026 12:00 UTC
SIZE = (80, 24)
STEPS = (
    ("question", ("enter",)),
    ("answer", ("b", "enter")),
    ("term", ("escape", "l", *"customer managed key", "enter")),
)


class StillClock:
    """Noon, for ever."""

    def wall(self) -> int:
        """Milliseconds UTC."""
        return NOON

    def monotonic(self) -> float:
        """Seconds."""
        return 0.0

    def boottime(self) -> float:
        """Seconds."""
        return 0.0

    def utc_offset(self, at: int) -> int:
        """Greenwich."""
        return 0


class Entropy:
    """Bytes that are the same in every run."""

    def __init__(self) -> None:
        self._calls = 0

    def __call__(self, count: int) -> bytes:
        """That many bytes."""
        self._calls += 1
        return hashlib.sha256(str(self._calls).encode()).digest()[:count]


async def draw(folder: Path, home: Path) -> None:
    """Walk through the steps and save a picture after each."""
    dojo = open_dojo(Places(home=home, cache=None), clock=StillClock(), entropy=Entropy())
    app = KeyKataApp(lambda: dojo)
    async with app.run_test(size=SIZE) as pilot:
        for name, keys in STEPS:
            await pilot.press(*keys)
            await pilot.pause()
            picture = app.export_screenshot(title="KeyKata")
            # Rich names the styles after a checksum of the text, which would differ between versions
            stable = re.sub(r"terminal-\d+", "terminal", picture)
            (folder / f"{name}.svg").write_text(stable, encoding="utf-8")
            sys.stdout.write(f"{name}.svg\n")
    dojo.close()


def main() -> None:
    """Draw into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(draw(folder, Path(home)))


if __name__ == "__main__":
    main()
