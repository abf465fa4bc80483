"""Advice on whole questions: each rule on a question it must catch, and none on one that is well made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from keykata.bank.model import Problem
from keykata.bank.reader import load_bank

OPTIONS = (
    (
        "Store the reports in Amazon S3 with versioning turned on.",
        "Earlier versions stay when a file is overwritten.",
    ),
    (
        "Copy the reports to a second bucket with a nightly job.",
        "What changes between two runs of the job is lost.",
    ),
    (
        "Keep the reports on Amazon EBS volumes with a snapshot a week.",
        "A week of changes would be gone with the volume.",
    ),
    (
        "Send the reports to Amazon EFS and mount it read-only.",
        "Nobody could save a report any more after mounting.",
    ),
)


def question(**changes: Any) -> dict[str, Any]:
    """A question no rule has a word about, with some fields changed."""
    made: dict[str, Any] = {
        "task": "1.3",
        "level": "apply",
        "checked": "2026-11",
        "refs": ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"],
        "stem": "An insurer keeps monthly reports of its branches. Clerks overwrite files by mistake, and "
        "the insurer must be able to bring back any earlier state of a file within the same day, without "
        "any help from outside.",
        "ask": "Which solution meets these requirements with the LEAST operational overhead?",
        "options": [
            {"right" if place == 0 else "wrong": text, "why": why}
            for place, (text, why) in enumerate(OPTIONS)
        ],
        "explanation": "Versioning keeps each state of an object, so an older one can be read or restored.",
    }
    return made | changes


def options(*texts: str, right: int = 0, whys: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Options with these texts; reasons as in the well-made question unless others are given."""
    reasons = whys or tuple(why for _, why in OPTIONS)
    return [
        {"right" if place == right else "wrong": text, "why": reasons[place]}
        for place, text in enumerate(texts)
    ]


def told(folder: Path, made: dict[str, Any]) -> list[Problem]:
    """What a thorough check says of one question."""
    (folder / "questions").mkdir(parents=True)
    (folder / "bank.yaml").write_text("id: one\nname: One\nblueprint: false\n", encoding="utf-8")
    text = yaml.safe_dump({"questions": {"the-one": made}}, allow_unicode=True, sort_keys=False)
    (folder / "questions" / "q.yaml").write_text(text, encoding="utf-8")
    return list(load_bank(folder, exams={}, thorough=True).problems)


def test_a_well_made_question_gets_no_word(tmp_path: Path) -> None:
    assert told(tmp_path, question()) == []


TEXTS = [text for text, _ in OPTIONS]
CAUGHT: list[tuple[str, dict[str, Any]]] = [
    (
        "long-right",
        {
            "options": options(
                TEXTS[0][:-1] + ", and with a rule that moves older versions away after a year.", *TEXTS[1:]
            )
        },
    ),
    ("absolute", {"options": options(TEXTS[0], *(text[:-1] + " every time." for text in TEXTS[1:]))}),
    (
        "vague",
        {"options": options(TEXTS[0], "Usually copy the reports to a second bucket by a job.", *TEXTS[2:])},
    ),
    ("pair", {"options": options(TEXTS[0], TEXTS[0].replace("on.", "off."), *TEXTS[2:])}),
    (
        "grammar-cue",
        {"options": options(TEXTS[0].replace("Store", "Storing"), *TEXTS[1:])},
    ),
    (
        "specific-right",
        {"options": options("Store the reports in Amazon S3 for 30 days with versioning.", *TEXTS[1:])},
    ),
    (
        "absurd",
        {"options": options(TEXTS[0], "Ask a wizard to bring the lost files back again.", *TEXTS[2:])},
    ),
    ("no-question", {"ask": "The solution that meets these requirements with the LEAST overhead."}),
    ("not-coverable", {"stem": "A file is lost.", "ask": "Which is best?", "level": "recall"}),
    ("negative", {"ask": "Which solution does not meet these requirements?"}),
    ("true-false", {"ask": "Which statement is true?"}),
    ("no-qualifier", {"ask": "Which one should the insurer take now?"}),
    ("too-long", {"stem": ("The insurer has a branch in a town. " * 20) + question()["stem"]}),
    ("too-short", {"stem": "An insurer must restore earlier states of its files."}),
    ("opinion", {"ask": "Which solution do you think is the BEST for these requirements?"}),
    (
        "window-dressing",
        {
            "stem": question()["stem"].replace(
                "Clerks", "Its founder enjoyed sailing around lonely islands. Clerks"
            )
            + " Reports are overwritten on most days, and each earlier state of a file may be wanted again."
        },
    ),
    ("all-none", {"options": options(*TEXTS[:3], "All of the above."), "fixed": "true"}),
    ("length-spread", {"options": options(*TEXTS[:3], "Use EFS.")}),
    ("mixed-end", {"options": options(*TEXTS[:3], TEXTS[3][:-1])}),
    (
        "option-start-repeat",
        {
            "options": options(
                *(f"Store the reports in {place} at once." for place in ("S3", "EBS", "EFS", "FSx"))
            )
        },
    ),
    (
        "rationale-echo",
        {
            "options": options(
                *TEXTS, whys=("Store the reports in Amazon S3.", *(why for _, why in OPTIONS[1:]))
            )
        },
    ),
    (
        "rationale-disagrees",
        {
            "options": options(
                *TEXTS,
                whys=(OPTIONS[0][1], "Correct. The job runs each night.", *(w for _, w in OPTIONS[2:])),
            )
        },
    ),
    ("letter-in-rationale", {"explanation": "Option B copies too late, so versioning is what is left here."}),
    ("hinged", {"stem": "As in the previous question, an insurer keeps reports. " + question()["stem"]}),
    ("typography", {"stem": question()["stem"].replace("earlier state", "\u201cearlier state\u201d")}),
]


@pytest.mark.parametrize(("code", "changes"), CAUGHT, ids=[code for code, _ in CAUGHT])
def test_a_flaw_is_caught(tmp_path: Path, code: str, changes: dict[str, Any]) -> None:
    found = told(tmp_path, question(**changes))
    assert code in [problem.code for problem in found]
    (problem,) = [one for one in found if one.code == code][:1]
    assert problem.hint
    assert problem.place.line > 1
    assert problem.severity in ("warning", "note")


def test_a_rule_is_switched_off_in_the_open(tmp_path: Path) -> None:
    changes = dict(CAUGHT)["vague"] | {"allow": {"vague": "the word is AWS's own"}}
    assert "vague" not in [problem.code for problem in told(tmp_path, question(**changes))]


@pytest.mark.parametrize(
    "ask",
    [
        "Which solution meets these requirements with the LEAST operational overhead?",
        "Which policy follows the principle of least privilege and meets the requirements?",
        "Which solution meets these requirements MOST cost-effectively?",
        "Which solution ensures that objects are not deleted with the LEAST effort?",
    ],
)
def test_the_measures_of_aws_are_no_negatives(tmp_path: Path, ask: str) -> None:
    assert "negative" not in [problem.code for problem in told(tmp_path, question(ask=ask))]


def test_opening_a_bank_gives_no_advice(tmp_path: Path) -> None:
    changes = dict(CAUGHT)["vague"]
    told(tmp_path, question(**changes))
    assert load_bank(tmp_path, exams={}).problems == ()
