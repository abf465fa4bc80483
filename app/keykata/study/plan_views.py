"""What the plan and the pack give to show: frozen, complete, without rules left to apply."""

from __future__ import annotations

import msgspec

from keykata.study.home_views import PlanRow, TodayPlan
from keykata.study.views import MixUp


class NextCard(msgspec.Struct, frozen=True, kw_only=True):
    """A due card in the order of the queue.

    `at_stake` is its share of the exam (percent) x the chance that it is forgotten on exam day, `recall` the
    probability that it is remembered then; both null without an exam ahead.
    """

    card: str
    item: str
    kind: str
    at_stake: float | None
    recall: float | None


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """What finds no room before the exam.

    `cards` get no last showing though they fall below the desired retention; `minutes` a day would give every
    one of them its showing. `waiting` facts were taken on and are not begun; `questions` stay unseen; of
    `terms` no fact is begun.
    """

    cards: tuple[str, ...] = ()
    minutes: int = 0
    waiting: int = 0
    questions: int = 0
    terms: int = 0


class PlanPage(msgspec.Struct, frozen=True, kw_only=True):
    """The plan to exam day.

    `days` are empty without an exam ahead. `in_days` is negative when it is past. `window_from` is the study
    date the last showings begin, "" for none. `safe` cards stay above `retention` without another look.
    `begun`: something was answered today, so that today's row is what is left of the day's time.
    `mocks_apart`: the days between two mock exams where that leaves some of them out, else 0.
    """

    exam_date: str | None
    exam_code: str
    in_days: int | None
    minutes: int
    retention: float
    today: TodayPlan
    begun: bool = False
    days: tuple[PlanRow, ...] = ()
    window_from: str = ""
    mock_minutes: int = 0
    mocks_apart: int = 0
    safe: int = 0
    left_out: LeftOut = LeftOut()


class PackFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of the pack: where it belongs, what is asked, the answer, and the chance (0..1) to recall it.

    `recall` is None for a fact that was never shown.
    """

    card: str
    heading: str
    prompt: str
    answer: str
    recall: float | None


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """The page for the night before: the facts most likely to be forgotten, mix-ups, habits.

    `at` is the study date it is reckoned for. Texts are plain, a line break between paragraphs.
    """

    exam_code: str
    at: str
    exam_date: str | None
    facts: tuple[PackFact, ...]
    mixups: tuple[MixUp, ...]
    habits: tuple[str, ...]
