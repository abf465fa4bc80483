"""The state of a card: a fold of its own events, and nothing else.

Answering, undoing, merging and rebuilding all call `fold_told`. A step within the day only chooses when the
card is shown next; each answer moves its memory through the engine, with 0 days between answers of one study
day. Memory never depends on an interval, so that the engine goes through a card's reviews in one call,
and days and fuzz are worked out once, at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import isnan
from operator import sub
from typing import NamedTuple

from keykata.core import event as ev
from keykata.core.days import day_number, day_text
from keykata.core.digest import seeded_unit
from keykata.core.event import Event
from keykata.core.rounding import round_half_up
from keykata.memory.deck import card_kind
from keykata.memory.engine import MAX_INTERVAL, MAX_RETENTION, MIN_RETENTION, Engine
from keykata.memory.model import CardState, Outlook, Rating
from keykata.memory.steps import CHOICE_KINDS, IN_REVIEW, NEW, ONWARD, PLACES, RATINGS, Next, next_step
from keykata.memory.told import Answers, Said, Told, told

MS = 1000
DEFAULT_RETENTION = 0.9
LUCKY_DAYS = 1
FUZZ_FROM = 3  # days; shorter intervals are kept as they are
FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float(MAX_INTERVAL), 0.05))  # as FSRS and Anki do


class _Answer(NamedTuple):
    """What the fold needs of one answer.

    `rating` is a `Rating`, `day` the number of its study date, `retention` within the engine's bounds.
    """

    rating: int
    at: int
    day: int
    retention: float
    choice: bool
    lucky: bool
    sure_wrong: bool


class _Course(NamedTuple):
    """What the answers of a card have come to; `stability` and `difficulty` as the engine keeps them."""

    stability: float
    difficulty: float
    reps: int
    lapses: int
    first_day: int
    coming: Next


def fold(card: str, events: Iterable[Event], engine: Engine, *, fuzz: bool = True) -> CardState | None:
    """The state the events of a card add up to; None when it never entered the queue.

    Args:
        card: the card's id, which seeds its fuzz.
        events: its own events and those moved to it, in log order, voids included.
        engine: the weights to use.
        fuzz: off only to compare with an engine that has none.
    """
    return fold_told(card, told(events), engine, fuzz=fuzz)


def fold_told(card: str, history: Sequence[Told], engine: Engine, *, fuzz: bool = True) -> CardState | None:
    """The same of events in the light form; kinds that move no card are passed over.

    Most of the time of a rebuild is spent here, so that histories are gone through by whole columns.
    """
    answers = _answers(history)
    if len(answers) == len(history):
        return learned(card, answers[0][1], _columns(answers), engine, fuzz=fuzz) if answers else None
    entry = next(filter(_enters, history), None)
    if entry is None:
        return None
    _, entered_at, begun, *_ = entry
    if any(kind == ev.RESET and counts for kind, _, _, _, _, counts in history):
        begun, answers = _since_reset(history)
    if not answers:
        return CardState(entered_at=entered_at, due_day=day_text(begun))
    return learned(card, entered_at, _columns(answers), engine, fuzz=fuzz)


def fold_last(card: str, before: CardState | None, event: Told, engine: Engine) -> CardState | None:
    """What an answer that comes after all else told of its card makes of its state.

    Args:
        before: None of a card that was not in the queue.

    Returns:
        The state `fold_told` would come to, to the last bit; None when it has to be asked: the event is no
        answer that counts, or one that this version cannot read.
    """
    kind, _, _, _, said, counts = event
    if kind != ev.ANSWER or not counts or not _readable(said):
        return None
    return _further(card, before, _answer_of(card, event), engine)


def _answers(history: Sequence[Told]) -> list[Told]:
    """The answers that count and can be read by this version; others move nothing."""
    return [
        one
        for one in history
        if one[0] == "answer" and one[5] and one[4].rating.__class__ is int and 1 <= one[4].rating <= 4
    ]


def _columns(answers: Sequence[Told]) -> Answers:
    _, _, days, _, saids, _ = zip(*answers, strict=True)
    return Answers(days, [said.rating for said in saids], [said.kind for said in saids], answers[-1])


def learned(card: str, entered_at: int, answers: Answers, engine: Engine, *, fuzz: bool = True) -> CardState:
    """The state of a card from its answers since it began, and the moment (ms UTC) it entered the queue."""
    days, ratings, kinds, last = answers
    gaps = [0, *map(sub, days[1:], days)]
    if min(gaps) < 0:  # the clock was set back
        gaps = [max(0, gap) for gap in gaps]
    shape = card_kind(card)
    tables = [ONWARD[(kind or shape) in CHOICE_KINDS] for kind in kinds]
    place = lapses = 0
    for rating, table in zip(ratings, tables, strict=True):
        if rating == 1 and place == IN_REVIEW:
            lapses += 1
        place = table[place][rating]
    memory = engine.memory_after(zip(gaps, ratings, strict=True))
    course = _Course(*memory, len(ratings), lapses, days[0], PLACES[place])
    return _state(card, entered_at, course, _answer_of(card, last), engine, fuzz=fuzz)


def _state(
    card: str, entered_at: int, course: _Course, last: _Answer, engine: Engine, *, fuzz: bool = True
) -> CardState:
    """The state a course of answers has led to."""
    coming = course.coming
    interval = 0 if coming.seconds else _days(card, course, last, engine, fuzz=fuzz)
    return CardState(
        phase=coming.phase,
        stability=course.stability,
        difficulty=course.difficulty,
        reps=course.reps,
        lapses=course.lapses,
        step=coming.step,
        entered_at=entered_at,
        last_at=last.at,
        last_day=day_text(last.day),
        interval=interval,
        due_day=day_text(last.day + interval),
        due_at=last.at + coming.seconds * MS if coming.seconds else 0,
        last_rating=last.rating,
        lucky=last.lucky,
        sure_wrong=last.sure_wrong,
        first_day=day_text(course.first_day),
    )


def _days(card: str, course: _Course, last: _Answer, engine: Engine, *, fuzz: bool) -> int:
    if last.lucky:
        return LUCKY_DAYS
    interval = engine.interval(course.stability, last.retention)
    return _fuzzed(card, course.reps, interval) if fuzz else interval


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
        answer = _Answer(
            int(rating), now, day_number(day), _within(retention), choice, lucky, sure_wrong=False
        )
        after = _further(card, state, answer, engine)
        found.append(Outlook(rating, after.interval, (after.due_at - now) // MS if after.due_at else 0))
    return tuple(found)


def steps_follow(state: CardState | None, rating: Rating, kind: str) -> bool:
    """Whether a rating would lead to a step within the day."""
    stood = Next(state.phase, state.step, 0) if state is not None and state.reps else NEW
    return next_step(stood, rating, choice=kind in CHOICE_KINDS).seconds > 0


def _further(card: str, before: CardState | None, answer: _Answer, engine: Engine) -> CardState:
    """What one more answer makes of a state (None: of a card that was not in the queue)."""
    if before is None or not before.reps:
        memory = engine.next_memory(None, 0, answer.rating)
        entered_at = answer.at if before is None else before.entered_at
        course = _Course(*memory, 1, 0, answer.day, next_step(NEW, answer.rating, choice=answer.choice))
        return _state(card, entered_at, course, answer, engine)
    stood = Next(before.phase, before.step, 0)
    days = answer.day - day_number(before.last_day)
    memory = engine.next_memory((before.stability, before.difficulty), days, answer.rating)
    course = _Course(
        *memory,
        before.reps + 1,
        before.lapses + (answer.rating == Rating.AGAIN and before.phase == "review"),
        day_number(before.first_day),
        next_step(stood, answer.rating, choice=answer.choice),
    )
    return _state(card, before.entered_at, course, answer, engine)


def _since_reset(history: Sequence[Told]) -> tuple[int, list[Told]]:
    """The day's number of the last new beginning, and the answers after it.

    Another device may notice the same change: a reset to the same wording says nothing new until something
    older was answered.
    """
    begun, reset_to, stale, since = 0, "", False, 0
    for number, (kind, _, day, _, said, counts) in enumerate(history, 1):
        if counts and kind == ev.RESET:
            new = str(said.new)
            if not new or new != reset_to or stale:
                begun, since = day, number
            reset_to, stale = new, False
        elif counts and kind == ev.ANSWER and reset_to and _readable(said) and said.wording != reset_to:
            stale = True
    return begun, _answers(history[since:])


def _enters(event: Told) -> bool:
    """Whether an event brings its card into the queue."""
    kind, _, _, _, said, counts = event
    return bool(counts) and (kind in (ev.TAKEN_ON, ev.RESET) or (kind == ev.ANSWER and _readable(said)))


def _readable(said: Said) -> bool:
    """Whether this version can read an answer; one that it cannot moves nothing."""
    return said.rating in RATINGS and said.rating.__class__ is int


def _answer_of(card: str, answer: Told) -> _Answer:
    _, at, day, _, said, _ = answer
    return _Answer(
        said.rating,
        at,
        day,
        _within(said.retention),
        (said.kind or card_kind(card)) in CHOICE_KINDS,
        said.lucky is True,
        said.correct is False and said.confidence == "sure",
    )


def _within(retention: object) -> float:
    """A retention the engine takes: whatever the log says, its cards must fold."""
    if not isinstance(retention, float) or isnan(retention):
        return DEFAULT_RETENTION
    return min(MAX_RETENTION, max(MIN_RETENTION, retention))


def _fuzzed(card: str, reps: int, interval: int) -> int:
    """The interval moved a little, by a share drawn from the card and its number of reviews.

    The ranges are those of FSRS and Anki; for one draw a longer interval never ends up the shorter one.
    """
    if interval < FUZZ_FROM:
        return interval
    low, high = _fuzz_range(interval)
    return low + int(seeded_unit("fuzz", f"{card}/{reps}") * (high - low + 1))


@lru_cache(maxsize=4096)
def _fuzz_range(interval: int) -> tuple[int, int]:
    """The least and the most days that an interval may become."""
    spread = 1.0
    for start, end, factor in FUZZ_RANGES:
        if interval > start:
            spread += factor * (min(float(interval), end) - start)
    return max(2, round_half_up(interval - spread)), min(MAX_INTERVAL, round_half_up(interval + spread))
