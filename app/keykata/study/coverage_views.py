"""What `keykata coverage` tells: its JSON has these field names."""

from __future__ import annotations

import msgspec

from keykata.practice.item_figures import Trouble
from keykata.practice.supply import DomainCover

MULTIPLE_LOW, MULTIPLE_HIGH = 0.10, 0.20  # the share of multiple response a bank should have


class FirstShown(msgspec.Struct, frozen=True):
    """Questions met for the first time, and how many of them were right then."""

    tried: int
    right: int


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Questions that share something: a level, a term, a domain, a task statement."""

    name: str
    title: str
    questions: int
    first: FirstShown


class ExamCover(msgspec.Struct, frozen=True, kw_only=True):
    """The questions against the blueprint of an exam.

    `items` of a full form; `held` is false when no bank counted here is held to the blueprint, so that they
    are counted as if they were. `elsewhere` have no task statement of the exam, `disputed` are in no exam.
    """

    exam: str
    code: str
    items: int
    held: bool
    banks: tuple[str, ...]
    domains: tuple[DomainCover, ...]
    elsewhere: int
    disputed: int

    @property
    def missing(self) -> int:
        """How many questions one full form lacks."""
        return sum(domain.missing for domain in self.domains)


class Multiple(msgspec.Struct, frozen=True, kw_only=True):
    """Multiple response questions; `share` of all is None without questions, `low` to `high` is wanted."""

    questions: int
    share: float | None
    low: float = MULTIPLE_LOW
    high: float = MULTIPLE_HIGH


class Troubled(msgspec.Struct, frozen=True, kw_only=True):
    """A question whose answers show trouble, with the counts that show it.

    `options` are the letters, in the order of the file, of the distractors nobody chose. `fit` is the
    correlation with the learner's other answers of the same attempts, over `fit_answers` answers.
    """

    item: str
    trouble: Trouble
    file: str
    line: int
    tries: int
    correct: int
    firm: int
    firm_correct: int
    chance: float
    options: tuple[str, ...]
    fit: float | None
    fit_answers: int


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `keykata coverage` tells. `untested` are terms no question is about, by full id and name."""

    banks: tuple[str, ...]
    kinds: dict[str, int]
    multiple: Multiple
    exam: ExamCover | None
    by_domain: tuple[Group, ...]
    by_task: tuple[Group, ...]
    by_level: tuple[Group, ...]
    by_topic: tuple[Group, ...]
    untested: tuple[Group, ...]
    answers: int
    answered: int
    trouble: tuple[Troubled, ...]
