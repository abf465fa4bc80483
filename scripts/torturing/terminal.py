"""Faults the app meets on a real terminal: signals, a full disk, a home that cannot be written."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pyte

from torturing.scenes import Tally
from torturing.victim import Place

WAIT = 30.0  # seconds
COLUMNS, ROWS = 100, 32
ALTERNATE, RESTORED = b"\x1b[?1049h", b"\x1b[?1049l"
ROOM = "1536k"  # of the small disk
NO_OVERRIDE = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


class Screen:
    """The app on a terminal of its own."""

    def __init__(self, place: Place, *arguments: str, before: tuple[str, ...] = ()) -> None:
        self.raw = b""
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        bank = ("--bank", str(place.bank)) if place.bank else ()
        command = [*before, sys.executable, "-m", "keykata", *arguments, *bank]
        self.child = pexpect.spawn(
            command[0], command[1:], dimensions=(ROWS, COLUMNS), env=place.environment(), timeout=5
        )

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self._screen.display)

    def wait(self, what: str, seconds: float = WAIT) -> bool:
        """Wait until the screen shows a text; whether it came."""
        end = time.monotonic() + seconds
        while what not in self.text and time.monotonic() < end and self._read():
            pass
        return what in self.text

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.child.send(key)
            end = time.monotonic() + 0.15
            while time.monotonic() < end and self._read():
                pass

    def answer(self) -> None:
        """Choose as many options as are asked for, from the first on, and confirm."""
        asked = re.search(r"\bselect (\d)", self.text)
        self.press(*"abcdef"[: int(asked[1]) if asked else 1], "\r")

    def end(self) -> int | None:
        """Wait for its end; its exit code, negative for a signal."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end and self._read():
            pass
        self.child.close(force=True)
        code = self.child.exitstatus
        return -self.child.signalstatus if code is None and self.child.signalstatus else code

    @property
    def restored(self) -> bool:
        """Whether the terminal was given back as it was."""
        return self.raw.rfind(RESTORED) > self.raw.rfind(ALTERNATE)

    def _read(self) -> bool:
        try:
            told = self.child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += told
        self._stream.feed(told)
        return True


def signals_on_screen(folder: Path, bank: Path) -> Tally:
    """The window is closed, another ends it, it is suspended: answers are kept, the terminal is restored."""
    tally = Tally()
    for name, code in (("SIGTERM", 143), ("SIGHUP", 129)):
        place = Place(folder / f"screen-{name}", folder / "cache", bank)
        screen = _answering(place, tally)
        screen.child.kill(getattr(signal, name))
        ended = screen.end()
        tally.blame(ended == code, f"{name} on the screen: ended with {ended}")
        tally.blame(screen.restored, f"{name} on the screen: the terminal is not restored")
        _compare(place, tally, 1, name)
    place = Place(folder / "screen-SIGTSTP", folder / "cache", bank)
    screen = _answering(place, tally)
    screen.child.kill(signal.SIGTSTP)
    time.sleep(1.0)
    screen.child.kill(signal.SIGCONT)
    screen.press("\r")
    screen.answer()
    tally.blame(screen.wait("enter next"), f"suspended: it does not go on:\n{screen.text}")
    tally.acknowledged += 1
    screen.press("\x11")
    tally.blame(screen.end() == 0, "suspended: it does not end well")
    _compare(place, tally, 2, "suspended")
    return tally


def full_disk_on_screen(folder: Path, bank: Path) -> Tally:
    """A small disk fills up under the app and under plain mode; with room again it goes on."""
    tally = Tally()
    with _disk(folder / "small", ROOM) as disk:
        if disk is None:
            return tally
        place = Place(disk / "home", folder / "cache", bank)
        screen = _answering(place, tally)
        _fill(disk)
        kept = place.counted("answer")
        for _ in range(40):
            screen.press("\r")
            screen.answer()
            if "disk is full" in screen.text:
                break
        tally.blame("disk is full" in screen.text, f"full disk: it never said so:\n{screen.text}")
        tally.acknowledged += place.counted("answer") - kept
        known = place.ids()
        (disk / "ballast").unlink()
        before = place.counted("answer")
        screen.press("\r")
        tally.blame(screen.wait("enter next"), f"full disk: it does not go on:\n{screen.text}")
        tally.blame(place.counted("answer") == before + 1, "full disk: the answer is not kept once")
        _fill(disk)
        said = place.run("quiz", "--plain", "--count", "500", lines="A\n" * 500)
        tally.runs += 1
        tally.acknowledged += said.acknowledged
        tally.blame(said.code == 4, f"full disk: plain ended with {said.code}: {said.err[-200:]}")
        tally.blame("disk is full" in said.err, f"full disk: plain said {said.err[-200:]}")
        (disk / "ballast").unlink()
        screen.press("\x11")
        tally.blame(screen.end() == 0, "full disk: it does not end well")
        lost = len(known - place.ids()) + max(0, before + 1 + said.acknowledged - place.counted("answer"))
        tally.lost += lost
        tally.blame(not lost and place.is_sound(), f"full disk: {lost} answers are lost")
    return tally


def read_only(folder: Path, bank: Path) -> Tally:
    """A home on a read-only disk, and one whose owner may not write: it says so and changes nothing."""
    tally = Tally()
    place = Place(folder / "locked", folder / "cache", bank)
    place.run("quiz", "--plain", "--count", "3", lines="A\n" * 3)
    place.home.chmod(0o555)
    place.database.chmod(0o444)
    before = place.database.read_bytes()
    if os.geteuid() or shutil.which("setpriv"):
        _look_at(place, tally, () if os.geteuid() else NO_OVERRIDE)
    tally.blame(place.database.read_bytes() == before, "read-only: the file was changed")
    place.home.chmod(0o755)
    with _disk(folder / "sealed", "8m") as disk:
        if disk is not None:
            shutil.copytree(place.home, disk / "home")
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            _look_at(Place(disk / "home", folder / "cache", bank), tally, ())
    return tally


def _look_at(place: Place, tally: Tally, before: tuple[str, ...]) -> None:
    screen = Screen(place, before=before)
    tally.blame(screen.wait("nothing is saved here"), f"read-only: no word of it:\n{screen.text}")
    screen.press("\r", "q", "\x11")
    tally.blame(screen.end() == 0 and screen.restored, "read-only: the app does not end well")
    for arguments, codes in ((("stats",), (0,)), (("quiz", "--plain"), (4,)), (("doctor",), (0, 1, 4))):
        command = [*before, sys.executable, "-m", "keykata", *arguments]
        done = subprocess.run(
            command, env=place.environment(), input=b"A\n", capture_output=True, timeout=60, check=False
        )
        tally.runs += 1
        said = (done.stdout + done.stderr).decode(errors="replace")[-300:]
        tally.blame(done.returncode in codes, f"read-only: {arguments} ended with {done.returncode}: {said}")


def _answering(place: Place, tally: Tally) -> Screen:
    """The app with one answer given and its reasons on show."""
    screen = Screen(place, "quiz", "--count", "200")
    tally.runs += 1
    tally.blame(screen.wait("enter confirm"), f"the app did not begin:\n{screen.text}")
    screen.answer()
    tally.blame(screen.wait("enter next"), f"no answer was taken:\n{screen.text}")
    tally.acknowledged += 1
    return screen


def _compare(place: Place, tally: Tally, answers: int, what: str) -> None:
    lost = max(0, answers - place.counted("answer"))
    tally.lost += lost
    tally.blame(not lost and place.is_sound(), f"{what}: {lost} answers are lost")


@contextmanager
def _disk(at: Path, size: str) -> Iterator[Path | None]:
    """A small disk of its own; None where this system does not let us have one."""
    at.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={size}", "torture", str(at)]
    mounted = not subprocess.run(["mount", *options], capture_output=True, check=False).returncode
    try:
        yield at if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(at)], check=False)


def _fill(disk: Path) -> None:
    """Leave only a little room."""
    with (disk / "ballast").open("wb", buffering=0) as file:
        left = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        file.write(b"\0" * max(0, left - 64 * 1024))


def screen_faults(folder: Path, bank: Path) -> dict[str, Callable[[], Tally]]:
    """Every fault on the screen by its name."""
    return {
        "signals on screen": lambda: signals_on_screen(folder, bank),
        "full disk on screen": lambda: full_disk_on_screen(folder, bank),
        "read-only home": lambda: read_only(folder, bank),
    }
