"""Writing the log as lines: whole, into a file of the learner's choice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from keykata.exchange.log_lines import event_line, header_line, sheet_line
from keykata.exchange.log_model import Sheet
from keykata.store.arrivals import Parcel
from keykata.store.store import Store
from keykata.study.new_file import save_new

PARCEL = 2000


def log_chunks(store: Store) -> Iterator[bytes]:
    """The whole log and every paper, as a file of lines, a stretch at a time."""
    yield header_line(store.device)
    for parcel in store.parcels(PARCEL):
        yield parcel_lines(parcel)


def parcel_lines(parcel: Parcel) -> bytes:
    """Papers first, so that whoever reads half of it has what the attempts need."""
    events, sheets = parcel
    papers = (sheet_line(Sheet(hashed, packed)) for hashed, packed in sorted(sheets.items()))
    return b"".join((*papers, *map(event_line, events)))


def save_log(store: Store, path: Path) -> int:
    """Write the whole log into a new file; how many entries it holds. The file is there whole or not at all.

    Raises:
        UnwritableError: it is there already, or cannot be written.
    """
    save_new(path, log_chunks(store), hint="Make room, or name another file.")
    return store.length()
