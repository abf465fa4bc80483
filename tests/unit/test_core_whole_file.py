"""Files that are written whole or not at all, whatever ends the writing."""

from __future__ import annotations

import errno
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


def test_a_new_file_is_written_where_the_disk_knows_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    write_whole(tmp_path / "log.jsonl", (b"a",), new=True)
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "log.jsonl", (b"b",), new=True)
    assert (names(tmp_path), (tmp_path / "log.jsonl").read_bytes()) == (["log.jsonl"], b"a")


def test_a_file_is_replaced_where_its_mode_cannot_be_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_modes(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "all files here are another's")

    file = tmp_path / "config.toml"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "chmod", no_modes)
    replace_file(file, b"new")
    assert (names(tmp_path), file.read_bytes()) == (["config.toml"], b"new")


@pytest.mark.skipif(sys.platform == "win32", reason="modes, pipes and links of POSIX")
def test_others_may_read_no_more_of_a_file_while_it_is_written_than_before(tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    file.touch(0o600)
    modes: list[int] = []

    def chunks() -> Iterator[bytes]:
        yield b"secret"
        modes.extend(path.stat().st_mode & 0o777 for path in tmp_path.iterdir())

    write_whole(file, chunks())
    assert modes == [0o600, 0o600]
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="modes, pipes and links of POSIX")
def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="a device or a pipe"):
        replace_file(pipe, b"text")
    assert pipe.is_fifo()
    assert names(tmp_path) == ["pipe"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes, pipes and links of POSIX")
def test_nothing_is_written_through_a_link_laid_where_the_file_is_put_together(tmp_path: Path) -> None:
    other, file = tmp_path / "other", tmp_path / "bank.yaml"
    other.write_bytes(b"precious")
    (tmp_path / f".bank.yaml.{os.getpid()}.new").symlink_to(other)
    replace_file(file, b"text")
    assert (other.read_bytes(), file.read_bytes(), file.is_symlink()) == (b"precious", b"text", False)


@pytest.mark.skipif(sys.platform == "win32", reason="modes, pipes and links of POSIX")
def test_a_link_keeps_leading_to_the_file_and_one_that_leads_round_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("bank.yaml")
    (tmp_path / "round").symlink_to("round")
    for name in ("link", "round"):
        replace_file(tmp_path / name, b"text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "bank.yaml").read_bytes() == (tmp_path / "round").read_bytes() == b"text"
