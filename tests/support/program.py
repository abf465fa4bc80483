"""The real program without a terminal: arguments and lines in, streams and exit code out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from support.caches import shared_cache

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 60


def environment(folder: Path, **more: str) -> dict[str, str]:
    """An environment whose home and cache are in a folder, and that asks for nothing else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEYKATA_")}
    return kept | {
        "PYTHONPATH": str(ROOT / "app"),
        "KEYKATA_HOME": str(folder / "home"),
        "KEYKATA_CACHE": str(shared_cache()),
        "TERM": "xterm-256color",
        **more,
    }


def run(folder: Path, *arguments: str, said: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the home in a folder, with these lines on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "keykata", *arguments],
        input=said,
        env=environment(folder, **more),
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )
