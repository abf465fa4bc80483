"""A write-ahead log that lies beside a database it does not belong to: told, and not read into it."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.errors import DamagedError
from keykata.core.event import Draft
from keykata.store import backups
from keykata.store.database import DATABASE
from keykata.store.store import Store, open_store
from keykata.study.caring import Care
from keykata.study.places import Places
from support.clocks import START, CountingEntropy, HandClock

TODAY = "2026-11-23"


def opened(home: Path, whose: str) -> Store:
    return open_store(home, entropy=CountingEntropy(whose))


def answer(number: int) -> Draft:
    body = {"v": 1, "kind": "question", "correct": True, "rating": 3}
    return Draft("answer", body, "A", f"kms:q{number}", f"kms:q{number}")


def crashed(folder: Path, whose: str, before: int, after: int) -> Path:
    """A home that holds some answers, and some more in its log alone."""
    home, left = folder / f"runs-{whose}", folder / whose
    with closing(opened(home, whose)) as store:
        for number in range(before):
            store.append([answer(number)], now=START, day=TODAY)
    with closing(opened(home, whose)) as store:
        for number in range(before, before + after):
            store.append([answer(number)], now=START, day=TODAY)
        shutil.copytree(home, left)
    return left


def ids(home: Path, whose: str) -> set[str]:
    with closing(opened(home, whose)) as store:
        return {event.id for event in store.events()}


def put_beside(home: Path, other: Path, *ends: str) -> None:
    for end in ("-wal", "-shm"):
        (home / f"{DATABASE}{end}").unlink(missing_ok=True)
    for end in ends:
        shutil.copyfile(other / f"{DATABASE}{end}", home / f"{DATABASE}{end}")


@pytest.mark.parametrize("ends", [("-wal",), ("-wal", "-shm")])
@pytest.mark.parametrize(("mine", "theirs"), [(40, 40), (40, 3), (5, 300), (300, 40), (120, 130)])
def test_the_log_of_another_home_is_told_and_kept_out(
    tmp_path: Path, mine: int, theirs: int, ends: tuple[str, ...]
) -> None:
    home, other = crashed(tmp_path, "mine", mine, 0), crashed(tmp_path, "theirs", theirs, 12)
    own = ids(home, "mine")
    put_beside(home, other, *ends)
    before = (home / DATABASE).read_bytes()
    with pytest.raises(DamagedError, match=r"keykata\.db-wal, does not fit"):
        opened(home, "mine")
    assert (home / DATABASE).read_bytes() == before
    care = Care(Places(home=home, cache=None), HandClock())
    assert care.repair().sound
    assert ids(home, "mine") == own
    kept = next(home.glob("kept-*.db"))
    assert kept.read_bytes() == before
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == (other / f"{DATABASE}-wal").read_bytes()


def test_a_backup_put_in_place_by_hand_loses_nothing_that_the_log_still_holds(tmp_path: Path) -> None:
    home = crashed(tmp_path, "mine", 200, 30)
    everything = ids(shutil.copytree(home, tmp_path / "whole"), "mine")
    early = tmp_path / "early"
    with closing(opened(early, "mine")) as store:
        for number in range(100):
            store.append([answer(number)], now=START, day=TODAY)
    backup = backups.write_daily(early / DATABASE, TODAY)
    assert backup is not None
    shutil.copyfile(backup, home / DATABASE)
    with pytest.raises(DamagedError):
        opened(home, "mine")
    care = Care(Places(home=home, cache=None), HandClock())
    assert care.repair().sound
    got = ids(home, "mine")
    assert len(got) >= 130
    assert got <= everything | ids(early, "mine")


@pytest.mark.parametrize("before", [0, 1, 7, 60, 400])
@pytest.mark.parametrize("after", [1, 5, 90])
def test_its_own_log_is_read(tmp_path: Path, before: int, after: int) -> None:
    home = crashed(tmp_path, "mine", before, after)
    assert len(ids(home, "mine")) == before + after


def test_its_own_log_is_read_when_everything_was_computed_again(tmp_path: Path) -> None:
    home = crashed(tmp_path, "mine", 60, 5)
    with closing(opened(home, "mine")) as store:
        store.rebuild()
        store.append([answer(99)], now=START, day=TODAY)
        shutil.copytree(home, tmp_path / "again")
    assert len(ids(tmp_path / "again", "mine")) == 66
