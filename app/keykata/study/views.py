"""What is given to show of sittings, lists and reports: frozen, complete, without rules left to apply."""

from __future__ import annotations

import msgspec

from keykata.practice.attempt import Attempt, Turn
from keykata.practice.paper import Paper, Slot
from keykata.study.home_views import Coming


class Again(msgspec.Struct, frozen=True):
    """When a card comes back: within the day (`seconds`) or in whole `days`."""

    days: int
    seconds: int


class Standing(msgspec.Struct, frozen=True):
    """The position a sitting stands at.

    Attributes:
        position, total: from 1; the total grows when a fact has to be repeated.
        slot, turn: what is shown and what is known of it.
        outlooks: for a recall card that is not answered: what Forgot, Hard, Knew it, Easy would lead to.
        again: after answering: when the card comes back.
        minutes_left: an honest guess for the rest, whole minutes.
        entered: after a miss: how many cards of the concept it tests came into the queue.
        kept: kept for good by the learner.
        seen_before: whether the card was ever answered before this showing.
        slipped: how often it was forgotten in review, when that is to be told now (the 8th time, then every
            4th); else 0.
    """

    position: int
    total: int
    slot: Slot
    turn: Turn
    outlooks: tuple[Again, ...] = ()
    again: Again | None = None
    minutes_left: int = 0
    entered: int = 0
    kept: bool = False
    seen_before: bool = False
    slipped: int = 0


class PastSession(msgspec.Struct, frozen=True):
    """An ended attempt in a list. `right` of `counted`: what its report counts; `at_end`: a test."""

    id: str
    mode: str
    title: str
    day: str
    at_end: bool
    answered: int
    counted: int
    right: int
    scaled: int | None = None


class ListLine(msgspec.Struct, frozen=True):
    """A position in the list of a test: what is chosen (letters), how many are missing, whether marked."""

    position: int
    chosen: str
    missing: int
    marked: bool


class ExamStanding(msgspec.Struct, frozen=True):
    """The position a test or exam stands at; nothing in it says what is right.

    Attributes:
        position, total: from 1.
        slot, turn: what is shown and what was chosen, struck, marked.
        selects: how many are to be selected.
        left: seconds until it is handed in, None without a limit.
        limit: seconds in all, 0 without a limit.
        used: seconds so far.
        answered, blank, marked: counts over the paper; answered means a whole choice.
    """

    position: int
    total: int
    slot: Slot
    turn: Turn
    selects: int
    left: float | None
    limit: float
    used: float
    answered: int
    blank: int
    marked: int


class Tick(msgspec.Struct, frozen=True):
    """What the clock says: seconds `left`, `warnings` (minutes) crossed since the last tick, `expired`.

    `moved`: the time of the item on show was over, and the next one stands there.
    """

    left: float | None
    warnings: tuple[int, ...] = ()
    expired: bool = False
    moved: bool = False


class Missed(msgspec.Struct, frozen=True):
    """A missed item of a report: its position, item and card, what it is about, and its first words."""

    position: int
    item: str
    card: str
    title: str
    lead: str


class MissedItem(msgspec.Struct, frozen=True):
    """A question on the missed list: wrong once, and not right on two different days since.

    Attributes:
        item, title, lead: full id, what it is about, its first words.
        notes: the learner's own, oldest first.
        missed, tries: how often wrong, of how many answers.
        last_right: the study date it was last right, None when never.
        right_days: on how many days right since the last miss; 2 take it off the list.
        last_at: when it was last answered, ms UTC.
    """

    item: str
    title: str
    lead: str
    notes: tuple[str, ...]
    missed: int
    tries: int
    last_right: str | None
    right_days: int
    last_at: int


class MixUp(msgspec.Struct, frozen=True):
    """Two terms taken for each other: an option naming `chosen` was chosen where one naming `right` was it.

    Attributes:
        right, chosen: full ids of the terms, with their names.
        times, of: answers in which it happened, of all answers in which the two met this way.
        right_since: answers since the last mix-up in which the two met this way and that were right.
        last_day, last_at: the study date and moment (ms UTC) of the last mix-up.
        question: the question that decides between the two, "" when no comparison says it.
        comparison: the full id of a comparison of the two, "" when there is none.
    """

    right: str
    chosen: str
    right_name: str
    chosen_name: str
    times: int
    of: int
    right_since: int
    last_day: str
    last_at: int
    question: str = ""
    comparison: str = ""


class DomainLine(msgspec.Struct, frozen=True):
    """A domain's line in a report."""

    name: str
    weight: int
    scored: int
    correct: int
    meets: bool | None


class Earlier(msgspec.Struct, frozen=True):
    """An attempt of the same mode before this one: its title, study date, straight count, estimate if any."""

    title: str
    day: str
    scored_correct: int
    scored: int
    scaled: int | None


class Report(msgspec.Struct, frozen=True):
    """The report of an attempt, finished or not.

    Shares are proportions 0..1 or None when nothing was scored. `seconds` is the time used.
    `facts` counts recall answers: (forgot, hard, knew, easy). `coming` says when what was answered is due.
    `missed` are wrong objective answers, in order. `proven` is the range of scaled scores one paper proves.
    `unscored` counts the items that do not count: (right, of). `times` are seconds by position. `earlier` are
    attempts of the same mode before it, newest first.
    """

    id: str
    mode: str
    title: str
    started_at: int
    day: str
    finished: bool
    seed: int
    items: int
    answered: int
    correct: int
    scored: int
    scored_correct: int
    raw: float | None
    scaled: int | None
    passed: bool | None
    seconds: float
    facts: tuple[int, int, int, int]
    sure_wrong: int
    lucky: int
    domains: tuple[DomainLine, ...]
    missed: tuple[Missed, ...]
    coming: tuple[Coming, ...]
    paper: Paper
    attempt: Attempt
    proven: tuple[int, int] | None = None
    unscored: tuple[int, int] = (0, 0)
    times: tuple[float, ...] = ()
    earlier: tuple[Earlier, ...] = ()


class QuizPlan(msgspec.Struct, frozen=True):
    """What a quiz request would give before it starts: how many items, about how many minutes."""

    available: int
    count: int
    minutes: int
    label: str
