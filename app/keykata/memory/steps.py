"""The steps of a card within the day, and what each rating leads to; days are the engine's to say."""

from __future__ import annotations

from typing import NamedTuple

from keykata.memory.model import Phase, Rating

CHOICE_KINDS = ("question", "sort")
RATINGS = (1, 2, 3, 4)
LEARNING_STEPS = (60, 600)  # seconds
RELEARNING_STEP = 600
CHOICE_STEP = 600  # after a wrong answer


class Next(NamedTuple):
    """Where an answer leads: `seconds` to the next step within the day, 0 when it rests for days."""

    phase: Phase
    step: int
    seconds: int


NEW = Next("new", 0, 0)
_REVIEW = Next("review", 0, 0)
_LEARN = tuple(Next("learning", step, seconds) for step, seconds in enumerate(LEARNING_STEPS))
_LEARN_CHOICE = Next("learning", 0, CHOICE_STEP)
_RELEARN = Next("relearning", 0, RELEARNING_STEP)
# Hard repeats a step: the first then lies between the first two, a lone one lasts half as long again
_LEARN_HARD = (Next("learning", 0, sum(LEARNING_STEPS) // 2), *_LEARN[1:])
_RELEARN_HARD = Next("relearning", 0, RELEARNING_STEP * 3 // 2)
PLACES = (NEW, _REVIEW, *_LEARN, _LEARN_CHOICE, _RELEARN, _LEARN_HARD[0], _RELEARN_HARD)
IN_REVIEW = PLACES.index(_REVIEW)


def next_step(before: Next, rating: int, *, choice: bool) -> Next:
    """The phase and step an answer leads to; days are the engine's to say."""
    lapsed = before.phase in ("review", "relearning")
    if rating == Rating.AGAIN:
        if choice:
            return _RELEARN if lapsed else _LEARN_CHOICE
        return _RELEARN if lapsed else _LEARN[0]
    if choice or before.phase == "review" or rating == Rating.EASY:
        return _REVIEW
    if lapsed:
        return _RELEARN_HARD if rating == Rating.HARD else _REVIEW
    step = min(before.step, len(_LEARN) - 1)
    if rating == Rating.HARD:
        return _LEARN_HARD[step]
    return _LEARN[step + 1] if step + 1 < len(_LEARN) else _REVIEW


# the same by number, for long histories: the place after each, by choice or not, place and rating
ONWARD = tuple(
    tuple(
        (0, *(PLACES.index(next_step(place, rating, choice=choice)) for rating in RATINGS))
        for place in PLACES
    )
    for choice in (False, True)
)
