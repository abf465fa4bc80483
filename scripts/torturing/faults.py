"""Faults that need no luck: signals, two programs, a full disk, a damaged file, an older clock's homes."""

from __future__ import annotations

import random
import shutil
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

from torturing.scenes import Tally
from torturing.victim import Place, Said, killed_after

ANSWERS = 1_000
ROOM = 1_000_000  # bytes a file may grow to on the full disk
DAMAGES = 20
FAULT = 70


def together(folder: Path, bank: Path, answers: int = ANSWERS) -> Tally:
    """Two programs on one home, all their answers in one log."""
    tally = Tally(runs=1)
    place = Place(folder / "together", folder / "cache", bank)
    place.run("config", "minutes", "30")
    said: list[Said] = []

    def sit() -> None:
        said.append(place.run("quiz", "--plain", "--count", str(answers), lines="A\n" * answers))

    programs = [threading.Thread(target=sit) for _ in range(2)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    tally.acknowledged = sum(one.acknowledged for one in said)
    counted = place.counted("answer")
    tally.lost = max(0, tally.acknowledged - counted)
    for one in said:
        tally.blame(one.code == 0, f"together: ended with {one.code}: {one.err[-200:]}")
    tally.blame(counted == tally.acknowledged == 2 * answers, f"together: {counted} in the log")
    tally.blame(place.is_sound(), "together: the database is not sound")
    return tally


def signals(folder: Path, bank: Path) -> Tally:
    """SIGTERM and SIGHUP end it with their codes; after SIGTSTP and SIGCONT it goes on."""
    tally = Tally()
    for name, code in (("SIGTERM", 143), ("SIGHUP", 129)):
        place = Place(folder / name, folder / "cache", bank)
        child = place.start("quiz", "--plain", "--count", "1000")
        said = killed_after(child, "A\n" * 1_000, 100, 0.0, getattr(signal, name))
        _count(tally, place, said)
        tally.blame(said.code in (code, 0), f"{name}: ended with {said.code}: {said.err[-200:]}")
    place = Place(folder / "SIGSTOP", folder / "cache", bank)
    child = place.start("quiz", "--plain", "--count", "200")

    def wake() -> None:
        time.sleep(2)
        child.send_signal(signal.SIGCONT)

    waking = threading.Thread(target=wake)
    waking.start()
    said = killed_after(child, "A\n" * 200, 20, 0.0, signal.SIGSTOP)
    waking.join()
    _count(tally, place, said)
    tally.blame(said.code == 0 and said.acknowledged == 200, f"suspended: {said.code}, {said.acknowledged}")
    return tally


def full_disk(folder: Path, bank: Path) -> Tally:
    """Files may not grow: a clear message, exit code 4, and what was acknowledged stays."""
    tally = Tally()
    place = Place(folder / "full", folder / "cache", bank)
    place.run("config", "minutes", "30")
    said = place.run("quiz", "--plain", "--count", "200", lines="A\n" * 200, limit_bytes=ROOM)
    _count(tally, place, said)
    tally.blame(said.code == 4, f"full disk: ended with {said.code}: {said.err[-200:]}")
    tally.blame("disk is full" in said.err, f"full disk: it said {said.err[-200:]}")
    again = place.run("quiz", "--plain", "--resume", lines="A\n")
    tally.blame(again.code == 0 and again.acknowledged == 1, "full disk: cannot go on after making room")
    return tally


def damaged(folder: Path, bank: Path, chance: random.Random, count: int = DAMAGES) -> Tally:
    """Bytes at random places, or a file cut short: a clear end, and a restore with all that was backed up."""
    tally = Tally()
    source = Place(folder / "whole", folder / "cache", bank)
    source.run("quiz", "--plain", "--count", "100", lines="A\n" * 100)
    source.run("backup")
    source.run("quiz", "--plain", "--count", "50", lines="A\n" * 50)
    backed_up = 100
    for number in range(count):
        home = folder / f"damaged-{number}"
        shutil.copytree(source.home, home)
        place = Place(home, folder / "cache", bank)
        _spoil(place.database, chance, cut=number % 2 == 0)
        for command in (("stats",), ("log", "--json"), ("--plain",)):
            said = place.run(*command)
            tally.blame(said.code in (0, 3), f"damaged: {command} ended with {said.code}: {said.err[-300:]}")
        before = place.database.read_bytes()
        done = place.run("restore")
        tally.blame(done.code == 0, f"damaged: restore ended with {done.code}: {done.err[-300:]}")
        tally.blame(place.is_sound(), "damaged: not sound after the restore")
        kept = [path.read_bytes() for path in home.glob("kept-*.db")]
        tally.blame(kept == [before], "damaged: the damaged file is not kept as it was")
        tally.lost += max(0, backed_up - place.counted("answer"))
        tally.acknowledged += place.counted("answer")
        tally.runs += 1
        shutil.rmtree(home)
    tally.blame(not tally.lost, f"damaged: {tally.lost} backed-up answers are lost")
    return tally


def _count(tally: Tally, place: Place, said: Said) -> None:
    tally.runs += 1
    tally.killed += said.code < 0
    tally.acknowledged += said.acknowledged
    lost = max(0, said.acknowledged - place.counted("answer"))
    tally.lost += lost
    tally.blame(not lost, f"{place.home.name}: {lost} acknowledged answers are lost")
    tally.blame(place.is_sound(), f"{place.home.name}: the database is not sound")


def _spoil(path: Path, chance: random.Random, *, cut: bool) -> None:
    data = bytearray(path.read_bytes())
    if cut:
        data = data[: chance.randrange(1, len(data))]
    else:
        for _ in range(chance.randrange(1, 400)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)


def all_faults(
    folder: Path, bank: Path, chance: random.Random, *, small: bool
) -> dict[str, Callable[[], Tally]]:
    """Every fault by its name."""
    return {
        "two programs": lambda: together(folder, bank, 60 if small else ANSWERS),
        "signals": lambda: signals(folder, bank),
        "full disk": lambda: full_disk(folder, bank),
        "damaged file": lambda: damaged(folder, bank, chance, 2 if small else DAMAGES),
    }
