"""Counting what a merge takes in, and saying it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import msgspec

from keykata.core.errors import BusyError
from keykata.store.rows import Taken

MOST_TOLD = 20
TRIES = 40  # each waits a quarter of a second inside the store
T = TypeVar("T")


def in_turn(call: Callable[[], T]) -> T:
    """Make a call that writes; while another program writes it is made again, for about ten seconds.

    Raises:
        BusyError: the other did not let go.
    """
    for _ in range(TRIES - 1):
        with suppress(BusyError):
            return call()
    return call()


class Flaw(msgspec.Struct, frozen=True):
    """A line that could not be taken: its file, its number from 1, and why."""

    file: str
    line: int
    message: str


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge took: entries and answers that were new, those known already, the devices they came from.

    `flaws` are the first lines that could not be taken; `skipped` how many there were. `stopped`: it was
    broken off; what was taken stays. `renewed`: this home got a fresh device id, because another copy of it
    writes under the one it had.
    """

    entries: int = 0
    answers: int = 0
    known: int = 0
    known_entries: int = 0
    devices: int = 0
    skipped: int = 0
    flaws: tuple[Flaw, ...] = ()
    stopped: bool = False
    renewed: bool = False


class Tally:
    """Adds the batches of a merge up."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.ours = 0
        self.stopped = self.renewed = False
        self._answers = self._known = self._known_entries = self._skipped = 0
        self._devices: set[str] = set()
        self._flaws: list[Flaw] = []

    def take(self, taken: Taken) -> None:
        """Go on by one batch."""
        self.ids.update(taken.ids)
        self.ours += taken.ours
        self._answers += taken.answers
        self._known += taken.known_answers
        self._known_entries += taken.known
        self._devices |= taken.devices

    def skip(self, file: str, line: int, message: str) -> None:
        """A line could not be taken."""
        self._skipped += 1
        if len(self._flaws) < MOST_TOLD:
            self._flaws.append(Flaw(file, line, message))

    @property
    def read_any(self) -> bool:
        """Whether any entry was there."""
        return bool(self.ids or self._known_entries)

    def merged(self) -> Merged:
        """The sum."""
        return Merged(
            entries=len(self.ids),
            answers=self._answers,
            known=self._known,
            known_entries=self._known_entries,
            devices=len(self._devices),
            skipped=self._skipped,
            flaws=tuple(self._flaws),
            stopped=self.stopped,
            renewed=self.renewed,
        )


def merged_words(merged: Merged) -> str:
    """`312 answers of 2 devices, 40 known already`."""
    devices = f"{merged.devices} device" + "s" * (merged.devices != 1)
    known = f", {merged.known:,} known already" if merged.known else ""
    if merged.answers:
        return f"{merged.answers:,} answer{'s' * (merged.answers != 1)} of {devices}{known}"
    if merged.entries:
        noun = "entry" if merged.entries == 1 else "entries"
        return f"No new answers, {merged.entries:,} other {noun} of {devices}{known}"
    return f"Nothing new{known}"


def flaw_words(flaw: Flaw) -> str:
    """`laptop.jsonl, line 12: its checksum does not fit; skipped`."""
    return f"{flaw.file}, line {flaw.line}: {flaw.message}; skipped"


RENEWED_WORDS = "Another copy of this home writes under the same name; this one goes on under a new one."
