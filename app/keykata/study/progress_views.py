"""What the Progress page and `stats` are given to show: frozen, complete. Shares are proportions 0..1."""

from __future__ import annotations

import msgspec

from keykata.memory.lookback import Bin
from keykata.memory.workload import Cost

__all__ = ["Bin", "Cost", "DayCount", "ExamPoint", "Fit", "Leech", "Mastery", "Month", "Past", "Progress"]

FORECAST_DAYS = 28


class DayCount(msgspec.Struct, frozen=True):
    """How many on a study date."""

    day: str
    count: int


class Mastery(msgspec.Struct, frozen=True):
    """How far the questions of a domain or task statement are known.

    Attributes:
        number, name: as in the blueprint. weight: in percent of the exam; 0 for a task statement.
        questions: that may be asked. tried: asked at least once.
        known: right when last asked, without luck, and past the steps of its day.
        recall: mean probability today of answering the tried ones, None before the first.
    """

    number: str
    name: str
    weight: int
    questions: int
    tried: int
    known: int
    recall: float | None


class Month(msgspec.Struct, frozen=True):
    """The reviews of a month (`YYYY-MM`): how many, the mean expectation, how many were remembered."""

    month: str
    reviews: int
    expected: float
    remembered: int


class Pace(msgspec.Struct, frozen=True):
    """Median seconds an item takes: of all `answers` of a kind, of right and of wrong ones (None: none)."""

    kind: str
    answers: int
    seconds: float
    right: float | None
    wrong: float | None


class ExamPoint(msgspec.Struct, frozen=True):
    """A mock exam: its attempt, title, study date, estimate, and whether it was a whole one."""

    id: str
    title: str
    day: str
    scaled: int
    full: bool


class Weak(msgspec.Struct, frozen=True):
    """A term or comparison: `lost` of its `cards` (facts and questions answered so far) are expected to be
    forgotten today; `lapses` is how often they were forgotten in review."""

    item: str
    kind: str
    title: str
    cards: int
    lost: float
    lapses: int


class Leech(msgspec.Struct, frozen=True):
    """A card forgotten again and again: its page, and what it asks for."""

    card: str
    item: str
    title: str
    kind: str
    lapses: int


class Fit(msgspec.Struct, frozen=True):
    """Weights fitted to the learner: on how many reviews, and the log loss on those held out."""

    day: str
    reviews: int
    held_out: int
    before: float
    after: float


class Progress(msgspec.Struct, frozen=True):
    """What is known at once.

    Attributes:
        day: today's study date. answers: that count, ever.
        cards: in the queue: new, learning, review, due now.
        retention: the desired one. writable: whether settings can be kept.
        year: answers of each day of the last 53 weeks, days without left out.
        forecast: cards due on each of the days to come, today with all that is overdue; every day is there.
        fit: the weights in force, None for the published ones. fit_after: answers a fit takes.
        askable: whether there is a question to practise.
    """

    day: str
    answers: int
    cards: tuple[int, int, int, int]
    retention: float
    writable: bool
    year: tuple[DayCount, ...]
    forecast: tuple[DayCount, ...]
    fit: Fit | None
    fit_after: int
    askable: bool = True


class Past(msgspec.Struct, frozen=True):
    """What takes a look at the whole log.

    Attributes:
        learned: cards answered at least once. predicted: their mean probability of recall today; one
            missed today and not right since counts as 0.
        reviews: on a later day than the card's last. remembered: of them. expected: mean expectation.
        log_loss: mean surprise at the outcomes, nats.
        months: the last months with reviews, oldest first. bins: the calibration of the scheduler.
        domains, tasks: mastery. paces: time per item. exams: oldest first, with the line that passes.
        weakest: the most lost first. leeches: the oftenest forgotten first.
        costs: by days simulated (30 and 90), of each retention.
    """

    learned: int
    predicted: float | None
    reviews: int
    remembered: int
    expected: float | None
    log_loss: float | None
    months: tuple[Month, ...]
    bins: tuple[Bin, ...]
    domains: tuple[Mastery, ...]
    tasks: tuple[Mastery, ...]
    paces: tuple[Pace, ...]
    exams: tuple[ExamPoint, ...]
    pass_score: int
    weakest: tuple[Weak, ...]
    leeches: tuple[Leech, ...]
    costs: dict[int, tuple[Cost, ...]]

    @property
    def measured(self) -> float | None:
        """The share of reviews that were remembered."""
        return self.remembered / self.reviews if self.reviews else None
