"""Signals of job control: the program stops and goes on, and gives the terminal back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.terminal import Terminal

pytestmark = pytest.mark.terminal

# the app, told to stop while it hands what is to be painted to the thread that writes
STOPPED_AMID_A_WRITE = """
import queue, runpy, signal

put = queue.Queue._put

def put_and_stop(self, item):
    put(self, item)
    if "Terms, comparisons" in str(item):
        queue.Queue._put = put
        signal.raise_signal(signal.SIGTSTP)

queue.Queue._put = put_and_stop
runpy.run_module("keykata", run_name="__main__")
"""

# the app, told to go on while it gives the terminal away
TOLD_AMID_THE_STOP = """
import runpy, signal
from textual.drivers.linux_driver import LinuxDriver

give = LinuxDriver.suspend_application_mode

def give_and_go_on(self):
    give(self)
    signal.raise_signal(signal.SIGCONT)

LinuxDriver.suspend_application_mode = give_and_go_on
runpy.run_module("keykata", run_name="__main__")
"""


@pytest.mark.parametrize("stopped", [False, True], ids=["running", "stopped"])
def test_told_twice_to_go_on_it_still_leaves_a_terminal_that_can_be_used(
    tmp_path: Path, stopped: bool
) -> None:
    terminal = Terminal(tmp_path / "home")
    before = terminal.settings()
    terminal.wait("Ten questions")
    if stopped:
        terminal.stop()
        assert terminal.settings() == before
    terminal.go_on()
    terminal.go_on()
    terminal.press("/")
    terminal.wait("esc back")
    terminal.press("esc", "q")
    assert terminal.wait_end(10) == 0
    assert terminal.settings() == before


def test_told_to_stop_amid_a_write_it_stops_and_goes_on(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home", code=STOPPED_AMID_A_WRITE)
    terminal.wait("Ten questions")
    terminal.press("/")
    assert terminal.stands_still()
    terminal.go_on()
    terminal.wait("esc back")
    terminal.press("esc", "q")
    assert terminal.wait_end(10) == 0


def test_told_to_go_on_while_it_gives_the_terminal_away_it_is_not_left_stopped(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home", code=TOLD_AMID_THE_STOP)
    before = terminal.settings()
    terminal.wait("Ten questions")
    terminal.tell_to_stop()
    terminal.wait("Ten questions")
    terminal.press("/")
    terminal.wait("esc back")
    terminal.press("esc", "q")
    assert terminal.wait_end(10) == 0
    assert terminal.settings() == before
