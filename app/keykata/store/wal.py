"""The write-ahead log of a database, read without SQLite.

SQLite takes it up to the first frame that does not check out and writes over the rest. After a power cut that
is right: what follows was never acknowledged. After a damage it loses what was. The two are told apart by the
index, where a killed program left it, and else by what lies behind the broken frame.
The format is https://www.sqlite.org/fileformat2.html#wal_file_format; nothing is ever written.
"""

from __future__ import annotations

import os
import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import eq
from pathlib import Path
from typing import NamedTuple

from keykata.core.disk import read_around
from keykata.store import wal_index

PAGES = (2048, 4096)  # bytes: of today's databases, and of older ones
HEADER, FRAME = 32, 24
TORN = 1  # transactions a power cut can leave in pieces: the next one waits until it is on the disk
CUTS = 2  # power cuts whose pieces may lie in one log, an older one's behind those of the last
AT_ONCE = 1024  # frames added up side by side
LANES = 16  # steps the sums may grow before they are cut to 32 bits again
_MAGIC = 0x377F0682  # one more where the sums read their words from the big end
_FORMAT = 3_007_000


class Beside(NamedTuple):
    """The bytes of what lies beside a database: of its log and of its index; empty where there is none."""

    log: bytes
    shm: bytes


class Frame(NamedTuple):
    """A page in the log.

    Attributes:
        page: its number. total: pages of the database, where it ends a transaction; 0 within one.
        number: of the frame, from 0. at: where the bytes of the page begin.
    """

    page: int
    total: int
    number: int
    at: int


@dataclass(frozen=True, slots=True)
class Wal:
    """What a log holds.

    Attributes:
        size: bytes of a page.
        sound: frames of whole transactions as SQLite takes them.
        beyond: frames that belong to the log all the same, up to the last that ends a transaction.
        in_a_row: of the transactions that end there, the most whose frames follow from each other.
        committed: frames that were, as the index tells; 0 where it does not.
    """

    size: int
    sound: tuple[Frame, ...]
    beyond: tuple[Frame, ...]
    in_a_row: int = 0
    committed: int = 0

    @property
    def spoiled(self) -> bool:
        """Whether more is lost behind a broken frame than power cuts leave there in pieces."""
        ended = sum(frame.total != 0 for frame in self.beyond)
        return self.committed > len(self.sound) or self.in_a_row > TORN or ended > CUTS

    @property
    def taken(self) -> tuple[Frame, ...]:
        """The frames of what was committed, with those that SQLite would drop."""
        return (*self.sound, *self.beyond) if self.spoiled else self.sound

    def pages(self, log: bytes, *, beyond: bool) -> dict[int, bytes]:
        """The newest pages; `beyond`: with those that SQLite would not take."""
        return self.pages_of(log, (*self.sound, *self.beyond) if beyond else self.sound)

    def pages_of(self, log: bytes, frames: Sequence[Frame]) -> dict[int, bytes]:
        """The newest pages of some frames."""
        return {frame.page: log[frame.at : frame.at + self.size] for frame in frames}


def beside(path: Path) -> Beside:
    """What lies beside a database.

    Raises:
        OSError: it cannot be read.
    """
    shm = _bytes_of(path, "-shm")  # before the log, which it is never ahead of
    return Beside(_bytes_of(path, "-wal"), shm)


def _bytes_of(path: Path, end: str) -> bytes:
    place = file_beside(path, end)
    if not place.is_file():
        return b""
    with place.open("rb") as file:
        return read_around(file)


def file_beside(path: Path, end: str) -> Path:
    """A file SQLite keeps beside a database: where a link leads, not where it stands."""
    return Path(os.path.realpath(path) + end)


def folded(data: bytes, log: bytes, found: Wal) -> bytes | None:
    """The bytes of a database as its log leaves it; None when the log changes nothing.

    The log may be read into it once more, or be gone: it stays the same.
    """
    newer = found.pages_of(log, found.taken)
    if not newer:
        return None
    out = bytearray(data.ljust(max(newer) * found.size, b"\0"))
    for page, held in newer.items():
        out[(page - 1) * found.size : page * found.size] = held
    return bytes(out)


def is_spoiled(path: Path) -> bool:
    """Whether the log of a database holds transactions that SQLite would drop.

    What another program is writing just now may be read in pieces: it counts when it stays so.
    """
    try:
        first = _trouble(beside(path))
        return first is not None and first == _trouble(beside(path))
    except OSError:
        return False


def _trouble(beside: Beside) -> tuple[bytes, int] | None:
    """Which log it is and after how many frames it breaks; None where nothing is spoiled."""
    found = read(*beside)
    return (beside.log[:HEADER], len(found.sound)) if found.spoiled else None


def read(log: bytes, index: bytes = b"") -> Wal:
    """What the bytes of a log hold; of one without a header that makes sense, what can be guessed."""
    whole = _is_header(log)
    sizes = (int.from_bytes(log[8:12], "big"),) if whole else PAGES
    told = wal_index.read(index)
    found = [_read(log, size, told, whole=whole) for size in sizes]
    return max(found, key=lambda wal: len(wal.sound) + len(wal.beyond))


def _committed(told: wal_index.Told, salts: bytes) -> int:
    """How many frames a log held, where the index is its own."""
    if not any(salts):  # nothing of it is left: what was copied is not missed
        return told.frames if told.frames > told.copied else 0
    return told.frames if told.salts == salts else 0


def _read(log: bytes, size: int, told: wal_index.Told, *, whole: bool) -> Wal:
    """Its frames under a page size; `whole`: its header checks out."""
    salts = log[16:24] if whole else log[HEADER + 8 : HEADER + 16]
    ours: list[Frame] = []
    first_strange = None  # the number of the first frame of another log, which this one wrote over in part
    step = FRAME + size
    count = max(0, (len(log) - HEADER) // step)
    heads = struct.iter_unpack(f">II8s{size + 8}x", memoryview(log)[HEADER : HEADER + count * step])
    for number, (page, total, of) in enumerate(heads):
        if of == salts and page:
            ours.append(Frame(page, total, number, HEADER + number * step + FRAME))
        elif first_strange is None:
            first_strange = number
    in_row = len(ours) if first_strange is None else first_strange
    committed = _committed(told, salts)
    if not any(salts):
        return Wal(size, (), (), committed=committed)
    good = next((at for at, fits in enumerate(_checks(log, size, 0, in_row)) if not fits), in_row)
    sound = _until_commit(ours[:good] if whole else [])
    beyond = _until_commit(ours[len(sound) :])
    if not beyond:
        return Wal(size, tuple(sound), (), committed=committed)
    first = beyond[0].number
    checks = _checks(log, size, first, beyond[-1].number + 1)
    fits = {number for number, fit in enumerate(checks, first) if fit}
    likely = _likely(sound, beyond, fits)
    return Wal(size, tuple(sound), likely, _in_a_row(likely, fits), committed)


def _likely(sound: list[Frame], beyond: list[Frame], fits: set[int]) -> tuple[Frame, ...]:
    """Without those whose page lies behind the end of the database, as a frame that checks out tells it."""
    sure = [frame.total for frame in beyond if frame.number in fits]
    end = max((*sure, *(frame.total for frame in sound)), default=0)
    return tuple(frame for frame in beyond if max(frame.page, frame.total) <= end)


def _in_a_row(frames: tuple[Frame, ...], fits: set[int]) -> int:
    """The most transactions that end within a row of frames each of which follows from the one before."""
    most = ended = 0
    for frame in frames:
        ended = (ended if frame.number in fits else 0) + (frame.total != 0)
        most = max(most, ended)
    return most


def _until_commit(frames: list[Frame]) -> list[Frame]:
    """Without those after the last that ends a transaction."""
    last = next((at for at in range(len(frames), 0, -1) if frames[at - 1].total), 0)
    return frames[:last]


def _is_header(log: bytes) -> bool:
    if len(log) < HEADER:
        return False
    magic, form, size = struct.unpack(">III", log[:12])
    if magic & ~1 != _MAGIC or form != _FORMAT or not 512 <= size <= 65536 or size & (size - 1):
        return False
    first = second = 0
    order = ">" if magic & 1 else "<"
    for one, other in struct.iter_unpack(f"{order}II", log[:24]):
        first = (first + second + one) & 0xFFFFFFFF
        second = (second + first + other) & 0xFFFFFFFF
    return struct.pack(">II", first, second) == log[24:32]


def _checks(log: bytes, size: int, begin: int, end: int) -> Iterator[bool]:
    """Of each of some frames, whether it checks out: its sum goes on from the one the frame before tells."""
    step = FRAME + size
    for start in range(begin, end, AT_ONCE):
        at = HEADER + start * step
        piece = log[at : at + min(AT_ONCE, end - start) * step]
        told = list(_sums(piece, step))
        before = struct.unpack(">II", log[at - size - 8 : at - size] if start else log[24:32])
        added = _add_up(piece, step, [before, *told[:-1]], big=_is_big(log))
        yield from map(eq, told, added)


def _is_big(log: bytes) -> bool:
    """Whether sums read their words from the big end; where the log does not tell, as this computer does."""
    magic = int.from_bytes(log[:4], "big")
    return bool(magic & 1) if magic & ~1 == _MAGIC else sys.byteorder == "big"


def _sums(piece: bytes, step: int) -> Iterator[tuple[int, int]]:
    """The sums that frames tell."""
    return struct.iter_unpack(f">16xII{step - FRAME}x", piece)


def _add_up(
    piece: bytes, step: int, begins: list[tuple[int, int]], *, big: bool
) -> Iterator[tuple[int, int]]:
    """The sums of frames. One long number holds 64 bits of each, so that one addition serves all of them."""
    words = array("I", piece)
    if big:
        words.byteswap()
    pairs = array("Q", words.tobytes())
    count, width = len(begins), step // 8
    low = int.from_bytes(b"\xff\xff\xff\xff\0\0\0\0" * count, "little")
    first, second = (
        int.from_bytes(struct.pack(f"<{count}Q", *(begin[part] for begin in begins)), "little")
        for part in (0, 1)
    )
    for number, place in enumerate((0, *range(FRAME // 8, width)), 1):
        both = int.from_bytes(pairs[place::width].tobytes(), "little")
        first += second + (both & low)
        second += first + ((both >> 32) & low)
        if number % LANES == 0:
            first &= low
            second &= low
    sums = [((part & low).to_bytes(8 * count, "little")) for part in (first, second)]
    return zip(*(struct.unpack(f"<{count}Q", part) for part in sums), strict=True)
