"""The real program in plain mode: pipes in, streams and exit codes out."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from support.program import environment
from support.program import run_afresh as run

pytestmark = pytest.mark.terminal
FIVE = "A\nB\nA\nC\nD\n"
QUIZ = ("quiz", "--plain", "--count", "5", "--seed", "7", "--json")


def test_the_same_form_twice_and_five_more_answers_each_time(tmp_path: Path) -> None:
    reports = []
    for times in (1, 2):
        done = run(tmp_path, *QUIZ, said=FIVE)
        assert done.returncode == 0, done.stderr
        reports.append(json.loads(done.stdout))
        assert len(run(tmp_path, "log", "--json").stdout.splitlines()) == 5 * times
    forms = [[(answer["item"], answer["options"]) for answer in report["answers"]] for report in reports]
    assert forms[0] == forms[1]
    assert len(forms[0]) == 5
    assert all(report["finished_at"] and report["answered"] == 5 for report in reports)
    elsewhere = json.loads(
        run(tmp_path / "..", *QUIZ, said=FIVE, KEYKATA_HOME=str(tmp_path / "other")).stdout
    )
    assert [(answer["item"], answer["options"]) for answer in elsewhere["answers"]] == forms[0]


def test_json_of_an_open_attempt_and_going_on(tmp_path: Path) -> None:
    first = run(tmp_path, "quiz", "--json", "--count", "3", "--seed", "2", said="a\n")
    assert json.loads(first.stdout)["finished_at"] is None
    assert "Left open at 2 of 3." in first.stderr
    second = run(tmp_path, "quiz", "--json", "--resume", said="a\na\n")
    report = json.loads(second.stdout)
    assert report["id"] == json.loads(first.stdout)["id"]
    assert report["finished_at"]
    assert report["answered"] == 3


def test_feedback_begins_with_its_verdict(tmp_path: Path) -> None:
    said = run(
        tmp_path, "quiz", "--plain", "--count", "3", "--seed", "2", said="a\na\na\n"
    ).stdout.splitlines()
    verdicts = [said[place + 1] for place, line in enumerate(said) if line == "Your answer:"]
    assert len(verdicts) == 3
    assert all(line == "Right." or line.startswith("Wrong. You chose A.") for line in verdicts)


def test_global_options_work_before_and_after_the_command(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "bank.yaml").write_text("id: own\nname: Mine\nexam: saa-c03\nblueprint: false\n")
    home, bank = ("--home", str(tmp_path / "there")), ("--bank", str(tmp_path / "own"))
    run(tmp_path, *home, "config", "minutes", "45")
    assert run(tmp_path, "config", *home, "minutes").stdout == "minutes: 45\n"
    assert run(tmp_path, "config", "minutes").stdout == "minutes: 20\n"
    assert run(tmp_path, *bank, "bank", "--json").stdout == run(tmp_path, "bank", "--json", *bank).stdout
    for arguments in (("--plain", "today"), ("today", "--plain")):
        assert run(tmp_path, *arguments).stdout.startswith("Today.")
    assert run(tmp_path, KEYKATA_PLAIN="1").stdout.startswith("KeyKata.")
    assert run(tmp_path, TERM="dumb").stdout.startswith("KeyKata.")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "--plain"),
        (("today",), 2, "keykata today --plain"),
        (("quizz",), 2, "Did you mean quiz?"),
        (("quiz", "--count", "none"), 2, "--count"),
        (("quiz", "--plain", "--term", "xyz"), 2, 'No term is called "xyz".'),
        (("show", "nothing-such"), 2, "Nothing is called"),
        (("schema", "poem"), 2, "schema"),
        (("config", "exam-date", "soon"), 2, "2026-12-14"),
        (("check", "missing.yaml"), 3, "missing.yaml"),
        (("stats", "--bank", "missing"), 3, "missing"),
    ],
)
def test_errors_say_what_and_what_to_do(
    tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert len(done.stderr.splitlines()) <= 3
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_review_with_nothing_due_says_what_comes_next(tmp_path: Path) -> None:
    fresh = run(tmp_path, "review", "--plain")
    assert (fresh.returncode, fresh.stderr) == (0, "")
    assert fresh.stdout == "Nothing is due.\nNothing is waiting to come back.\n"
    run(tmp_path, "quiz", "--plain", "--count", "1", "--seed", "7", said="A\n")
    later = run(tmp_path, "review", "--plain")
    assert later.returncode == 0
    assert later.stdout.splitlines()[0] == "Nothing is due."
    assert "Comes back: " in later.stdout
    as_json = run(tmp_path, "review", "--json")
    assert (as_json.returncode, as_json.stdout) == (0, "null\n")
    assert as_json.stderr.startswith("Nothing is due.")


def test_a_search_says_how_many_there_are(tmp_path: Path) -> None:
    lines = run(tmp_path, "search", "key", "--limit", "3").stdout.splitlines()
    assert len(lines) == 4
    assert re.fullmatch(r"3 of \d+ found\. --limit 1000 shows more\.", lines[-1])
    whole = run(tmp_path, "search", "key", "--limit", "1000").stdout.splitlines()
    assert whole[-1] == f"{len(whole) - 1} found."
    assert lines[-1].startswith(f"3 of {len(whole) - 1} ")
    resembling = run(tmp_path, "search", "costumer", "manged", "kye").stdout.splitlines()
    assert resembling[-1] == "Nothing holds these words. Only names like it were found."


def test_check_speaks_both_languages(tmp_path: Path) -> None:
    (tmp_path / "own" / "terms").mkdir(parents=True)
    (tmp_path / "own" / "bank.yaml").write_text("id: own\nname: Mine\nexam: saa-c03\nblueprint: false\n")
    (tmp_path / "own" / "terms" / "t.yaml").write_text("id: t\nname: [\n")
    text = run(tmp_path, "check", "own")
    assert text.returncode == 1
    assert "own/terms/t.yaml:" in text.stdout
    assert "^" in text.stdout
    found = json.loads(run(tmp_path, "check", "own", "--format", "json").stdout)
    assert found[0].keys() == {"file", "line", "column", "code", "severity", "message", "hint"}
    assert run(tmp_path, "check").returncode == 0


def test_help_and_version_load_little(tmp_path: Path) -> None:
    probe = (
        "import sys; sys.argv = ['keykata', {flag!r}]\n"
        "from keykata.cli.entry import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        "heavy = {{'textual', 'rich', 'msgspec', 'yaml', 'sqlite3', 'fsrs_rs_python'}} & set(sys.modules)\n"
        "sys.stdout.flush(); sys.exit(repr(heavy) if heavy else code)"
    )
    for flag in ("--version", "--help"):
        done = subprocess.run(
            [sys.executable, "-c", probe.format(flag=flag)],
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "keykata" in done.stdout


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_at_a_prompt_leaves_the_session_open(tmp_path: Path, number: int, code: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "keykata", "quiz", "--plain", "--count", "3"],
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write("a\n")
        child.stdin.flush()
        prompts = 0
        while prompts < 2:
            prompts += child.stdout.readline() == "Your answer:\n"
        child.send_signal(number)
        _, errors = child.communicate(timeout=20)
    assert child.returncode == code
    assert "Traceback" not in errors
    (kept,) = json.loads(run(tmp_path, "history", "--json").stdout)
    assert kept["answered"] == 1
    assert kept["finished_at"] is None


def test_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    run(tmp_path, *QUIZ, said=FIVE)
    command = f"{sys.executable} -m keykata search key --limit 100 | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("asked", ["--help", "--version", "check --help"])
def test_a_help_that_nobody_reads_is_no_failure(tmp_path: Path, asked: str) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [sys.executable, "-m", "keykata", *asked.split()],
        env=environment(tmp_path),
        stdout=writes,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_home_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder", encoding="utf-8")
    done = run(tmp_path, "stats")
    assert done.returncode == 3
    assert "The home is a file, not a folder." in done.stderr
    assert (tmp_path / "home").read_text(encoding="utf-8") == "not a folder"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_asked_for_by_hand_is_that_of_the_first_word(tmp_path: Path, shell: str) -> None:
    done = run(tmp_path, _KEYKATA_COMPLETE=f"{shell}_complete")
    assert done.returncode == 0, done.stderr
    assert "quiz" in done.stdout


def test_a_clock_that_was_set_back_and_a_backup_that_failed_are_told_at_the_end(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(tmp_path, "config", "minutes", "30")
    later = 4_102_444_800_000  # 1 Jan 2100, ms UTC
    with closing(sqlite3.connect(home / "keykata.db")) as log, log:
        log.execute(
            "INSERT INTO event SELECT 'later', ?, day, device, seq + 1, 'later', NULL, NULL, NULL, '{}' "
            "FROM event ORDER BY seq DESC LIMIT 1",
            (later,),
        )
    shutil.rmtree(home / "backups")
    (home / "backups").write_text("a file", encoding="utf-8")
    done = run(tmp_path, "quiz", "--plain", "--count", "2", said="a\n")
    assert done.returncode == 0, done.stderr
    *_, backup, clock = done.stdout.splitlines()
    assert backup.startswith("Notice: There is no backup of today.")
    assert clock.startswith("Notice: The clock of this computer was set back by more than a day.")
    reported = run(tmp_path, "quiz", "--json", "--count", "2", said="a\na\n")
    assert json.loads(reported.stdout)["finished_at"]
    assert "Notice: There is no backup of today." in reported.stderr


def test_a_home_deeper_than_any_can_be_is_told_in_words(tmp_path: Path) -> None:
    deep = "/".join("a" * 1_200)
    done = run(tmp_path, "quiz", "--plain", "--home", deep, "--count", "1", said="a\n")
    assert done.returncode == 4
    assert "Nothing can be saved here." in done.stderr
    assert run(tmp_path, "stats", "--home", deep).returncode == 0
