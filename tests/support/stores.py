"""A store of a home, and answers appended to it without a dojo."""

from __future__ import annotations

from pathlib import Path

from keykata.core.event import Draft
from keykata.store.store import Store, open_store
from support.clocks import START, CountingEntropy

TODAY = "2026-11-23"


def opened(home: Path) -> Store:
    """The store of a home, its ids drawn from the home's name."""
    return open_store(home, entropy=CountingEntropy(home.name))


def answers(store: Store, first: int, last: int) -> None:
    """Append right answers to the questions of these numbers, the last left out."""
    for number in range(first, last):
        body = {"v": 1, "kind": "question", "correct": True, "rating": 3}
        store.append([Draft("answer", body, "A", f"kms:q{number}", f"kms:q{number}")], now=START, day=TODAY)
