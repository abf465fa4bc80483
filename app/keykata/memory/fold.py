"""The state of a card: a fold of its own events, and nothing else.

Answering, undoing, merging and rebuilding all take the steps of `CardFold`. A step within the day only
chooses when the card is shown next; each answer moves its memory through the engine, with 0 days between
answers of one study day. Memory never depends on an interval, so days and fuzz are worked
out once, at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isnan
from typing import Any, NamedTuple, Protocol

from keykata.core import event as ev
from keykata.core.days import add_days, days_between
from keykata.core.digest import seeded_unit
from keykata.core.event import Event, voided
from keykata.core.rounding import round_half_up
from keykata.memory.deck import card_kind
from keykata.memory.engine import MAX_INTERVAL, MAX_RETENTION, MIN_RETENTION, Engine
from keykata.memory.model import CardState, Outlook, Phase, Rating

MS = 1000
CHOICE_KINDS = ("question", "sort")
LEARNING_STEPS = (60, 600)  # seconds
RELEARNING_STEP = 600
CHOICE_STEP = 600  # after a wrong answer
DEFAULT_RETENTION = 0.9
LUCKY_DAYS = 1
FUZZ_FROM = 3  # days; shorter intervals are kept as they are
FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float(MAX_INTERVAL), 0.05))  # as FSRS and Anki do


class Told(Protocol):
    """What the fold reads of an event; an `Event` is one, and so may a lighter row be."""

    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> int: ...
    @property
    def day(self) -> str: ...
    @property
    def body(self) -> Mapping[str, Any]: ...


class _Answer(NamedTuple):
    """What the fold needs of one answer; `rating` is a `Rating`, `retention` within the engine's bounds."""

    rating: int
    at: int
    day: str
    retention: float
    choice: bool
    lucky: bool
    sure_wrong: bool


class _Next(NamedTuple):
    """Where an answer leads: `seconds` to the next step within the day, 0 when it rests for days."""

    phase: Phase
    step: int
    seconds: int


_NEW = _Next("new", 0, 0)
_REVIEW = _Next("review", 0, 0)
_LEARN = tuple(_Next("learning", step, seconds) for step, seconds in enumerate(LEARNING_STEPS))
_LEARN_CHOICE = _Next("learning", 0, CHOICE_STEP)
_RELEARN = _Next("relearning", 0, RELEARNING_STEP)
# Hard repeats a step: the first then lies between the first two, a lone one lasts half as long again
_LEARN_HARD = (_Next("learning", 0, sum(LEARNING_STEPS) // 2), *_LEARN[1:])
_RELEARN_HARD = _Next("relearning", 0, RELEARNING_STEP * 3 // 2)


class CardFold:
    """The running fold of one card: `take` its live events in log order, then ask for its `state`."""

    __slots__ = (
        "_answer",
        "_card",
        "_difficulty",
        "_engine",
        "_entered_at",
        "_first_day",
        "_fuzz",
        "_lapses",
        "_last_day",
        "_new_from",
        "_next",
        "_reps",
        "_reset_to",
        "_stability",
        "_stale",
    )

    def __init__(self, card: str, engine: Engine, *, fuzz: bool = True) -> None:
        self._card = card
        self._engine = engine
        self._fuzz = fuzz
        self._entered_at: int | None = None
        self._reset_to = ""
        self._stale = False
        self._start("")

    def take(self, event: Told) -> None:
        """Go on by one event that is not voided; kinds that move no card are passed over."""
        if event.kind == ev.ANSWER:
            answer = _answer_of(self._card, event)
            if answer is not None:
                if self._entered_at is None:
                    self._enter(event)
                self._learn(answer)
                if self._reset_to and event.body.get("wording") != self._reset_to:
                    self._stale = True
        elif event.kind == ev.TAKEN_ON:
            self._enter(event)
        elif event.kind == ev.RESET and not self._reset_again(event):
            self._enter(event)
            self._start(event.day)

    def state(self) -> CardState | None:
        """What the events so far add up to; None when they never brought the card in."""
        return None if self._entered_at is None else self._state(self._entered_at)

    def after(self, before: CardState | None, answer: _Answer) -> CardState:
        """What one more answer makes of a state (None: of a card that was not in the queue)."""
        if before is not None and before.reps:
            self._next = _Next(before.phase, before.step, 0)
            self._stability, self._difficulty = before.stability, before.difficulty
            self._reps, self._lapses = before.reps, before.lapses
            self._last_day, self._first_day = before.last_day, before.first_day
        self._learn(answer)
        return self._state(answer.at if before is None else before.entered_at)

    def _reset_again(self, event: Told) -> bool:
        """Whether another device noticed the same change, and nothing older was answered since."""
        new = str(event.body.get("new", ""))
        again = new != "" and new == self._reset_to and not self._stale
        self._reset_to, self._stale = new, False
        return again

    def _enter(self, event: Told) -> None:
        if self._entered_at is None:
            self._entered_at = event.at
            self._new_from = event.day

    def _start(self, day: str) -> None:
        """Nothing is remembered of it; new, and due from a study date."""
        self._new_from = day
        self._stability = self._difficulty = 0.0
        self._reps = self._lapses = 0
        self._next = _NEW
        self._answer: _Answer | None = None
        self._first_day = self._last_day = ""

    def _learn(self, answer: _Answer) -> None:
        memory = (self._stability, self._difficulty) if self._reps else None
        days = 0 if self._last_day in ("", answer.day) else days_between(self._last_day, answer.day)
        self._stability, self._difficulty = self._engine.next_memory(memory, days, answer.rating)
        self._lapses += answer.rating == Rating.AGAIN and self._next.phase == "review"
        self._next = _next(self._next, answer)
        self._reps += 1
        self._answer = answer
        self._first_day = self._first_day or answer.day
        self._last_day = answer.day

    def _state(self, entered_at: int) -> CardState:
        last, coming = self._answer, self._next
        if last is None:
            return CardState(entered_at=entered_at, due_day=self._new_from)
        interval = 0 if coming.seconds else self._days(last)
        return CardState(
            phase=coming.phase,
            stability=self._stability,
            difficulty=self._difficulty,
            reps=self._reps,
            lapses=self._lapses,
            step=coming.step,
            entered_at=entered_at,
            last_at=last.at,
            last_day=last.day,
            interval=interval,
            due_day=add_days(last.day, interval),
            due_at=last.at + coming.seconds * MS if coming.seconds else 0,
            last_rating=last.rating,
            lucky=last.lucky,
            sure_wrong=last.sure_wrong,
            first_day=self._first_day,
        )

    def _days(self, last: _Answer) -> int:
        if last.lucky:
            return LUCKY_DAYS
        interval = self._engine.interval(self._stability, last.retention)
        return _fuzzed(self._card, self._reps, interval) if self._fuzz else interval


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
    folding = CardFold(card, engine, fuzz=fuzz)
    for event in history:
        if event.id not in gone:
            folding.take(event)
    return folding.state()


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
    """What each of the four ratings would lead to, by the same steps the fold takes.

    Of a question or a sorter scenario, Hard is a guess that was right.
    """
    choice = kind in CHOICE_KINDS
    found = []
    for rating in Rating:
        lucky = choice and rating == Rating.HARD
        answer = _Answer(int(rating), now, day, _within(retention), choice, lucky, sure_wrong=False)
        after = CardFold(card, engine).after(state, answer)
        found.append(Outlook(rating, after.interval, (after.due_at - now) // MS if after.due_at else 0))
    return tuple(found)


def _answer_of(card: str, event: Told) -> _Answer | None:
    """The answer in an event; None for one this version cannot read, which then moves nothing."""
    body = event.body
    rating = body.get("rating")
    if rating not in (1, 2, 3, 4):
        return None
    return _Answer(
        rating,
        event.at,
        event.day,
        _within(body.get("retention")),
        (body.get("kind") or card_kind(card)) in CHOICE_KINDS,
        body.get("lucky") is True,
        body.get("correct") is False and body.get("confidence") == "sure",
    )


def _within(retention: object) -> float:
    """A retention the engine takes: whatever the log says, its cards must fold."""
    if not isinstance(retention, float) or isnan(retention):
        return DEFAULT_RETENTION
    return min(MAX_RETENTION, max(MIN_RETENTION, retention))


def _next(before: _Next, answer: _Answer) -> _Next:
    """The phase and step an answer leads to; days are the engine's to say."""
    lapsed = before.phase in ("review", "relearning")
    if answer.rating == Rating.AGAIN:
        if answer.choice:
            return _RELEARN if lapsed else _LEARN_CHOICE
        return _RELEARN if lapsed else _LEARN[0]
    if answer.choice or before.phase == "review" or answer.rating == Rating.EASY:
        return _REVIEW
    if lapsed:
        return _RELEARN_HARD if answer.rating == Rating.HARD else _REVIEW
    step = min(before.step, len(_LEARN) - 1)
    if answer.rating == Rating.HARD:
        return _LEARN_HARD[step]
    return _LEARN[step + 1] if step + 1 < len(_LEARN) else _REVIEW


def _fuzzed(card: str, reps: int, interval: int) -> int:
    """The interval moved a little, by a share drawn from the card and its number of reviews.

    The ranges are those of FSRS and Anki; for one draw a longer interval never ends up the shorter one.
    """
    if interval < FUZZ_FROM:
        return interval
    spread = 1.0 + sum(
        factor * max(0.0, min(float(interval), end) - start) for start, end, factor in FUZZ_RANGES
    )
    low = max(2, round_half_up(interval - spread))
    high = min(MAX_INTERVAL, round_half_up(interval + spread))
    return low + int(seeded_unit("fuzz", f"{card}/{reps}") * (high - low + 1))
