"""What is measured from outside, on a pty: the start, the press of a key, and memory."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benching.rows import Row

ROWS, COLUMNS = 40, 120
LIMIT = 20.0  # seconds to wait for anything
QUIET = 0.012  # seconds without output: it is painted
PAUSE = 0.02  # seconds between two keys
LOOKED = 1.0  # seconds without output: Home has looked around
SLOW = 50  # milliseconds: a delay one begins to feel
LAST_OF_HOME = b"quit"  # in the footer, which is painted last
LAST_OF_EMPTY = b"empty app is here"


@dataclass(frozen=True)
class Home:
    """A made home with its cache and its bank."""

    home: Path
    cache: Path
    bank: Path

    def command(self, *more: str) -> list[str]:
        """The program on it."""
        return [sys.executable, "-m", "keykata", "--bank", str(self.bank), *more]

    def command_in(self, days: int) -> list[str]:
        """The program on it, so many days from now."""
        script = Path(__file__).resolve().parent / "ahead.py"
        return [sys.executable, str(script), str(days), "--bank", str(self.bank)]

    def environment(self) -> dict[str, str]:
        """Where it looks."""
        app = str(Path(__file__).resolve().parents[2] / "app")
        return {"KEYKATA_HOME": str(self.home), "KEYKATA_CACHE": str(self.cache), "PYTHONPATH": app}


class Seat:
    """A program on a pty of a fixed size."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.begun = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(env | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"})
            os.execv(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self, seconds: float) -> bytes:
        """What comes within a time; nothing when it stays quiet."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.fd, 1 << 16)
        except OSError:
            return b""

    def until(self, wanted: bytes) -> float:
        """Seconds from the start until some text came."""
        seen, end = b"", time.perf_counter() + LIMIT
        while time.perf_counter() < end:
            seen += self.read(0.2)
            if wanted in seen:
                return time.perf_counter() - self.begun
        raise TimeoutError(f"never saw {wanted!r} in {seen[-300:]!r}")

    def settle(self, quiet: float = 0.3) -> None:
        """Read until nothing comes for a while."""
        while self.read(quiet):
            pass

    def press(self, keys: bytes) -> float:
        """Milliseconds from a key to the last byte of what it painted."""
        while self.read(0):  # what is still painted of the key before
            pass
        begun = last = time.perf_counter()
        os.write(self.fd, keys)
        if not self.read(1.0):
            return 1000.0
        last = time.perf_counter()
        while self.read(QUIET):
            last = time.perf_counter()
        return (last - begun) * 1000

    def peak(self) -> float:
        """Peak memory in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def close(self) -> None:
        """End it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


@contextmanager
def seat(command: list[str], env: dict[str, str]) -> Iterator[Seat]:
    """A program that is ended behind."""
    made = Seat(command, env)
    try:
        yield made
    finally:
        made.close()


def floor(name: str) -> list[str]:
    """The command of one of the programs in `floors`."""
    return [sys.executable, str(Path(__file__).resolve().parent / "floors" / f"{name}.py")]


def start_ratio(home: Home, *, runs: int, bar: float, unkept: bool = False) -> Row:
    """Process start to the last text of Home, against an empty app; medians of interleaved runs.

    Args:
        unkept: with nothing kept of the Home before, as after days without a start.
    """
    ours, empty = [], []
    for run in range(runs + 1):
        if unkept:
            shutil.rmtree(home.cache / "front", ignore_errors=True)
        with seat(home.command(), home.environment()) as one:
            spent = one.until(LAST_OF_HOME)
        with seat(floor("empty"), {}) as other:
            bare = other.until(LAST_OF_EMPTY)
        if run:  # the first fills caches
            ours.append(spent * 1000)
            empty.append(bare * 1000)
    which = "start with nothing kept" if unkept else "start"
    return Row(
        f"{which} to Home, {home.home.parent.name} questions",
        statistics.median(ours),
        "ms",
        bar,
        statistics.median(empty),
    )


def next_day_ratio(home: Home, *, runs: int, bar: float) -> Row:
    """The first start of a day, after the app was left by its key the day before; medians of as many days."""
    ours, empty = [], []
    for day in range(runs + 1):
        with seat(home.command_in(day), home.environment()) as one:
            spent = one.until(LAST_OF_HOME)
            one.settle(LOOKED)
            os.write(one.fd, b"q")
            one.settle(LIMIT)
        with seat(floor("empty"), {}) as other:
            bare = other.until(LAST_OF_EMPTY)
        if day:
            ours.append(spent * 1000)
            empty.append(bare * 1000)
    return Row(
        f"first start of the next day to Home, {home.home.parent.name} questions",
        statistics.median(ours),
        "ms",
        bar,
        statistics.median(empty),
    )


def memory_ratio(home: Home) -> Row:
    """Peak memory at Home against an empty app."""
    with seat(home.command(), home.environment()) as one, seat(floor("empty"), {}) as other:
        one.until(LAST_OF_HOME)
        other.until(LAST_OF_EMPTY)
        one.settle()
        other.settle()
        return Row(
            f"peak memory at Home, {home.home.parent.name} questions", one.peak(), "MiB", 1.6, other.peak()
        )


def press_ratio(home: Home, *, presses: int) -> list[Row]:
    """An answer's key to its painted feedback, the durable write included, against a bare screen.

    The bare screen has the same widgets: head, body, side and foot, each given about as much new text a key.
    A screen of six short texts is told beside. The presses of all are interleaved, so that whatever else the
    machine does falls on all.
    """
    ours: list[float] = []
    bare: list[float] = []
    short: list[float] = []
    with (
        seat(home.command("quiz", "--count", str(presses)), home.environment()) as one,
        seat(floor("bare"), {}) as other,
        seat(floor("six"), {}) as third,
    ):
        one.until(f"1 of {presses}".encode())
        for each in (one, other, third):
            each.settle(0.6)
        for _ in range(presses):
            one.press(b"ab")
            time.sleep(PAUSE)
            ours.append(one.press(b"\r"))
            time.sleep(PAUSE)
            one.press(b"\r")
            time.sleep(PAUSE)
            bare.append(other.press(b"a"))
            time.sleep(PAUSE)
            short.append(third.press(b"a"))
            time.sleep(PAUSE)
    return press_rows(ours, bare, short)


def press_rows(ours: list[float], bare: list[float], short: list[float]) -> list[Row]:
    """The figures of so many presses of each, in milliseconds."""
    six = "six short texts"
    what = "answer key to painted feedback"
    far = int(len(ours) * 0.99) - 1
    slow, slow_bare = (sum(spent > SLOW for spent in presses) for presses in (ours, bare))
    return [
        Row(
            f"{what}, median",
            statistics.median(ours),
            "ms",
            1.5,
            statistics.median(bare),
            beside=statistics.median(short),
            beside_what=six,
        ),
        Row(
            f"{what}, p99",
            sorted(ours)[far],
            "ms",
            2.0,
            sorted(bare)[far],
            beside=sorted(short)[far],
            beside_what=six,
        ),
        Row(
            f"{what}, over {SLOW} ms oftener than the bare screen",
            slow - slow_bare,
            "presses",
            2,
            beside=slow_bare,
            beside_what="the bare screen",
        ),
    ]
