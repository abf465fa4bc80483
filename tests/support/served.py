"""The real `keykata serve` as a process, on a terminal that can draw nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from support.program import environment

PATIENCE = 20  # seconds
with_web = (
    pytest.mark.skipif(find_spec("textual_serve") is None, reason="textual-serve is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="ended by signals"),
)


class Served:
    """A running `keykata serve` on the home in a folder.

    Attributes:
        address: what it printed, with the token. root: the same without it.
        pid: its process.
    """

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "keykata", "serve", *arguments],
            env=environment(folder, KEYKATA_PLAIN="1", TERM="dumb"),
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.pid = self._process.pid
        self.address = self._process.stdout.readline().split()[-1]
        self.root = self.address.partition("?")[0]

    def end(self, how: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit code."""
        self._process.send_signal(how)
        code = self._process.wait(PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code

    def close(self) -> None:
        """End it if it still runs."""
        if self._process.poll() is None:
            self.end(signal.SIGKILL)
