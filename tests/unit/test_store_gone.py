"""A database that is gone while its backups are there is no first start; pipes and full disks are told."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from keykata.core.errors import DamagedError, UnreadableError, UnwritableError, UsageError
from keykata.practice.form import Filter
from keykata.study.caring import Care
from keykata.study.opening import open_dojo
from support.homes import Desk


def _answered(desk: Desk) -> Care:
    """A home with three answers and a backup of them."""
    sitting = desk.open().start_quiz(Filter(banks=("kms",)), count=3)
    for _ in range(3):
        sitting.respond(sitting.standing().slot.right)
        sitting.advance()
    desk.close()
    care = Care(desk.places, desk.clock)
    care.backup()
    return care


@pytest.mark.parametrize("emptied", [True, False])
def test_a_database_that_is_gone_is_not_taken_for_a_first_start(desk: Desk, emptied: bool) -> None:
    care = _answered(desk)
    database = desk.places.home / "keykata.db"
    database.unlink()
    if emptied:
        database.touch()
    with pytest.raises(DamagedError) as told:
        desk.open()
    assert "keykata restore brings back" in told.value.hint
    assert not care.look().sound
    assert care.restore().events > 3
    assert len(list(desk.open().log_json())) == 3


def test_without_a_backup_it_is_a_first_start(desk: Desk) -> None:
    _answered(desk)
    (desk.places.home / "keykata.db").unlink()
    for backup in (desk.places.home / "backups").iterdir():
        backup.unlink()
    assert desk.open().home().first_start


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
def test_a_pipe_in_place_of_the_device_is_not_waited_for(desk: Desk) -> None:
    _answered(desk)
    device = desk.places.home / "device"
    device.unlink()
    os.mkfifo(device)
    dojo = desk.open()
    assert dojo.writable
    assert len(list(dojo.log_json())) == 3


def test_an_almost_full_disk_is_called_full(desk: Desk, tmp_path: Path) -> None:
    _answered(desk)
    (desk.places.home / "device").write_text("of another place", encoding="utf-8")
    full = os.statvfs(tmp_path)
    usage = type("usage", (), {"total": full.f_blocks, "used": full.f_blocks, "free": 8192})()
    refused = OSError(5, "Input/output error")
    with (
        patch("keykata.store.store.device_id", side_effect=refused),
        patch("shutil.disk_usage", return_value=usage),
    ):
        dojo = open_dojo(desk.places, clock=desk.clock, entropy=desk.entropy)
    with pytest.raises(UnwritableError) as told:
        dojo.set_minutes(30)
    dojo.close()
    assert "The disk is full" in told.value.message
    assert "Make room" in told.value.hint


@pytest.mark.parametrize("named", [".", "/", "folder"])
def test_a_folder_is_no_backup(desk: Desk, monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    care = _answered(desk)
    (desk.folder / "folder").mkdir()
    monkeypatch.chdir(desk.folder)
    with pytest.raises(UnreadableError, match="This is a folder, not a backup") as told:
        care.restore(Path(named))
    assert "keykata doctor lists them" in told.value.hint
    assert care.look().sound


def test_where_nothing_is_to_be_backed_up_it_is_said_when_there_will_be(desk: Desk) -> None:
    with pytest.raises(UnreadableError, match="nothing to back up yet") as told:
        Care(desk.places, desk.clock).backup()
    assert "comes with the first answer" in told.value.hint


def test_a_backup_takes_no_name_that_a_link_has_even_if_it_leads_nowhere(desk: Desk) -> None:
    care, link = _answered(desk), desk.folder / "copy.db"
    link.symlink_to(desk.folder / "a disk that is away" / "copy.db")
    with pytest.raises(UsageError, match="exists already"):
        care.backup(link)
    assert link.is_symlink()


def test_a_database_without_its_log_is_called_damaged_when_it_is_backed_up(desk: Desk) -> None:
    care = _answered(desk)
    with closing(sqlite3.connect(desk.places.home / "keykata.db")) as db:
        db.execute("DROP TABLE event")
    with pytest.raises(UnreadableError, match="The database is damaged") as told:
        care.backup(desk.folder / "copy.db")
    assert told.value.hint == "Run: keykata doctor"


def test_a_home_that_is_a_file_is_said_to_be_one(desk: Desk) -> None:
    desk.places.home.write_text("no folder")
    care = Care(desk.places, desk.clock)
    for act in (care.backup, care.restore):
        with pytest.raises(UnreadableError, match="The home is a file, not a folder"):
            act()
