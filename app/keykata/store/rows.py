"""What the store gives back: frozen rows."""

from __future__ import annotations

import msgspec


class AttemptRow(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt. `snapshot` is the hash of its paper; times in ms UTC; `objective` counts answers that are
    right or wrong (not rated facts), `correct` the right ones among them."""

    id: str
    mode: str
    title: str
    seed: int
    feedback: str
    snapshot: str
    items: int
    day: str
    started_at: int
    finished_at: int | None
    answered: int
    objective: int
    correct: int


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an item from its questions' answers.

    `first_correct` is that of the first answer ever given; None before it, and for good if it was undone.
    `missed`: was wrong, and not right on two different days since. `wording` is that of the last answer,
    `last_attempt` the attempt it was given in. `kept`: kept for good by the learner.
    """

    item: str
    tries: int = 0
    right: int = 0
    first_correct: bool | None = None
    missed: bool = False
    last_at: int = 0
    last_attempt: str = ""
    wording: str = ""
    kept: bool = False


class FirstAnswer(msgspec.Struct, frozen=True):
    """The first answer ever given to a question: its item, the study date, right, said to be a guess."""

    item: str
    day: str
    right: bool
    guess: bool


class NewRow(msgspec.Struct, frozen=True):
    """A card that entered the queue and was never answered."""

    card: str
    item: str
    kind: str


class Counts(msgspec.Struct, frozen=True):
    """Cards in the queue by phase (`learning` with relearning), and how many are due now."""

    new: int
    learning: int
    review: int
    due: int

    @property
    def total(self) -> int:
        """Every card that entered the queue."""
        return self.new + self.learning + self.review


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What one batch brought: how many entries and answers were new, how many known, and from which devices.

    `ids` are the new entries, `ours` how many of them carry this home's own device id though this home did
    not know them; `held` the beginnings of attempts whose paper is nowhere: they were not taken.
    """

    ids: tuple[str, ...] = ()
    answers: int = 0
    known: int = 0
    known_answers: int = 0
    devices: frozenset[str] = frozenset()
    ours: int = 0
    held: tuple[str, ...] = ()


class FileMark(msgspec.Struct, frozen=True, kw_only=True):
    """How far a file of a synced folder is known: see the table `folder_file`. Sizes in bytes."""

    name: str
    size: int = 0
    changed: int = 0
    whole: int = 0
    lines: int = 0
    ending: str = ""
    sent: int = 0
