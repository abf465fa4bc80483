"""What Home is given to show: frozen, complete, without rules left to apply."""

from __future__ import annotations

from typing import Literal

import msgspec

from keykata.study.ready_views import ReadinessView

NoticeKind = Literal["problem", "read-only", "changed", "backup", "clock"]


class Notice(msgspec.Struct, frozen=True):
    """Something to tell once, in one line; `hint` says what to do."""

    kind: NoticeKind
    text: str
    hint: str = ""


class Stock(msgspec.Struct, frozen=True):
    """How much there is to study."""

    terms: int
    questions: int
    comparisons: int
    guides: int


class TodayPlan(msgspec.Struct, frozen=True):
    """What the next Today session would hold, in items and whole minutes; `repeat` of it is due.

    `waiting` facts were taken on and are not begun by it.
    """

    repeat: int
    new: int
    questions: int
    minutes: int
    waiting: int = 0

    @property
    def items(self) -> int:
        """How many items it shows."""
        return self.repeat + self.new + self.questions


class OpenSitting(msgspec.Struct, frozen=True):
    """An unfinished attempt that can go on.

    `position` (from 1) is the first without an answer, of `total`. `left` is minutes of a limit, one that is
    begun as a whole one, 0 once they are over, None without a limit, as far as this computer knows. `at_end`:
    a mock exam or a test.
    """

    id: str
    mode: str
    title: str
    position: int
    total: int
    left: int | None = None
    at_end: bool = False


class FirstTries(msgspec.Struct, frozen=True):
    """First answers to the questions of a domain: `right` of `tried`; `weight` in percent of the exam."""

    domain: str
    name: str
    weight: int
    tried: int
    right: int


class Coming(msgspec.Struct, frozen=True):
    """Reviews of one day to come: study date, how many, days from today (1 = tomorrow)."""

    day: str
    cards: int
    in_days: int


class Home(msgspec.Struct, frozen=True):
    """Everything Home shows.

    `exam_date` is `YYYY-MM-DD` or None; `exam_in_days` from today's study date, negative when past.
    `ask_exam_date`: the first ten are answered and no date is set.
    `first_start`: nothing was ever answered. `done_today`: a Today session of this study date was finished.
    """

    first_start: bool
    exam_code: str
    exam_name: str
    exam_date: str | None
    exam_in_days: int | None
    ask_exam_date: bool
    minutes: int
    opening: int
    opening_minutes: int
    flagship: str | None
    flagship_name: str
    stock: Stock
    today: TodayPlan
    open: tuple[OpenSitting, ...]
    coming: tuple[Coming, ...]
    tries: tuple[FirstTries, ...]
    answered_today: int
    done_today: bool
    last_title: str
    last_summary: str
    notices: tuple[Notice, ...]


class Lack(msgspec.Struct, frozen=True):
    """What a domain lacks for a full paper. `kept_out`: questions that cannot stand in it with the others."""

    name: str
    have: int
    need: int
    kept_out: int = 0


class ExamOffer(msgspec.Struct, frozen=True):
    """The exam the open banks can give now.

    `items` and `minutes` of the largest honest form, `full` when it is a whole one; `lacks` what is missing
    for that. `sealed` of the `papers` the banks keep back are left: no exam of theirs was sat or is open.
    `lengthened`: the minutes with the extra time. `even`: its domains have the shares of a whole exam.
    """

    items: int
    minutes: int
    lengthened: int
    full: bool
    lacks: tuple[Lack, ...]
    sealed: int
    papers: int = 0
    even: bool = True


class PlanRow(msgspec.Struct, frozen=True, kw_only=True):
    """One day until the exam: study date, days from today, counts, and whole minutes.

    `repeat` are kept up, `last` shown for the last time, `new` facts begun, `questions` unseen ones. `mock`
    is the number of the day's mock exam, those sat counted, else 0; its minutes come on top.
    """

    day: str
    in_days: int
    repeat: int
    last: int
    new: int
    questions: int
    minutes: int
    mock: int


class Around(msgspec.Struct, frozen=True):
    """What Home shows beside what is next, and takes longer to find.

    Attributes:
        offer: the mock exam the banks can give, None when they cannot.
        sorts: whether there is a sorter.
        missed: how many questions the missed list holds.
        shares: whether a folder is synced.
        days: the days until the exam, today first; empty without one ahead.
        ready: what can be said of being ready, None when nothing can.
    """

    offer: ExamOffer | None = None
    sorts: bool = False
    missed: int = 0
    shares: bool = False
    days: tuple[PlanRow, ...] = ()
    ready: ReadinessView | None = None
