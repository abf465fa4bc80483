"""What travels between formats: questions, terms and reviews as another program may know them, and findings.

A reader turns bytes into a `Harvest`; a writer turns items of a bank into an `Export`. Neither raises for bad
input: what cannot be carried becomes a finding with its line, and the rest goes on. Texts are Markdown.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from keykata.bank.model import Question, Term

FindingSeverity = Literal["error", "warning", "note"]


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """The common shape."""


class Finding(Frozen, frozen=True, kw_only=True):
    """What could not be carried, or was changed on the way.

    `line` counts from 1 in the source (0: no line is known); `where` names the part instead or as well (a
    file of an archive, an item's id). `error`: the item was left out; `warning`: something of it was lost;
    `note`: it was carried in another form.
    """

    severity: FindingSeverity
    message: str
    hint: str = ""
    line: int = 0
    where: str = ""


class ForeignOption(Frozen, frozen=True, kw_only=True):
    """An option as read: its Markdown text, whether it is right, its reason."""

    text: str
    right: bool
    why: str = ""


class ForeignQuestion(Frozen, frozen=True, kw_only=True):
    """A question as read.

    `key` is its own identity in the source ("" if the format has none); `line` where it starts, `file` in
    which file of a folder ("" for the only one).
    `text` is stem and asking sentence together: who writes the item splits them.
    """

    text: str
    options: tuple[ForeignOption, ...]
    key: str = ""
    explanation: str = ""
    task: str = ""
    level: str = ""
    tags: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    fixed: bool = False
    line: int = 0
    file: str = ""


class ForeignTerm(Frozen, frozen=True, kw_only=True):
    """A card of two sides, or a cloze text in `front` with an empty `back`."""

    front: str
    back: str = ""
    key: str = ""
    tags: tuple[str, ...] = ()
    line: int = 0
    file: str = ""


class ForeignReview(Frozen, frozen=True, kw_only=True):
    """One review another program logged: of which item, when (ms UTC), 1 to 4, and seconds it took.

    `card` is which of the cards of its item, from 0.
    """

    key: str
    at: int
    rating: int
    seconds: float = 0.0
    card: int = 0


class Harvest(Frozen, frozen=True, kw_only=True):
    """All that a reader found, in the order of the source."""

    questions: tuple[ForeignQuestion, ...] = ()
    terms: tuple[ForeignTerm, ...] = ()
    reviews: tuple[ForeignReview, ...] = ()
    findings: tuple[Finding, ...] = ()


class Shipment(Frozen, frozen=True, kw_only=True):
    """What a writer is given: the items of a bank, with their full ids as identities.

    `terms` and `questions` map full item ids (`bank:item`) to items; `name` is what the file calls itself.
    `stamp` is the time of writing in seconds UTC, for formats that keep one.
    """

    name: str
    questions: dict[str, Question] = {}
    terms: dict[str, Term] = {}
    stamp: int = 0


class Export(Frozen, frozen=True, kw_only=True):
    """A file's bytes, and what it could not carry."""

    data: bytes
    findings: tuple[Finding, ...] = ()


def place_of(item: ForeignQuestion | ForeignTerm, name: str) -> str:
    """What a finding calls an item: its local id, after the file it came from."""
    return f"{item.file}: {name}" if item.file else name
