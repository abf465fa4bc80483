"""Looking after a home: backups, restoring, and what the doctor looks at. No open dojo is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from keykata.core.clock import Clock
from keykata.core.days import iso_utc
from keykata.core.errors import UnreadableError, UsageError
from keykata.store import backups, papers
from keykata.store.database import DATABASE, has_wal
from keykata.store.device import DEVICE
from keykata.store.examine import Finding, examine, is_damaged
from keykata.store.faults import damaged
from keykata.store.restore import BESIDE, KEPT, Restored, restore, unused
from keykata.store.unread import sentence, unread
from keykata.store.upkeep import copy_out, refill, reindex
from keykata.study.folders import in_the_way, is_folder, room, writable
from keykata.study.places import Places

BY_HAND = "by-hand-"
FOREVER = 1 << 62  # ms: no event is dated after it
MENDED_BY_RESTORING = ("database", "log", "foreign-keys")


@dataclass(frozen=True, slots=True)
class Checkup:
    """What the doctor found, and what it mended."""

    findings: tuple[Finding, ...]
    repaired: tuple[str, ...] = ()

    @property
    def damaged(self) -> bool:
        """Whether the database itself cannot be trusted."""
        return any(f.state == "wrong" and f.check in (*MENDED_BY_RESTORING, "access") for f in self.findings)

    @property
    def sound(self) -> bool:
        """Whether nothing needs mending."""
        return all(finding.state != "wrong" for finding in self.findings)


def damage_of(home: Path) -> UnreadableError | None:
    """What is wrong with the database of a home, as an error with the way on; None when it is sound."""
    path = home / DATABASE
    if is_damaged(path):
        return damaged(path, "it cannot be read everywhere")
    found = examine(path, FOREVER) if path.exists() else ()
    wrong = next((finding for finding in found if finding.state == "wrong"), None)
    return UnreadableError(wrong.text, where=str(path), hint=wrong.hint) if wrong else None


class Care:
    """What can be done for a home while no dojo of this program is open on it."""

    def __init__(self, places: Places, clock: Clock) -> None:
        self.home = places.home
        self._cache = places.cache
        self._clock = clock
        self._database = places.home / DATABASE

    # --- backups -----------------------------------------------------------------------------------------

    def backup(self, to: Path | None = None) -> tuple[Path, int]:
        """Write a checked copy of everything answered; where it is, and how many events it holds.

        Args:
            to: a new file, or a folder to put it in; None for the home's own `backups`.

        Raises:
            UsageError: the file exists. UnreadableError: there is no sound database.
            UnwritableError: it could not be written.
        """
        self._need_folder()
        if not self._database.exists():
            hint = "The database comes with the first answer. Is it another --home?"
            raise UnreadableError("There is nothing to back up yet.", where=str(self._database), hint=hint)
        name = f"{BY_HAND}{self._stamp()}.db"
        target = backups.folder_of(self._database) / name if to is None else to / name if to.is_dir() else to
        if os.path.lexists(target):  # a link that leads nowhere leads to a disk that is not there just now
            raise UsageError(f"{target} exists already.", hint="Name a new file.")
        return target, copy_out(self._database, target)

    def restore(self, backup: Path | None = None, *, take_over: bool = True) -> Restored:
        """Take a backup: the named one, or the newest good one; the present database is kept beside.

        Args:
            take_over: with the events since then that can still be read out of the present database.

        Raises:
            UsageError: there is no good backup. UnreadableError: it, or whether there is one, cannot be read.
            UnwritableError, BusyError: nothing changed.
        """
        self._need_folder()
        chosen = backup or backups.newest_good(self.home)
        if chosen is None:
            if (unseen := unread(self.home)) is not None:
                raise unseen
            raise UsageError(
                "There is no good backup in this home.",
                hint="Name a backup's file, or run: keykata doctor --repair",
            )
        return restore(self.home, chosen, stamp=self._stamp(), take_over=take_over)

    def newest_good(self) -> Path | None:
        """The newest sound backup."""
        return backups.newest_good(self.home)

    def hidden(self) -> str:
        """Where there is none: what may hide one, a sentence; empty where nothing does."""
        unseen = unread(self.home)
        return sentence(unseen) if unseen else ""

    def restore_or_salvage(self) -> Restored:
        """The newest good backup, or where there is none, what can still be read.

        Raises:
            UnreadableError: nothing can be read, or it cannot be told whether there is a good backup.
            UnwritableError, BusyError: nothing changed.
        """
        chosen = backups.newest_good(self.home)
        if chosen is None and (unseen := unread(self.home)) is not None:
            raise unseen
        return restore(self.home, chosen, stamp=self._stamp())

    # --- the doctor --------------------------------------------------------------------------------------

    def look(self) -> Checkup:
        """Everything about the home; nothing is changed."""
        if in_the_way(self.home) is not None:
            return Checkup(tuple(self._places()))
        return Checkup((*self._places(), *self._data(), *self._copies()))

    def repair(self) -> Checkup:
        """Mend what can be mended without losing anything, and look again.

        Raises:
            KeyKataError: it could not be mended; everything is as it was.
        """
        backups.clear(self._database)
        before = self.look()
        wrong = _wrong(before)
        done = self.mend_indices(before)
        if done:
            wrong = _wrong(self.look())
        if wrong.intersection(MENDED_BY_RESTORING):
            done.extend(restored_lines(self.restore_or_salvage()))
        elif "derived" in wrong:
            refill(self._database)
            done.append("What is computed from the log was computed again.")
        if "snapshots" in _wrong(self.look()):
            done.extend(self._mend_papers())
        return Checkup(self.look().findings, tuple(done)) if done else before

    def mend_indices(self, found: Checkup) -> list[str]:
        """Make the indices of computed tables anew where only these are wrong; what was done, in words.

        Raises:
            UnwritableError, BusyError: nothing was changed.
        """
        tables: tuple[str, ...] = ()
        if "database" in _wrong(found) and self._database.exists():
            with suppress(UnreadableError):  # then more than an index is wrong
                tables = reindex(self._database)
        return [f"The indices of {', '.join(tables)} were made anew."] if tables else []

    def _mend_papers(self) -> Iterator[str]:
        if found := papers.take_from_backups(self._database):
            yield f"{found:,} {'paper was' if found == 1 else 'papers were'} taken out of the backups."
        if "snapshots" in _wrong(self.look()):
            kept = unused(self.home, self._stamp())
            left = papers.set_aside(self._database, kept)
            what = f"{left:,} {'paper' if left == 1 else 'papers'} that no backup holds"
            yield f"{what} {'was' if left == 1 else 'were'} set aside."
            yield f"The database as it was is kept as {kept}."

    # --- inside ------------------------------------------------------------------------------------------

    def _stamp(self) -> str:
        return iso_utc(self._clock.wall()).replace(":", "-")

    def _need_folder(self) -> None:
        """See that the home is a folder, or may become one.

        Raises:
            UnreadableError: something else stands in its place, or in that of a folder above it.
        """
        if (there := in_the_way(self.home)) is not None:
            hint = "Name a folder with --home or KEYKATA_HOME."
            raise UnreadableError("The home is a file, not a folder.", where=str(there), hint=hint)

    def _data(self) -> tuple[Finding, ...]:
        try:
            there = self._database.exists() or has_wal(self._database) or self.newest_good() is not None
        except OSError as error:
            text = f"The database cannot be looked at ({error.strerror})."
            return (Finding("access", "wrong", text, "See to the permissions, or choose another --home."),)
        if not there:
            return (
                Finding("database", "note", "There is no database yet.", "It comes with the first answer."),
            )
        return examine(self._database, self._clock.wall())

    def _places(self) -> Iterator[Finding]:
        yield writable("home", self.home, "Answers cannot be saved; choose another --home.", "wrong")
        yield from self._files()
        if self._cache is not None:
            yield writable("cache", self._cache, "Everything works, but starts slower.", "note")
        if in_the_way(self.home) is not None:  # then no disk is meant
            return
        yield from room(self.home)

    def _files(self) -> Iterator[Finding]:
        """Files of the home in whose place stands what answers cannot be written with."""
        hint = "Answers cannot be saved; see to it, or choose another --home."
        for path, what in ((self._database, "The database"), (self.home / DEVICE, "The device's name")):
            with suppress(OSError):  # the home itself is told of above
                if path.is_symlink() and not path.exists():
                    yield Finding("files", "wrong", f"{what} is a link that leads nowhere: {path}.", hint)
                elif path.is_dir():
                    yield Finding("files", "wrong", f"{what} is a folder: {path}.", hint)
                elif path == self._database and path.exists() and not os.access(path, os.W_OK):
                    yield Finding("files", "wrong", f"{what} may not be written: {path}.", hint)
        for end in BESIDE:
            path = self._database.with_name(self._database.name + end)
            if is_folder(path):
                away = "Move it away, or keykata restore does."
                yield Finding("files", "wrong", f"A folder stands where the database writes: {path}.", away)
            elif os.access(path, os.F_OK) and not os.access(path, os.W_OK):
                text = f"What lies beside the database may not be written: {path}."
                yield Finding("files", "wrong", text, "Answers cannot be saved; see to its permissions.")

    def _copies(self) -> Iterator[Finding]:
        folder = backups.folder_of(self._database)
        if os.path.lexists(folder) and not os.access(folder, os.W_OK | os.X_OK):
            text = f"No backup can be made: {folder} cannot be written."
            yield Finding("backups", "wrong", text, "See to its permissions.")
        found = backups.newest_first(self.home)
        bad = [path.name for path in found if not backups.is_sound(path)]
        if bad:
            text = f"{len(bad)} of {len(found)} backups cannot be used: {', '.join(bad[:3])}."
            yield Finding("backups", "note", text, "They are kept; newer ones stand beside them.")
        good = next((path for path in found if path.name not in bad), None)
        if good is not None:
            yield Finding("backups", "ok", f"The newest good backup is {good}.")
        elif (unseen := unread(self.home)) is not None:
            yield Finding("backups", "wrong", sentence(unseen), unseen.hint)
        else:
            yield Finding("backups", "note", "There is no good backup.", "Run: keykata backup")
        kept: list[str] = []
        with suppress(OSError):  # the home itself is told of above
            kept = sorted(path.name for path in self.home.glob(f"{KEPT}*.db"))
        if kept:
            yield Finding("kept", "note", f"Kept beside: {', '.join(kept)}.", "Nothing here deletes them.")


def _wrong(found: Checkup) -> set[str]:
    """The checks that say something is wrong."""
    return {finding.check for finding in found.findings if finding.state == "wrong"}


def restored_lines(done: Restored) -> tuple[str, ...]:
    """What a restore ended in, in words."""
    source = f"Restored from {done.backup}." if done.backup else "Built anew from what could be read."
    saved = (
        f"{done.events:,} events are in the log, {done.saved:,} of them read out of the replaced database."
    )
    kept = (f"The replaced database is kept as {done.kept}.",) if done.kept else ()
    return (source, saved, *kept)


def checkup_json(home: Path, found: Checkup) -> dict[str, object]:
    """What the doctor found, with stable names."""
    return {
        "home": str(home),
        "sound": found.sound,
        "findings": [
            {"check": f.check, "state": f.state, "text": f.text, "hint": f.hint} for f in found.findings
        ],
        "repaired": list(found.repaired),
    }
