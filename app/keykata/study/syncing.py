"""The synced folder: each device appends to its own file there and reads all the others.

What was answered here is written first: reading what others wrote may take long, be broken off, or fail.

A file that is as it was left is not read again. When anything is not as it was left (the first time, a file
that shrank or is gone, a restored home) all files are read whole, and whatever the folder lacks is written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from keykata.core.digest import sha256_hex
from keykata.core.disk import sync_folder
from keykata.core.errors import UnreadableError, UnwritableError
from keykata.core.event import Event
from keykata.core.safe import safe_line
from keykata.exchange.log_lines import header_line, read_lines
from keykata.exchange.log_model import Damage
from keykata.store.refusals import NO_ROOM
from keykata.store.rows import FileMark
from keykata.store.store import Store
from keykata.study.log_reading import Batch, batches
from keykata.study.merging import PAPER_MISSING, SUFFIX, Watch, log_files, settle_name
from keykata.study.sending import parcel_lines
from keykata.study.taking import Merged, Tally, in_turn

ENDING = 128  # bytes that tell whether a file still ends as it did
PARCEL = 1000
NOT_AS_LEFT = -1  # something else wrote to our file: next time everything is read


def sync(store: Store, folder: Path, watch: Watch) -> Merged:
    """Take in what other devices wrote to a folder, and write what it lacks.

    Raises:
        UnreadableError: the folder is not there, or cannot be read.
        UnwritableError: the home or the folder cannot be written.
    """
    tally = Tally()
    try:
        if not folder.is_dir():
            hint = "Start your sync program, or: keykata config sync none"
            raise UnreadableError("The synced folder is not there.", where=str(folder), hint=hint)
        run = _Run(store, folder, tally, watch)
        with suppress(OSError):  # told when it fails behind the reading, too
            run.write_own()
        run.read()
        settle_name(store, tally)
        if tally.stopped:
            run.write_own()
        else:
            run.write()
    except OSError as error:
        full = error.errno in NO_ROOM
        hint = "Make room there." if full else "Look whether the folder can be read and written."
        why = error.strerror or str(error).rstrip(".")
        where = str(folder) if error.filename is None else os.fsdecode(error.filename)
        raise UnwritableError(f"Syncing failed: {why}.", where=where, hint=hint) from error
    return tally.merged()


class _Run:
    """One exchange with a folder."""

    def __init__(self, store: Store, folder: Path, tally: Tally, watch: Watch) -> None:
        self._store = store
        self._folder = folder
        self._key = str(folder)
        self._tally = tally
        self._watch = watch
        self._marks = store.marks(self._key)
        self._shared: set[str] = set()  # entries the folder holds, as far as this run read them
        self._size = self._done = 0
        self._known = self._own_as_left()  # what the own file holds: what this device wrote, or nothing

    def write_own(self) -> None:
        """Write this device's own entries, as far as it is known what its file and the folder lack."""
        if self._known or not (self._own.name in self._marks or self._own.exists()):
            self._write(only_own=True)
            self._marks = self._store.marks(self._key)
            self._known = True

    def read(self) -> None:
        """Take in every file that changed; all of them when the folder is not as it was left."""
        files = log_files(self._folder)
        gone = self._marks.keys() - {_name(path) for path in files}
        if gone or not self._known:
            in_turn(lambda: self._store.forget_marks(self._key, self._marks.keys()))
            self._marks = {}
            self._known = False
        changed = [path for path in files if not self._as_left(path)]
        self._size = sum(path.stat().st_size for path in changed)
        for path in changed:
            if not self._tally.stopped:
                self._read_file(path)

    def write(self) -> None:
        """Write what the folder lacks to this device's own file."""
        self._write(only_own=False)

    def _write(self, *, only_own: bool) -> None:
        shared = self._shared | self._tally.ids
        hand_out = partial(self._store.hand_out, self._key, self._own.name, self._append)
        while in_turn(partial(hand_out, leaving_out=shared, most=PARCEL, only_own=only_own)) == PARCEL:
            pass

    @property
    def _own(self) -> Path:
        return self._folder / f"{self._store.device}{SUFFIX}"

    def _own_as_left(self) -> bool:
        """Whether the own file holds what was written to it: what it lost, no other device can give back.

        A disk that fails, or a sync program, may leave it as long as it was and full of zeros.
        """
        own, mark = self._own, self._marks.get(self._own.name)
        if mark is None or not own.exists() or own.stat().st_size != mark.size:
            return False
        if self._as_left(own):
            return True
        touched = own.stat().st_mtime_ns
        if not _is_whole(own):
            return False
        seen = msgspec.structs.replace(mark, changed=touched)
        in_turn(lambda: self._store.merge((), {}, folder=self._key, marks=(seen,)))
        return True

    def _as_left(self, path: Path) -> bool:
        mark, now = self._marks.get(_name(path)), path.stat()
        return mark is not None and (mark.size, mark.changed) == (now.st_size, now.st_mtime_ns)

    def _read_file(self, path: Path) -> None:
        now = path.stat()
        mark = self._marks.get(_name(path))
        if mark is None or mark.whole > now.st_size or mark.ending != ending(path, mark.whole):
            mark = FileMark(name=_name(path))
        whole, lines, held = mark.whole, mark.lines, False
        for batch in batches(path, self._tally, start=mark.whole, lines=mark.lines):
            missing = self._take(batch, self._done + batch.end - mark.whole)
            if self._tally.stopped:
                return
            self._shared.update(batch.numbers.keys() - set(missing))
            for name in missing:
                self._tally.skip(path.name, batch.numbers[name], PAPER_MISSING)
            held = held or bool(missing)  # the paper may come later: its line is read again then
            if not held:
                whole, lines = batch.sound, batch.sound_lines
        self._done += now.st_size
        if path != self._own:
            left = FileMark(
                name=_name(path),
                size=now.st_size,
                changed=now.st_mtime_ns,
                whole=whole,
                lines=lines,
                ending=ending(path, whole),
            )
            in_turn(lambda: self._store.merge((), {}, folder=self._key, marks=(left,)))

    def _take(self, batch: Batch, done: int) -> list[str]:
        """Take a batch in, in short transactions; the beginnings of attempts whose paper is nowhere."""
        held: list[str] = []
        for parcel in batch.slices():
            if not self._watch(done, self._size):
                self._tally.stopped = True
                break
            taken = in_turn(partial(self._store.merge, *parcel))
            self._tally.take(taken)
            held += taken.held
        return held

    def _append(
        self, events: Sequence[Event], sheets: Mapping[str, bytes], mark: FileMark | None
    ) -> FileMark:
        """Put entries at the end of the own file, whole lines behind whole lines, and on disk."""
        path = self._own
        if not path.exists():
            path.touch()
            sync_folder(path.parent)
        with path.open("r+b") as file:
            as_left = mark is not None and os.fstat(file.fileno()).st_size == mark.size
            kept = mark.size if mark is not None and as_left else _whole_bytes(file.read())
            file.seek(kept)
            file.truncate()
            if not kept:
                file.write(header_line(self._store.device))
            file.write(parcel_lines((events, sheets)))
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        return FileMark(
            name=_name(path),
            size=size if mark is None or as_left else NOT_AS_LEFT,
            changed=path.stat().st_mtime_ns,
            whole=size,
            ending=ending(path, size),
        )


def _name(path: Path) -> str:
    """A file's name as a mark keeps it, which may hold any bytes."""
    return safe_line(path.name)


def _is_whole(path: Path) -> bool:
    """Whether every line of a file can be taken."""
    with path.open("rb") as file:
        return all(line.finished and not isinstance(line.found, Damage) for line in read_lines(file))


def ending(path: Path, whole: int) -> str:
    """A mark of the last bytes before a place in a file."""
    with path.open("rb") as file:
        file.seek(max(0, whole - ENDING))
        return sha256_hex(file.read(min(whole, ENDING)))[:16]


def _whole_bytes(data: bytes) -> int:
    """How much of a file its whole lines take."""
    return data.rfind(b"\n") + 1
