"""The real `keykata serve` as a process, on a terminal that can draw nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from support.program import environment

PATIENCE = 20  # seconds
REPEAT = 0.03  # seconds between the signals of a key held down
with_web = (
    pytest.mark.skipif(find_spec("textual_serve") is None, reason="textual-serve is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="ended by signals"),
)


class Served:
    """A running `keykata serve` on the home in a folder.

    Attributes:
        address: what it printed, with the token. root: the same without it.
        pid: its process. port: where it listens.
        said: what it printed after the address, once it has ended.
    """

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._errors = folder / "serve.err"
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "keykata", "serve", *arguments],
                env=environment(folder, KEYKATA_PLAIN="1", TERM="dumb"),
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )
        assert self._process.stdout is not None
        self.said = ""
        self.pid = self._process.pid
        self.address = self._process.stdout.readline().split()[-1]
        self.root = self.address.partition("?")[0]
        self.port = int(self.root.rstrip("/").rpartition(":")[2])

    def line(self) -> str:
        """The next line it prints after the address."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def end(self, how: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit code."""
        self._process.send_signal(how)
        return self._ended()

    def hold(self, how: signal.Signals) -> int:
        """Send a signal to it and its apps until it ends, as a key held down does; the exit code."""
        for _ in range(int(PATIENCE / REPEAT)):
            os.killpg(self.pid, how)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(REPEAT)
                break
        return self._ended()

    def _ended(self) -> int:
        code = self._process.wait(PATIENCE)
        assert self._process.stdout is not None
        self.said = self._process.stdout.read()
        self._process.stdout.close()
        return code

    def complaints(self) -> str:
        """What it wrote to standard error so far."""
        return self._errors.read_text(encoding="utf-8")

    def close(self) -> None:
        """End it if it still runs."""
        if self._process.poll() is None:
            self.end(signal.SIGKILL)
