"""A terminal that is gone while the app draws on it or listens to it, and one that is left often."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import threading
from typing import Any

import pytest
from textual.drivers._writer_thread import WriterThread

from keykata.core.errors import HUNG_UP
from keykata.tui.hearing import Lasting, forgiving


class Gone(io.StringIO):
    """A terminal whose window was closed."""

    def write(self, _: str) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_what_is_drawn_for_nobody_holds_nothing_up() -> None:
    writer = WriterThread(Lasting(Gone()))  # type: ignore[arg-type]
    writer.start()

    def draw() -> None:
        for _ in range(200):
            writer.write("text")
        writer.stop()

    drawing = threading.Thread(target=draw, daemon=True)
    drawing.start()
    drawing.join(20)
    assert not drawing.is_alive()


class Driver:
    """What Textual's driver has that ours needs."""

    def __init__(self, terminal: int = 0) -> None:
        self.fileno = terminal
        self.exit_event = threading.Event()
        self.asked: list[object] = []
        self._app = self
        self._file = io.StringIO()
        self._size = (80, 24)

    def start_application_mode(self) -> None:
        """Draw."""
        self._file.write("drawn")

    def run_input_thread(self) -> None:
        """Listen."""

    def exit(self) -> None:
        """Leave."""

    def call_later(self, *what: object) -> None:
        """Ask the app for something."""
        self.asked.append(what)


def made(*given: int) -> Any:
    return forgiving(Driver)(*given)  # type: ignore[arg-type]


def test_a_terminal_can_be_left_and_taken_up_as_often_as_one_likes() -> None:
    driver = made()
    for _ in range(2 * sys.getrecursionlimit()):
        driver.start_application_mode()


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_a_terminal_that_is_gone_ends_the_app_though_nothing_tells_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    near, far = os.openpty()
    os.close(near)
    kills: list[int] = []
    monkeypatch.setattr(os, "kill", lambda _, number: kills.append(number))
    driver = made(far)
    driver.run_input_thread()
    os.close(far)
    assert kills == [signal.SIGHUP]
    assert driver.asked == [(driver.exit, None, HUNG_UP)]


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_a_terminal_that_waits_for_nobody_is_made_to_wait() -> None:
    near, far = os.openpty()
    os.set_blocking(far, False)
    driver = made(far)
    driver.start_application_mode()
    assert os.get_blocking(far)
    os.close(near)
    os.close(far)
