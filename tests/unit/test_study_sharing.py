"""Two computers: merging homes, and a synced folder, as a learner uses them."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.core.errors import UnreadableError, UnwritableError, UsageError
from keykata.study.dojo import Dojo
from support.homes import Desk
from support.program import run


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    made = []
    for name in ("laptop", "tower"):
        (tmp_path / name).mkdir()
        made.append(Desk(tmp_path / name))
    yield made[0], made[1]
    for desk in made:
        desk.close()


def study(dojo: Dojo, count: int) -> None:
    sitting = dojo.start_quiz(count=count, seed=7)
    while not sitting.done:
        sitting.respond(sitting.standing().slot.right)
        sitting.advance()
    sitting.finish()


def test_two_computers_share_through_a_folder(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    folder = tmp_path / "cloud"
    folder.mkdir()
    laptop, tower = (desk.open() for desk in desks)
    with pytest.raises(UsageError, match="No folder is set"):
        laptop.sync()
    for dojo in (laptop, tower):
        dojo.set_sync_folder(str(folder))
    study(laptop, 3)
    tower.set_minutes(45)
    laptop.sync()
    assert tower.sync().answers == 3
    assert laptop.sync().entries == 1
    assert laptop.settings()["minutes"] == 45
    assert laptop.history_json() == tower.history_json()
    assert laptop.stats_json() == tower.stats_json()
    assert len(list(folder.iterdir())) == 2
    assert tower.sync().entries == 0


WEIGHTS = [0.3, 1.3, 2.4, 8.2, 6.4, 0.83, 3.0, 0.01, 1.87, 0.17, 0.8]
WEIGHTS += [1.48, 0.06, 0.26, 1.65, 0.6, 1.87, 0.54, 0.09, 0.07, 0.15]
SETTINGS: dict[str, list[object]] = {
    "exam-date": ["2026-12-14", None, "2026-12-20"],
    "minutes": [45],
    "retention": [0.85, 0.97],
    "rollover": [3, 0],
    "new-per-day": [0, 7],
    "weights": [{"weights": WEIGHTS, "day": "2026-11-23", "reviews": 500, "held_out": 9}, None],
    "from-tomorrow": [[1, {"x": None}]],
}


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_goes_through_an_exported_log(
    desks: tuple[Desk, Desk], tmp_path: Path, name: str
) -> None:
    laptop, tower = (desk.open() for desk in desks)
    study(laptop, 3)
    file = tmp_path / "log.jsonl"
    for number, value in enumerate(SETTINGS[name]):
        laptop.rooms.ledger.set(name, value)
        file.unlink(missing_ok=True)
        laptop.save_log(file)
        assert tower.merge(file).skipped == 0
        assert tower.rooms.ledger.setting(name) == value, number
        assert tower.stats_json() == laptop.stats_json()
        assert tower.settings() == laptop.settings()


def test_a_day_may_begin_at_midnight(desk: Desk) -> None:
    dojo = desk.open()
    desk.clock.pass_seconds(13 * 3600)  # one in the night
    before = dojo.rooms.ledger.today()
    dojo.rooms.ledger.set("rollover", 0)
    assert dojo.rooms.ledger.today() > before


def test_a_retention_no_scheduler_takes_is_held_to_its_bounds(desk: Desk) -> None:
    dojo = desk.open()
    dojo.rooms.ledger.set("retention", 0.2)
    assert dojo.settings()["retention"] == 0.70
    study(dojo, 2)
    assert dojo.plan().retention == 0.70


def test_an_own_file_that_is_lost_is_written_again(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    folder = tmp_path / "cloud"
    folder.mkdir()
    laptop, tower = (desk.open() for desk in desks)
    laptop.set_sync_folder(str(folder))
    tower.set_sync_folder(str(folder))
    study(laptop, 2)
    laptop.sync()
    for path in folder.iterdir():
        path.unlink()
    laptop.sync()
    assert tower.sync().answers == 2


@pytest.mark.parametrize("zeroed", [slice(0, None), slice(-900, None), slice(-900, -800)])
def test_an_own_file_damaged_at_its_full_length_is_written_again(
    desks: tuple[Desk, Desk], tmp_path: Path, zeroed: slice
) -> None:
    folder = tmp_path / "cloud"
    folder.mkdir()
    laptop, tower = (desk.open() for desk in desks)
    laptop.set_sync_folder(str(folder))
    tower.set_sync_folder(str(folder))
    study(laptop, 4)
    laptop.sync()
    (own,) = folder.iterdir()
    held, touched = bytearray(own.read_bytes()), own.stat().st_mtime_ns + 1_000_000
    held[zeroed] = bytes(len(held[zeroed]))
    own.write_bytes(held)
    os.utime(own, ns=(touched, touched))
    laptop.sync()
    assert tower.sync().answers == 4
    assert list(laptop.log_json()) == list(tower.log_json())


def test_an_own_file_that_was_only_touched_is_left_as_it_is(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    laptop = desks[0].open()
    (tmp_path / "cloud").mkdir()
    laptop.set_sync_folder(str(tmp_path / "cloud"))
    study(laptop, 2)
    laptop.sync()
    (own,) = (tmp_path / "cloud").iterdir()
    held = own.read_bytes()
    os.utime(own, ns=(1, 1))
    assert laptop.sync().known_entries == 0
    assert own.read_bytes() == held


@pytest.mark.skipif(sys.platform != "linux", reason="such names are refused by other systems")
def test_a_file_is_taken_in_whatever_its_name(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    folder = tmp_path / "cloud"
    folder.mkdir()
    laptop, tower = (desk.open() for desk in desks)
    for one in (laptop, tower):
        one.set_sync_folder(str(folder))
    study(laptop, 2)
    laptop.sync()
    (own,) = folder.iterdir()
    own.rename(folder / os.fsdecode(b"caf\xe9.jsonl"))
    assert [tower.sync().answers for _ in range(2)] == [2, 0]


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
def test_what_keeps_the_own_file_from_being_written_is_told(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    laptop = desks[0].open()
    laptop.set_sync_folder(str(tmp_path))
    study(laptop, 1)
    os.mkfifo(tmp_path / f"{laptop.rooms.ledger.store.device}.jsonl")
    with pytest.raises(UnwritableError) as told:
        laptop.sync()
    assert told.value.message == "Syncing failed: File or stream is not seekable."


def test_a_full_disk_under_the_folder_wants_room(
    desks: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    laptop = desks[0].open()
    laptop.set_sync_folder(str(tmp_path))
    study(laptop, 1)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableError) as told:
        laptop.sync()
    assert told.value.hint == "Make room there."


def test_a_folder_that_is_not_there_is_said(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    laptop = desks[0].open()
    with pytest.raises(UsageError, match="is no folder"):
        laptop.set_sync_folder(str(tmp_path / "none"))
    (tmp_path / "gone").mkdir()
    laptop.set_sync_folder(str(tmp_path / "gone"))
    (tmp_path / "gone").rmdir()
    with pytest.raises(UnreadableError, match="not there"):
        laptop.sync()
    laptop.set_sync_folder(None)
    assert laptop.sync_setting() is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_what_may_have_no_end_is_not_merged(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    laptop = desk.open()
    for other in (Path("/dev/zero"), tmp_path / "pipe"):
        with pytest.raises(UnreadableError, match="no file that can be read"):
            laptop.merge(other)


def test_a_folder_of_a_name_that_is_too_long_is_told(desk: Desk) -> None:
    laptop = desk.open()
    (desk.places.home / "config.toml").write_text(f'sync = "/{"x" * 5000}"\n', encoding="utf-8")
    with pytest.raises(UnwritableError, match="Syncing failed"):
        laptop.sync()


def test_setting_the_folder_leaves_the_rest_of_the_configuration(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    laptop = desks[0].open()
    config = desks[0].places.home / "config.toml"
    config.write_text('theme = "light"\nsync = "/old"\n\n[keys]\nquit = "z"\n', encoding="utf-8")
    laptop.set_sync_folder(str(tmp_path))
    assert config.read_text(encoding="utf-8") == (
        f'theme = "light"\n\nsync = "{tmp_path}"\n[keys]\nquit = "z"\n'
    )


def test_the_commands(tmp_path: Path) -> None:
    home, other, folder = tmp_path / "home", tmp_path / "other", tmp_path / "cloud"
    folder.mkdir()
    run(tmp_path, "quiz", "--plain", "--count", "2", "--seed", "7", said="A\nB\n")
    done = run(tmp_path, "export", "log", str(tmp_path / "log.jsonl"))
    assert "written" in done.stdout
    assert run(tmp_path, "export", "log", str(tmp_path / "log.jsonl")).returncode == 4
    assert run(tmp_path, "--home", str(other), "merge", str(tmp_path / "log.jsonl")).stdout == (
        "2 answers of 1 device\n"
    )
    told = run(tmp_path, "--home", str(other), "merge", str(home), "--json")
    assert json.loads(told.stdout)["known"] == 2
    assert run(tmp_path, "merge", str(home)).returncode == 2
    assert run(tmp_path, "merge", str(folder)).returncode == 3
    assert run(tmp_path, "sync").returncode == 2
    assert run(tmp_path, "config", "sync", str(folder)).stdout == f"sync: {folder}\n"
    run(tmp_path, "quiz", "--plain", "--count", "1", "--seed", "9", said="A\n")
    assert len(list(folder.glob("*.jsonl"))) == 1
    run(tmp_path, "--home", str(other), "config", "sync", str(folder))
    assert run(tmp_path, "--home", str(other), "sync").stdout == "1 answer of 1 device, 2 known already\n"
    ours, theirs = (run(tmp_path, "--home", str(place), "log", "--json").stdout for place in (home, other))
    assert ours == theirs
    assert run(tmp_path, "export").returncode == 2
