"""Reading a file of the log in batches, and cutting these into what one short transaction takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from keykata.core.event import Event
from keykata.exchange.log_lines import read_lines
from keykata.exchange.log_model import Damage, Sheet
from keykata.store.arrivals import Parcel
from keykata.study.taking import Tally

BATCH = 20_000  # entries that are looked at together
BATCH_BYTES = 16 << 20  # of papers
SLICE = 200  # entries a transaction, so that whoever answers meanwhile gets a turn soon
SLICE_BYTES = 1 << 20  # of papers


@dataclass(slots=True)
class Batch:
    """Entries with the numbers of their lines, and papers by their hash.

    `end` and `line` are the byte and the number of lines behind it. `sound` and `sound_lines` are the same,
    but stop before the first line that could not be taken: it is tried again when the file has changed.
    """

    events: list[Event] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    sheets: dict[str, bytes] = field(default_factory=dict)
    room: int = BATCH_BYTES
    end: int = 0
    line: int = 0
    sound: int = 0
    sound_lines: int = 0

    @property
    def full(self) -> bool:
        """Whether it is enough for one transaction."""
        return len(self.events) >= BATCH or self.room < 0

    def slices(self) -> Iterator[Parcel]:
        """What one short transaction takes each: papers, what belongs to no card, then card by card."""
        papers: dict[str, bytes] = {}
        for hashed, packed in self.sheets.items():
            papers[hashed] = packed
            if sum(map(len, papers.values())) >= SLICE_BYTES:
                yield (), papers
                papers = {}
        ordered = sorted(self.events, key=lambda event: (event.card or "", *event.order))
        for first in range(0, max(len(ordered), 1), SLICE):
            yield ordered[first : first + SLICE], papers
            papers = {}


def batches(
    path: Path, tally: Tally, *, start: int = 0, lines: int = 0, to_the_end: bool = False
) -> Iterator[Batch]:
    """The entries and papers of a file, at least one batch; lines that cannot be taken go to the tally.

    Args:
        start: the byte to begin at. lines: how many lines are before it.
        to_the_end: a last line without its end is read like any other; else it is left for the next time.

    Raises:
        OSError: it cannot be read.
    """
    batch = Batch(end=start, line=lines, sound=start, sound_lines=lines)
    sound = True
    with path.open("rb") as file:
        file.seek(start)
        for line in read_lines(file, number=lines, to_the_end=to_the_end):
            if not line.finished:
                break
            found = line.found
            if isinstance(found, Damage):
                sound = False
                tally.skip(path.name, line.number, found.message)
                if found.newer:
                    break
            elif isinstance(found, Sheet):
                batch.sheets[found.hash] = found.packed
                batch.room -= len(found.packed)
            elif isinstance(found, Event):
                batch.events.append(found)
                batch.numbers[found.id] = line.number
            batch.end, batch.line = line.end, line.number
            if sound:
                batch.sound, batch.sound_lines = line.end, line.number
            if batch.full:
                yield batch
                batch = Batch(
                    end=batch.end, line=batch.line, sound=batch.sound, sound_lines=batch.sound_lines
                )
    yield batch
