"""Waiting for another program that writes to the same home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol, TypeVar

from keykata.cli.out import Out
from keykata.core.errors import BusyError, KeyKataError

TRIES = 40  # each waits a quarter of a second inside the store
T = TypeVar("T")


class Leaving(Protocol):
    """A sitting that can be left open."""

    def leave(self) -> None:
        """Save the clock."""


@contextmanager
def left_well(sitting: Leaving, out: Out) -> Iterator[None]:
    """Save the clock of a sitting at its end; when it ends by a fault one try is enough, and hides nothing.

    Raises:
        UnwritableError: the clock could not be saved.
    """
    try:
        yield
    except BaseException:
        with suppress(KeyKataError):
            sitting.leave()
        raise
    patiently(sitting.leave, out)


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
