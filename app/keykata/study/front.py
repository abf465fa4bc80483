"""Home as it was last seen, kept in the cache: the next start paints it at once and asks again behind it."""

from __future__ import annotations

from binascii import crc32
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

import keykata
from keykata.core.clock import Clock
from keykata.core.days import study_day
from keykata.core.disk import make_folder
from keykata.core.errors import KeyKataError, UnreadableError
from keykata.core.safe import safe_line
from keykata.study.home_views import Around, Home
from keykata.study.places import Places

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo

T = TypeVar("T")
CONFIG = "config.toml"
DATABASE = "keykata.db"
FOLDER = "front"
LARGEST = 1 << 20  # bytes: a page is some thousand


class Front(msgspec.Struct, frozen=True):
    """What Home shows, and what it looks around for."""

    home: Home
    around: Around


class Stamp(msgspec.Struct, frozen=True):
    """What a front depends on: the program, what was opened, and the home's database as a file.

    `database` and `log` (of writes, in SQLite's sense) are inode, size in bytes and mtime in ns; None when
    there is none, or an empty one.
    """

    version: str
    home: str
    banks: tuple[str, ...]
    database: tuple[int, int, int] | None
    log: tuple[int, int, int] | None


class Kept(msgspec.Struct, frozen=True):
    """A front as it is kept: true on one study date only.

    `later` is the front of the study date `later_day`, packed: one start of many needs it.
    """

    stamp: Stamp
    day: str
    rollover: int
    front: Front
    later_day: str = ""
    later: bytes = b""


class Frontage:
    """The front of a home. It is only a picture: whatever is done from it asks the dojo."""

    def __init__(self, places: Places, clock: Clock) -> None:
        self._places = places
        self._clock = clock
        self._path = self._place()
        self._kept: Kept | None = None

    def kept(self) -> Front | None:
        """What Home showed last, when nothing it depends on has changed since."""
        found = self._read()
        if found is None or found.stamp != self.stamp():
            return None
        found = _of_day(found, self._day(found.rollover))
        self._kept = found
        return found.front if found else None

    def look(self) -> str:
        """The theme that was kept for this home, "" for none; what cannot be read is told elsewhere."""
        if not (self._places.home / CONFIG).is_file():
            return ""
        from keykata.study.config_file import LOOK, read_config

        with suppress(UnreadableError):
            return str(read_config(self._places.home).get(LOOK, ""))
        return ""

    def stamp(self) -> Stamp:
        """What a front of this moment depends on."""
        places, database = self._places, self._places.home / DATABASE
        return Stamp(
            version=keykata.__version__,
            home=safe_line(str(places.home)),  # whose bytes may be no text
            banks=tuple(safe_line(str(bank)) for bank in places.banks),
            database=_file(database),
            log=_file(database.with_name(f"{DATABASE}-wal")),
        )

    def keep(self, stamp: Stamp, front: Front, rollover: int) -> None:
        """Keep a front that was asked for after its stamp was taken; without a cache it is let go."""
        new, old = Kept(stamp, self._day(rollover), rollover, front), self._kept
        if old is not None and (old.stamp, old.day, old.rollover) == (new.stamp, new.day, new.rollover):
            new = replace(new, later_day=old.later_day, later=old.later)
        self._write(new)

    def renew(self, dojo: Dojo) -> None:
        """Ask once more before the dojo is closed, unless what is kept is still true; and ask for tomorrow.

        Most starts are the first of their day: they have Home at once as well.
        """
        if self._path is None or not dojo.writable:
            return
        with suppress(KeyKataError):
            if self._kept is None or self._kept.stamp != self.stamp():
                self._kept = None
                stamp, home = self.stamp(), dojo.home()
                around = replace(dojo.around(home), days=dojo.days_ahead(home))
                self.keep(stamp, Front(home, around), dojo.rollover)
            if self._kept is not None and not self._kept.later:
                self._write(_with_later(self._kept, *dojo.home_tomorrow(self._kept.front.home)))

    def settle(self) -> None:
        """After a renewed dojo was closed, which moves what was written into the database's own file."""
        if self._kept is not None:
            self._write(replace(self._kept, stamp=self.stamp()))

    def _day(self, rollover: int) -> str:
        now = self._clock.wall()
        return study_day(now, self._clock.utc_offset(now), rollover)

    def _place(self) -> Path | None:
        if self._places.cache is None:
            return None
        named = "\x1f".join(map(str, (self._places.home, *self._places.banks)))
        return self._places.cache / FOLDER / f"{crc32(named.encode(errors='surrogateescape')):08x}.home"

    def _read(self) -> Kept | None:
        if self._path is None:
            return None
        try:
            if not self._path.is_file():  # a pipe would be waited for
                return None
            with self._path.open("rb") as file:
                return _decoded(file.read(LARGEST), Kept)
        except OSError:
            return None

    def _write(self, kept: Kept) -> None:
        if self._path is None:
            return
        from keykata.core.whole_file import replace_file

        self._kept = kept
        with suppress(OSError):
            make_folder(self._path.parent, lasting=False)
            replace_file(self._path, msgspec.msgpack.encode(kept), lasting=False)


def _of_day(kept: Kept, day: str) -> Kept | None:
    """What was kept for a study date."""
    if kept.day == day:
        return kept
    later = _decoded(kept.later, Front) if kept.later_day == day else None
    return Kept(kept.stamp, day, kept.rollover, later) if later else None


def _with_later(kept: Kept, day: str, home: Home) -> Kept:
    """With the front of another day: what takes longer to find is as now, but for the days until the exam."""
    later = Front(home, replace(kept.front.around, days=()))
    return replace(kept, later_day=day, later=msgspec.msgpack.encode(later))


def _decoded(data: bytes, kind: type[T]) -> T | None:
    """What was packed; None for what is damaged."""
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _file(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns) if found.st_size else None
