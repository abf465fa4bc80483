"""The fields of every kind of item: what the reader accepts and what the JSON Schemas say."""

from __future__ import annotations

from typing import Literal

from keykata.bank.fields import Address, Choice, Flag, Line, Month, Name, Prose, Reference, Task
from keykata.bank.kinds_bank import BANK, CHECKED, EXAM, ID, REFS
from keykata.bank.records import RESERVED_COLUMNS, Field, Keyed, Record, Rows
from keykata.bank.shapes import ListOf, MapOf, Told

FileKind = Literal["bank", "exam", "term", "comparison", "questions", "guide"]

_OLD_ID = Told(Name(), "An id it had before.")
_WAS = Field("was", ListOf(_OLD_ID, lone=True), "The id it had before, or a list; its progress comes along.")
_WHY_RULE = MapOf(Told(Line(), "Why this check does not hold here."))
_ALLOW = Field("allow", _WHY_RULE, "Checks switched off for this item, each with the reason; never errors.")
_LOOSE = Field("loose", Prose(), "What study pages often say, beside the right form.")
_TERMS = ListOf(Told(Reference(), "The id of a term; `bank:id` for one of another bank."))
_CONCEPTS = ListOf(Told(Reference(), "`term/concept`: the ids of a term and of one of its key concepts."))
_RELATED = ListOf(Told(Reference(), "The id of an item; `bank:id` for one of another bank."))

CONCEPT = Record(
    "key concept",
    "One fact to remember; its clozes are ==hidden==, ==hidden|hint== or ==1|hidden|hint==.",
    (
        Field("text", Prose(), "The fact, with its clozes.", required=True),
        Field("why", Prose(), "What makes it so, or what it is mixed up with."),
        REFS,
        _LOOSE,
        _WAS,
    ),
    main="text",
)
ON_EXAM = Record(
    "exam sign",
    "How the term shows on the exam.",
    (Field("text", Prose(), "The sign.", required=True),),
    main="text",
)
FAQ = Record(
    "FAQ",
    "A question people ask, and its answer.",
    (
        Field("q", Prose(), "The question.", required=True),
        Field("a", Prose(), "The answer.", required=True),
        _LOOSE,
        REFS,
        _WAS,
    ),
)
TERM = Record(
    "term",
    "A term of the glossary: definition, key concepts, exam signs and FAQs.",
    (
        ID,
        Field("name", Line(), "The official name.", required=True),
        Field("also", ListOf(Told(Line(), "A name in use today.")), "Other names in use today."),
        Field("retired", ListOf(Told(Line(), "A name no longer in use.")), "Names no longer in use."),
        Field("confused_with", _TERMS, "Ids of the terms it is mixed up with."),
        Field("short", Prose(), "The definition in one sentence; asked backwards too.", required=True),
        Field("definition", Prose(), "The definition in a paragraph or two.", required=True),
        Field("sensei", Prose(), "How to recognise it and think about it."),
        Field("concepts", Keyed(CONCEPT), "Key concepts by id, the label on the page."),
        Field("on_exam", Keyed(ON_EXAM), "How it shows on the exam, by id."),
        Field("faqs", Keyed(FAQ), "Questions people ask, by id."),
        Field("related", _RELATED, "Ids of related items."),
        REFS,
        CHECKED,
        _WAS,
        _ALLOW,
    ),
)

OPTION = Record(
    "option",
    "An option: `right` or `wrong` holds its text, `why` its reason.",
    (
        Field("right", Prose(), "The text of a right option."),
        Field("wrong", Prose(), "The text of a distractor."),
        Field("why", Prose(), "Why it is right, or why it fails."),
    ),
    one_of=("right", "wrong"),
)
DISPUTED = Record(
    "dispute",
    "An argument about the right answer; the item leaves mocks and scores.",
    (
        Field("since", Month(), "The month (YYYY-MM) the argument began.", required=True),
        Field("claim", Prose(), "What is claimed.", required=True),
        Field("links", ListOf(Told(Address(), "The address of an argument.")), "Where it is argued."),
    ),
)
_SHARED = (
    Field("task", Task(), "The task statement of the exam, such as 1.3."),
    Field(
        "level",
        Choice(("recall", "apply", "analyse")),
        "What it asks of the learner: a fact, one rule in a case, or weighing several.",
        default="apply",
    ),
    Field("topics", _TERMS, "Ids of the terms it is about."),
    Field("tests", _CONCEPTS, "Concepts (`term/concept`) that come back after a miss."),
    REFS,
    CHECKED,
    Field("fixed", Flag(), "`true` keeps the order of the options (numbers, times).", default=False),
    _ALLOW,
)
QUESTION = Record(
    "question",
    "A question: several options under `right` make it multiple response.",
    (
        Field("stem", Prose(), "The scenario.", required=True),
        Field(
            "ask",
            Prose(),
            "The question itself, the last sentence; the program adds how many.",
            required=True,
        ),
        Field("options", Rows(OPTION, least=1), "Four options with one right, or five or six with several."),
        Field("explanation", Prose(), "The principle behind it, shown after answering."),
        *_SHARED,
        Field(
            "twin", Reference(), "A question of the same scenario with one axis changed; never in one paper."
        ),
        Field(
            "alt",
            ListOf(Told(Line(), "What one fenced block shows."), lone=True),
            "What fenced blocks show, for screen readers; a list, one a block.",
        ),
        Field("disputed", DISPUTED, "An argument about the right answer."),
        _WAS,
    ),
)
QUESTION_DEFAULTS = Record(
    "defaults", "What every question of the file has unless it says otherwise.", _SHARED
)
QUESTION_KEYS = Keyed(QUESTION)
QUESTIONS = Record(
    "file of questions",
    "Questions keyed by their ids, with defaults for all of them.",
    (
        Field("defaults", QUESTION_DEFAULTS, "What a question leaves out; lists replace, they do not join."),
        Field("questions", QUESTION_KEYS, "The questions by id.", required=True),
    ),
)

SUBJECT = Record(
    "subject",
    "A column: the term it stands for and how it reads in a sentence.",
    (
        Field("term", Reference(), "The id of the term.", required=True),
        Field(
            "as", Line(), "How it reads in a sentence: a customer managed key.", required=True, attr="phrase"
        ),
        Field("name", Line(), "The name of the column, where that of its term does not tell it apart."),
    ),
)
DECISION = Record(
    "deciding question",
    "A line of the tree: `if` and `then`, or `else` on the last.",
    (
        Field("if", Prose(), "The question that decides."),
        Field("then", Name(), "The subject if it is answered yes."),
        Field("else", Name(), "The subject when no question decided."),
    ),
    one_of=("if", "else"),
    together={"if": ("then",), "then": ("if",)},
)
ASPECT = Record(
    "aspect",
    "A row: a question about every subject, and a cell under each subject's id.",
    (
        Field("label", Line(), "The name of the row.", required=True),
        Field("ask", Prose(holds="{subject}"), "The question, with `{subject}` in it.", required=True),
        Field("why", Prose(), "What makes the cells differ."),
        REFS,
        _WAS,
    ),
    extra=Told(Prose(), "The cell: the answer for the subject of this id."),
)
SCENARIO = Record(
    "scenario",
    "A short case, the subject that fits, and why.",
    (
        Field("say", Prose(), "The case.", required=True),
        Field("fits", Name(), "The id of the subject that fits.", required=True),
        Field("because", Prose(), "Why it fits.", required=True),
        Field(
            "not",
            MapOf(Told(Prose(), "Why this subject does not fit.")),
            "Why another subject does not fit, by subject id.",
            attr="others",
        ),
        REFS,
        _WAS,
    ),
)
SORTER = Record(
    "sorter",
    "The drill: which subject fits?",
    (
        Field("title", Line(), "The name of the drill.", required=True),
        Field("rule", Line(), "The rule of thumb behind it."),
        Field("scenarios", Keyed(SCENARIO), "The cases by id.", required=True),
    ),
)
COMPARISON_DEFAULTS = Record("defaults", "What its parts have unless they say otherwise.", (REFS, CHECKED))
COMPARISON = Record(
    "comparison",
    "Subjects by aspects, the questions that decide, and the sorter.",
    (
        ID,
        Field("title", Line(), "The title.", required=True),
        Field("subjects", Keyed(SUBJECT, RESERVED_COLUMNS), "The columns by id.", required=True),
        Field("defaults", COMPARISON_DEFAULTS, "What its parts leave out; lists replace, they do not join."),
        Field("decide", Rows(DECISION), "The tree at the foot of the table."),
        Field("aspects", Keyed(ASPECT), "The rows by id.", required=True),
        Field("sorter", SORTER, "The drill."),
        REFS,
        CHECKED,
        _WAS,
        _ALLOW,
    ),
)

GUIDE = Record(
    "guide",
    "The front matter of a guide.",
    (
        ID,
        Field("title", Line(), "The title.", required=True),
        Field("kind", Choice(("study-guide", "deep-dive", "cheat-sheet")), "What it is.", required=True),
        Field("terms", _TERMS, "Ids of the terms it covers."),
        REFS,
        CHECKED,
        _ALLOW,
    ),
)

RECORDS: dict[FileKind, Record] = {
    "bank": BANK,
    "exam": EXAM,
    "term": TERM,
    "comparison": COMPARISON,
    "questions": QUESTIONS,
    "guide": GUIDE,
}
