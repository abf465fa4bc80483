"""Clocks that jump and zones that change between and during runs; another program that holds the database."""

from __future__ import annotations

import calendar
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benching.made import write_history

from torturing.scenes import Tally
from torturing.victim import Place, Said, talk

DAY, HOUR = 86_400, 3_600
CLOCKED = """
import os, sys, time
zone, first, later = sys.argv.pop(1), int(sys.argv.pop(1)), int(sys.argv.pop(1))
os.environ["TZ"] = zone
time.tzset()
from keykata.cli.clock import SystemClock
real, asked = SystemClock.wall, []
def wall(self):
    asked.append(1)
    return real(self) + 1000 * (first if len(asked) < 40 else later)
SystemClock.wall = wall
from keykata.cli.entry import main
main()
"""
HELD_BRIEFLY = 6.0  # seconds
ENTRIES = 100_000


def jumps() -> tuple[tuple[str, int, int], ...]:
    """A zone, and by how many seconds the clock is off at first and later in the run."""
    now = int(time.time())
    autumn = calendar.timegm((2026, 10, 25, 0, 59, 58)) - now
    spring = calendar.timegm((2027, 3, 28, 0, 59, 58)) - now
    return (
        ("UTC", 0, 0),
        ("UTC", -3 * DAY, -3 * DAY),
        ("UTC", 0, -2 * HOUR),
        ("UTC", 0, -400 * DAY),
        ("Pacific/Kiritimati", 0, 0),
        ("Pacific/Pago_Pago", 0, 0),
        ("Europe/Berlin", autumn, autumn + HOUR),
        ("Europe/Berlin", spring, spring + HOUR),
        ("UTC", 400 * DAY, 400 * DAY),
        ("UTC", 0, 5 * DAY),
        ("UTC", 0, 0),
    )


def clock_changes(folder: Path, bank: Path, step: int = 1) -> Tally:
    """Answers under every jump: all in the log, no negative time, and the cards follow from the log."""
    tally = Tally()
    place = Place(folder / "clocks", folder / "cache", bank)
    for zone, first, later in jumps()[::step]:
        for mode, lines in (("quiz", "A\n" * 5), ("exam", "A\n" * 3)):
            arguments = (mode, "--plain", "--bank", str(bank), *(("--resume",) if mode == "exam" else ()))
            child = place.start(zone, str(first), str(later), *arguments, code=CLOCKED)
            said = talk(child, lines)
            tally.runs += 1
            tally.acknowledged += said.acknowledged
            name = f"clock {zone} {first} {later} {mode}"
            tally.blame(said.code == 0, f"{name}: ended with {said.code}: {said.err[-300:]}")
            tally.blame(said.acknowledged == len(lines) // 2, f"{name}: {said.acknowledged} saved")
    counted = place.counted("answer") + int(
        str(place.ask("SELECT COUNT(*) FROM event JOIN attempt ON attempt.id = event.attempt"
                      " WHERE event.kind = 'response' AND attempt.mode = 'exam'")[0][0])
    )  # fmt: skip
    tally.lost = max(0, tally.acknowledged - counted)
    tally.blame(not tally.lost, f"clocks: {tally.lost} answers are lost")
    negative = place.ask("SELECT COUNT(*) FROM event WHERE json_extract(body, '$.seconds') < 0")
    tally.blame(negative == [(0,)], f"clocks: {negative} negative times")
    strange = place.ask("SELECT used FROM clock WHERE used < 0 OR used > 600")
    tally.blame(not strange, f"clocks: time used by the open exam: {strange}")
    looked = place.run("doctor", "--json")
    tally.blame(looked.code == 0, f"clocks: the doctor says {looked.out[-300:]}")
    return tally


def held(folder: Path, bank: Path) -> Tally:
    """Another program holds the database: for a while (the answer waits), and for good (a clear end)."""
    tally = Tally()
    place = Place(folder / "held", folder / "cache", bank)
    place.run("config", "minutes", "30")
    for briefly in (True, False):
        with closing(sqlite3.connect(place.database, isolation_level=None, check_same_thread=False)) as db:
            db.execute("BEGIN IMMEDIATE")
            letting_go = threading.Timer(HELD_BRIEFLY, lambda: db.execute("ROLLBACK"))
            if briefly:
                letting_go.start()
            said = place.run("quiz", "--plain", "--count", "5", lines="A\n" * 5)
            if briefly:
                letting_go.join()
            else:
                db.execute("ROLLBACK")
        tally.runs += 1
        tally.acknowledged += said.acknowledged
        tally.blame("Saving" in said.out, f"held: no word of saving: {said.out[-200:]}")
        wanted = (0, 5) if briefly else (4, 0)
        tally.blame((said.code, said.acknowledged) == wanted, f"held: {said.code}: {said.err[-300:]}")
    counted = place.counted("answer")
    tally.lost = max(0, tally.acknowledged - counted)
    tally.blame(counted == tally.acknowledged == 5, f"held: {counted} in the log")
    again = place.run("quiz", "--plain", "--count", "5", lines="A\n" * 5)
    tally.blame(again.acknowledged == 5, "held: it does not go on afterwards")
    return tally


def merging_meanwhile(folder: Path, bank: Path, entries: int = ENTRIES) -> Tally:
    """A large log is merged while answers are given on the same home: both end well, and nothing is lost."""
    tally = Tally(runs=1)
    place = Place(folder / "meanwhile", folder / "cache", bank)
    place.run("config", "minutes", "30")
    write_history(folder / "large", max(500, entries // 10), entries)
    other = Place(folder / "large", folder / "cache")
    merged: list[Said] = []
    merging = threading.Thread(target=lambda: merged.append(place.run("merge", str(other.home))))
    merging.start()
    while merging.is_alive():
        said = place.run("quiz", "--plain", "--count", "100", lines="A\n" * 100)
        tally.acknowledged += said.acknowledged
        tally.blame(said.code == 0 and said.acknowledged == 100, f"meanwhile: {said.code}: {said.err[-300:]}")
    merging.join()
    tally.blame(
        merged[0].code == 0, f"meanwhile: the merge ended with {merged[0].code}: {merged[0].err[-300:]}"
    )
    counted = place.counted("answer")
    tally.lost = max(0, tally.acknowledged + entries - counted)
    tally.blame(not tally.lost, f"meanwhile: {tally.lost} answers are lost")
    looked = place.run("doctor", "--json")
    tally.blame(looked.code == 0, f"meanwhile: the doctor says {looked.out[-300:]}")
    return tally


def clock_faults(folder: Path, bank: Path, *, small: bool) -> dict[str, Callable[[], Tally]]:
    """Every one of these faults by its name."""
    return {
        "clock changes": lambda: clock_changes(folder, bank, 3 if small else 1),
        "database held": lambda: held(folder, bank),
        "merge meanwhile": lambda: merging_meanwhile(folder, bank, 2_000 if small else ENTRIES),
    }
