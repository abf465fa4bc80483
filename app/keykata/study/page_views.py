"""What the pages of the library and the search are given to show: frozen, without rules left to apply."""

from __future__ import annotations

import msgspec

from keykata.bank.model import Comparison, Guide, Question, Term


class Fact(msgspec.Struct, frozen=True):
    """A part of a page with its state: `known` None when it has no card, `cards` its card ids."""

    id: str
    known: bool | None
    taken_on: bool


class Link(msgspec.Struct, frozen=True):
    """A way to another page: full item id, kind (term, comparison, guide), name."""

    id: str
    kind: str
    name: str


class TermPage(msgspec.Struct, frozen=True):
    """A term with the learner's state. `facts` from part id (concepts, FAQs) to state.

    `slipped`: how often its hardest card was forgotten, once that makes it a leech; else 0.
    """

    id: str
    term: Term
    facts: dict[str, Fact]
    known: int
    total: int
    to_take_on: int
    questions: int
    related: tuple[Link, ...]
    confused: tuple[Link, ...]
    comparisons: tuple[Link, ...]
    guides: tuple[Link, ...]
    notes: tuple[str, ...] = ()
    kept: bool = False
    slipped: int = 0


class ComparisonPage(msgspec.Struct, frozen=True):
    """A comparison with the learner's state. `names` from subject id to the term's name."""

    id: str
    comparison: Comparison
    names: dict[str, str]
    links: dict[str, str]
    known: int
    total: int
    to_take_on: int
    scenarios: int


class QuestionPage(msgspec.Struct, frozen=True):
    """A question looked at in the library (never asked from here): with its topics.

    `slipped`: how often it was forgotten in review, once that makes it a leech; else 0.
    """

    id: str
    question: Question
    topics: tuple[Link, ...]
    tries: int
    right: int
    notes: tuple[str, ...] = ()
    kept: bool = False
    slipped: int = 0


class GuidePage(msgspec.Struct, frozen=True):
    """A guide and the terms it opens."""

    id: str
    guide: Guide
    terms: tuple[Link, ...]


class LibraryRow(msgspec.Struct, frozen=True):
    """A row of the library list: `state` is one line such as "4 of 11 facts known" or "new"."""

    id: str
    kind: str
    title: str
    state: str
    detail: str = ""


class Hit(msgspec.Struct, frozen=True):
    """A search result; `part` is the part's id or ""."""

    id: str
    kind: str
    title: str
    snippet: str
    part: str = ""
