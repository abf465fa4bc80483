"""The state of a card: a fold of its own events, and nothing else.

Answering, undoing, merging and rebuilding all call `fold`. A step within the day only chooses when the card
is shown next; each answer moves its memory through the engine, with 0 days between answers of one study day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from keykata.core import event as ev
from keykata.core.days import add_days, days_between
from keykata.core.digest import seeded_unit
from keykata.core.event import Event, voided
from keykata.core.rounding import round_half_up
from keykata.memory.engine import MAX_INTERVAL, Engine
from keykata.memory.model import CardState, Outlook, Phase, Rating

MS = 1000
CHOICE_KINDS = ("question", "sort")
LEARNING_STEPS = (60, 600)  # seconds
RELEARNING_STEPS = (600,)
FUZZ_FROM = 3  # days; shorter intervals are kept as they are
FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float(MAX_INTERVAL), 0.05))  # as FSRS and Anki do


class _Answer(NamedTuple):
    """What the fold needs of one answer."""

    rating: Rating
    at: int
    day: str
    retention: float
    kind: str
    lucky: bool


class _Next(NamedTuple):
    """Where an answer leads: `seconds` is for a step within the day, else `interval` in days."""

    phase: Phase
    step: int
    seconds: int
    interval: int


def fold(card: str, events: Iterable[Event], engine: Engine, *, fuzz: bool = True) -> CardState | None:
    """The state the events of a card add up to; None when it never entered the queue.

    Args:
        card: the card's id, which seeds its fuzz.
        events: its own events and those moved to it, in log order, voids included.
        engine: the weights to use.
        fuzz: off only to compare with an engine that has none.
    """
    history = list(events)
    gone = voided(history)
    state: CardState | None = None
    for event in history:
        if event.id not in gone:
            state = _step(card, state, event, engine, fuzz=fuzz)
    return state


def outlooks(
    card: str,
    state: CardState | None,
    *,
    now: int,
    day: str,
    retention: float,
    engine: Engine,
    kind: str,
) -> tuple[Outlook, ...]:
    """What each of the four ratings would lead to, by the same steps the fold takes."""
    before = state or CardState(entered_at=now, due_day=day)
    answers = [_Answer(rating, now, day, retention, kind, lucky=False) for rating in Rating]
    after = [_answered(card, before, answer, engine, fuzz=True) for answer in answers]
    return tuple(
        Outlook(rating, found.interval, (found.due_at - now) // MS if found.due_at else 0)
        for rating, found in zip(Rating, after, strict=True)
    )


def _step(
    card: str, state: CardState | None, event: Event, engine: Engine, *, fuzz: bool
) -> CardState | None:
    if event.kind == ev.TAKEN_ON:
        return state or CardState(entered_at=event.at, due_day=event.day)
    if event.kind == ev.RESET:
        entered = state.entered_at if state else event.at
        return CardState(entered_at=entered, due_day=event.day)
    if event.kind != ev.ANSWER:
        return state
    body = event.body
    answer = _Answer(
        rating=Rating(int(body["rating"])),
        at=event.at,
        day=event.day,
        retention=float(body.get("retention", 0.9)),
        kind=str(body.get("kind", "question")),
        lucky=bool(body.get("lucky", False)),
    )
    before = state or CardState(entered_at=event.at, due_day=event.day)
    return _answered(card, before, answer, engine, fuzz=fuzz)


def _answered(card: str, before: CardState, answer: _Answer, engine: Engine, *, fuzz: bool) -> CardState:
    memory = (before.stability, before.difficulty) if before.reps else None
    days = max(0, days_between(before.last_day, answer.day)) if before.last_day else 0
    stability, difficulty = engine.next_memory(memory, days, answer.rating)
    coming = _next(before, answer)
    interval = coming.interval
    if not coming.seconds:
        interval = 1 if answer.lucky else engine.interval(stability, answer.retention)
        if fuzz:
            interval = _fuzzed(card, before.reps + 1, interval)
    forgot = answer.rating == Rating.AGAIN and before.phase == "review"
    return msgspec.structs.replace(
        before,
        phase=coming.phase,
        stability=stability,
        difficulty=difficulty,
        reps=before.reps + 1,
        lapses=before.lapses + forgot,
        step=coming.step,
        last_at=answer.at,
        last_day=answer.day,
        interval=interval,
        due_day=add_days(answer.day, interval),
        due_at=answer.at + coming.seconds * MS if coming.seconds else 0,
        last_rating=int(answer.rating),
        lucky=answer.lucky,
    )


def _next(before: CardState, answer: _Answer) -> _Next:
    """The phase and step an answer leads to; days are the engine's to say."""
    review = _Next("review", 0, 0, 0)
    if answer.kind in CHOICE_KINDS:
        if answer.rating != Rating.AGAIN:
            return review
        return _at("relearning" if before.phase in ("review", "relearning") else "learning", 0, (600,))
    if before.phase == "review":
        return _at("relearning", 0, RELEARNING_STEPS) if answer.rating == Rating.AGAIN else review
    phase: Phase = "relearning" if before.phase == "relearning" else "learning"
    steps = RELEARNING_STEPS if phase == "relearning" else LEARNING_STEPS
    step = min(before.step, len(steps) - 1)
    if answer.rating == Rating.AGAIN:
        return _at(phase, 0, steps)
    if answer.rating == Rating.HARD:
        return _Next(phase, step, _hard_seconds(step, steps), 0)
    if answer.rating == Rating.EASY or step + 1 >= len(steps):
        return review
    return _at(phase, step + 1, steps)


def _at(phase: Phase, step: int, steps: Sequence[int]) -> _Next:
    return _Next(phase, step, steps[step], 0)


def _hard_seconds(step: int, steps: Sequence[int]) -> int:
    """Hard repeats a step; the first lies between the first two, or half as long again when it is alone."""
    if step > 0:
        return steps[step]
    return (steps[0] + steps[1]) // 2 if len(steps) > 1 else steps[0] * 3 // 2


def _fuzzed(card: str, reps: int, interval: int) -> int:
    """The interval moved a little, by a share drawn from the card and its number of reviews."""
    if interval < FUZZ_FROM:
        return interval
    spread = 1.0 + sum(
        factor * max(0.0, min(float(interval), end) - start) for start, end, factor in FUZZ_RANGES
    )
    low = max(2, round_half_up(interval - spread))
    high = min(MAX_INTERVAL, round_half_up(interval + spread))
    return low + int(seeded_unit("fuzz", f"{card}/{reps}") * (high - low + 1))
