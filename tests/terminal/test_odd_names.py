"""Names of folders and files that are not UTF-8, as other systems and old archives leave them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from support.one_question import QUESTION, imported
from support.program import run
from support.terminal import Terminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform != "linux", reason="such names are refused by other systems"),
]
ODD = os.fsdecode(b"caf\xe9")


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank of one question."""
    return imported(tmp_path)


def test_a_home_may_have_any_name(tmp_path: Path) -> None:
    home = ("--home", str(tmp_path / ODD))
    assert run(tmp_path, *home, "quiz", "--plain", "--count", "1", said="A\nB\nC\n").returncode == 0
    for command in ("log", "backup", "restore", "doctor", "history"):
        done = run(tmp_path, *home, command)
        assert done.returncode == 0, done.stderr


def test_the_app_starts_on_such_a_home_and_starts_again(tmp_path: Path) -> None:
    for _ in range(2):
        terminal = Terminal(tmp_path / ODD)
        try:
            terminal.wait("Ten questions")
            terminal.press("ctrl+q")
            assert terminal.wait_end() == 0
        finally:
            terminal.close()


def test_a_file_of_a_bank_whose_name_is_not_utf8_is_told_and_left_out(tmp_path: Path, bank: Path) -> None:
    (bank / "questions" / f"{ODD}.yaml").write_text("]", encoding="utf-8")
    (bank / "questions" / f"{ODD}.yml").write_text("]", encoding="utf-8")
    for form in ("text", "sarif", "github"):
        done = run(tmp_path, "check", "exam", "--format", form)
        assert done.returncode == 0, done.stderr
        assert "schema-unknown-file" in done.stdout
    (tmp_path / "home" / "banks").mkdir(parents=True)
    bank.rename(tmp_path / "home" / "banks" / "exam")
    for _ in ("read", "from the cache"):
        done = run(tmp_path, "search", "apples")
        assert done.returncode == 0, done.stderr
        assert "Which basket holds apples" in done.stdout


def test_a_bank_in_a_folder_whose_name_is_not_utf8_is_told(tmp_path: Path, bank: Path) -> None:
    odd = bank.rename(tmp_path / ODD)
    for command in (("check", str(odd)), ("bank", "--bank", str(odd))):
        done = run(tmp_path, *command)
        assert (done.returncode, done.stderr.splitlines()[0]) == (
            3,
            "keykata: The name of this folder is not UTF-8.",
        )
    (tmp_path / "home" / "banks").mkdir(parents=True)
    odd.rename(tmp_path / "home" / "banks" / ODD)
    assert run(tmp_path, "search", "key").returncode == 0


def test_a_file_alone_is_checked_whatever_its_name(tmp_path: Path, bank: Path) -> None:
    (bank / "bank.yaml").unlink()
    (bank / "questions" / "exam-01.yaml").rename(tmp_path / f"{ODD}.yaml")
    for more in ((), ("--format", "sarif"), ("--format", "github"), ("--write-baseline", "known")):
        done = run(tmp_path, "check", f"{ODD}.yaml", *more)
        assert done.returncode in (0, 1), done.stderr
    assert run(tmp_path, "check", f"{ODD}.yaml", "--baseline", "known").returncode == 0


@pytest.mark.parametrize("command", [("exam", "--plain", "--repeat"), ("history",)])
def test_an_attempt_may_be_named_by_any_bytes(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = run(tmp_path, *command, ODD)
    assert done.returncode == 2
    assert "keykata: " in done.stderr
    assert "keykata history" in done.stderr


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("check", "round"), 3),
        (("check", "round/a.yaml"), 3),
        (("config", "sync", "round"), 2),
        (("restore", "--home", "round"), 3),
        (("restore", "--home", "file"), 3),
        (("merge", "whole", "--home", "broken"), 4),
    ],
)
def test_links_that_lead_in_a_circle_and_files_for_folders_are_told(
    tmp_path: Path, command: tuple[str, ...], code: int
) -> None:
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "file").touch()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "keykata.db").symlink_to("keykata.db")
    if command[0] == "merge":
        run(tmp_path, "quiz", "--plain", "--count", "1", "--home", "whole", said="A\n")
    done = run(tmp_path, *command)
    assert done.returncode == code
    assert done.stderr.startswith("keykata: ")
    assert "what to do: " in done.stderr


def test_an_import_into_what_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "exam.md").write_text(QUESTION, encoding="utf-8")
    done = run(tmp_path, "import", "exam.md", "--into", "/dev/null")
    assert done.returncode == 2
    assert "/dev/null is a file, not a folder." in done.stderr
    assert "--into" in done.stderr


def test_a_file_or_folder_of_any_name_is_imported_and_again(tmp_path: Path) -> None:
    (tmp_path / ODD).mkdir()
    for name, fruit in ((f"{ODD}.md", "figs"), (f"{ODD}/{ODD}.md", "dates"), (f"{ODD}/more.md", "pears")):
        (tmp_path / name).write_text(QUESTION.replace("apples", fruit), encoding="utf-8")
    for source, into, count in ((f"{ODD}.md", "one", 1), (ODD, "both", 2)):
        first = run(tmp_path, "import", source, "--into", into)
        assert first.stdout.startswith(f"{count} added"), first.stdout + first.stderr
        again = run(tmp_path, "import", source, "--into", into)
        assert again.stdout.startswith(f"{count} unchanged"), again.stdout + again.stderr
        assert run(tmp_path, "check", into).returncode == 0


def test_no_import_goes_into_a_folder_that_could_not_be_opened(tmp_path: Path) -> None:
    (tmp_path / "exam.md").write_text(QUESTION, encoding="utf-8")
    done = run(tmp_path, "import", "exam.md", "--into", ODD)
    assert done.returncode == 2
    assert "not UTF-8" in done.stderr
    assert "--into" in done.stderr
    assert not (tmp_path / ODD).exists()
