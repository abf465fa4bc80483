"""Waiting for another program that writes to the same home."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from keykata.cli.out import Out
from keykata.core.errors import BusyError

TRIES = 40  # each waits a quarter of a second inside the store
T = TypeVar("T")


def patiently(act: Callable[[], T], out: Out) -> T:
    """Do what appends to the log; while another program writes, say so once and try again.

    Raises:
        BusyError: the other program did not let go; nothing was kept.
        UnwritableError: the home cannot be written.
    """
    for attempt in range(TRIES - 1):
        try:
            return act()
        except BusyError:
            if not attempt:
                out.line("Saving. Another program is writing.")
    return act()
