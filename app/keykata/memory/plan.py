"""The plan to exam day: what each day until then should hold, worked out backwards from the exam.

It is a function of the cards, the day and the settings, so that a missed day plans itself again. A cap on
intervals alone would pile everything up on the last day; instead each card that would fall below the desired
retention by exam day gets one last showing in a final window, which is as long as a day's capacity asks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from keykata.core.days import add_days, days_between
from keykata.memory.engine import Engine
from keykata.memory.mocks import REST_AFTER_MOCK, mock_days, mock_gap
from keykata.memory.model import CardRow
from keykata.memory.queue import quotas
from keykata.memory.upkeep import Fact, Pace, Upkeep, keep_up
from keykata.memory.window import Placed, Shaky, lay_window, size_window

PRESSING = float("inf")  # at stake for its time: more than whatever can wait
MOST_SPARE = 500  # cards left out that come after all: more than anybody answers in a day


class Worth(NamedTuple):
    """What showing a card takes, and what it stands for: seconds by kind, share of the exam (%) by item."""

    seconds: Mapping[str, int]
    weights: Mapping[str, float]


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """What the learner has to give, and what there is.

    Attributes:
        today, exam_day: study dates.
        capacity: seconds a day. spent: seconds of today that are spent.
        desired: retention wanted on exam day, a proportion.
        new_per_day: new facts a day at most. new_today: those of today so far.
        new_seconds: what a new fact takes. look_seconds: what showing it again takes.
        questions: unseen ones. question_seconds: what one takes.
        card_share: of a day for cards, while cards do not need all of it. new_share: for new facts.
        mocks: mock exams the banks can still give. last_mock: study date of the latest sat, "" for none.
        sat: how many were sat. mock_seconds: that showing the questions of one once more takes.
    """

    today: str
    exam_day: str
    capacity: int
    spent: int = 0
    desired: float = 0.9
    new_per_day: int = 20
    new_today: int = 0
    new_seconds: int = 25
    look_seconds: int = 15
    questions: int = 0
    question_seconds: int = 75
    card_share: float = 0.75
    new_share: float = 0.25
    mocks: int = 0
    last_mock: str = ""
    sat: int = 0
    mock_seconds: int = 0

    def mock_days(self) -> dict[int, int]:
        """Days from today of the mock exams, with their numbers."""
        return self._mocks(mock_gap(self.mock_seconds, self.capacity))

    def mocks_apart(self) -> int:
        """The days between two mock exams that leave some out, 0 where none is left out for that."""
        gap = mock_gap(self.mock_seconds, self.capacity)
        return gap if len(self._mocks(gap)) < len(self._mocks(REST_AFTER_MOCK)) else 0

    def _mocks(self, gap: int) -> dict[int, int]:
        rested = days_between(self.last_mock, self.today) if self.last_mock else None
        count = max(0, days_between(self.today, self.exam_day))
        return mock_days(count, papers=self.mocks, sat=self.sat, rested=rested, gap=gap)


class PlanDay(msgspec.Struct, frozen=True, kw_only=True):
    """One day: counts, and the seconds they take together.

    `reviews` are kept up as they fall due, `last` shown for the last time, `new` facts begun,
    `questions` unseen ones asked. `mock` is the number of the day's mock exam, counted from the first one
    sat, else 0: its time comes on top, and nothing stands beside it.
    """

    day: str
    reviews: int = 0
    last: int = 0
    new: int = 0
    questions: int = 0
    seconds: int = 0
    mock: int = 0


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Every day from today to the one before the exam.

    Attributes:
        window_from: study date the final window begins, "" while nothing needs a last showing.
        last: the study date of the last showing, by card.
        left_out: cards that need a last showing and get none, the most at stake for its time first.
        safe: how many cards stay above the desired retention as they are.
        begun: the waiting facts that are begun, in order. questions_left: unseen questions without room.
        share: of a day's seconds that cards may take.
        mocks_apart: days between two mock exams where that leaves some of them out, else 0.
    """

    today: str
    exam_day: str
    days: tuple[PlanDay, ...]
    window_from: str
    last: dict[str, str]
    left_out: tuple[str, ...]
    safe: int
    begun: tuple[str, ...]
    questions_left: int
    share: float
    mocks_apart: int

    @property
    def in_window(self) -> bool:
        """Whether the final window has begun."""
        return bool(self.window_from) and self.window_from <= self.today

    def looks(self, done: Collection[str] = ()) -> tuple[str, ...]:
        """The last showings to give now: today's; without any, as on the day of a mock exam or once they are
        done, those of the next day and the first left out: time that is there after all begins nothing new.

        Args:
            done: cards that were answered today.
        """
        coming = min((day for card, day in self.last.items() if card not in done), default="")
        found = [card for card, day in self.last.items() if day == coming and card not in done]
        spare = () if coming == self.today else self.left_out[: MOST_SPARE + len(done)]
        return (*found, *(card for card in spare if card not in done))


def make_plan(
    rows: Sequence[CardRow], waiting: Sequence[Fact], worth: Worth, means: Means, engine: Engine
) -> Plan:
    """The plan from today to the exam; no days when it is today or past.

    Args:
        rows: every card that was ever answered; of equal stakes the first comes first.
        waiting: new facts, in the order they would be begun.
    """
    count = max(0, days_between(means.today, means.exam_day))
    mocks = means.mock_days()
    stakes = _stakes(rows, worth, means, engine)
    kinds = Counter(rows[place][2] for _, place in stakes)
    need = sum(worth.seconds[kind] * count for kind, count in kinds.items())
    rooms, share = _rooms(need, means, count, mocks)
    kept, crowded_out = _fitting(stakes, rows, worth, need, sum(rooms))
    shaky = [_shaky(rows[place], stake, worth, means.today) for stake, place in kept]
    rate = min(means.new_per_day, int(means.capacity * means.new_share) // means.new_seconds)
    window = size_window(rooms, shaky, wanted=len(waiting), rate=rate, look=means.look_seconds)
    early = keep_up(
        shaky,
        rooms[: window.start],
        _pace(means, mocks, window.start, waiting),
        begin=waiting[: window.begin],
        desired=means.desired,
        engine=engine,
    )
    begun = [_begun(fact, means) for fact in early.begun]
    placed = lay_window(rooms, window.start, [*shaky, *begun])
    days = _days(means, count, mocks, early, placed)
    return Plan(
        today=means.today,
        exam_day=means.exam_day,
        days=days,
        window_from=add_days(means.today, window.start) if days and (stakes or begun) else "",
        last={card: add_days(means.today, at) for card, at in placed.at.items()},
        left_out=(*(card.card for card in placed.left_out), *crowded_out),
        safe=len(rows) - len(stakes),
        begun=tuple(fact.card for fact in early.begun),
        questions_left=max(0, means.questions - sum(day.questions for day in days)),
        share=share,
        mocks_apart=means.mocks_apart(),
    )


def _stakes(rows: Sequence[CardRow], worth: Worth, means: Means, engine: Engine) -> list[tuple[float, int]]:
    """What is at stake on exam day, and the place, of each row that falls below the desired retention."""
    exam = _ordinal(means.exam_day)
    ages = {day: max(0, exam - _ordinal(day)) for day in {row[5] for row in rows}}
    limit = engine.horizon(means.desired)
    factor, decay = engine.curve
    weights = worth.weights
    return [
        (weights[row[1]] * (1.0 - (1.0 + factor * ages[row[5]] / row[3]) ** -decay), place)
        for place, row in enumerate(rows)
        if ages[row[5]] > row[3] * limit
    ]


def _fitting(
    stakes: list[tuple[float, int]], rows: Sequence[CardRow], worth: Worth, need: int, room: int
) -> tuple[list[tuple[float, int]], tuple[str, ...]]:
    """All where there is room for all, else what presses and the most at stake for its time; the rest."""
    if need <= room:
        return stakes, ()
    kept: list[tuple[float, int]] = []
    out: list[str] = []
    seconds = worth.seconds
    least = min(seconds.values())
    at_stake = [rows[place] for _, place in stakes]
    rates = [
        PRESSING if due == last else stake / seconds[kind]
        for (stake, _), (_, _, kind, _, _, last, due) in zip(stakes, at_stake, strict=True)
    ]
    rated = sorted(range(len(stakes)), key=rates.__getitem__, reverse=True)
    for at, one in enumerate(rated):
        row = at_stake[one]
        if room < least:  # nothing fits any more
            out += [at_stake[other][0] for other in rated[at:]]
            break
        if seconds[row[2]] <= room:
            kept.append(stakes[one])
            room -= seconds[row[2]]
        else:
            out.append(row[0])
    return kept, tuple(out)


def _shaky(row: CardRow, stake: float, worth: Worth, today: str) -> Shaky:
    card, item, kind, stability, difficulty, last, due = row
    before, ahead = days_between(today, last), max(0, days_between(today, due))
    presses = last == due  # a step within the day is left of it
    return Shaky(card, item, worth.seconds[kind], stake, stability, difficulty, before, ahead, presses)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _rooms(need: int, means: Means, count: int, mocks: dict[int, int]) -> tuple[list[int], float]:
    """Seconds for cards of each day; all of it when what they need does not fit into their share."""
    rooms: list[int] = []
    for share in (means.card_share, 1.0):
        most = int(means.capacity * share)
        rooms = [0 if day in mocks else most for day in range(count)]
        if rooms:
            rooms[0] = min(rooms[0], max(0, means.capacity - means.spent))
        if need <= sum(rooms):
            return rooms, share
    return rooms, 1.0


def _pace(means: Means, mocks: dict[int, int], days: int, waiting: Sequence[Fact]) -> Pace:
    """What the days before the window have for new facts."""
    limits = [0 if day in mocks else means.new_per_day for day in range(days)]
    caps = [means.capacity] * days
    if days:
        limits[0] = max(0, limits[0] - means.new_today)
        caps[0] = max(0, means.capacity - means.spent)
    rooms = [int(means.capacity * means.new_share)] * days
    quota = quotas((fact.item for fact in waiting), days_between(means.today, means.exam_day))
    return Pace(limits, rooms, caps, means.new_seconds, means.look_seconds, quota)


def _begun(fact: Fact, means: Means) -> Shaky:
    return Shaky(fact.card, fact.item, means.look_seconds, fact.stake, 0.0, 0.0, 0, 0)


def _days(
    means: Means, count: int, mocks: dict[int, int], early: Upkeep, placed: Placed
) -> tuple[PlanDay, ...]:
    """The rows; what time is left of a day goes to unseen questions."""
    days = []
    unseen = means.questions
    for at in range(count):
        kept = at < len(early.reviews)
        seconds = early.seconds[at] if kept else placed.seconds.get(at, 0)
        room = 0 if at in mocks else means.capacity - seconds - (0 if at else means.spent)
        questions = max(0, min(unseen, room // means.question_seconds))
        unseen -= questions
        days.append(
            PlanDay(
                day=add_days(means.today, at),
                reviews=early.reviews[at] if kept else 0,
                last=placed.counts.get(at, 0),
                new=early.new[at] if kept else 0,
                questions=questions,
                seconds=seconds + questions * means.question_seconds,
                mock=mocks.get(at, 0),
            )
        )
    return tuple(days)
