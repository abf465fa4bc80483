"""Fixtures of the screen tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.study.dojo import Dojo
from support.homes import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A learner's computer with the shipped banks."""
    made = Desk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def dojo(desk: Desk) -> Dojo:
    """The dojo, first start."""
    return desk.open()


@pytest.fixture
def wide(tmp_path: Path, wide_bank: Path) -> Iterator[Desk]:
    """A learner's computer with a bank for whole exams."""
    made = Desk(tmp_path, wide_bank, shipped=False)
    yield made
    made.close()
