"""How the program ends."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import cast

import click
import pytest

from keykata.bank.model import Place, Problem
from keykata.cli.check_text import problem_lines
from keykata.cli.checking import summary
from keykata.cli.ending import Ending
from keykata.cli.wishes import Wishes, cache_folder, home_folder, wants_plain, wishes_for_app
from keykata.core.errors import UnreadableError, UnwritableError, UsageError


def ended(error: BaseException) -> int:
    """The exit code of a program that ends by an error."""
    ending = Ending()
    with ending:
        raise error
    return ending.code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("No."), 2),
        (UnreadableError("No."), 3),
        (UnwritableError("No."), 4),
        (click.UsageError("no such thing"), 2),
        (MemoryError(), 3),
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
        (PermissionError(errno.EACCES, "Permission denied", "/a"), 3),
        (OSError(errno.ENOSPC, "No space left on device", "/a"), 4),
        (OSError(errno.EDQUOT, "Disk quota exceeded", "/a"), 4),
        (OSError(errno.EFBIG, "File too large", "/a"), 4),
        (OSError(getattr(errno, "EUCLEAN", errno.EIO), "Structure needs cleaning", "/a"), 3),
        (OSError(errno.EMFILE, "Too many open files", "/a"), 3),
    ],
)
def test_exit_codes(error: BaseException, code: int) -> None:
    assert ended(error) == code


def test_an_error_that_cannot_be_told_is_no_traceback(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEYKATA_CACHE", str(tmp_path))
    assert ended(UnreadableError("It is damaged.", where=cast(str, b"a row's bytes"))) == 70
    assert capsys.readouterr().err.splitlines()[-1].startswith("keykata: a fault of the program itself")
    (log,) = (tmp_path / "logs").iterdir()
    assert "It is damaged." in log.read_text(encoding="utf-8")


def test_an_error_is_told_in_three_lines(capsys: pytest.CaptureFixture[str]) -> None:
    ended(UnreadableError("It is \x1b[2Jdamaged.", where="/a/b", hint="Restore it."))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "keykata: It is \u241b[2Jdamaged.",
        "where: /a/b",
        "what to do: Restore it.",
    ]


def test_what_the_system_refuses_is_told_with_its_place_and_a_way_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ended(PermissionError(errno.EACCES, "Permission denied", "/a/b\x1b[2J"))
    what, where, way = capsys.readouterr().err.splitlines()
    assert what == "keykata: The system refuses: Permission denied."
    assert where == "where: /a/b\u241b[2J"
    assert "permissions" in way


def test_our_own_fault_is_one_line_and_a_log_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KEYKATA_CACHE", str(tmp_path))
    assert ended(ZeroDivisionError("division by zero")) == 70
    (line,) = capsys.readouterr().err.splitlines()
    (kept,) = (tmp_path / "logs").iterdir()
    assert line.endswith(str(kept))
    assert "ZeroDivisionError" in kept.read_text()


def test_a_fault_with_nowhere_to_write_is_still_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KEYKATA_CACHE", str(tmp_path / "file"))
    monkeypatch.setenv("KEYKATA_HOME", str(tmp_path / "file"))
    assert ended(RuntimeError("x")) == 70
    assert "neither the cache nor the home" in capsys.readouterr().err


def test_a_fault_where_no_home_folder_is_known_is_still_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KEYKATA_CACHE", "~nobody-of-that-name/cache")
    monkeypatch.setenv("KEYKATA_HOME", "~nobody-of-that-name")
    assert ended(ZeroDivisionError("x")) == 70
    assert "neither the cache nor the home" in capsys.readouterr().err


@pytest.mark.parametrize("home", ["~nobody-of-that-name/kata", "~nobody-of-that-name"])
def test_a_home_folder_of_nobody_is_told_with_a_way_on(home: str) -> None:
    with pytest.raises(UsageError) as told:
        home_folder(Wishes(), {"KEYKATA_HOME": home})
    assert home in told.value.hint
    with pytest.raises(UsageError):
        cache_folder({"KEYKATA_CACHE": home})
    with pytest.raises(UsageError):
        wishes_for_app(["--home", home])


def test_an_account_without_a_home_folder_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr("platformdirs.user_data_path", nobody)
    monkeypatch.setattr("platformdirs.user_cache_path", nobody)
    for find in (lambda: home_folder(Wishes(), {}), lambda: cache_folder({})):
        with pytest.raises(UsageError) as told:
            find()
        assert "KEYKATA_HOME" in told.value.hint


def test_home_and_plain_come_from_options_first() -> None:
    environment = {"KEYKATA_HOME": "/env", "TERM": "xterm"}
    assert home_folder(Wishes(home=Path("/given")), environment) == Path("/given")
    assert home_folder(Wishes(), environment) == Path("/env")
    assert not wants_plain(Wishes(), environment)
    assert wants_plain(Wishes(plain=True), environment)
    assert wants_plain(Wishes(), {"KEYKATA_PLAIN": "1"})
    assert not wants_plain(Wishes(), {"KEYKATA_PLAIN": "0"})
    assert wants_plain(Wishes(), {"TERM": "dumb"})


def test_a_problem_has_its_place_under_a_caret() -> None:
    problem = Problem(
        place=Place(file="a.yaml", line=3, column=8),
        code="yaml-colon",
        severity="error",
        message="It holds a colon.",
        hint="Quote it.",
        excerpt="short: a: b",
    )
    lines = list(problem_lines(problem))
    assert lines[0] == "a.yaml:3:8 error yaml-colon"
    assert lines[2].index("a: b") == lines[3].index("^")
    assert lines[4].strip() == "Quote it."
    assert summary((problem, problem)) == "2 errors in 1 file."
    assert summary(()) == "No problems found."
