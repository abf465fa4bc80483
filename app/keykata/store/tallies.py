"""What the events of an item and of an attempt add up to, one event after the other in log order."""

from __future__ import annotations

from typing import Any

import msgspec

from keykata.core import event as ev
from keykata.core.event import Event

RIGHT_DAYS = 2  # a missed item leaves the list after being right on this many different days
Row = tuple[object, ...]


class Told(msgspec.Struct, frozen=True, gc=False):
    """An event in a lighter form, for passes over the whole log; its fields are those of `Event`."""

    id: str
    at: int
    day: str
    device: str
    seq: int
    kind: str
    attempt: str | None
    item: str | None
    card: str | None
    body: dict[str, Any]


class ItemTally:
    """The running row of an item: its questions' answers and whether it is kept."""

    def __init__(self, item: str) -> None:
        self.item = item
        self._known = self._asked = False
        self._tries = self._right = self._last_at = 0
        self._first_correct: bool | None = None
        self._missed = False
        self._days_right: set[str] = set()
        self._last_attempt = self._wording = ""
        self._kept = False

    def take(self, event: Event | Told, *, live: bool) -> None:
        """Go on by one event; of a withdrawn one only a first answer leaves a trace."""
        body = event.body
        if event.kind == ev.ANSWER and body.get("kind") == "question":
            if not self._asked:
                self._asked = self._known = True
                self._first_correct = bool(body.get("correct")) if live else None
            if live:
                self._answered(event)
        elif event.kind == ev.KEEP and live:
            self._known = True
            self._kept = bool(body.get("on"))
        elif event.kind == ev.RESET and live:
            self._wording = str(body.get("new", ""))

    def row(self) -> Row | None:
        """The row's values; None when there is nothing to say of the item."""
        if not self._known:
            return None
        return (
            self.item,
            self._tries,
            self._right,
            self._first_correct,
            self._missed,
            self._last_at,
            self._last_attempt,
            self._wording,
            self._kept,
        )

    def _answered(self, event: Event | Told) -> None:
        self._tries += 1
        self._last_at = event.at
        self._last_attempt = str(event.attempt or "")
        self._wording = str(event.body.get("wording", ""))
        if event.body.get("correct") is False:
            self._missed = True
            self._days_right = set()
        elif event.body.get("correct") is True:
            self._right += 1
            self._days_right.add(event.day)
            self._missed = self._missed and len(self._days_right) < RIGHT_DAYS


class AttemptTally:
    """The running row of an attempt: how it began, how far it got, when it ended."""

    def __init__(self, attempt: str) -> None:
        self.attempt = attempt
        self._started: Event | Told | None = None
        self._finished_at: int | None = None
        self._answered = self._objective = self._correct = 0

    def take(self, event: Event | Told) -> None:
        """Go on by one live event."""
        if event.kind == ev.ATTEMPT_STARTED:
            self._started = self._started or event
        elif event.kind == ev.ATTEMPT_FINISHED:
            self._finished_at = event.at if self._finished_at is None else self._finished_at
        elif event.kind == ev.ANSWER:
            answered, objective, correct = counted(event)
            self._answered += answered
            self._objective += objective
            self._correct += correct

    def row(self) -> Row | None:
        """The row's values; None without the beginning."""
        if self._started is None:
            return None
        body = self._started.body
        return (
            self.attempt,
            str(body.get("mode") or ""),
            str(body.get("title") or ""),
            int(body.get("seed") or 0),
            str(body.get("feedback") or "each"),
            str(body.get("snapshot") or ""),
            int(body.get("items") or 0),
            self._started.day,
            self._started.at,
            self._finished_at,
            self._answered,
            self._objective,
            self._correct,
        )


def counted(answer: Event | Told) -> tuple[int, int, int]:
    """What an answer adds to its attempt: one answered, one that is right or wrong, one that is right."""
    correct = answer.body.get("correct")
    return 1, int(correct is not None), int(correct is True)
