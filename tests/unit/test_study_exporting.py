"""Exported files: whole or not there."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.core.errors import UnwritableError
from keykata.study.exporting import save


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


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "bank.gift"
    file.write_bytes(b"precious")
    with pytest.raises(UnwritableError):
        save(file, b"other")
    assert file.read_bytes() == b"precious"
