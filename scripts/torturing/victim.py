"""A program that is hurt: started with lines to read, ended by a signal, and asked what it said."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "app"
LIMIT = 300.0  # seconds; nothing may take longer
ACKNOWLEDGED = ("Right.", "Wrong.", "Saved.", "Forgot.", "Hard.", "Knew it.", "Easy.")
DATABASE = "keykata.db"


@dataclass(frozen=True, slots=True)
class Said:
    """What a victim left behind: its exit code (negative: the signal), and both streams."""

    code: int
    out: str
    err: str

    @property
    def acknowledged(self) -> int:
        """How many answers it said to have saved; a line that was cut off counts for nothing."""
        whole = self.out.rpartition("\n")[0]
        return sum(line.startswith(ACKNOWLEDGED) for line in whole.splitlines())


@dataclass(frozen=True, slots=True)
class Place:
    """A home of its own, with the cache and bank it is used with."""

    home: Path
    cache: Path
    bank: Path | None = None

    @property
    def database(self) -> Path:
        """The file everything is about."""
        return self.home / DATABASE

    def environment(self) -> dict[str, str]:
        """What the program needs to work here and nowhere else."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KEYKATA_")}
        places = {"KEYKATA_HOME": str(self.home), "KEYKATA_CACHE": str(self.cache), "PYTHONPATH": str(APP)}
        return kept | places | {"TERM": "xterm-256color"}

    def start(self, *arguments: str, limit_bytes: int = 0, code: str = "") -> subprocess.Popen[bytes]:
        """Start the program; with `code` that text of Python instead.

        Args:
            limit_bytes: no file it writes may grow over this.
        """
        bank = ("--bank", str(self.bank)) if self.bank else ()
        command = ["-c", code, *arguments] if code else ["-m", "keykata", *arguments, *bank]
        child = subprocess.Popen(
            [sys.executable, *command],
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        if limit_bytes:
            resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
        return child

    def run(self, *arguments: str, lines: str = "", limit_bytes: int = 0) -> Said:
        """Run the program to its end."""
        return talk(self.start(*arguments, limit_bytes=limit_bytes), lines)

    def ids(self) -> set[str]:
        """Every event of the log."""
        return {str(row[0]) for row in self.ask("SELECT id FROM event")} if self._begun() else set()

    def counted(self, kind: str) -> int:
        """How many events of a kind the log holds."""
        if not self._begun():
            return 0
        return int(self.ask("SELECT COUNT(*) FROM event WHERE kind = ?", kind)[0][0])

    def _begun(self) -> bool:
        """Whether there is a log; a program may be ended before it made one."""
        sql = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'event'"
        try:
            return self.database.exists() and self.ask(sql) != [(0,)]
        except sqlite3.DatabaseError:
            return False

    def is_sound(self) -> bool:
        """Whether SQLite finds nothing wrong; a home without a database yet is sound."""
        try:
            return not self.database.exists() or self.ask("PRAGMA integrity_check") == [("ok",)]
        except sqlite3.DatabaseError:
            return False

    def ask(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Read the database, with what a killed program left in its log."""
        with closing(sqlite3.connect(self.database, timeout=10)) as db:
            return db.execute(sql, values).fetchall()


def talk(child: subprocess.Popen[bytes], lines: str, hurt: Callable[[], None] | None = None) -> Said:
    """Give a program its lines, do something to it meanwhile, and wait for its end."""
    hurting = threading.Thread(target=hurt) if hurt else None
    if hurting:
        hurting.start()
    try:
        out, err = child.communicate(lines.encode(), timeout=LIMIT)
    except subprocess.TimeoutExpired:
        child.kill()
        out, err = child.communicate()
        err += b"\nit had to be killed: over the limit of time"
    if hurting:
        hurting.join()
    return Said(child.returncode, out.decode(errors="replace"), err.decode(errors="replace"))


def killed_after(
    child: subprocess.Popen[bytes], lines: str, count: int, after: float, number: int = signal.SIGKILL
) -> Said:
    """Give a program its lines, and send it a signal some seconds after it acknowledged so many answers.

    So the kills spread over all of a run, however long the machine takes to start it.
    """
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    told: list[bytes] = []
    errors: list[bytes] = []
    stdin, stdout, stderr = child.stdin, child.stdout, child.stderr

    def feed() -> None:
        with suppress(OSError):
            stdin.write(lines.encode())
            stdin.close()

    helpers = [threading.Thread(target=feed), threading.Thread(target=lambda: errors.append(stderr.read()))]
    late = threading.Timer(LIMIT, child.kill)
    for helper in (*helpers, late):
        helper.start()
    hit = threading.Timer(after, child.send_signal, (number,))
    seen = 0
    if not count:
        hit.start()
    for line in stdout:
        told.append(line)
        seen += line.endswith(b"\n") and line.decode(errors="replace").startswith(ACKNOWLEDGED)
        if seen == count and not hit.is_alive() and not hit.finished.is_set():
            hit.start()
    child.wait()
    for timer in (hit, late):
        timer.cancel()
    for helper in helpers:
        helper.join()
    return Said(
        child.returncode, b"".join(told).decode(errors="replace"), b"".join(errors).decode(errors="replace")
    )


def killed(child: subprocess.Popen[bytes], lines: str, after: float, number: int = signal.SIGKILL) -> Said:
    """Give a program its lines and send it a signal some seconds after its start."""

    def hurt() -> None:
        time.sleep(after)
        child.send_signal(number)  # a program that has ended is left alone

    return talk(child, lines, hurt)
