"""Exported files: whole or not there."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.core.errors import UnwritableError
from keykata.study import new_file
from keykata.study.new_file import save_new


def save(file: Path, data: bytes) -> None:
    save_new(file, (data,), hint="Name another.")


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may grow beyond a thousand bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("small_disk")
def test_a_file_that_finds_no_room_leaves_no_part_of_it(tmp_path: Path) -> None:
    file = tmp_path / "bank.gift"
    with pytest.raises(UnwritableError):
        save(file, b"x" * 5_000)
    assert not list(tmp_path.iterdir())
    save(file, b"x" * 900)
    assert file.read_bytes() == b"x" * 900


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(143)])
def test_a_file_that_is_interrupted_leaves_no_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    file = tmp_path / "bank.gift"

    def stop(_handle: int) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", stop)
        with pytest.raises(type(error)):
            save(file, b"half")
    assert not list(tmp_path.iterdir())
    save(file, b"whole")
    assert file.read_bytes() == b"whole"


def test_what_a_killed_export_left_is_swept_by_the_next(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    (tmp_path / f".bank.gift.{process.pid}.new").write_bytes(b"half")
    other = tmp_path / f".notes.{process.pid}.new"  # perhaps another program's
    other.touch()
    save(tmp_path / "bank.gift", b"whole")
    assert sorted(tmp_path.iterdir()) == [other, tmp_path / "bank.gift"]


def test_a_file_that_came_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "bank.gift"
    monkeypatch.setattr(new_file, "sweep_scraps", lambda *_, **__: file.write_bytes(b"precious"))
    with pytest.raises(UnwritableError):
        save(file, b"other")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"bank.gift": b"precious"}


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "bank.gift"
    file.write_bytes(b"precious")
    with pytest.raises(UnwritableError):
        save(file, b"other")
    assert file.read_bytes() == b"precious"


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_nothing_is_written_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "bank.gift").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnwritableError, match="there already"):
        save(tmp_path / "bank.gift", b"other")
    assert not (tmp_path / "elsewhere").exists()
