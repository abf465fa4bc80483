"""The real program when things go wrong: kills, damage, a full disk, a cache that cannot be written."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from support.holders import held
from support.program import ROOT, environment, run
from support.terminal import Terminal

pytestmark = pytest.mark.terminal
TORTURED = (
    *("quiz", "exam", "review", "backup", "migration", "merge", "sync"),
    *("two programs", "clock changes", "signals on screen", "read-only home"),
)


def practise(folder: Path, count: int) -> None:
    done = run(folder, "quiz", "--plain", "--count", str(count), "--seed", "7", said="A\n" * count)
    assert done.returncode == 0, done.stderr


def counted(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "home" / "keykata.db")) as db:
        return int(db.execute("SELECT COUNT(*) FROM event WHERE kind = 'answer'").fetchone()[0])


def spoil_root(folder: Path, table: str) -> bytes:
    """Break the first page of a table, which a start does not look at; the file as it then is."""
    path = folder / "home" / "keykata.db"
    with closing(sqlite3.connect(path)) as db:
        size = db.execute("PRAGMA page_size").fetchone()[0]
        page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\x55" * size
    path.write_bytes(data)
    return bytes(data)


@pytest.mark.long
def test_a_few_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    only = [word for name in TORTURED for word in ("--only", name)]
    done = subprocess.run(
        [sys.executable, "-m", "torturing", "--runs", "5", "--seed", "3", "--small", "--json", *only],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'app'}:{ROOT / 'scripts'}", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    told = json.loads(done.stdout)
    wrong = [line for row in told["scenes"].values() for line in row["wrong"]]
    assert (done.returncode, wrong) == (0, []), done.stderr
    assert sum(row["lost"] for row in told["scenes"].values()) == 0
    assert sum(row["acknowledged"] for row in told["scenes"].values()) > 150
    assert told["scenes"]["two programs"]["acknowledged"] == 120


def test_backup_restore_and_doctor_from_the_command_line(tmp_path: Path) -> None:
    practise(tmp_path, 5)
    made = json.loads(run(tmp_path, "backup", "--json", "copy.db").stdout)
    assert made["file"].endswith("copy.db")
    assert run(tmp_path, "backup", "copy.db").returncode == 2
    practise(tmp_path, 5)
    sound = run(tmp_path, "doctor", "--json")
    assert sound.returncode == 0
    assert json.loads(sound.stdout)["sound"] is True
    back = json.loads(run(tmp_path, "restore", "--exactly", "copy.db", "--json").stdout)
    assert (back["saved"], counted(tmp_path)) == (0, 5)
    assert Path(back["kept"]).is_file()
    refused = run(tmp_path, "restore", "nothing.db")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "nothing.db" in refused.stderr


def test_damage_anywhere_is_named_and_mended_with_all_answers(tmp_path: Path) -> None:
    practise(tmp_path, 10)
    assert run(tmp_path, "backup").returncode == 0
    practise(tmp_path, 5)
    before = spoil_root(tmp_path, "attempt")
    for command in (("stats",), ("history",), ("--plain",), ("doctor",)):
        done = run(tmp_path, *command)
        assert done.returncode == 3, (command, done.stderr)
        assert "Traceback" not in done.stderr
    said = run(tmp_path, "stats").stderr
    assert str(tmp_path / "home" / "keykata.db") in said
    assert "by-hand-" in said
    mended = run(tmp_path, "doctor", "--repair", "--json")
    assert mended.returncode == 0, mended.stderr
    assert json.loads(mended.stdout)["repaired"]
    assert counted(tmp_path) == 15
    kept = list((tmp_path / "home").glob("kept-*.db"))
    assert [path.read_bytes() for path in kept] == [before]
    assert run(tmp_path, "doctor").returncode == 0


def kill_after_answers(folder: Path, count: int) -> None:
    """Answers that stand in the write-ahead log alone, as after a power cut."""
    with subprocess.Popen(
        [sys.executable, "-m", "keykata", "quiz", "--plain", "--count", "20", "--seed", "8"],
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin
        assert program.stdout
        program.stdin.write("A\n" * count)
        program.stdin.flush()
        marks = 0
        while marks < count:
            line = program.stdout.readline().removeprefix("Your answer:").strip()
            marks += line == "Right." or line.startswith("Wrong.")
        program.kill()


@pytest.mark.parametrize("left", ["empty", "missing"])
def test_answers_that_only_the_write_ahead_log_holds_are_not_thrown_away(tmp_path: Path, left: str) -> None:
    practise(tmp_path, 5)
    assert run(tmp_path, "backup").returncode == 0
    kill_after_answers(tmp_path, 4)
    database = tmp_path / "home" / "keykata.db"
    assert database.with_name("keykata.db-wal").stat().st_size > 0
    database.write_bytes(b"")
    if left == "missing":
        database.unlink()
    for command in (("stats",), ("doctor",), ("quiz", "--plain")):
        done = run(tmp_path, *command)
        assert done.returncode == 3, (command, done.stdout)
    assert "it is gone, but not what was written last" in done.stderr
    assert "keykata restore" in done.stderr
    assert run(tmp_path, "restore").returncode == 0
    assert counted(tmp_path) == 9
    assert run(tmp_path, "doctor").returncode == 0


@pytest.mark.parametrize("name", ["keykata.db", "keykata.db-wal", "keykata.db-shm"])
def test_a_folder_in_the_place_of_a_file_is_named_and_a_restore_puts_it_aside(
    tmp_path: Path, name: str
) -> None:
    practise(tmp_path, 5)
    assert run(tmp_path, "backup").returncode == 0
    place = tmp_path / "home" / name
    place.unlink(missing_ok=True)
    place.mkdir()
    (place / "mine").write_text("kept")
    refused = run(tmp_path, "quiz", "--plain", said="A\n")
    assert refused.returncode in (3, 4)
    assert "fault" not in refused.stderr
    looked = run(tmp_path, "doctor")
    assert looked.returncode in (1, 3)
    assert f"folder: {place}" in looked.stdout or f"writes: {place}" in looked.stdout
    assert run(tmp_path, "restore").returncode == 0
    assert [path.parent.name[:5] for path in (tmp_path / "home").rglob("mine")] == ["kept-"]
    assert run(tmp_path, "doctor").returncode == 0
    assert counted(tmp_path) == 5


def test_the_doctor_sees_and_mends_what_does_not_follow_from_the_log(tmp_path: Path) -> None:
    practise(tmp_path, 5)
    with closing(sqlite3.connect(tmp_path / "home" / "keykata.db")) as db:
        db.execute("UPDATE card SET reps = 99")
        db.commit()
    looked = run(tmp_path, "doctor")
    assert looked.returncode == 1
    assert "does not follow from the log" in looked.stdout
    assert run(tmp_path, "doctor", "--repair").returncode == 0
    assert run(tmp_path, "doctor").returncode == 0


def test_a_session_whose_paper_is_lost_is_told_of_and_not_offered(tmp_path: Path) -> None:
    run(tmp_path, "quiz", "--plain", "--count", "3", said="a\nquit\n")
    with closing(sqlite3.connect(tmp_path / "home" / "keykata.db")) as db:
        db.execute("DELETE FROM snapshot")
        db.commit()
    looked = run(tmp_path, "doctor")
    assert looked.returncode == 0
    assert "Left over: 1 attempt without its paper. It harms nothing and is kept. " in looked.stdout
    assert "an attempt cannot go on" in looked.stdout
    assert "Left open" not in run(tmp_path, "--plain", said="quit\n").stdout
    past = run(tmp_path, "history")
    assert past.returncode == 0
    assert "1 of 3 items answered." in past.stdout
    assert "Still open. What it showed is lost. " in past.stdout
    name = past.stdout.split()[-1].strip(".")
    assert "It is missing." in run(tmp_path, "history", name).stderr
    log = run(tmp_path, "log")
    assert (log.returncode, log.stderr, log.stdout.count("chose A")) == (0, "", 1)
    begun = run(tmp_path, "quiz", "--resume", "--plain", "--count", "3", said="quit\n")
    assert "Question 1 of 3." in begun.stdout
    run(tmp_path, "quiz", "--plain", "--count", "3", said="quit\n")
    with closing(sqlite3.connect(tmp_path / "home" / "keykata.db")) as db:
        db.execute("DELETE FROM snapshot")
        db.commit()
    told = run(tmp_path, "doctor").stdout
    assert "3 attempts without their paper. They harm nothing and are kept. " in told


def test_a_newer_database_is_left_alone_by_everything(tmp_path: Path) -> None:
    practise(tmp_path, 2)
    with closing(sqlite3.connect(tmp_path / "home" / "keykata.db")) as db:
        db.execute("PRAGMA user_version = 99")
    before = (tmp_path / "home" / "keykata.db").read_bytes()
    for command in (("stats",), ("doctor",), ("doctor", "--repair"), ("quiz", "--plain")):
        done = run(tmp_path, *command)
        assert done.returncode == 3, (command, done.stdout, done.stderr)
        assert "newer" in done.stderr + done.stdout
    assert (tmp_path / "home" / "keykata.db").read_bytes() == before


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = run(
        tmp_path, "quiz", "--plain", "--count", "2", said="A\nA\n", KEYKATA_CACHE=str(tmp_path / "file")
    )
    assert done.returncode == 0, done.stderr
    looked = run(tmp_path, "doctor", KEYKATA_CACHE=str(tmp_path / "file"))
    assert looked.returncode == 0
    assert "Notice: The cache cannot be at" in looked.stdout


@pytest.mark.parametrize("table", ["attempt", "card"])
def test_the_app_offers_the_backup_and_opens_again(tmp_path: Path, table: str) -> None:
    practise(tmp_path, 5)
    assert run(tmp_path, "backup").returncode == 0
    spoil_root(tmp_path, table)
    terminal = Terminal(tmp_path / "home", columns=100, rows=30)
    try:
        terminal.wait("The database is damaged")
        terminal.wait("q  leave everything as it is")
        terminal.press("r")
        terminal.wait("Restored from")
        terminal.press("enter")
        terminal.wait("5 answered")
        terminal.press("q")
        assert terminal.wait_end() == 0
    finally:
        terminal.close()
    assert counted(tmp_path) == 5


def test_damage_that_an_answer_meets_ends_in_the_offer(tmp_path: Path) -> None:
    practise(tmp_path, 5)
    assert run(tmp_path, "backup").returncode == 0
    spoil_root(tmp_path, "sqlite_autoindex_event_1")
    terminal = Terminal(tmp_path / "home", columns=100, rows=30)
    try:
        terminal.wait("q quit")
        terminal.press("enter")
        terminal.wait("q  leave everything as it is")
        terminal.press("r")
        terminal.wait("Restored from")
        terminal.press("enter")
        terminal.wait("5 answered")
    finally:
        terminal.close()
    assert counted(tmp_path) == 5


@pytest.mark.parametrize("mended", [False, True], ids=["offered", "mended"])
def test_an_interrupt_of_the_offer_has_its_own_code_and_tells_of_no_damage_that_was_mended(
    mended: bool, tmp_path: Path
) -> None:
    practise(tmp_path, 5)
    assert run(tmp_path, "backup").returncode == 0
    path = tmp_path / "home" / "keykata.db"
    path.write_bytes(path.read_bytes()[:5_000])
    terminal = Terminal(tmp_path / "home", columns=100, rows=30)
    try:
        terminal.wait("q  leave everything as it is")
        if mended:
            terminal.press("r")
            terminal.wait("Restored from")
        terminal.interrupt()
        assert terminal.wait_end() == 130
        assert "The database is damaged" not in terminal.text().partition("q  leave")[2]
        assert ("damaged" in terminal.text()) is not mended
    finally:
        terminal.close()


def test_a_signal_amid_mending_ends_the_offer_when_it_is_mended_and_tells_nothing(tmp_path: Path) -> None:
    practise(tmp_path, 5)
    assert run(tmp_path, "backup").returncode == 0
    path = tmp_path / "home" / "keykata.db"
    path.write_bytes(path.read_bytes()[:5_000])
    terminal = Terminal(tmp_path / "home", columns=100, rows=30)
    try:
        terminal.wait("q  leave everything as it is")
        terminal.send(b"r")
        terminal.interrupt()
        assert terminal.wait_end() == 130
        assert "Warning" not in terminal.text()
    finally:
        terminal.close()
    assert counted(tmp_path) == 5


def test_a_terminal_that_goes_away_while_it_is_drawn_on_ends_the_app(tmp_path: Path) -> None:
    practise(tmp_path, 3)
    terminal = Terminal(tmp_path / "home", columns=200, rows=60)
    terminal.wait("q quit")
    assert terminal.vanish("l", "j", "q", seconds=8) == 129
    assert counted(tmp_path) == 3


def test_an_interrupt_sent_to_the_app_ends_it_with_its_own_code_and_all_is_kept(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home", columns=80, rows=24)
    try:
        terminal.wait("enter begin")
        terminal.press("enter")
        terminal.wait("1 of 10")
        terminal.press("a", "enter")
        terminal.wait("enter next")
        terminal.interrupt()
        assert terminal.wait_end() == 130
    finally:
        terminal.close()
    assert counted(tmp_path) == 1


def test_a_held_database_ends_plain_mode_clearly_and_takes_the_answer_later(tmp_path: Path) -> None:
    practise(tmp_path, 1)
    with held(tmp_path / "home" / "keykata.db"):
        said = run(tmp_path, "quiz", "--plain", "--count", "2", said="A\nA\n")
        assert said.returncode == 4
        assert said.stdout.count("Saving.") == 1
        assert "Another program is writing" in said.stderr
        assert "What was saved before is safe" in said.stderr
    assert counted(tmp_path) == 1
    practise(tmp_path, 2)
    assert counted(tmp_path) == 3


def test_on_a_full_disk_the_app_says_so_and_keeps_the_question_open(tmp_path: Path) -> None:
    practise(tmp_path, 1)
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000));"
        "from keykata.cli.entry import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "quiz", "--plain", "--count", "5"],
        input="A\n" * 5,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    told = [line for line in done.stdout.splitlines() if line == "Right." or line.startswith("Wrong.")]
    assert counted(tmp_path) == 1 + len(told) < 1 + 5


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB, where one may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a disk of memory")
def test_an_export_onto_a_full_disk_asks_for_room_and_leaves_nothing(small_disk: Path) -> None:
    with suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(4096))
    file = small_disk / "kms.xml"
    done = run(small_disk.parent, "export", "--format", "moodle", "--out", str(file))
    assert done.returncode == 4
    assert "Make room" in done.stderr
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a disk of memory")
def test_a_disk_that_is_full_from_the_start_is_named_and_gets_no_scraps(small_disk: Path) -> None:
    practise(small_disk, 3)
    home = small_disk / "home"
    (home / "device").unlink()  # so that it would be written first
    before = sorted(path.name for path in home.iterdir())
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    done = run(small_disk, "quiz", "--plain", "--count", "2", said="A\nA\n")
    assert done.returncode == 4
    assert "The disk is full: nothing can be saved here." in done.stderr
    assert "Make room, then start KeyKata again." in done.stderr
    looked = run(small_disk, "doctor")
    assert (looked.returncode, "Wrong: The disk is full." in looked.stdout) == (1, True)
    assert run(small_disk, "new", "term", "--into", "fresh.yaml").returncode == 4
    assert not (small_disk / "fresh.yaml").exists()
    assert [name for name in sorted(path.name for path in home.iterdir()) if "-" not in name] == before
    filler.unlink()
    practise(small_disk, 2)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a disk of memory")
def test_a_disk_that_takes_no_more_files_is_named(small_disk: Path) -> None:
    practise(small_disk, 3)
    used = os.statvfs(small_disk).f_files - os.statvfs(small_disk).f_ffree
    subprocess.run(["mount", "-o", f"remount,nr_inodes={used}", str(small_disk)], check=True)
    done = run(small_disk, "quiz", "--plain", "--count", "2", said="A\nA\n")
    assert done.returncode == 4
    assert "The disk takes no more files: nothing can be saved here." in done.stderr
    assert "Delete some files there, then start KeyKata again." in done.stderr
    looked = run(small_disk, "doctor")
    assert (looked.returncode, "Wrong: The disk takes no more files." in looked.stdout) == (1, True)
    subprocess.run(["mount", "-o", f"remount,nr_inodes={used + 100}", str(small_disk)], check=True)
    practise(small_disk, 2)
    assert counted(small_disk) == 5


@pytest.mark.parametrize("module", ["keykata.cli.ending", "keykata.cli.root", "keykata.study.dojo"])
def test_an_interrupt_while_the_program_starts_ends_it_without_a_word(tmp_path: Path, module: str) -> None:
    interrupted = (
        "import os, signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from keykata.cli.entry import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", interrupted, "stats"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 130
    assert (done.stdout.strip(), done.stderr.strip()) == ("", "")


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_that_the_interpreter_would_swallow_still_ends_the_program(
    tmp_path: Path, name: str, code: int
) -> None:
    swallowed = (
        "import signal, sys, keykata.cli.root\n"
        "class Fleeting:\n"
        f"    def __del__(self): signal.raise_signal(signal.{name})\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'keykata.study.dojo': Fleeting()\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from keykata.cli.entry import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", swallowed, "quiz", "--plain"],
        env=environment(tmp_path),
        stdin=subprocess.PIPE,  # left open: only the signal ends it
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.wait(60) == code
        assert program.stderr
        assert program.stderr.read().strip() == ""


@pytest.mark.parametrize(
    ("closed", "arguments", "code"),
    [("<&-", "quiz --plain --count 2", 0), ("<&-", "", 2), (">&-", "stats", 0), ("2>&-", "stats", 0)],
)
def test_closed_streams_are_no_fault_of_the_program(
    tmp_path: Path, closed: str, arguments: str, code: int
) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -m keykata {arguments} {closed}'],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (done.returncode, "fault" in done.stderr) == (code, False), done.stderr
