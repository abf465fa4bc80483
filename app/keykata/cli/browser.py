"""The app's side of `keykata serve`: it is drawn in a browser and ends with the server."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping

WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
LOOK_EVERY = 1.0  # seconds


def drawn_in_browser(environment: Mapping[str, str]) -> bool:
    """Whether textual-serve started this program and draws for it."""
    return environment.get("TEXTUAL_DRIVER") == WEB_DRIVER


def leave_with_server() -> None:
    """Leave as if a terminal were closed once the server is gone, however it ended; POSIX only."""
    if os.name == "posix":
        from threading import Thread

        Thread(target=_watch, args=(os.getppid(),), name="server", daemon=True).start()


def _watch(server: int) -> None:
    while os.getppid() == server:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGHUP)
