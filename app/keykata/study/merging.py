"""Merging: another home, an exported log or a synced folder is folded into this one; a union by event id."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from keykata.core.disk import real
from keykata.core.errors import KeyKataError, UnreadableError, UnwritableError, UsageError
from keykata.core.event import Event
from keykata.exchange.log_events import checked_event
from keykata.exchange.log_model import Damage, Sheet
from keykata.store.arrivals import Parcel
from keykata.store.database import DATABASE
from keykata.store.store import Store, open_other
from keykata.study.log_reading import SLICE, Batch, batches
from keykata.study.taking import Merged, Tally, in_turn

SUFFIX = ".jsonl"
MAGIC = b"SQLite format 3\0"
PAPER_MISSING = "the paper of its session is nowhere"
NAME_ONE = "Name a home's folder, its keykata.db, or a log that keykata export log FILE wrote."

Watch = Callable[[int, int], bool]
"""Hears how much of how much is done, in entries or bytes; False breaks off between two batches."""


def carry_on(done: int, whole: int) -> bool:
    """The watch of someone who does not look."""
    return done >= 0 or whole >= 0


def merge(store: Store, other: Path, watch: Watch = carry_on) -> Merged:
    """Fold another home's log into a store; again and in any order it ends the same.

    Args:
        other: a home's folder, its database, an exported log, or a folder of logs.

    Raises:
        UsageError: it is this home itself. UnreadableError: there is nothing that can be read.
        UnwritableError: this home cannot be written.
    """
    tally = Tally()
    readable = other.is_file() or other.is_dir() or not other.exists()
    if not readable:  # a device may have no end, and a pipe nobody to write it
        raise UnreadableError("This is no file that can be read.", where=str(other), hint=NAME_ONE)
    database = other / DATABASE if other.is_dir() else other
    if _is_database(database):
        if real(database) == real(store.path):
            raise UsageError("This is the home that is open.", hint="Name another one.")
        with closing(open_other(database)) as from_:
            try:
                _from_database(store, from_, tally, watch, str(database))
            except ValueError as error:  # what the other log holds; ours was looked at when it was written
                raise UnreadableError(
                    f"This home holds entries that cannot be read ({error}).",
                    where=str(database),
                    hint="Run on that home: keykata doctor --repair",
                ) from error
    else:
        for file in _logs(other):
            if not tally.stopped:
                _from_log(store, file, tally, watch)
        if not tally.read_any and tally.merged().skipped:
            flaw = tally.merged().flaws[0]
            hint = "keykata export log FILE writes one."
            where = f"{flaw.file}:{flaw.line}"
            raise UnreadableError(f"This is no log of KeyKata: {flaw.message}.", where=where, hint=hint)
    settle_name(store, tally)
    return tally.merged()


def bring_home(store: Store, left: Path) -> None:
    """Take in what a store put aside when it was closed; the file goes once its home holds all of it.

    Raises:
        UnwritableError: it cannot be taken in now, and stays.
    """
    try:
        with closing(store.anew()) as home:
            in_turn(lambda: _take_left(home, left))
    except KeyKataError as error:
        raise UnwritableError(
            "What was answered last is saved, but not yet in this home.",
            where=str(left),
            hint=f"Run: keykata merge {left}",
        ) from error
    left.unlink()


def _take_left(home: Store, left: Path) -> None:
    """Merge a file, or what is on its pages where another program wrote some of them."""
    try:
        merge(home, left)
    except UnreadableError:
        from keykata.store.salvage import salvage

        found = salvage(left)
        if home.merge(tuple(found.events.values()), found.snapshots).ours:
            home.renew_device()


def settle_name(store: Store, tally: Tally) -> None:
    """Renew the device id when entries came under it that this home never made."""
    if tally.ours:
        store.renew_device()
        tally.renewed = True


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def _logs(path: Path) -> Sequence[Path]:
    """The files to read.

    Raises:
        UnreadableError: there are none.
    """
    if not path.is_dir():
        return (path,)
    found = log_files(path)
    if not found:
        raise UnreadableError("There is neither a home nor a log here.", where=str(path), hint=NAME_ONE)
    return found


def log_files(folder: Path) -> tuple[Path, ...]:
    """The logs in a folder, those a sync tool calls conflicted copies too; its hidden files are its own."""
    found = (path for path in folder.iterdir() if path.name.endswith(SUFFIX) and path.name[0] != ".")
    return tuple(sorted(path for path in found if path.is_file()))


def _from_database(store: Store, other: Store, tally: Tally, watch: Watch, name: str) -> None:
    whole, done = other.length(), 0
    for events, sheets in other.parcels(SLICE, by_card=True):
        if not watch(done, whole):
            tally.stopped = True
            return
        good: list[Event] = []
        numbers = {event.id: number for number, event in enumerate(events, done + 1)}
        for event in events:
            checked = checked_event({column: getattr(event, column) for column in Event.__slots__})
            if isinstance(checked, Damage):
                tally.skip(name, numbers[event.id], checked.message)
            else:
                good.append(checked)
        kept = {hashed: body for hashed, body in sheets.items() if Sheet(hashed, body).whole}
        taking = Batch(events=good, numbers=numbers, sheets=kept)
        for parcel in taking.slices():
            _take(store, parcel, tally, name, numbers)
        done += len(events)
    watch(done, whole)


def _take(store: Store, parcel: Parcel, tally: Tally, name: str, numbers: Mapping[str, int]) -> None:
    taken = in_turn(lambda: store.merge(*parcel))
    tally.take(taken)
    for held in taken.held:
        tally.skip(name, numbers.get(held, 0), PAPER_MISSING)


def _from_log(store: Store, path: Path, tally: Tally, watch: Watch) -> None:
    try:
        size = path.stat().st_size
        for batch in batches(path, tally, to_the_end=True):
            for parcel in batch.slices():
                if not watch(batch.end, size):
                    tally.stopped = True
                    return
                _take(store, parcel, tally, path.name, batch.numbers)
    except OSError as error:
        hint = "keykata export log FILE writes one."
        raise UnreadableError(f"It cannot be read: {error.strerror}.", where=str(path), hint=hint) from error
