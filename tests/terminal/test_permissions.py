"""The real program where it may not look or write: it says so, and goes on with the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.program import environment

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="root is held to permissions by Linux only"
    ),
]
# root may do everything: take from it, for good, the right to pass over permissions
OBEDIENT = """
import ctypes, os, sys
if os.geteuid() == 0:
    libc = ctypes.CDLL(None, use_errno=True)
    DROP, PASS_OVER, LOOK_ANYWHERE = 24, 1, 2
    if libc.prctl(DROP, PASS_OVER, 0, 0, 0) or libc.prctl(DROP, LOOK_ANYWHERE, 0, 0, 0):
        sys.exit(77)
os.execv(sys.executable, [sys.executable, "-m", "keykata", *sys.argv[1:]])
"""
NOT_POSSIBLE = 77


@pytest.fixture
def shut() -> Iterator[Callable[[Path, int], None]]:
    """Changes the mode of a path until the test ends."""
    before: list[tuple[Path, int]] = []

    def change(path: Path, mode: int) -> None:
        before.append((path, path.stat().st_mode))
        path.chmod(mode)

    yield change
    for path, mode in reversed(before):
        path.chmod(mode)


def obedient(folder: Path, *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """The program as somebody for whom permissions count."""
    done = subprocess.run(
        [sys.executable, "-c", OBEDIENT, *arguments],
        input=said,
        env=environment(folder, KEYKATA_CACHE=str(folder / "cache")),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    if done.returncode == NOT_POSSIBLE:
        pytest.skip("root cannot be held to permissions here")
    return done


def test_a_bank_folder_nobody_may_read_is_told_of_and_the_rest_goes_on(
    tmp_path: Path, shut: Callable[[Path, int], None]
) -> None:
    banks = tmp_path / "home" / "banks"
    banks.mkdir(parents=True)
    shut(banks, 0)
    done = obedient(tmp_path, "quiz", "--plain", "--count", "2", "--seed", "7", said="A\nA\n")
    assert done.returncode == 0, done.stderr
    assert len(obedient(tmp_path, "log", "--json").stdout.splitlines()) == 2
    home = obedient(tmp_path, "--plain", said="quit\n")
    assert f"{banks} cannot be opened; the other banks are." in home.stdout.replace("\n", " ")
    checked = obedient(tmp_path, "check", "--format", "json")
    assert checked.returncode == 1, checked.stderr
    errors = [one for one in json.loads(checked.stdout) if one["severity"] == "error"]
    assert [(one["file"], one["code"]) for one in errors] == [("home/banks", "bank-unreadable")]


def test_one_bank_nobody_may_read_leaves_its_neighbours_open(
    tmp_path: Path, shut: Callable[[Path, int], None]
) -> None:
    for name in ("mine", "secret"):
        bank = tmp_path / "home" / "banks" / name
        bank.mkdir(parents=True)
        (bank / "bank.yaml").write_text(f"id: {name}\nname: Bank called {name}\n", encoding="utf-8")
    shut(bank, 0)
    told = obedient(tmp_path, "--plain", said="quit\n").stdout.replace("\n", " ")
    assert f"{bank} cannot be opened" in told
    assert "mine cannot" not in told


def test_restore_into_a_home_of_somebody_else_says_so_and_names_a_way(
    tmp_path: Path, shut: Callable[[Path, int], None]
) -> None:
    assert obedient(tmp_path, "quiz", "--plain", "--count", "1", said="A\n").returncode == 0
    assert obedient(tmp_path, "backup").returncode == 0
    home, database = tmp_path / "home", tmp_path / "home" / "keykata.db"
    before = database.read_bytes()
    shut(home, 0o555)
    shut(database, 0o444)
    done = obedient(tmp_path, "restore")
    assert done.returncode == 4
    assert "Errno" not in done.stderr
    assert "This home cannot be written, so nothing was restored." in done.stderr
    assert "--home" in done.stderr
    assert database.read_bytes() == before
    copy = next((home / "backups").glob("by-hand-*.db"))
    elsewhere = tmp_path / "other"
    assert obedient(tmp_path, "--home", str(elsewhere), "restore", str(copy)).returncode == 0
    shut(home, 0)
    done = obedient(tmp_path, "restore")
    assert done.returncode == 3
    assert "Permission denied" in done.stderr
    assert "no good backup" not in done.stderr


def test_backups_nobody_may_look_into_keep_no_answer_from_being_saved(
    tmp_path: Path, shut: Callable[[Path, int], None]
) -> None:
    folder = tmp_path / "home" / "backups"
    folder.mkdir(parents=True)
    shut(folder, 0)
    done = obedient(tmp_path, "quiz", "--plain", "--count", "2", "--seed", "7", said="A\nA\n")
    assert done.returncode == 0, done.stderr
    assert len(obedient(tmp_path, "log", "--json").stdout.splitlines()) == 2
    told = obedient(tmp_path, "doctor")
    assert told.returncode == 1
    assert f"No backup can be made: {folder} cannot be written." in told.stdout
    restored = obedient(tmp_path, "restore")
    assert "Permission denied" in restored.stderr
    assert "no good backup" not in restored.stderr
    shut(folder, 0o555)
    backed_up = obedient(tmp_path, "backup")
    assert backed_up.returncode == 4
    assert "See to its folder" in backed_up.stderr


def test_what_may_not_even_be_read_is_not_said_to_be_what_cannot_be_written(
    tmp_path: Path, shut: Callable[[Path, int], None]
) -> None:
    assert obedient(tmp_path, "config", "minutes", "30").returncode == 0
    home = tmp_path / "home"
    (home / "config.toml").write_text('look = "nord"\n', encoding="utf-8")
    shut(home / "config.toml", 0)
    synced = obedient(tmp_path, "sync")
    assert synced.returncode == 3
    assert "The configuration cannot be read: Permission denied." in synced.stderr
    assert "See to its permissions." in synced.stderr
    shut(home / "keykata.db", 0)
    for command in (("stats",), ("log", "--json"), ("backup",)):
        done = obedient(tmp_path, *command)
        assert done.returncode == 3, done.stderr
        assert "The database may not be read." in done.stderr


def test_a_database_that_may_not_be_written_for_a_while_takes_answers_again_afterwards(
    tmp_path: Path, shut: Callable[[Path, int], None]
) -> None:
    home = tmp_path / "home"
    database = home / "keykata.db"
    quiz = ("quiz", "--plain", "--count", "2", "--seed", "7")
    assert obedient(tmp_path, *quiz, said="A\n").returncode == 0
    there = sorted(home.iterdir())
    shut(database, 0o444)
    done = obedient(tmp_path, *quiz, said="A\n")
    assert done.returncode == 4
    assert f"where: {database}" in done.stderr
    assert "See to the permissions of this file" in done.stderr
    assert sorted(home.iterdir()) == there
    assert len(obedient(tmp_path, "log", "--json").stdout.splitlines()) == 1
    database.chmod(0o644)
    done = obedient(tmp_path, *quiz, said="A\nA\n")
    assert done.returncode == 0, done.stderr
    assert len(obedient(tmp_path, "log", "--json").stdout.splitlines()) == 3


def test_a_file_beside_the_database_that_may_not_be_written_is_named_by_the_quiz_and_the_doctor(
    tmp_path: Path, shut: Callable[[Path, int], None]
) -> None:
    assert obedient(tmp_path, "config", "minutes", "30").returncode == 0
    index = tmp_path / "home" / "keykata.db-shm"
    index.write_bytes(bytes(1 << 15))
    shut(index, 0o444)
    done = obedient(tmp_path, "quiz", "--plain", "--count", "1", said="A\n")
    assert done.returncode == 4
    assert f"where: {index}" in done.stderr
    assert "See to the permissions of this file" in done.stderr
    told = obedient(tmp_path, "doctor")
    assert told.returncode == 1
    assert f"{index}. Answers cannot be saved" in told.stdout
