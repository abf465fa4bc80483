"""A rough bank made from a seed: a check finds the same problems in it as ever."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from keykata.study.checking import check
from keykata.study.places import Places

QUESTIONS = 240
IN_A_FILE = 30
WORDS = (
    "company", "stores", "reports", "in", "buckets", "and", "must", "keep", "them", "encrypted", "while", "a",
    "analysts", "of", "another", "account", "read", "every", "night", "with", "temporary", "credentials",
    "roles", "that", "administrators", "rotate", "using", "queues", "topics", "functions", "tables", "from",
    "caches", "gateways", "endpoints", "snapshots", "volumes", "instances", "clusters", "the", "requests",
)  # fmt: skip
ODD = (
    "all of the above", "(Choose two.)", "Select THREE options.", "which two steps", "option B", "always",
    "never", "usually", "AWS S3", "Amazon Elasticsearch Service", "AWS SSO", "Amazon Foo Bar", "$20", "5 GB",
    "\u201cso\u201d", "10-20", "15 to 30", "NOT", "except", "this is correct", "Incorrect.", "(KMS)", "an",
    "previous question", "would you", "1 and 3", "enable", "disable", "TODO", "least likely",
    "Which services",
)  # fmt: skip
ORDERS = (("right", "wrong", "wrong", "wrong"), ("wrong", "right", "right", "wrong", "wrong"), ("wrong",) * 3)
COUNTS = {
    "absolute": 8,
    "absurd": 5,
    "blueprint": 1,
    "clang": 2,
    "converge": 14,
    "count-mismatch": 2,
    "dup-id": 6,
    "dup-option": 22,
    "exact-figure": 5,
    "grammar-cue": 1,
    "hinged": 1,
    "leak": 3,
    "length-spread": 122,
    "letter-in-rationale": 1,
    "long-right": 17,
    "mixed-end": 115,
    "multi-share": 1,
    "near-dup": 18,
    "no-qualifier": 120,
    "no-question": 55,
    "rationale-disagrees": 1,
    "rationale-echo": 2,
    "right-missing": 16,
    "schema-bad-value": 5,
    "schema-unknown-field": 9,
    "shuffle-break": 6,
    "source-missing": 234,
    "specific-right": 3,
    "stale": 8,
    "too-short": 56,
    "typography": 3,
    "unknown-task": 7,
    "vague": 5,
}


def rough_bank(folder: Path) -> Path:
    """A bank of questions with all kinds of faults in their wording, and some in their fields."""
    dice = random.Random(7)

    def text(count: int) -> str:
        said = dice.choices(WORDS, k=count)
        if dice.random() < 0.15:
            said.insert(dice.randrange(count), dice.choice(ODD))
        return f"{' '.join(said).capitalize()}{dice.choice(('.', '.', '.', ''))}"

    (folder / "questions").mkdir(parents=True)
    (folder / "bank.yaml").write_text("id: rough\nname: Rough\nexam: saa-c03\n", encoding="utf-8")
    stem = before = text(30)
    for first in range(0, QUESTIONS, IN_A_FILE):
        lines = ["questions:"]
        for number in range(first, first + IN_A_FILE):
            stem = stem if dice.random() < 0.1 else text(dice.choice((6, 30, 55)))
            told = text(9)
            if number % 45 == 8:
                stem = f"{before} {stem}"
            elif number % 11 == 5:
                stem = f"{stem} Kiln{'abcdefgh'[number % 8]} is in use."
                told = f"Kiln{'abcdefgh'[number % 8]} {told}"
            before = told.rstrip(".")
            kinds = dice.choice((*ORDERS[:1] * 9, *ORDERS[1:]))
            lines += [
                f"  {'Q' if number % 50 == 3 else 'q'}-{number - (number % 40 == 9)}:",
                f"    task: {dice.choice(('1.1', '2.2', '3.4')) if number % 37 else '9.9'}",
                f"    stem: |\n      {stem}",
                f"    ask: |\n      {text(4)}{dice.choice(('?', '?', ''))}",
                "    options:",
                *(
                    line
                    for kind in kinds
                    for line in (
                        f"      - {kind}: '{told if kind == 'right' else text(dice.choice((1, 8, 12)))}'",
                        f"        why: '{text(9)}'",
                    )
                ),
                f"    {'explanation' if number % 29 else 'explanaton'}: {text(12)}",
            ]
        file = folder / "questions" / f"rough-{first:03}.yaml"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_check_of_a_rough_bank_finds_the_same_problems_as_ever(tmp_path: Path) -> None:
    places = Places(home=tmp_path / "home", cache=None)
    counts = Counter(one.code for one in check([rough_bank(tmp_path / "rough")], places, "2026-11"))
    assert dict(sorted(counts.items())) == COUNTS
