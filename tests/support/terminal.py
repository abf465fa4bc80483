"""The real program on a real pty, and what its screen shows."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

from support.caches import shared_cache

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "tab": "\t",
    "ctrl+q": "\x11",
    "ctrl+p": "\x10",
    "pgdn": "\x1b[6~",
}
ROOT = Path(__file__).resolve().parents[2]


class Terminal:
    """A program in a terminal of a given size; every wait is bounded."""

    def __init__(self, home: Path, *arguments: str, columns: int = 80, rows: int = 24) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        env = {
            **os.environ,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT / "app"),
            "KEYKATA_HOME": str(home),
            "KEYKATA_CACHE": str(shared_cache()),
        }
        command = ["-m", "keykata", *arguments]
        self._child = pexpect.spawn(sys.executable, command, dimensions=(rows, columns), env=env, timeout=5)

    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def pump(self, seconds: float) -> bool:
        """Read what comes for a while; False once the program has ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self._stream.feed(self._child.read_nonblocking(65536, timeout=0.02))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return False
        return True

    def wait(self, what: str | Callable[[str], bool], seconds: float = 20.0) -> str:
        """Wait until the screen shows something; the screen as text."""
        end = time.monotonic() + seconds
        shown = what if callable(what) else lambda text: what in text
        while time.monotonic() < end:
            alive = self.pump(0.05)
            if shown(self.text()):
                return self.text()
            if not alive:
                break
        raise AssertionError(f"never saw {what!r} on:\n{self.text()}")

    def press(self, *keys: str) -> None:
        """Press keys, reading a little after each."""
        for key in keys:
            self._child.send(KEYS.get(key, key))
            self.pump(0.15)

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        self._child.kill(signal.SIGKILL)
        self._child.wait()

    def hang_up(self) -> None:
        """SIGHUP, as a closed window would."""
        self._child.kill(signal.SIGHUP)

    def wait_end(self, seconds: float = 10.0) -> int | None:
        """Wait until the program ends; its exit code."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.pump(0.1):
            pass
        self._child.close()
        return self._child.exitstatus

    def close(self) -> None:
        """End whatever is left."""
        self._child.close(force=True)
