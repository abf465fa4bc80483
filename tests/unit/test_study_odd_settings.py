"""A database may say anything, as a damaged or foreign one: what makes no sense in it ends nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.days import iso_utc
from keykata.study.ledger import DEFAULT_MINUTES, DEFAULT_NEW_PER_DAY, DEFAULT_RETENTION
from support.homes import Desk
from support.program import run

NONSENSE = ('"many"', "[20]", "{}", "true", "-1", "1e300", '"2026-13-45"', '"\\u0000"')
NAMES = ("minutes", "retention", "rollover", "new-per-day", "exam-date")


def say(home: Path, name: str, value: str) -> None:
    """Put a setting into the database of a home, past everything that would refuse it."""
    with closing(sqlite3.connect(home / "keykata.db")) as db, db:
        db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))


@pytest.mark.parametrize("value", NONSENSE)
def test_settings_that_make_no_sense_are_as_if_never_set(tmp_path: Path, value: str) -> None:
    desk = Desk(tmp_path)
    dojo = desk.open()
    usual = dojo.home()
    for name in NAMES:
        say(desk.places.home, name, value)
    again = desk.open()
    ledger = again.rooms.ledger
    assert (ledger.minutes, ledger.new_per_day) == (DEFAULT_MINUTES, DEFAULT_NEW_PER_DAY)
    assert (ledger.retention, ledger.exam_date) == (DEFAULT_RETENTION, None)
    assert again.home() == usual
    again.set_minutes(30)
    assert ledger.minutes == 30
    desk.close()


def test_moments_no_calendar_has_are_told_as_the_nearest_one() -> None:
    assert iso_utc(-(2**63)) == "1000-01-02T00:00:00.000Z"
    assert iso_utc(2**63 - 1) == "9999-12-30T23:59:59.999Z"
    assert iso_utc(1_795_000_000_123) == "2026-11-18T11:06:40.123Z"


def test_the_history_shows_a_session_that_ended_beyond_all_calendars(tmp_path: Path) -> None:
    run(tmp_path, "quiz", "--plain", "--count", "1", said="a\n")
    with closing(sqlite3.connect(tmp_path / "home" / "keykata.db")) as db, db:
        db.execute("UPDATE attempt SET finished_at = ?", (1 << 62,))
    shown = run(tmp_path, "history")
    assert shown.returncode == 0
    assert "Quiz" in shown.stdout
