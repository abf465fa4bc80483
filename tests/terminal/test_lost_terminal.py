"""A terminal that is lost: the program ends as one that is hung up, all is saved, and nothing is said."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from keykata.cli.clock import SystemClock
from keykata.core.errors import HUNG_UP
from keykata.store.store import DAY_MS
from keykata.study.front import Frontage
from keykata.study.places import Places
from support.caches import shared_cache
from support.program import environment, run
from support.terminal import Terminal

pytestmark = pytest.mark.terminal

# a shell that outlives its terminal: nobody tells the program that it is gone
SHELL = """
import pathlib, signal, subprocess, sys
signal.signal(signal.SIGHUP, lambda *_: None)
done = subprocess.run([sys.executable, "-m", "keykata", *sys.argv[2:]], stderr=subprocess.PIPE)
pathlib.Path(sys.argv[1], "told").write_bytes(done.stderr)
pathlib.Path(sys.argv[1], "code").write_text(str(done.returncode))
"""


class Tomorrow(SystemClock):
    """The clock of the machine, a day ahead."""

    def wall(self) -> int:
        return super().wall() + DAY_MS


def answered(folder: Path) -> int:
    """How many answers the log holds."""
    return len(run(folder, "log", "--json").stdout.splitlines())


@pytest.mark.parametrize("keys", [(), ("down", "up")], ids=["still", "drawing"])
def test_a_closed_window_ends_the_app_and_keeps_the_answer(tmp_path: Path, keys: tuple[str, ...]) -> None:
    terminal = Terminal(tmp_path / "home")
    terminal.wait("Ten questions")
    terminal.press("enter")
    text = terminal.wait("enter confirm")
    terminal.press(*"abc"[: 3 if "select 3" in text else 2 if "select 2" in text else 1], "enter")
    terminal.wait("enter next")
    assert terminal.vanish(*keys, seconds=20) == HUNG_UP
    for clock in (SystemClock(), Tomorrow()):
        assert Frontage(Places(tmp_path / "home", shared_cache()), clock).kept(), (
            "the next start has Home at once"
        )
    assert answered(tmp_path) == 1


def test_a_closed_window_ends_plain_mode(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home", "quiz", "--plain", "--count", "2")
    terminal.wait("1 of 2")
    assert terminal.vanish(seconds=20) == HUNG_UP


def test_a_window_closed_under_an_offer_to_mend_ends_it(tmp_path: Path) -> None:
    run(tmp_path, "quiz", "--plain", "--count", "1", said="A\n")
    (tmp_path / "home" / "keykata.db").write_bytes(b"no database " * 1000)
    terminal = Terminal(tmp_path / "home")
    terminal.wait("q  leave everything as it is")
    assert terminal.vanish(seconds=20) == HUNG_UP


def test_a_terminal_that_is_gone_unsaid_ends_plain_mode_without_a_word(tmp_path: Path) -> None:
    process, near = pty.fork()
    if process == 0:  # only the new program may run in here
        os.chdir(tmp_path)
        command = [sys.executable, "-c", SHELL, str(tmp_path), "quiz", "--plain", "--count", "2"]
        os.execve(sys.executable, command, environment(tmp_path))
    seen = b""
    while b"1 of 2" not in seen:
        seen += os.read(near, 4096)
    os.close(near)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    assert (tmp_path / "code").read_text() == str(HUNG_UP)
    assert (tmp_path / "told").read_text() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="asks for a device that is full")
def test_what_cannot_be_written_is_still_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "keykata", "--version"],
            env=environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 4
    assert b"No space left" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="asks for a device that is full")
@pytest.mark.parametrize(("arguments", "code"), [(("import",), 2), (("-V",), 4)])
def test_the_exit_code_says_it_where_nothing_can_be_written(
    tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "keykata", *arguments]
        done = subprocess.run(
            command, env=environment(tmp_path), stdout=full, stderr=full, check=False, timeout=60
        )
    assert done.returncode == code


def test_an_output_that_can_only_be_read_is_told(tmp_path: Path) -> None:
    with Path(__file__).open("rb") as unwritable:
        done = subprocess.run(
            [sys.executable, "-m", "keykata", "--version"],
            env=environment(tmp_path),
            stdout=unwritable,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 4
    assert b"standard output" in done.stderr
