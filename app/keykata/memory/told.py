"""Events in the light form that folds go through: what is said in a body, and nothing else of it.

There may be a hundred thousand, so a told event is a plain tuple.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from keykata.core.days import day_number
from keykata.core.event import Event, voided


class Said(msgspec.Struct, frozen=True, gc=False):
    """What folds read of the body of an event; keys as in `core.event`.

    Whatever a log says must fold, so that no value is trusted to be of its kind.
    """

    kind: Any = None
    rating: Any = None
    retention: Any = None
    correct: Any = None
    confidence: Any = None
    lucky: Any = None
    wording: Any = ""
    new: Any = ""
    on: Any = None


class Sound(Said, frozen=True, gc=False, kw_only=True):
    """What folds read of an answer whose kind, rating and mark are what they should be."""

    rating: Annotated[int, msgspec.Meta(ge=1, le=4)]
    kind: Literal["question", "term", "concept", "faq", "loose", "cell", "sort"] | None = None
    correct: bool | None = None


_SAID = frozenset(Said.__struct_fields__)
# Kind, moment (ms UTC), number of its study date, attempt, body, and whether it counts (0: it was withdrawn).
Told = tuple[str, int, int, str | None, Said, int]


class Answers(NamedTuple):
    """The answers of a card that count and can be read, by columns, in log order; at least one.

    `days` are numbers of study dates, `ratings` are of `Rating`, `kinds` what bodies say of what was asked.
    """

    days: Sequence[int]
    ratings: Sequence[int]
    kinds: Sequence[str | None]
    last: Told


def told(events: Iterable[Event]) -> list[Told]:
    """Events in the light form, in their order; those that a void among them withdraws do not count."""
    history = list(events)
    gone = voided(history)
    return [(e.kind, e.at, day_number(e.day), e.attempt, _said(e), int(e.id not in gone)) for e in history]


def told_alone(event: Event) -> Told:
    """An event in the light form, that nothing withdraws."""
    return (event.kind, event.at, day_number(event.day), event.attempt, _said(event), 1)


def _said(event: Event) -> Said:
    return Said(**{name: event.body[name] for name in _SAID & event.body.keys()})
