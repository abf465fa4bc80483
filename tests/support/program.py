"""The real program without a terminal: arguments and lines in, streams and exit code out."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from support.caches import shared_cache
from support.warm import warm

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 60
STREAMS = ("in", "out", "err")
AT_START = ("PYTHON", "LANG", "LC_")  # what an interpreter looks at when it starts


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


def run_afresh(
    folder: Path, *arguments: str, said: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
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


def run(folder: Path, *arguments: str, said: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """The same from a process that has read the modules already, where processes can be forked."""
    if not hasattr(os, "fork") or any(name.startswith(AT_START) for name in more):
        return run_afresh(folder, *arguments, said=said, **more)
    with tempfile.TemporaryDirectory() as place:
        streams = [Path(place) / name for name in STREAMS]
        streams[0].write_text(said, encoding="utf-8")
        for stream in streams[1:]:
            stream.touch()
        order = {
            "arguments": arguments,
            "env": environment(folder, **more),
            "folder": str(folder),
            "streams": [str(stream) for stream in streams],
        }
        code = warm().run(order, LIMIT)
        out, err = (stream.read_bytes().decode() for stream in streams[1:])
    return subprocess.CompletedProcess(
        list(arguments), code, *(text.replace("\r\n", "\n") for text in (out, err))
    )
