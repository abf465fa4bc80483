"""What a program is killed in: practising, an exam, a review, a backup, a restore, a migration, a rebuild."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benching.made import write_bank, write_history

from torturing.victim import APP, Place, Said, killed, killed_after, talk

QUESTIONS, FEW = 1_000, 250  # of the bank; as many as a quiz asks at the least
LINES = "A\n" * 300
RATINGS = "3\nA\n3\n" * 200
NEXT_STEP = """
CREATE TABLE tortured (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
INSERT INTO tortured SELECT id, body FROM event;
CREATE INDEX tortured_body ON tortured (body);
"""
MIGRATING = """
import sys
from pathlib import Path
from keykata.store import migrate
migrate.FOLDER = Path(sys.argv.pop(1))
from keykata.cli.entry import main
main()
"""


@dataclass
class Tally:
    """What the runs of a scene came to. `wrong` holds a line for every promise that was broken."""

    runs: int = 0
    killed: int = 0
    acknowledged: int = 0
    lost: int = 0
    resumed: int = 0
    wrong: list[str] = field(default_factory=list)

    def blame(self, true: bool, what: str) -> None:
        """Note a broken promise."""
        if not true:
            self.wrong.append(what)


class Practising:
    """quiz, exam or review: what was acknowledged is in the log, and the attempt can be taken up."""

    def __init__(self, folder: Path, bank: Path, mode: str, chance: random.Random, questions: int) -> None:
        self.tally = Tally()
        self._mode = mode
        self._chance = chance
        self._kind = "response" if mode == "exam" else "answer"
        self._place = Place(folder / mode, folder / "cache", bank)
        self._lines = RATINGS if mode == "review" else LINES
        self._most = 60 if mode == "exam" else 190  # answers in a run
        self._full = folder / "much-due"
        if mode == "review":
            write_history(self._full, questions, 3 * questions)

    def run(self) -> None:
        """One kill."""
        place, tally = self._place, self.tally
        if self._mode == "review" and tally.runs % 3 == 0:  # else nothing is due any more
            shutil.rmtree(place.home, ignore_errors=True)
            shutil.copytree(self._full, place.home)
        before, count = place.ids(), place.counted(self._kind)
        child = place.start(self._mode, "--plain", "--resume", *self._count())
        answers = self._chance.randrange(self._most)
        said = killed_after(child, self._lines, answers, self._chance.uniform(0.0, 0.03))
        tally.runs += 1
        tally.killed += said.code < 0
        tally.acknowledged += said.acknowledged
        tally.blame(place.is_sound(), f"{self._mode}: the database is not sound")
        lost = max(0, said.acknowledged - (place.counted(self._kind) - count)) + len(before - place.ids())
        tally.lost += lost
        tally.blame(not lost, f"{self._mode}: {lost} acknowledged answers are lost")
        tally.blame(said.code in (-9, 0), f"{self._mode}: ended with {said.code}: {said.err[-200:]}")
        self._resume(said)

    def _resume(self, said: Said) -> None:
        """The attempt that was open is there with all its answers, and can be left open again."""
        place, mode = self._place, self._mode
        if not place.ids() or not self._open():
            return
        again = place.run(mode, "--plain", "--resume")
        told = again.code == 0 and ("eft open" in again.out or not self._open())  # all was answered: it ends
        self.tally.resumed += told
        self.tally.blame(told, f"{mode}: not resumable: {again.code} {again.out[-200:]} {again.err[-200:]}")

    def _open(self) -> bool:
        sql = "SELECT 1 FROM attempt WHERE mode = ? AND finished_at IS NULL"
        return bool(self._place.ask(sql, self._mode))

    def _count(self) -> tuple[str, ...]:
        return () if self._mode == "exam" else ("--count", "200")


class Span:
    """How long a command takes when nobody ends it: kills are spread over the whole of it."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._whole = 0.0  # seconds

    def measure(self, run: Callable[[], Said]) -> Said:
        """Let one run come to its end."""
        began = time.monotonic()
        said = run()
        self._whole = time.monotonic() - began
        return said

    def moment(self) -> float:
        """A moment of the run, seconds after its start."""
        return self._chance.uniform(0.0, self._whole)


class Caring:
    """backup, restore or doctor --rebuild: the log is whole, and no half-written backup bears a name."""

    def __init__(self, folder: Path, bank: Path, what: str, chance: random.Random, questions: int) -> None:
        self.tally = Tally()
        self._what = what.split()
        self._name = what
        self._chance = chance
        self._place = Place(folder / self._what[0], folder / "cache", bank)
        write_history(self._place.home, questions, 4 * questions)
        self._span = Span(chance)
        done = self._place.run("backup")
        self._span.measure(lambda: self._place.run(*self._what))
        self._ids = self._place.ids()
        self.tally.blame(done.code == 0, f"{what}: no backup at first: {done.err[-200:]}")

    def run(self) -> None:
        """One kill."""
        place, tally = self._place, self.tally
        said = killed(place.start(*self._what), "", self._span.moment())
        tally.runs += 1
        tally.killed += said.code < 0
        tally.blame(said.code in (-9, 0), f"{self._name}: ended with {said.code}: {said.err[-200:]}")
        tally.blame(place.database.exists() and place.is_sound(), f"{self._name}: the database is not sound")
        lost = len(self._ids - place.ids())
        tally.lost += lost
        tally.blame(not lost, f"{self._name}: {lost} events are lost")
        for path in (place.home / "backups").glob("*.db"):
            tally.blame(_holds(path) >= len(self._ids), f"{self._name}: {path.name} is not whole")
            if path.stat().st_size and len(list(path.parent.glob("*.db"))) > 4:
                path.unlink()  # our own disk is to last
        for path in place.home.glob("kept-*"):
            path.unlink()


class Migrating:
    """A step to a newer database: before it or after it, never between, with a whole backup from before."""

    def __init__(self, folder: Path, bank: Path, chance: random.Random, questions: int) -> None:
        self.tally = Tally()
        self._chance = chance
        self._bank = bank
        self._folder = folder
        self._steps = folder / "steps"
        self._steps.mkdir()
        known = sorted((APP / "keykata/store/migrations").glob("[0-9][0-9][0-9]_*.sql"))
        for step in known:
            shutil.copy(step, self._steps)
        self._next = len(known) + 1
        self._name = f"{self._next:03}_next"
        (self._steps / f"{self._name}.sql").write_text(NEXT_STEP, encoding="utf-8")
        self._old = folder / "old"
        write_history(self._old, questions, 4 * questions)
        self._span = Span(chance)
        self._span.measure(lambda: talk(self._start(self._fresh()), ""))

    def _fresh(self) -> Place:
        home = self._folder / "migrating"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self._old, home)
        return Place(home, self._folder / "cache")

    def _start(self, place: Place) -> subprocess.Popen[bytes]:
        return place.start(str(self._steps), "config", "minutes", "30", code=MIGRATING)

    def run(self) -> None:
        """One kill, on a fresh copy of the older home."""
        tally, place = self.tally, self._fresh()
        home, ids = place.home, place.ids()
        said = killed(self._start(place), "", self._span.moment())
        tally.runs += 1
        tally.killed += said.code < 0
        tally.blame(said.code in (-9, 0), f"migration: ended with {said.code}: {said.err[-200:]}")
        tally.blame(place.is_sound(), "migration: the database is not sound")
        lost = len(ids - place.ids())
        tally.lost += lost
        version = place.ask("PRAGMA user_version")[0][0]
        tables = place.ask("SELECT COUNT(*) FROM sqlite_master WHERE name = 'tortured'")[0][0]
        tally.blame(
            tables == (version == self._next), f"migration: version {version}, but {tables} new tables"
        )
        saved = home / "backups" / f"before-{self._name}.db"
        if version == self._next:
            tally.blame(saved.exists() and _holds(saved) == len(ids), "migration: no whole backup before it")


class Merging:
    """merge or sync: what was there stays, and the same command once more makes the whole union."""

    def __init__(self, folder: Path, what: str, chance: random.Random) -> None:
        self.tally = Tally()
        self._what = what
        self._folder = folder / f"{what}-scene"
        self._cache = folder / "cache"
        self._ours, self._theirs = self._folder / "ours", self._folder / "theirs"
        write_history(self._ours, 500, 2_000, seed=1)
        write_history(self._theirs, 500, 3_000, seed=2)
        other = Place(self._theirs, self._cache)
        self._log = self._folder / "other.jsonl"
        said = other.run("export", "log", str(self._log))
        self.tally.blame(said.code == 0, f"{what}: no log at first: {said.err[-200:]}")
        self._mine = Place(self._ours, self._cache).ids()
        self._union = self._mine | other.ids()
        self._span = Span(chance)
        self._span.measure(lambda: talk(self._start(self._fresh()), ""))

    def _fresh(self) -> Place:
        home, shared = self._folder / "home", self._folder / "shared"
        for old in (home, shared):
            shutil.rmtree(old, ignore_errors=True)
        shutil.copytree(self._ours, home)
        shared.mkdir()
        shutil.copy(self._log, shared / "other.jsonl")
        place = Place(home, self._cache)
        if self._what == "sync":
            place.run("config", "sync", str(shared))
        return place

    def _start(self, place: Place) -> subprocess.Popen[bytes]:
        turns = (self._log, self._theirs)[self.tally.runs % 2]
        return place.start("sync") if self._what == "sync" else place.start("merge", str(turns))

    def run(self) -> None:
        """One kill, on a fresh copy of both."""
        tally, place = self.tally, self._fresh()
        said = killed(self._start(place), "", self._span.moment())
        tally.blame(said.code in (-9, 0), f"{self._what}: ended with {said.code}: {said.err[-200:]}")
        tally.killed += said.code < 0
        tally.blame(place.is_sound(), f"{self._what}: the database is not sound")
        self._count(place, self._mine, "after the kill")
        again = talk(self._start(place), "")
        tally.runs += 1
        tally.resumed += again.code == 0
        tally.blame(again.code == 0, f"{self._what}: once more ended with {again.code}: {again.err[-200:]}")
        self._count(place, self._union, "after it was run once more")
        looked = place.run("doctor", "--json")
        tally.blame(looked.code == 0, f"{self._what}: the doctor says {looked.out[-300:]}")
        if self._what == "sync":
            written = b"".join(path.read_bytes() for path in (self._folder / "shared").glob("*.jsonl"))
            lacking = sum(name.encode() not in written for name in self._mine)
            tally.blame(not lacking, f"sync: the folder lacks {lacking} entries")

    def _count(self, place: Place, wanted: set[str], when: str) -> None:
        lost = len(wanted - place.ids())
        self.tally.lost += lost
        self.tally.blame(not lost, f"{self._what}: {lost} entries are lost {when}")


def _holds(path: Path) -> int:
    """How many events a sound backup holds; -1 when it is not sound."""
    with closing(sqlite3.connect(path)) as db:
        try:
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return -1
            return int(db.execute("SELECT COUNT(*) FROM event").fetchone()[0])
        except sqlite3.Error:
            return -1


def all_scenes(folder: Path, chance: random.Random, *, small: bool) -> dict[str, Callable[[], object]]:
    """Every scene by its name, each made when it is first run."""
    count = FEW if small else QUESTIONS
    bank = write_bank(folder / "bank", count)
    return {
        "quiz": lambda: Practising(folder, bank, "quiz", chance, count),
        "exam": lambda: Practising(folder, bank, "exam", chance, count),
        "review": lambda: Practising(folder, bank, "review", chance, count),
        "backup": lambda: Caring(folder, bank, "backup", chance, count),
        "restore": lambda: Caring(folder, bank, "restore", chance, count),
        "rebuild": lambda: Caring(folder, bank, "doctor --rebuild", chance, count),
        "migration": lambda: Migrating(folder, bank, chance, count),
        "merge": lambda: Merging(folder, "merge", chance),
        "sync": lambda: Merging(folder, "sync", chance),
    }
