"""Fitting the memory model to the learner: offered, judged on reviews held out, kept only when better."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

import msgspec

from keykata.core.days import days_between
from keykata.core.errors import UsageError
from keykata.memory.engine import Engine
from keykata.memory.fitting import Step, expectations, split_place, trained_part
from keykata.memory.lookback import log_loss
from keykata.memory.weights import SETTING, fitted_weights
from keykata.store.store import Store
from keykata.study.fit_process import fit_apart
from keykata.study.ledger import Ledger
from keykata.study.progress_views import Fit

FIT_AFTER = 400  # answers that count
LEAST_LATER = 100  # of them on a later day than the card's last


class FitResult(msgspec.Struct, frozen=True):
    """What a fit found: the `weights`, and the log loss (nats) on the held-out reviews, before and after.

    `reviews` were there in all on a later day, `held_out` of them judged the fit.
    """

    weights: tuple[float, ...]
    reviews: int
    held_out: int
    before: float
    after: float

    @property
    def better(self) -> bool:
        """Whether it foretells the held-out reviews better, by weights that FSRS-6 allows."""
        return self.after < self.before and fitted_weights({"weights": list(self.weights)}) is not None

    def as_setting(self, day: str) -> dict[str, object]:
        """The value of the setting that keeps it."""
        return {
            "weights": list(self.weights),
            "day": day,
            "reviews": self.reviews,
            "held_out": self.held_out,
            "before": self.before,
            "after": self.after,
        }


def fit_of(value: object) -> Fit | None:
    """The fit a setting tells of; None when the published weights are in force."""
    if fitted_weights(value) is None:
        return None
    try:
        return msgspec.convert(value, Fit, strict=False)
    except msgspec.ValidationError:
        return Fit("", 0, 0, 0.0, 0.0)  # weights of another program: they hold, their story is not known


def find_fit(ledger: Ledger, stopped: Callable[[], bool], tell: Callable[[str], None]) -> FitResult | None:
    """Fit weights to the log, and judge them; None when it was stopped. Nothing is kept yet.

    Args:
        ledger: over a connection of the calling thread. tell: takes what is being done, in words.

    Raises:
        UsageError: there are too few reviews. KeyKataError: the fit failed.
    """
    tell("Reading your answers")
    courses = _courses(ledger.store, stopped)
    if courses is None:
        return None
    answers = sum(map(len, courses))
    reviews = sum(step.days > 0 for course in courses for step in course)
    if answers < FIT_AFTER or reviews < LEAST_LATER:
        raise UsageError(
            f"A fit takes {FIT_AFTER} answers, {LEAST_LATER} of them on a later day than the card's last;"
            f" there are {answers:,} and {reviews:,}.",
            hint="Until then the published weights hold.",
        )
    place = split_place(courses)
    tell("Fitting to the earlier reviews")
    weights = fit_apart(trained_part(courses, place), stopped)
    if weights is None or stopped():
        return None
    tell("Judging by the later reviews")
    before = log_loss(held := list(expectations(courses, ledger.engine, place)))
    if not all(map(isfinite, weights)):
        weights = ledger.engine.weights
    after = log_loss(list(expectations(courses, Engine(weights), place)))
    return FitResult(weights, reviews, len(held), before or 0.0, after or 0.0)


def keep_fit(ledger: Ledger, found: FitResult) -> None:
    """Put a fit into the log: from here on every card is reckoned by it, on every device."""
    ledger.set(SETTING, found.as_setting(ledger.today()))


def _courses(store: Store, stopped: Callable[[], bool]) -> list[list[Step]] | None:
    """The reviews of every card in log order; a card that began anew has two courses."""
    done: list[list[Step]] = []
    running: dict[str, list[Step]] = {}
    for place, row in enumerate(store.told()):
        if not place % 1000 and stopped():
            return None
        if row.kind == "reset" and row.card in running:
            done.append(running.pop(row.card))
        elif row.kind == "answer":
            course = running.setdefault(row.card, [])
            days = max(0, days_between(course[-1].day, row.day)) if course else 0
            course.append(Step(days, row.rating, row.day, place))
    return [*done, *running.values()]
