"""Backups that a failing disk hides are not told as missing ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.core.errors import UnreadableError, UsageError
from keykata.store.faults import damaged
from keykata.store.unread import unread
from keykata.study.caring import Care
from support.homes import Desk

FAILING = Path("/proc/self/mem")  # a file whose first byte is an input or output error
pytestmark = pytest.mark.skipif(not FAILING.exists(), reason="no file here that fails when it is read")


def care_of(desk: Desk) -> Care:
    """Of a home whose only backup cannot be read."""
    desk.open().set_minutes(45)
    desk.close()
    folder = desk.places.home / "backups"
    for path in folder.glob("*.db"):
        path.unlink()
    folder.mkdir(exist_ok=True)
    (folder / "daily-2026-11-20.db").symlink_to(FAILING)
    return Care(desk.places, desk.clock)


def test_a_restore_says_that_the_backup_cannot_be_read(desk: Desk) -> None:
    care = care_of(desk)
    with pytest.raises(UnreadableError, match=r"A backup cannot be read \(Input/output error\)") as told:
        care.restore()
    assert told.value.where.endswith("daily-2026-11-20.db")
    assert "move it away" in told.value.hint


def test_nothing_is_built_anew_while_a_backup_may_be_good(desk: Desk) -> None:
    care = care_of(desk)
    database = desk.places.home / "keykata.db"
    before = database.read_bytes()
    with pytest.raises(UnreadableError, match="A backup cannot be read"):
        care.restore_or_salvage()
    assert database.read_bytes() == before
    (desk.places.home / "backups" / "daily-2026-11-20.db").unlink()
    assert care.restore_or_salvage().events > 0


def test_a_damaged_database_and_the_doctor_tell_it_too(desk: Desk) -> None:
    care = care_of(desk)
    assert (
        "A backup cannot be read (Input/output error): " in damaged(desk.places.home / "keykata.db", "x").hint
    )
    told = [finding for finding in care.look().findings if finding.check == "backups"]
    assert any("Input/output error" in finding.text for finding in told)
    assert not any("no good backup" in finding.text for finding in told)


def test_no_backup_at_all_is_none_that_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "away.db").symlink_to(tmp_path / "nowhere")
    (tmp_path / "backups" / "torn.db").write_bytes(b"torn")
    assert unread(tmp_path) is None
    assert unread(tmp_path / "not-there") is None
    with pytest.raises(UsageError, match="no good backup"):
        Care(desk.places, desk.clock).restore()
