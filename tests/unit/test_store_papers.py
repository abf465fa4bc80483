"""Papers that can no longer be read come back out of backups, or are set aside; then the home is sound."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from keykata.core.errors import UnreadableError
from keykata.core.safe import safe_line
from keykata.store.database import DATABASE
from keykata.study.caring import Care
from keykata.study.sitting import Sitting
from support.homes import Desk


@pytest.fixture
def care(desk: Desk) -> Care:
    return Care(desk.places, desk.clock)


def answered(desk: Desk) -> Sitting:
    sitting = desk.open().start_quiz(count=3)
    sitting.respond((0,))
    return sitting


def spoil(desk: Desk, *, statement: str = "UPDATE snapshot SET body = x'00'") -> None:
    desk.close()
    with closing(sqlite3.connect(desk.places.home / DATABASE)) as db, db:
        db.execute(statement)


def wrong(care: Care) -> list[str]:
    return [f"{found.text} {found.hint}" for found in care.look().findings if found.state == "wrong"]


def test_a_spoilt_paper_comes_back_out_of_any_backup(desk: Desk, care: Care) -> None:
    first = answered(desk)
    care.backup()
    spoil(desk)
    desk.clock.at += 1000
    care.backup()  # sound as a database, with the spoilt paper in it
    second = answered(desk)
    desk.close()
    assert wrong(care) == [
        "1 of 2 papers of attempts cannot be read; their answers count all the same."
        " Run: keykata doctor --repair"
    ]
    done = care.repair()
    assert done.repaired == ("1 paper was taken out of the backups.",)
    assert done.sound
    dojo = desk.open()
    assert {line["attempt"] for line in dojo.log_json() if line["options"]} == {first.id, second.id}


def test_a_paper_that_no_backup_holds_is_set_aside_in_a_whole_copy(desk: Desk, care: Care) -> None:
    sitting = answered(desk)
    spoil(desk)
    shutil.rmtree(desk.places.home / "backups")
    assert wrong(care)
    done = care.repair()
    (kept,) = desk.places.home.glob("kept-*.db")
    assert done.repaired == (
        "1 paper that no backup holds was set aside.",
        f"The database as it was is kept as {kept}.",
    )
    assert done.sound
    assert care.repair().repaired == ()
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("SELECT body FROM snapshot").fetchall() == [(b"\0",)]
    assert [line["attempt"] for line in desk.open().log_json()] == [sitting.id]


def test_a_lost_paper_comes_back_with_a_spoilt_one(desk: Desk, care: Care) -> None:
    lost, spoilt = answered(desk), answered(desk)
    care.backup()
    spoil(desk, statement="UPDATE snapshot SET body = x'00'")
    spoil(desk, statement="DELETE FROM snapshot WHERE rowid = (SELECT MIN(rowid) FROM snapshot)")
    assert care.repair().repaired == ("2 papers were taken out of the backups.",)
    assert {line["attempt"] for line in desk.open().log_json() if line["options"]} == {lost.id, spoilt.id}


def test_a_look_sees_one_state_though_another_program_answers_meanwhile(
    desk: Desk, care: Care, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = answered(desk)
    connect = sqlite3.connect
    said: list[str] = []

    def connect_and_be_passed(database: str | Path, **options: Any) -> sqlite3.Connection:
        """A connection; once the first statement is run in the copy, an answer is given."""
        made: sqlite3.Connection = connect(database, **options)

        def answer_once(statement: str) -> None:
            if not said:
                said.append(statement)
                sitting.advance()
                sitting.respond((0,))

        if database == ":memory:":
            made.set_trace_callback(answer_once)
        return made

    monkeypatch.setattr(sqlite3, "connect", connect_and_be_passed)
    assert wrong(care) == []
    assert said


def test_a_row_that_names_its_paper_by_bytes_is_told_in_words(desk: Desk) -> None:
    sitting = answered(desk)
    desk.close()
    with closing(sqlite3.connect(desk.places.home / DATABASE)) as db, db:
        ((table,),) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'attempt'")
    loosened, bound = table.replace("STRICT, ", ""), table
    for statement, value in (
        ("UPDATE sqlite_schema SET sql = ? WHERE name = 'attempt'", loosened),
        ("UPDATE attempt SET snapshot = ?", b"\xff\xfe"),  # as a damaged page can hold it
        ("UPDATE sqlite_schema SET sql = ? WHERE name = 'attempt'", bound),
    ):
        with closing(sqlite3.connect(desk.places.home / DATABASE)) as db, db:
            db.execute("PRAGMA writable_schema = ON")
            db.execute(statement, (value,))
    with pytest.raises(UnreadableError, match="cannot be read") as told:
        desk.open().report(sitting.id)
    assert safe_line(told.value.where)
