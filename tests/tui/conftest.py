"""Fixtures of the screen tests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from keykata.study.dojo import Dojo
from keykata.tui.app import KeyKataApp
from support.homes import Desk

PATIENCE = 5.0  # seconds


@pytest.fixture(autouse=True)
def _in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a pilot does has had its turn when the pilot goes on."""
    for name in ("press", "click", "pause"):
        monkeypatch.setattr(Pilot, name, _until_at_rest(getattr(Pilot, name)))


def _until_at_rest(does: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @wraps(does)
    async def then_rests(pilot: Pilot[Any], *arguments: Any, **named: Any) -> Any:
        done = await does(pilot, *arguments, **named)
        if isinstance(pilot.app, KeyKataApp) and not pilot.app.turns.at_rest:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    while pilot.app.is_running and not pilot.app.turns.at_rest:
                        await asyncio.sleep(0.002)
        return done

    return then_rests


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
