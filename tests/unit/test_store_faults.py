"""Homes that cannot be written, disks that are full, programs that meet, files that were damaged."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from keykata.core.errors import BusyError, UnreadableError, UnwritableError
from keykata.core.event import Draft
from keykata.store.database import DATABASE, connect_read_only
from keykata.store.examine import is_damaged
from keykata.store.migrate import migrate, migrations
from keykata.store.store import Store, open_store
from keykata.study.caring import Care
from keykata.study.places import Places
from support.clocks import START, CountingEntropy, HandClock

TODAY = "2026-11-23"
ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65_534


def opened(home: Path) -> Store:
    return open_store(home, entropy=CountingEntropy(home.name))


def answer(card: str) -> Draft:
    body = {"v": 1, "kind": "question", "correct": True, "rating": 3}
    return Draft("answer", body, "A", card.split("/", 1)[0], card)


def filled(home: Path, count: int = 1) -> Path:
    store = opened(home)
    for number in range(count):
        store.append([answer(f"kms:q{number}")], now=START, day=TODAY)
    store.close()
    return home / DATABASE


@contextmanager
def unprivileged(folder: Path) -> Iterator[None]:
    """As somebody whom the permissions of files bind; folders above are opened for the while."""
    if os.geteuid() != 0:
        yield
        return
    above = [place for place in folder.parents if place.stat().st_mode & 0o055 != 0o055]
    modes = [place.stat().st_mode for place in above]
    for place in above:
        place.chmod(0o755)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        for place, mode in zip(above, modes, strict=True):
            place.chmod(mode)


def is_read_only(home: Path) -> bool:
    store = opened(home)
    with pytest.raises(UnwritableError):
        store.append([answer("kms:q1")], now=START, day=TODAY)
    readable = store.card("kms:q0") is not None and not store.writable
    store.close()
    return readable


def test_a_pipe_in_place_of_the_database_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / DATABASE)
    with pytest.raises(UnreadableError, match="not a file"):
        opened(tmp_path)


def test_the_doctor_looks_at_places_nobody_may_enter(tmp_path: Path) -> None:
    home, shut = tmp_path / "home", tmp_path / "shut"
    filled(home)
    shut.mkdir()
    (shut / "home").mkdir()
    home.chmod(0o755)
    shut.chmod(0o000)
    try:
        with unprivileged(home):
            found = Care(Places(home=home, cache=shut / "cache"), HandClock()).look()
            inside = Care(Places(home=shut / "home", cache=None), HandClock()).look()
    finally:
        shut.chmod(0o755)
    assert found.sound
    assert "cache" in {one.check for one in found.findings}
    assert "access" in {one.check for one in inside.findings if one.state == "wrong"}
    assert all(one.text.endswith(".") for one in (*found.findings, *inside.findings))


@pytest.mark.parametrize("below", ["", "home", "one/two"])
def test_the_doctor_says_what_stands_where_the_home_is_to_be(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    found = Care(Places(home=file / below, cache=None), HandClock()).look()
    assert not found.sound
    assert [one.state for one in found.findings] == ["wrong"]
    assert f"{file} is not a folder" in found.findings[0].text
    assert "--home" in found.findings[0].hint


@pytest.mark.parametrize(("home_mode", "file_mode"), [(0o555, 0o644), (0o777, 0o444)])
def test_what_cannot_be_written_is_read_and_says_so(tmp_path: Path, home_mode: int, file_mode: int) -> None:
    home = tmp_path / "home"
    before = filled(home).read_bytes()
    (home / DATABASE).chmod(file_mode)
    home.chmod(home_mode)
    with unprivileged(home):
        assert is_read_only(home)
    home.chmod(0o755)
    assert (home / DATABASE).read_bytes() == before


def test_what_a_crash_left_beside_the_file_is_read_too(tmp_path: Path) -> None:
    store = opened(tmp_path / "one")
    store.append([answer("kms:q0")], now=START, day=TODAY)
    shutil.copytree(tmp_path / "one", tmp_path / "home")
    store.close()
    (tmp_path / "home").chmod(0o555)
    with unprivileged(tmp_path / "home"):
        assert is_read_only(tmp_path / "home")
    (tmp_path / "home").chmod(0o755)


def test_a_newer_database_is_untouched_even_after_a_crash(tmp_path: Path) -> None:
    filled(tmp_path / "one")
    db = sqlite3.connect(tmp_path / "one" / DATABASE)
    db.execute("PRAGMA user_version = 99")
    shutil.copytree(tmp_path / "one", tmp_path / "home")
    db.close()
    before = (tmp_path / "home" / DATABASE).read_bytes()
    with pytest.raises(UnreadableError, match="newer"):
        opened(tmp_path / "home")
    assert (tmp_path / "home" / DATABASE).read_bytes() == before


def test_the_newest_good_backup_is_offered(tmp_path: Path) -> None:
    path = filled(tmp_path, 200)
    store = opened(tmp_path)
    store.backup(tmp_path / "backups" / "good.db")
    store.close()
    (tmp_path / "backups" / "later-but-bad.db").write_bytes(b"SQLite format 3\0" + b"\x55" * 4000)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x55" * (len(whole) - 4096))
    with pytest.raises(UnreadableError) as caught:
        opened(tmp_path).append([answer("kms:q1")], now=START, day=TODAY)
    assert str(tmp_path / "backups" / "good.db") in caught.value.hint


def fill(store: Store, kept: list[str]) -> None:
    for number in range(1000):
        kept.append(store.append([answer(f"kms:q{number}")], now=START, day=TODAY)[0].id)


def test_a_full_disk_loses_the_answer_it_could_not_keep_and_no_other(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    store = opened(tmp_path)
    kept: list[str] = []
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    try:
        with pytest.raises(UnwritableError, match="full"):
            fill(store, kept)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert kept
    assert [event.id for event in store.events()] == kept
    store.append([answer("kms:later")], now=START, day=TODAY)
    assert not is_damaged(store.path)
    store.close()


def test_a_database_in_other_hands_is_busy_and_not_read_only(tmp_path: Path) -> None:
    filled(tmp_path)
    other = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BusyError):
        opened(tmp_path)
    other.close()


STARTER = """
import os, sys
from pathlib import Path
from keykata.store.store import open_store
print("ready", flush=True)
sys.stdin.readline()
store = open_store(Path(sys.argv[1]), entropy=os.urandom)
print(store.writable, store.device)
"""


def test_programs_that_start_on_a_new_home_at_once_share_it(tmp_path: Path) -> None:
    env = {"PYTHONPATH": str(ROOT / "app"), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", STARTER, str(tmp_path / "home")]
    children = [
        subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    told = {child.communicate(timeout=20)[0].strip() for child in children}
    assert len(told) == 1
    assert told.pop().startswith("True ")


def test_a_database_is_backed_up_before_each_step_forward(tmp_path: Path) -> None:
    path = filled(tmp_path)
    step = tmp_path / "002_more.sql"
    step.write_text("CREATE TABLE more (x) STRICT;\n".replace("(x)", "(x TEXT)"), encoding="utf-8")
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, [*migrations(), step], home=tmp_path)
    assert db.execute("PRAGMA user_version").fetchone() == (len(migrations()) + 1,)
    db.close()
    saved = sqlite3.connect(tmp_path / "backups" / "before-002_more.db")
    assert saved.execute("SELECT COUNT(*) FROM event").fetchone() == (1,)
    assert saved.execute("PRAGMA user_version").fetchone() == (len(migrations()),)
    saved.close()


@pytest.mark.parametrize(("name", "stands"), [("device", "folder"), (DATABASE, "folder"), (DATABASE, "link")])
def test_the_doctor_says_what_stands_in_the_place_of_a_file(tmp_path: Path, name: str, stands: str) -> None:
    home = tmp_path / "home"
    opened(home).close()
    (home / name).unlink()
    if stands == "folder":
        (home / name).mkdir()
    else:
        (home / name).symlink_to(tmp_path / "nowhere")
    told = [
        one
        for one in Care(Places(home=home, cache=None), HandClock()).look().findings
        if one.check == "files"
    ]
    assert [one.state for one in told] == ["wrong"]
    assert stands in told[0].text
    assert f"{home / name}." in told[0].text  # the hint goes on behind it


def test_what_a_killed_program_had_only_begun_is_taken_back_where_nothing_can_be_written(
    tmp_path: Path,
) -> None:
    """On a network folder, where SQLite keeps a journal beside the database."""
    path = filled(tmp_path / "home", 3)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA cache_size = 1")
    db.execute("BEGIN")
    db.execute("UPDATE item SET item = 'x' || item")
    db.executemany("INSERT INTO snapshot VALUES (?, zeroblob(3000))", [(str(n),) for n in range(50)])
    left = shutil.copytree(path.parent, tmp_path / "left")
    db.close()
    assert (left / f"{DATABASE}-journal").stat().st_size
    before = bytes_of(left)
    with closing(connect_read_only(left / DATABASE)) as read:
        assert read.execute("SELECT COUNT(*) FROM snapshot").fetchone() == (0,)
        assert read.execute("SELECT COUNT(*) FROM item WHERE item LIKE 'x%'").fetchone() == (0,)
        assert read.execute("SELECT COUNT(*) FROM event").fetchone() == (3,)
    assert bytes_of(left) == before


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
