"""A home that another program opens, writes to and closes while it is read."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from keykata.store.backups import open_backup
from keykata.store.database import DATABASE
from keykata.store.in_use import connect_in_use
from keykata.store.store import open_other
from support.stores import answers, opened

HELD = 900


def test_all_of_a_home_is_read_that_another_program_opens_and_leaves_meanwhile(tmp_path: Path) -> None:
    _fill(tmp_path, 0, HELD)
    with closing(open_other(tmp_path / DATABASE)) as other:
        before = {event.id for events, _ in other.parcels(HELD) for event in events}
        _fill(tmp_path, HELD, 2 * HELD)
        after = {event.id for events, _ in other.parcels(HELD, by_card=True) for event in events}
    assert len(before) == HELD
    assert len(after) == 2 * HELD


def test_a_home_that_is_written_to_while_the_doctor_looks_is_not_called_damaged(tmp_path: Path) -> None:
    _fill(tmp_path, 0, HELD)
    with closing(connect_in_use(tmp_path / DATABASE)) as looking:
        assert looking.execute("SELECT COUNT(*) FROM event").fetchone() == (HELD,)
        _fill(tmp_path, HELD, 2 * HELD)
        assert looking.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert looking.execute("SELECT COUNT(*) FROM event").fetchone() == (2 * HELD,)


def test_a_home_is_restored_from_whole_that_another_program_opens_and_leaves_meanwhile(
    tmp_path: Path,
) -> None:
    _fill(tmp_path, 0, HELD)
    with closing(open_backup(tmp_path / DATABASE)) as source:
        assert source.execute("SELECT COUNT(*) FROM event").fetchone() == (HELD,)
        _fill(tmp_path, HELD, 2 * HELD)
        assert source.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def test_looking_leaves_a_home_as_it_is(tmp_path: Path) -> None:
    _fill(tmp_path, 0, 3)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with closing(connect_in_use(tmp_path / DATABASE)) as looking:
        assert looking.execute("SELECT COUNT(*) FROM event").fetchone() == (3,)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def _fill(home: Path, first: int, last: int) -> None:
    with closing(opened(home)) as store:
        answers(store, first, last)
