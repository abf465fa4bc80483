"""The real program on a real pty, and what its screen shows."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
PATIENCE = 40.0  # seconds until a screen must be there, on a machine with much else to do
QUIET, ANSWERING, ESCAPING, STOPPING = 0.02, 0.15, 0.3, 10.0  # seconds


class Terminal:
    """A program in a terminal of a given size; every wait is bounded.

    `code` is a text of Python to run instead of `-m keykata`.
    """

    def __init__(
        self, home: Path, *arguments: str, columns: int = 80, rows: int = 24, code: str = ""
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._left: list[Any] = []
        env = {
            **os.environ,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT / "app"),
            "KEYKATA_HOME": str(home),
            "KEYKATA_CACHE": str(shared_cache()),
        }
        env.pop(
            "PYTHONUNBUFFERED", None
        )  # nobody who studies has set it, and it hides what is left unwritten
        command = [*(("-c", code) if code else ("-m", "keykata")), *arguments]
        self._child = pexpect.spawn(sys.executable, command, dimensions=(rows, columns), env=env, timeout=5)

    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, what: str | Callable[[str], bool], seconds: float = PATIENCE) -> str:
        """Wait until the screen shows something and has come to rest; the screen as text."""
        end = time.monotonic() + seconds
        shown = what if callable(what) else lambda text: what in text
        alive = True
        while alive and time.monotonic() < end:
            if shown(self.text()):
                alive = self._rest()
                if shown(self.text()):
                    return self.text()
            else:
                alive = self._read(0.1) is not None
        if shown(self.text()):
            return self.text()
        raise AssertionError(f"never saw {what!r} on:\n{self.text()}")

    def press(self, *keys: str) -> None:
        """Press keys; the next when the screen has come to rest, or soon in any case."""
        for key in keys:
            self._child.send(KEYS.get(key, key))
            if key == "esc":  # what follows it too closely would be one key with it
                self._pump(ESCAPING)
            elif self._read(ANSWERING):
                self._rest()

    def send(self, raw: bytes) -> None:
        """Send bytes as they are, text or not."""
        self._child.send(raw)
        self._pump(ANSWERING)

    def type_undrawn(self, *keys: str) -> None:
        """Press keys while the terminal takes nothing of what comes: its line is slow."""
        for key in keys:
            os.write(self._child.child_fd, KEYS.get(key, key).encode())
            time.sleep(QUIET)

    def _read(self, seconds: float) -> bool | None:
        """Draw what comes next: whether anything came in this time; None once the program has ended."""
        try:
            self._stream.feed(self._child.read_nonblocking(65536, timeout=seconds))
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return None
        return True

    def _rest(self) -> bool:
        """Draw until nothing comes for a moment, within bounds; False once the program has ended."""
        end = time.monotonic() + ANSWERING
        while came := self._read(QUIET):
            if time.monotonic() > end:
                break
        return came is not None

    def _pump(self, seconds: float) -> bool:
        """Draw what comes for a while; False once the program has ended."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self._read(left) is None:
                return False
        return True

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        self._child.kill(signal.SIGKILL)
        self._child.wait()

    def hang_up(self) -> None:
        """SIGHUP, as a closed window would."""
        self._child.kill(signal.SIGHUP)

    def interrupt(self) -> None:
        """SIGINT, as `kill -INT` sends it: ctrl+c is a key for an app."""
        self._child.kill(signal.SIGINT)

    def stop(self) -> None:
        """SIGTSTP, as a shell would."""
        self.tell_to_stop()
        assert self.stands_still()

    def tell_to_stop(self) -> None:
        """SIGTSTP; what becomes of it is not waited for."""
        self._child.kill(signal.SIGTSTP)

    def stands_still(self) -> bool:
        """Wait until the program is stopped; whether it ever is."""
        end = time.monotonic() + STOPPING
        while time.monotonic() < end and self._pump(QUIET):
            if os.WIFSTOPPED(os.waitpid(self._child.pid, os.WNOHANG | os.WUNTRACED)[1]):
                return True
        return False

    def go_on(self) -> None:
        """SIGCONT, as a shell would."""
        self._child.kill(signal.SIGCONT)
        self._pump(ANSWERING)

    def settings(self) -> list[Any]:
        """How the terminal treats what is typed and shown; after the end, as the program left it."""
        return self._left or termios.tcgetattr(self._child.child_fd)

    def vanish(self, *keys: str, seconds: float) -> int | None:
        """The window is gone while keys are typed and nobody looks; the exit code, None if it lives on."""
        for _ in range(50):
            for key in keys:
                os.write(self._child.child_fd, KEYS.get(key, key).encode())
                time.sleep(QUIET)
        self._child.ptyproc.fileobj.close()
        # its number is another file's by and by: nobody may close it once more
        self._child.closed = self._child.ptyproc.closed = self._child.ptyproc.terminated = True
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            done, status = os.waitpid(self._child.pid, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            time.sleep(QUIET)
        os.kill(self._child.pid, signal.SIGKILL)
        os.waitpid(self._child.pid, 0)
        return None

    def wait_end(self, seconds: float = PATIENCE) -> int | None:
        """Wait until the program ends; its exit code."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._pump(0.1):
            pass
        self._left = self.settings()
        self._child.close()
        return self._child.exitstatus

    def close(self) -> None:
        """End whatever is left."""
        self._child.close(force=True)
