"""Home as it was last seen, kept in the cache: the next start paints it at once and asks again behind it."""

from __future__ import annotations

from binascii import crc32
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import keykata
from keykata.core.clock import Clock
from keykata.core.days import study_day
from keykata.core.errors import KeyKataError, UnreadableError
from keykata.core.safe import safe_line
from keykata.study.home_views import Around, Home
from keykata.study.places import Places

if TYPE_CHECKING:
    from keykata.study.dojo import Dojo

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
    """A front as it is kept: true on one study date only."""

    stamp: Stamp
    day: str
    rollover: int
    front: Front


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
        if found is None or found.stamp != self.stamp() or found.day != self._day(found.rollover):
            return None
        self._kept = found
        return found.front

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
        self._write(Kept(stamp, self._day(rollover), rollover, front))

    def renew(self, dojo: Dojo) -> None:
        """Ask once more before the dojo is closed, unless what is kept is still true."""
        if self._path is None or not dojo.writable or (self._kept and self._kept.stamp == self.stamp()):
            return
        self._kept = None
        with suppress(KeyKataError):
            stamp, home = self.stamp(), dojo.home()
            around = msgspec.structs.replace(dojo.around(home), days=dojo.days_ahead(home))
            self.keep(stamp, Front(home, around), dojo.rollover)

    def settle(self) -> None:
        """After a renewed dojo was closed, which moves what was written into the database's own file."""
        if self._kept is not None:
            self._write(msgspec.structs.replace(self._kept, stamp=self.stamp()))

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
                return msgspec.msgpack.decode(file.read(LARGEST), type=Kept)
        except (OSError, msgspec.DecodeError, RecursionError):
            return None

    def _write(self, kept: Kept) -> None:
        if self._path is None:
            return
        from keykata.core.whole_file import replace_file

        self._kept = kept
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._path, msgspec.msgpack.encode(kept), lasting=False)


def _file(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns) if found.st_size else None
