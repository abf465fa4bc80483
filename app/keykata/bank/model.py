"""The content model: one frozen struct a kind, exactly what the format of a bank can say.

Ids inside an item (concepts, FAQs, aspects, scenarios) are local; `item_id(bank, item.id)` is the full one.
References (`tests`, `related`, `twin`, ...) are kept as written and resolved by the library: first in the
item's own bank, then in the others in loading order; `bank:item` is exact.
Every text is safe to show: control characters were made visible when it was read.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["recall", "apply", "analyse"]
GuideKind = Literal["study-guide", "deep-dive", "cheat-sheet"]
ItemKind = Literal["term", "comparison", "question", "guide"]
Severity = Literal["error", "warning", "note"]


class Struct(msgspec.Struct, frozen=True, omit_defaults=True):
    """The common shape: frozen, defaults left out when written."""


class Place(Struct, frozen=True, kw_only=True, gc=False):
    """Where a value stands. `file` as it was opened; line and column from 1, in characters."""

    file: str
    line: int = 1
    column: int = 1


class Fix(Struct, frozen=True):
    """A safe change of one line: `old` stands at `line` and `column` (from 1, in characters), `new` is to."""

    line: int
    column: int
    old: str
    new: str


class Problem(Struct, frozen=True, kw_only=True):
    """One finding of a check.

    `code` is stable (`item-rules`), `hint` says what to do, `excerpt` is the text of the line, for the caret.
    `item` is the local id of the item it spoils or concerns, "" for a whole file. `fix` mends it where a
    program can without a choice.
    """

    place: Place
    code: str
    severity: Severity
    message: str
    hint: str = ""
    excerpt: str = ""
    item: str = ""
    fix: Fix | None = None


# --- exam ------------------------------------------------------------------------------------------------


class Domain(Struct, frozen=True, kw_only=True):
    """A domain of a blueprint: `weight` in percent of the scored items, `tasks` from number to name."""

    id: str
    name: str
    short: str
    weight: int
    tasks: dict[str, str]


class Exam(Struct, frozen=True, kw_only=True):
    """The blueprint of an exam code: counts of items, minutes, the scale and its cut score."""

    id: str
    code: str
    name: str
    scored: int
    unscored: int
    minutes: int
    extra_minutes: int = 0
    pass_score: int = 720
    scale_from: int = 100
    scale_to: int = 1000
    domains: tuple[Domain, ...]
    refs: tuple[str, ...] = ()
    checked: str = ""

    def domain_of(self, task: str) -> Domain | None:
        """The domain that holds a task statement."""
        return next((domain for domain in self.domains if task in domain.tasks), None)


# --- items -----------------------------------------------------------------------------------------------


class Dispute(Struct, frozen=True, kw_only=True):
    """An argument about the right answer, shown after answering."""

    since: str
    claim: str
    links: tuple[str, ...] = ()


class Concept(Struct, frozen=True, kw_only=True):
    """A key concept of a term; `text` holds its clozes as written (`==hidden|hint==`)."""

    id: str
    text: str
    why: str = ""
    loose: str = ""
    refs: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    line: int = 0


class OnExam(Struct, frozen=True, kw_only=True):
    """One way a term shows on the exam."""

    id: str
    text: str


class Faq(Struct, frozen=True, kw_only=True):
    """A question people ask, and its answer; `loose` is what study pages often say."""

    id: str
    q: str
    a: str
    loose: str = ""
    refs: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    line: int = 0


class Term(Struct, tag="term", frozen=True, kw_only=True):
    """A glossary entry with its key concepts, exam appearance and FAQs."""

    id: str
    name: str
    short: str
    definition: str
    sensei: str = ""
    also: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    confused_with: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    on_exam: tuple[OnExam, ...] = ()
    faqs: tuple[Faq, ...] = ()
    related: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    checked: str = ""
    was: tuple[str, ...] = ()
    allow: dict[str, str] = {}
    place: Place


class Option(Struct, frozen=True, kw_only=True, gc=False):
    """One option of a question with its rationale (`why`)."""

    text: str
    right: bool
    why: str = ""


class Question(Struct, tag="question", frozen=True, kw_only=True, gc=False):
    """A scenario question. Multiple response when more than one option is right."""

    id: str
    stem: str
    ask: str
    options: tuple[Option, ...]
    explanation: str = ""
    task: str = ""
    level: Level = "apply"
    topics: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    checked: str = ""
    fixed: bool = False
    twin: str = ""
    alt: tuple[str, ...] = ()
    disputed: Dispute | None = None
    was: tuple[str, ...] = ()
    allow: dict[str, str] = {}
    wording: str = ""
    place: Place

    @property
    def selects(self) -> int:
        """How many options are right."""
        return sum(option.right for option in self.options)


class Subject(Struct, frozen=True, kw_only=True):
    """A column of a comparison; `term` is the term it stands for, `phrase` how it reads in a sentence.

    `name` is what the column is called where the term's own name would not tell it apart; else "".
    """

    id: str
    term: str
    phrase: str
    name: str = ""


class Decision(Struct, frozen=True, kw_only=True):
    """A line of the deciding tree; `condition` is "" on the last one (`else`)."""

    condition: str
    subject: str


class Aspect(Struct, frozen=True, kw_only=True):
    """A row of a comparison; `cells` from subject id to text."""

    id: str
    label: str
    ask: str
    cells: dict[str, str]
    why: str = ""
    refs: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    line: int = 0


class Scenario(Struct, frozen=True, kw_only=True):
    """A sorter scenario: which subject `fits`, `because`, and why `others` do not."""

    id: str
    say: str
    fits: str
    because: str
    others: dict[str, str] = {}
    refs: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    line: int = 0


class Sorter(Struct, frozen=True, kw_only=True):
    """The drill of a comparison."""

    title: str
    rule: str = ""
    scenarios: tuple[Scenario, ...] = ()


class Comparison(Struct, tag="comparison", frozen=True, kw_only=True):
    """Subjects by aspects, the questions that decide, and the sorter."""

    id: str
    title: str
    subjects: tuple[Subject, ...]
    decide: tuple[Decision, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    sorter: Sorter | None = None
    refs: tuple[str, ...] = ()
    checked: str = ""
    was: tuple[str, ...] = ()
    allow: dict[str, str] = {}
    place: Place

    def subject(self, subject_id: str) -> Subject:
        """The subject of an id that the reader has checked."""
        return next(subject for subject in self.subjects if subject.id == subject_id)


class Guide(Struct, tag="guide", frozen=True, kw_only=True):
    """A page to read; `body` is Markdown. Reading time is words / 200 minutes."""

    id: str
    title: str
    kind: GuideKind
    body: str
    terms: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    checked: str = ""
    allow: dict[str, str] = {}
    place: Place

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return max(1, round(len(self.body.split()) / 200))


Item = Term | Comparison | Question | Guide


# --- a bank ----------------------------------------------------------------------------------------------


class BankHeader(Struct, frozen=True, kw_only=True):
    """What `bank.yaml` says. `folder` is the bank's folder as it was opened."""

    id: str
    name: str
    exam: str = ""
    blueprint: bool = True
    sources: dict[str, str] = {}
    opening: tuple[str, ...] = ()
    sealed: tuple[tuple[str, ...], ...] = ()
    folder: str = ""
