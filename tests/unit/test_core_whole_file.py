"""Files that are written whole or not at all, whatever ends the writing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.core import whole_file
from keykata.core.whole_file import replace_file, sweep_scraps, write_whole


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(143), OSError(28, "full")])
def test_whatever_ends_a_write_leaves_the_old_file_and_no_scrap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    file = tmp_path / "bank.yaml"
    file.write_bytes(b"old")

    def stop(_handle: int) -> None:
        raise error

    monkeypatch.setattr(whole_file.os, "fsync", stop)
    with pytest.raises(type(error)):
        replace_file(file, b"new")
    assert (names(tmp_path), file.read_bytes()) == (["bank.yaml"], b"old")


def test_scraps_of_the_dead_are_swept_and_of_the_living_are_not(tmp_path: Path, gone: int) -> None:
    alive = f".a.yaml.{os.getpid()}.new"
    others = [".a.yaml.new", f"a.yaml.{gone}.new", f".a.yaml.{gone}.old", ".a.yaml.1.new"]
    for name in (alive, *others, f".a.yaml.{gone}.new", f".b.yaml.{gone}.new"):
        (tmp_path / name).touch()
    sweep_scraps(tmp_path, of="a.yaml")
    assert names(tmp_path) == sorted([alive, *others, f".b.yaml.{gone}.new"])
    sweep_scraps(tmp_path)
    assert names(tmp_path) == sorted([alive, *others])
    sweep_scraps(tmp_path / "nowhere")


def test_a_new_file_takes_no_place_of_one_that_came_meanwhile(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"

    def chunks() -> Iterator[bytes]:
        yield b"mine"
        file.write_bytes(b"precious")

    with pytest.raises(FileExistsError):
        write_whole(file, chunks(), new=True)
    assert (names(tmp_path), file.read_bytes()) == (["log.jsonl"], b"precious")
    write_whole(file, (b"a", b"b"))
    assert file.read_bytes() == b"ab"
