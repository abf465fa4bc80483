"""For every test: no property fails for being slow on a busy machine; speed has measurements of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from support.caches import make_shared_cache
from support.exam_banks import write_exam_bank

settings.register_profile("checks", deadline=None)
settings.load_profile("checks")

FIRST = ("long", "terminal")  # the longest at the end would be waited for by nobody but them


@pytest.fixture(scope="session")
def wide_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a bank of 420 questions held to the blueprint, for those who only read it."""
    return write_exam_bank(tmp_path_factory.mktemp("wide"))


def pytest_configure(config: pytest.Config) -> None:
    """A cache for this run, which ends with it."""
    config.add_cleanup(make_shared_cache())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest is begun first, so that all workers end together; the order else stays."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, name in enumerate(FIRST) if item.get_closest_marker(name)), len(FIRST))
