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
