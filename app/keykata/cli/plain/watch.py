"""Watching the clock of something timed while nobody says anything."""

from __future__ import annotations

from typing import Protocol

from keykata.cli.out import Out
from keykata.cli.plain.patience import patiently
from keykata.study.views import Tick

SAVE_EVERY = 5.0  # seconds between savings of the clock, so that a crash gives back little


class Timed(Protocol):
    """A sitting with a clock."""

    @property
    def finished(self) -> bool:
        """Whether it has ended."""

    def tick(self) -> Tick:
        """Look at the clock; it ends at zero."""

    def leave(self) -> None:
        """Save the clock."""


class Watch:
    """Looks at the clock of a sitting; keeps the warnings that were crossed until they are told."""

    def __init__(self, sitting: Timed, out: Out) -> None:
        self._sitting = sitting
        self._out = out
        self._crossed: list[int] = []  # minutes
        self._saved_at: float | None = None  # seconds that were left
        self._moved = False

    def wait(self) -> float:
        """How many seconds to wait at most before the next look; 0 once it has ended.

        Raises:
            UnwritableError: the clock or the end could not be saved.
        """
        tick = patiently(self._sitting.tick, self._out)
        self._crossed += tick.warnings
        self._moved = self._moved or tick.moved
        if self._sitting.finished or tick.moved:
            return 0.0
        if tick.left is None:
            return SAVE_EVERY
        if self._saved_at is None or self._saved_at - tick.left >= SAVE_EVERY - 1:
            patiently(self._sitting.leave, self._out)
            self._saved_at = tick.left
        return min(SAVE_EVERY, tick.left + 0.01)  # a little past zero, so that the next look finds it

    def moved(self) -> bool:
        """Whether the time of an item was over since this was asked last."""
        moved, self._moved = self._moved, False
        return moved

    def warnings(self) -> tuple[int, ...]:
        """The minutes crossed since they were told last."""
        crossed, self._crossed = tuple(self._crossed), []
        return crossed
