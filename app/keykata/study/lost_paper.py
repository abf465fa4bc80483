"""A stand-in for a paper that can no longer be read: its answers count all the same, and are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from keykata.core import event as ev
from keykata.core.event import Event, whole
from keykata.practice.paper import (
    LETTERS,
    Feedback,
    Mode,
    Paper,
    QuestionSlot,
    RecallSlot,
    ShownOption,
    Slot,
)
from keykata.store.rows import AttemptRow

_OPTIONS = tuple(ShownOption(text="", right=not place) for place in range(len(LETTERS)))
MOST = 1000  # positions: as many as the events say there are, within reason


def stand_in(row: AttemptRow, events: Iterable[Event]) -> Paper:
    """What the row and the events of an attempt still tell of its paper: how many items, and their kinds."""
    facts = {
        whole(event.body.get("slot"), -1)
        for event in events
        if event.kind == ev.ANSWER and event.body.get("correct") is None
    }
    count = max(0, min(row.items, MOST))
    slots = (_fact() if place in facts else _question() for place in range(count))
    return Paper(
        mode=cast("Mode", row.mode),
        title=row.title,
        feedback=cast("Feedback", row.feedback),
        seed=row.seed,
        slots=tuple(slots),
        lost=True,
    )


def _question() -> Slot:
    return QuestionSlot(card="", item="", title="", stem="", ask="", options=_OPTIONS)


def _fact() -> Slot:
    return RecallSlot(card="", item="", recall="term", title="")
