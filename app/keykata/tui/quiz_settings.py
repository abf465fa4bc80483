"""How the learner practises: the settings that stand first next time."""

from __future__ import annotations

from dataclasses import dataclass, field

from keykata.practice.form import Filter


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """What was practised last: which questions, how many, answers at the end or not, the limit (0: none)."""

    wanted: Filter = field(default_factory=Filter)
    count: int = 10
    at_end: bool = False
    minutes: int = 0
    seconds_each: int = 0
