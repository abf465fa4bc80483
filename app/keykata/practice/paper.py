"""A paper: everything an attempt will show, kept whole so that it opens years later as it was.

A paper is made once, when the attempt starts, and stored by content (its canonical JSON is hashed).
Marking, resuming and reports read the paper, never the bank. Texts are safe to show and folded.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Mode = Literal["today", "review", "quiz", "exam", "drill"]
Feedback = Literal["each", "end"]
RecallKind = Literal["term", "concept", "faq", "loose", "cell"]
Confidence = Literal["sure", "guess"]
Cause = Literal["unknown", "misread", "between", "slip"]

LETTERS = "ABCDEF"


class Struct(msgspec.Struct, frozen=True, omit_defaults=True):
    """The common shape: frozen, defaults left out when written."""


class ShownOption(Struct, frozen=True, kw_only=True):
    """An option in its shown place; `names` are the terms (full ids) it names and not every option does."""

    text: str
    right: bool = False
    why: str = ""
    names: tuple[str, ...] = ()


class Topic(Struct, frozen=True, kw_only=True):
    """A term an item is about: full id and name."""

    id: str
    name: str


class Argument(Struct, frozen=True, kw_only=True):
    """A dispute about the right answer, shown after answering."""

    since: str
    claim: str
    links: tuple[str, ...] = ()


class QuestionSlot(Struct, tag="question", frozen=True, kw_only=True):
    """A scenario question. `tests` are the cards that come back after a miss; `scored` whether it counts."""

    card: str
    item: str
    title: str
    stem: str
    ask: str
    options: tuple[ShownOption, ...]
    explanation: str = ""
    task: str = ""
    domain: str = ""
    level: str = ""
    topics: tuple[Topic, ...] = ()
    tests: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    alt: tuple[str, ...] = ()
    checked: str = ""
    wording: str = ""
    scored: bool = True
    disputed: Argument | None = None

    @property
    def kind(self) -> str:
        """The kind of its card."""
        return "question"

    @property
    def right(self) -> tuple[int, ...]:
        """The shown places (from 0) of the right options."""
        return tuple(place for place, option in enumerate(self.options) if option.right)

    @property
    def texts(self) -> tuple[str, ...]:
        """The option texts as shown."""
        return tuple(option.text for option in self.options)


class Gap(Struct, frozen=True, kw_only=True):
    """A stretch of a recall prompt: plain, or hidden until it is turned; `hint` may stand in the gap."""

    text: str
    hidden: bool = False
    hint: str = ""


class RecallSlot(Struct, tag="recall", frozen=True, kw_only=True):
    """A fact to recall, rated by the learner.

    A concept has `gaps` and no `answer`; every other kind has a `prompt` and an `answer`.
    `title` is the term or comparison, `label` the part ("Deletion", "They say").
    """

    card: str
    item: str
    recall: RecallKind
    title: str
    label: str = ""
    prompt: str = ""
    answer: str = ""
    gaps: tuple[Gap, ...] = ()
    why: str = ""
    refs: tuple[str, ...] = ()
    task: str = ""

    @property
    def kind(self) -> str:
        """The kind of its card."""
        return self.recall

    @property
    def right(self) -> tuple[int, ...]:
        """Nothing is chosen."""
        return ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Nothing is offered."""
        return ()


class SortChoice(Struct, frozen=True, kw_only=True):
    """One place of the sorter: the subject, its name, why it fits or does not, and its term (full id)."""

    id: str
    name: str
    why: str = ""
    names: tuple[str, ...] = ()


class SortSlot(Struct, tag="sort", frozen=True, kw_only=True):
    """A sorter scenario: which of the subjects fits; the places never change."""

    card: str
    item: str
    title: str
    say: str
    choices: tuple[SortChoice, ...]
    fits: int
    because: str
    rule: str = ""
    refs: tuple[str, ...] = ()
    task: str = ""

    @property
    def kind(self) -> str:
        """The kind of its card."""
        return "sort"

    @property
    def right(self) -> tuple[int, ...]:
        """The place of the subject that fits."""
        return (self.fits,)

    @property
    def texts(self) -> tuple[str, ...]:
        """The subjects as shown."""
        return tuple(choice.name for choice in self.choices)


Slot = QuestionSlot | RecallSlot | SortSlot


class PaperDomain(Struct, frozen=True, kw_only=True):
    """A domain of the exam the paper was made for: its number, short name and weight in percent."""

    id: str
    name: str
    weight: int


class Paper(Struct, frozen=True, kw_only=True):
    """What an attempt shows: its slots in order and the rules it is marked by.

    `seed` is the one it was drawn with. `full` is false for anything but a whole exam form.
    `deciding` is the question that settles a mix-up, to show after each answer of its drill.
    `lost` is a stand-in for one that can no longer be read; it is never kept.
    `minutes` is the limit, `seconds_each` that of each item, 0 for none; `strict` lets the clock run on while
    the program is away.
    """

    version: int = 1
    mode: Mode
    title: str
    feedback: Feedback = "each"
    seed: int = 0
    full: bool = False
    deciding: str = ""
    lost: bool = False
    minutes: int = 0
    seconds_each: int = 0
    strict: bool = False
    slots: tuple[Slot, ...]
    domains: tuple[PaperDomain, ...] = ()
    pass_score: int = 720
    scale_from: int = 100
    scale_to: int = 1000


def encode_paper(paper: Paper) -> bytes:
    """The paper as JSON with sorted keys: the bytes its snapshot is addressed by."""
    return msgspec.json.encode(paper, order="sorted")


def decode_paper(data: bytes) -> Paper:
    """The paper of a snapshot.

    Raises:
        msgspec.MsgspecError: the bytes are not a paper.
    """
    return msgspec.json.decode(data, type=Paper)
