"""An attempt as plain data: a fold of its own events over its paper.

Answering, changing, marking, striking, undoing and handing in are events; this module says what they add up
to, and nothing else does. The same fold serves a running sitting, a resumed one, and an old report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import msgspec
from msgspec.structs import replace

from keykata.core import event as ev
from keykata.core.event import Event, places, voided, whole
from keykata.practice.paper import Paper, RecallSlot, Slot

MAX_REPEATS = 2  # a fact that will not stick is left for later in the day
REPEATING_MODES = ("today", "review")
MAX_SECONDS = 1e12
_TELLING = (
    *(ev.ATTEMPT_STARTED, ev.ATTEMPT_FINISHED, ev.RESPONSE, ev.ANSWER),
    *(ev.CAUSE, ev.CONFIDENCE, ev.MARK, ev.STRIKE),
)


class Turn(msgspec.Struct, frozen=True):
    """What is known of one position of an attempt.

    Attributes:
        slot: the place in the paper (from 0); a repeated fact has a position of its own.
        chosen: shown places (from 0). struck: crossed out. marked: to come back to.
        answer_id: the answer's event once it counts, "" before.
        correct: None for recall or before it counts. rating: 1..4, 0 before.
        seconds: spent on it. changed_from: the whole choice before the present one, None if never changed.
        confidence: sure, guess or None; another choice takes it back.
        late: its own time was over before it was answered; it stays blank.
        settled: the last whole choice, as many as are to be selected; () before the first.
    """

    slot: int
    chosen: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()
    marked: bool = False
    answer_id: str = ""
    correct: bool | None = None
    rating: int = 0
    confidence: str | None = None
    cause: str | None = None
    lucky: bool = False
    seconds: float = 0.0
    changed_from: tuple[int, ...] | None = None
    settled: tuple[int, ...] = ()
    late: bool = False

    @property
    def answered(self) -> bool:
        """Whether its answer counts already."""
        return self.answer_id != ""


class Attempt(msgspec.Struct, frozen=True):
    """The state of an attempt. `turns` are its positions in order; `used` seconds; times in ms UTC."""

    turns: tuple[Turn, ...]
    started_at: int = 0
    finished_at: int | None = None
    used: float = 0.0

    @property
    def answered(self) -> int:
        """How many positions have an answer that counts."""
        return sum(turn.answered for turn in self.turns)

    @property
    def finished(self) -> bool:
        """Whether it was ended or handed in."""
        return self.finished_at is not None

    def next_open(self, after: int = 0) -> int | None:
        """The first unanswered position (from 1) past one, else the first before it, else None."""
        past = range(after + 1, len(self.turns) + 1)
        for place in chain(past, range(1, len(self.turns) + 1)):
            turn = self.turns[place - 1]
            if not turn.answered and not turn.late:
                return place
        return None

    @property
    def answers(self) -> frozenset[str]:
        """The events of the answers that count."""
        return frozenset(turn.answer_id for turn in self.turns if turn.answered)

    def last_answered(self, events: Sequence[Event], but: Collection[str] = ()) -> int | None:
        """The position (from 1) answered last, but for some answers; None before the first answer.

        Args:
            events: those of the attempt, in turn.
        """
        wanted = self.answers.difference(but)
        last = next((event.id for event in reversed(events) if event.id in wanted), None)
        return next((place for place, turn in enumerate(self.turns, 1) if turn.answer_id == last), None)


def fold_attempt(paper: Paper, events: Iterable[Event]) -> Attempt:
    """What the events of an attempt (in turn, voids included) add up to."""
    history = list(events)
    gone = voided(history)
    attempt = Attempt(turns=tuple(Turn(slot=place) for place in range(len(paper.slots))))
    for event in history:
        if event.id not in gone:
            attempt = _step(paper, attempt, event)
    return attempt


def fold_further(paper: Paper, attempt: Attempt, events: Sequence[Event]) -> Attempt | None:
    """An attempt after some more events of its own; None when one of them withdraws another: fold it all."""
    if any(event.kind == ev.VOID for event in events):
        return None
    for event in events:
        attempt = _step(paper, attempt, event)
    return attempt


def _step(paper: Paper, attempt: Attempt, event: Event) -> Attempt:
    body = event.body
    if event.kind not in _TELLING:  # kinds of a later version say what they like
        return attempt
    used = _seconds(body.get("used"), attempt.used)
    if event.kind == ev.ATTEMPT_STARTED:
        return replace(attempt, started_at=event.at)
    if event.kind == ev.ATTEMPT_FINISHED:
        return replace(attempt, finished_at=event.at, used=used)
    if event.kind in (ev.CAUSE, ev.CONFIDENCE) and "target" in body:
        return _annotate(attempt, event)
    place = whole(body.get("position"), 0) - 1
    if not 0 <= place < len(attempt.turns):
        return attempt
    turn = attempt.turns[place]
    if event.kind == ev.RESPONSE:
        turn = _responded(turn, body, paper.slots[turn.slot])
    elif event.kind == ev.ANSWER:
        turn = _answered(turn, event, len(paper.slots[turn.slot].texts))
        attempt = _repeat(paper, attempt, turn, event)
    elif event.kind == ev.MARK:
        turn = replace(turn, marked=bool(body.get("on")))
    elif event.kind == ev.CONFIDENCE:
        turn = replace(turn, confidence=_said(body.get("confidence")))
    elif event.kind == ev.STRIKE:
        turn = _struck(turn, whole(body.get("option"), -1), bool(body.get("on")))
    turns = attempt.turns[:place] + (turn,) + attempt.turns[place + 1 :]  # noqa: RUF005 - half the time
    return replace(attempt, turns=turns, used=max(used, attempt.used))


def _responded(turn: Turn, body: Mapping[str, Any], slot: Slot) -> Turn:
    chosen = places(body.get("chosen"), len(slot.texts))
    same = frozenset(chosen) == frozenset(turn.chosen)
    return replace(
        turn,
        chosen=chosen,
        confidence=turn.confidence if same else None,
        changed_from=_changed(body, len(slot.texts)),
        seconds=_seconds(body.get("seconds"), turn.seconds),
        settled=chosen if len(chosen) == len(slot.right) else turn.settled,
        late=bool(body.get("late")),
    )


def _changed(body: Mapping[str, Any], count: int) -> tuple[int, ...] | None:
    before = body.get("changed_from")
    return None if before is None else places(before, count)


def _answered(turn: Turn, event: Event, count: int) -> Turn:
    body = event.body
    return replace(
        turn,
        chosen=places(body.get("chosen"), count),
        answer_id=event.id,
        correct=correct if isinstance(correct := body.get("correct"), bool) else None,
        rating=whole(body.get("rating"), 0),
        confidence=_said(body.get("confidence")),
        lucky=bool(body.get("lucky", False)),
        seconds=_seconds(body.get("seconds"), 0.0),
        changed_from=_changed(body, count),
    )


def _repeat(paper: Paper, attempt: Attempt, turn: Turn, event: Event) -> Attempt:
    """A fact still within its steps comes back at the end of a session that repeats."""
    slot: Slot = paper.slots[turn.slot]
    wanted = bool(event.body.get("within_day")) and isinstance(slot, RecallSlot)
    if not wanted or paper.mode not in REPEATING_MODES:
        return attempt
    if sum(other.slot == turn.slot for other in attempt.turns) > MAX_REPEATS:
        return attempt
    return replace(attempt, turns=(*attempt.turns, Turn(slot=turn.slot)))


def _struck(turn: Turn, option: int, on: bool) -> Turn:
    others = tuple(place for place in turn.struck if place != option)
    return replace(turn, struck=(*others, option) if on and option >= 0 else others)


def _annotate(attempt: Attempt, event: Event) -> Attempt:
    """A cause or a confidence that was said after the answer."""
    target = event.body.get("target")

    def said(turn: Turn) -> Turn:
        if not turn.answered or turn.answer_id != target:
            return turn
        if event.kind == ev.CAUSE:
            return replace(turn, cause=_said(event.body.get("cause")))
        return replace(turn, confidence=_said(event.body.get("confidence")))

    return replace(attempt, turns=tuple(said(turn) for turn in attempt.turns))


def _seconds(told: object, otherwise: float) -> float:
    return float(told) if isinstance(told, int | float) and 0 <= told <= MAX_SECONDS else otherwise


def _said(told: object) -> str | None:
    return told if isinstance(told, str) else None
