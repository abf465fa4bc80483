"""The fields of `bank.yaml` and of an exam, and those that all kinds share."""

from __future__ import annotations

import re

from keykata.bank.fields import Address, Choice, Flag, Line, Month, Name, Reference, Whole
from keykata.bank.records import Field, Keyed, Record
from keykata.bank.shapes import ListOf, MapOf, Told

ID = Field("id", Name(), "The id, unique over the whole bank and never reused.", required=True)
REFS = Field(
    "refs",
    ListOf(Told(Address(), "An address, or `prefix:page`.")),
    "Pages it rests on: addresses, or `prefix:page` by the bank's `sources`.",
)
CHECKED = Field("checked", Month(), "The month (YYYY-MM) its facts were last held against the sources.")
_QUESTION = Told(Reference(), "The id of a question.")
_IDS = re.compile("[a-z0-9][a-z0-9-]{0,63}")
BANK = Record(
    "bank",
    "The header of a bank.",
    (
        Field("id", Name(), "The id of the bank, the first half of every item's full id.", required=True),
        Field("name", Line(), "The name of the bank.", required=True),
        Field("exam", Name(), "The exam it prepares for, a file of `content/exams`."),
        Field(
            "blueprint", Flag(), "`false`: a deep bank, not held to the weights of the exam.", default=True
        ),
        Field(
            "sources",
            MapOf(
                Told(Address(prefixes=False, holds="{}"), "An address with `{}` where the page stands."),
                _IDS,
                "a short prefix of small letters",
            ),
            "Prefixes of `refs`: addresses with `{}` where the page stands.",
        ),
        Field("opening", ListOf(_QUESTION), "Ids of the ten hand-picked first questions."),
        Field(
            "sealed",
            ListOf(Told(ListOf(_QUESTION), "A sealed paper: the ids of its questions.")),
            "Sealed papers, each a list of question ids.",
        ),
    ),
)

DOMAIN = Record(
    "domain",
    "A domain of the exam.",
    (
        Field("name", Line(), "The official name.", required=True),
        Field("short", Line(), "One word for it.", required=True),
        Field("weight", Whole(0, 100), "Its weight in percent of the scored items.", required=True),
        Field(
            "tasks",
            MapOf(
                Told(Line(), "Its official name."),
                re.compile(r"[0-9]{1,2}\.[0-9]{1,2}"),
                "the number of a task statement",
            ),
            "Task statements by number.",
            required=True,
        ),
    ),
)
SCALE = Record(
    "scale",
    "The scale of the score.",
    (
        Field("from", Whole(0, 10_000), "The lowest score.", required=True),
        Field("to", Whole(1, 10_000), "The highest score.", required=True),
    ),
)
EXAM = Record(
    "exam",
    "The blueprint of an exam.",
    (
        ID,
        Field("code", Line(), "The code of the exam.", required=True),
        Field("name", Line(), "The official name.", required=True),
        Field("scored", Whole(1, 1000), "How many items count.", required=True),
        Field("unscored", Whole(0, 1000), "How many items do not count.", required=True),
        Field("minutes", Whole(1, 1440), "The time, in minutes.", required=True),
        Field("extra_minutes", Whole(0, 1440), "Minutes added on request.", default=0),
        Field("pass", Whole(0, 10_000), "The score that passes.", attr="pass_score", default=720),
        Field("scale", SCALE, "The scale of the score."),
        Field(
            "domains",
            Keyed(DOMAIN, frozenset(), _IDS),
            "The domains by number.",
            required=True,
        ),
        REFS,
        CHECKED,
    ),
)

SERVICE = Record(
    "service",
    "A service: its official name, other names, and whether the exam asks for it.",
    (
        Field("name", Line(), "The official name of today.", required=True),
        Field("also", ListOf(Told(Line(), "A name in use today.")), "Other names in use today."),
        Field(
            "was",
            ListOf(Told(Line(), "A name no longer in use.")),
            "Names no longer in use; a check tells them.",
        ),
        Field(
            "scope",
            Choice(("in", "out", "other")),
            "Where the exam guide lists it: in scope, out of scope, or nowhere.",
            default="other",
        ),
        Field("retired", Month(), "The month (YYYY-MM) from which new customers cannot have it."),
        Field("instead", Line(), "What to use instead, or what became of it."),
    ),
)
SERVICES = Record(
    "registry of services",
    "Names of services a check knows; a bank's own `services.yaml` adds to those that come with KeyKata.",
    (
        Field("exam", Name(), "The exam whose lists of services in and out of scope these are."),
        Field("services", Keyed(SERVICE, frozenset(), _IDS), "The services by id.", required=True),
        Field(
            "others",
            ListOf(Told(Line(), "Words such as AWS account.")),
            "What may stand after AWS or Amazon without being a service.",
        ),
    ),
)
