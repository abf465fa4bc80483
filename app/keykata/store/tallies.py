"""What the events of an item and of an attempt add up to, in log order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from keykata.core import event as ev
from keykata.memory.told import Told
from keykata.store.log import decode, read_said

RIGHT_DAYS = 2  # a missed item leaves the list after being right on this many different days
Row = tuple[object, ...]


def item_row(item: str, history: Sequence[Told]) -> Row | None:
    """The row of an item from its questions' answers, whether it is kept, and its changes of wording.

    Of a withdrawn answer only a first one leaves a trace. None when there is nothing to say of the item.
    """
    asked = [one for one in history if one[0] == "answer" and one[4].kind == "question"]
    live = [one for one in asked if one[5]]
    kept = [one[4].on for one in history if one[0] == ev.KEEP and one[5]] if len(asked) < len(history) else ()
    if not asked and not kept:
        return None
    marks = [one[4].correct for one in live]
    _, last_at, _, last_attempt, *_ = live[-1] if live else ("", 0, 0, "")
    return (
        item,
        len(live),
        marks.count(True),
        bool(asked[0][4].correct) if asked and asked[0][5] else None,
        False in marks and _missed([one[2] for one in live], marks),
        last_at,
        last_attempt or "",
        _wording(history),
        bool(kept and kept[-1]),
    )


def item_after(item: str, before: Sequence[Any] | None, event: Told) -> Row | None:
    """The row of a question from its row and an answer that comes after all else told of it.

    None when the row does not tell enough and `item_row` has to be asked: whether an answer was ever
    withdrawn, or on which days a missed item was right.
    """
    _, at, _, attempt, said, _ = event
    right = said.correct
    if said.kind != "question" or right.__class__ is not bool:
        return None
    _, tries, rights, first, missed, *_, kept = before or (item, 0, 0, right, False, False)
    if (before and not tries) or (missed and right):
        return None
    last = (at, attempt or "", str(said.wording))
    return (item, tries + 1, rights + right, first, missed or not right, *last, kept)


def asked_row(item: str, days: Sequence[int], marks: Sequence[bool | None], last: Told) -> Row:
    """The same of an item of which nothing is told but answers to its question that all count, by columns."""
    _, last_at, _, last_attempt, said, _ = last
    missed = False in marks and _missed(days, marks)
    right, first, wording = marks.count(True), bool(marks[0]), str(said.wording)
    return item, len(marks), right, first, missed, last_at, last_attempt or "", wording, False


def _missed(days: Sequence[int], marks: Sequence[object]) -> bool:
    """Whether an item that was wrong is to be looked at again: not right on enough days since."""
    wrong = len(marks) - 1 - marks[::-1].index(False)
    right = {day for day, mark in zip(days[wrong:], marks[wrong:], strict=True) if mark is True}
    return len(right) < RIGHT_DAYS


def _wording(history: Sequence[Told]) -> str:
    """The wording an item was last answered in, or was last changed to."""
    for kind, _, _, _, said, counts in reversed(history):
        if counts and kind == ev.RESET:
            return str(said.new)
        if counts and kind == ev.ANSWER and said.kind == "question":
            return str(said.wording)
    return ""


class AttemptTally:
    """The running row of an attempt: how it began, how far it got, when it ended."""

    __slots__ = ("_answered", "_attempt", "_begun", "_finished_at", "_objective", "_right")

    def __init__(self, attempt: str) -> None:
        self._attempt = attempt
        self._begun: tuple[str, int, Mapping[str, Any]] | None = None
        self._finished_at: int | None = None
        self._answered = self._objective = self._right = 0

    def mark(self, correct: object, times: int = 1) -> None:
        """Count live answers that say the same of being right: true, false, or null for a fact."""
        answered, objective, right = adds(correct)
        self._answered += answered * times
        self._objective += objective * times
        self._right += right * times

    def take(self, kind: str, at: int, day: str, body: str) -> None:
        """Take a live event; of several beginnings and ends the first holds."""
        if kind == ev.ANSWER:
            self.mark(read_said(body).correct)
        elif kind == ev.ATTEMPT_STARTED and self._begun is None:
            self._begun = (day, at, decode(body))
        elif kind == ev.ATTEMPT_FINISHED and self._finished_at is None:
            self._finished_at = at

    def row(self) -> Row | None:
        """The row's values; None without the beginning."""
        if self._begun is None:
            return None
        day, at, body = self._begun
        return (
            self._attempt,
            str(body.get("mode") or ""),
            str(body.get("title") or ""),
            int(body.get("seed") or 0),
            str(body.get("feedback") or "each"),
            str(body.get("snapshot") or ""),
            int(body.get("items") or 0),
            day,
            at,
            self._finished_at,
            self._answered,
            self._objective,
            self._right,
        )


def adds(correct: object) -> tuple[int, int, int]:
    """What an answer adds to its attempt: to the answered, to those that are right or wrong, to the right."""
    return 1, int(correct is not None), int(correct is True)
