"""Fitting FSRS-6 to one learner: what is trained on, what is held out, and how well weights foretell it.

The split is by time: weights are found on the earlier reviews and judged on the later ones, as they would
be used. Only reviews on a later day than the one before count; those within a day carry memory along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from keykata.memory.engine import Engine
from keykata.memory.lookback import Recall
from keykata.memory.model import Rating

TRAINED_SHARE = 0.8  # of the reviews, the earlier ones


class Step(msgspec.Struct, frozen=True, gc=False):
    """One review of a card: days since the one before, its rating, its study date, its place in the log."""

    days: int
    rating: int
    day: str
    place: int


Course = Sequence[Step]  # the reviews of one card, from its beginning


def split_place(courses: Iterable[Course]) -> int:
    """The place in the log of the first review that is held out; 0 without reviews on a later day."""
    places = sorted(step.place for course in courses for step in course if step.days)
    return places[int(len(places) * TRAINED_SHARE)] if places else 0


def trained_part(courses: Iterable[Course], place: int) -> list[list[tuple[int, int]]]:
    """What came before a place: (rating, days) of each course, without the empty ones."""
    before = ([(s.rating, s.days) for s in course if s.place < place] for course in courses)
    return [course for course in before if len(course) > 1]


def expectations(courses: Iterable[Course], engine: Engine, place: int) -> Iterator[Recall]:
    """What an engine expects of each review on a later day, from a place in the log on."""
    for course in courses:
        memory: tuple[float, float] | None = None
        for step in course:
            if memory is not None and step.days and step.place >= place:
                expected = engine.retrievability(memory[0], step.days)
                yield Recall(step.day, expected, step.rating > Rating.AGAIN)
            memory = engine.next_memory(memory, step.days, step.rating)


def optimise(courses: Iterable[Sequence[tuple[int, int]]]) -> list[float]:
    """The 21 weights that foretell these reviews best, by the engine's own optimiser.

    It holds the interpreter until it is done, so it is for a process of its own.

    Args:
        courses: (rating, days) of each card's reviews, from its beginning.
    """
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

    items = []
    for course in courses:
        reviews = [FSRSReview(rating, days) for rating, days in course]
        items += [FSRSItem(reviews[: end + 1]) for end, (_, days) in enumerate(course) if end and days]
    return list(FSRS([]).compute_parameters(items))
