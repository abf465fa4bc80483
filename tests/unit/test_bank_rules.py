"""The structure rules of item writing, on questions that break them and on some that only seem to."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from keykata.bank.model import Option, Place, Problem, Question
from keykata.bank.rules.counting import counts, typed
from keykata.bank.rules.shuffle import named_place
from keykata.bank.rules.sources import official
from keykata.bank.rules.twins import near_pairs, shingles
from support.bank_texts import (
    FILES,
    KEY_TERM,
    QUESTION_FILE,
    QUESTIONS,
    TERM,
    changed,
    only_problem,
    read_bank,
)

RIGHT = "      - right: A customer managed key\n        why: It can be disabled by its owner.\n"
DATA_KEY = "      - wrong: A data key\n        why: It cannot be disabled.\n"
ASK = "    ask: Which key fits?"

BROKEN = [
    ("right-missing", "      - right: A customer managed key", "      - wrong: A customer managed key"),
    ("shape-single", DATA_KEY, ""),
    ("shape-single", DATA_KEY, DATA_KEY + DATA_KEY.replace("data key", "grant")),
    ("shape-multi", "- wrong: A data key", "- right: A data key"),
    ("dup-option", "      - wrong: A data key", "      - wrong: a  Customer managed key."),
    ("rationale-missing", RIGHT, "      - right: A customer managed key\n"),
    ("count-typed", ASK, "    ask: Which key fits? (Select ONE.)"),
    ("count-mismatch", ASK, "    ask: Which TWO options fit?"),
    ("shuffle-break", "      - wrong: A data key", "      - wrong: Both of the above"),
    ("shuffle-break", "why: It cannot be disabled.", "why: The first option does this better."),
    ("unknown-task", "    level: recall\n", "    level: recall\n    task: 3.9\n"),
    ("source-missing", "    refs: [kms:enabling-keys]\n", ""),
    ("source-missing", "[kms:enabling-keys]", "[https://example.com/aws]"),
    ("empty-field", "    ask: Which key fits?", "    ask:"),
    ("dup-id", "  disable:\n", "  owned-key:\n"),
]


def found_in(folder: Path, text: str, *, shipped: bool = True) -> list[Problem]:
    """The problems of the bank whose questions are these."""
    return list(read_bank(folder, {QUESTION_FILE: text}, shipped=shipped).problems)


@pytest.mark.parametrize(("code", "old", "new"), BROKEN)
def test_a_broken_rule_is_an_error_and_keeps_the_question_out(
    tmp_path: Path, code: str, old: str, new: str
) -> None:
    bank = read_bank(tmp_path, {QUESTION_FILE: changed(QUESTIONS, old, new)})
    found = [one for one in bank.problems if one.code == code]
    assert [one.severity for one in found] == ["error"]
    assert found[0].hint
    assert found[0].place.line >= 26
    assert "disable" not in {item.id for item in bank.items if isinstance(item, Question)}
    assert "snapshot" in {item.id for item in bank.items}


def test_every_option_right_is_no_question(tmp_path: Path) -> None:
    text = QUESTIONS.replace("- wrong:", "- right:", 3)
    assert [one.code for one in found_in(tmp_path, text)] == ["shape-multi"]


def test_a_distractor_without_reason_is_a_warning_that_can_be_allowed(tmp_path: Path) -> None:
    text = changed(QUESTIONS, "        why: It cannot be disabled.\n", "")
    (found,) = found_in(tmp_path, text)
    assert (found.code, found.severity) == ("rationale-missing", "warning")
    allowed = changed(
        text, "    level: recall\n", "    level: recall\n    allow: {rationale-missing: obvious}\n"
    )
    assert found_in(tmp_path, allowed) == []


def test_allow_never_waives_an_error_and_knows_its_rules(tmp_path: Path) -> None:
    text = changed(QUESTIONS, DATA_KEY, "")
    text = changed(
        text, "    level: recall\n", "    level: recall\n    allow: {shape-single: three, lenght-spread: x}\n"
    )
    found = found_in(tmp_path, text)
    assert [(one.code, one.severity) for one in found] == [
        ("schema-bad-value", "warning"),
        ("shape-single", "error"),
    ]
    assert "`length-spread`" in found[0].hint


def test_a_bank_that_is_not_shipped_may_cite_anything(tmp_path: Path) -> None:
    text = changed(QUESTIONS, "[kms:enabling-keys]", "[https://example.com/aws]")
    (found,) = found_in(tmp_path, text, shipped=False)
    assert (found.code, found.severity) == ("source-missing", "note")


def test_fixed_options_may_name_places(tmp_path: Path) -> None:
    text = changed(QUESTIONS, "      - wrong: A data key", "      - wrong: Both of the above")
    assert (
        found_in(tmp_path, changed(text, "    level: recall\n", "    level: recall\n    fixed: true\n")) == []
    )


def test_an_id_is_unique_over_all_kinds_and_files(tmp_path: Path) -> None:
    bank = read_bank(tmp_path, {"terms/zz.yaml": changed(TERM, "id: customer-managed-key", "id: snapshot")})
    found = next(one for one in bank.problems if one.code == "dup-id")
    assert (found.code, found.place.file, found.place.line) == ("dup-id", str(tmp_path / QUESTION_FILE), 6)
    assert "zz.yaml, line 1" in found.message


def test_the_same_stem_twice_is_an_error(tmp_path: Path) -> None:
    second = (
        QUESTIONS[QUESTIONS.index("  disable:") :]
        .replace("  disable:", "  again:")
        .replace("Which key", "WHICH  key")
    )
    found = found_in(tmp_path, QUESTIONS + second)
    assert [(one.code, one.item) for one in found] == [("dup-stem", "again")]
    assert "`disable`" in found[0].message


def test_nearly_the_same_stem_is_a_warning_unless_declared(tmp_path: Path) -> None:
    second = QUESTIONS[QUESTIONS.index("  disable:") :].replace("  disable:", "  again:")
    second = second.replace("within minutes", "within the hour").replace(
        "Which key fits?", "Which key is best?"
    )
    (found,) = found_in(tmp_path, QUESTIONS + second)
    assert (found.code, found.severity, found.item) == ("near-dup", "warning", "again")
    declared = second.replace("    level: recall\n", "    level: recall\n    twin: disable\n")
    assert found_in(tmp_path, QUESTIONS + declared) == []
    allowed = second.replace("    level: recall\n", "    level: recall\n    allow: {near-dup: a series}\n")
    assert found_in(tmp_path, QUESTIONS + allowed) == []


COUNTS = [
    ("Which TWO steps meet the requirement?", [2]),
    ("Which two actions should they take?", [2]),
    ("Which combination of three steps is needed?", [3]),
    ("What should they do? (Choose two)", [2]),
    ("What should they do? (Select TWO.)", [2]),
    ("What should they do? (Choose 3.)", [3]),
    ("What should they do? Select two.", [2]),
    ("They run in two Availability Zones. Which solution fits?", []),
    ("Which solution needs TWO Availability Zones?", []),
    ("The team must choose two Regions. Which design fits?", []),
    ("Which one of these is encrypted?", [1]),
    ("A company has two accounts and three steps to take.", []),
    ("Which key works in both accounts?", []),
]


@pytest.mark.parametrize(("text", "numbers"), COUNTS)
def test_numbers_that_count_options(text: str, numbers: list[int]) -> None:
    assert sorted(set(counts(text))) == numbers


@pytest.mark.parametrize(
    "text", ["(Choose two)", "(Select TWO.)", "(Select 2)", "[Pick three]", "Choose two answers."]
)
def test_a_typed_count_is_found(text: str) -> None:
    assert typed("What should they do? " + text) == text


@pytest.mark.parametrize(
    "text", ["Which two steps?", "They select two Regions and go on.", "Choose the cheapest key."]
)
def test_a_count_in_a_sentence_is_not_typed(text: str) -> None:
    assert typed(text) == ""


PLACES = [
    ("Both of the above", True),
    ("None of the above.", True),
    ("Option C does this better", True),
    ("A and C", True),
    ("Answers A and D work together", True),
    ("The first option is cheaper", True),
    ("The previous answer fails", True),
    ("A key and a grant", False),
    ("The first request creates it", False),
    ("An A record and an AAAA record", False),
    ("The option to share is missing", False),
    ("The other account has no grant", False),
    ("Both of the keys are disabled", False),
]


@pytest.mark.parametrize(("text", "named"), PLACES)
def test_letters_and_places(text: str, named: bool) -> None:
    assert bool(named_place(text)) is named


def test_official_hosts() -> None:
    assert official("https://docs.aws.amazon.com/kms/x.html")
    assert official("https://d1.awsstatic.com/guide.pdf")
    assert not official("https://docs.aws.amazon.com.example.org/kms")
    assert not official("http://[::1")


def question(number: int, stem: str) -> Question:
    """A question with a stem; the rest does not matter."""
    option = Option(text="x", right=True)
    return Question(id=f"q{number}", stem=stem, ask="?", options=(option,), place=Place(file=""))


def test_near_pairs_are_those_of_the_plain_definition() -> None:
    dice = random.Random(7)
    words = [f"w{number}" for number in range(30)]
    stems = [" ".join(dice.choices(words, k=dice.randint(1, 25))) for _ in range(60)]
    for _ in range(120):
        base = dice.choice(stems).split()
        base[dice.randrange(len(base))] = dice.choice(words)
        stems.append(" ".join(base))
    sets = [set(zip(w, w[1:], w[2:], strict=False)) for w in (stem.split() for stem in stems)]
    plain = [
        (f"q{a}", f"q{b}")
        for a in range(len(sets))
        for b in range(a + 1, len(sets))
        if sets[a] and sets[b] and len(sets[a] & sets[b]) > 0.6 * len(sets[a] | sets[b])
    ]
    assert near_pairs((f"q{number}", shingles(stem)) for number, stem in enumerate(stems)) == tuple(plain)
    assert plain


def test_ten_thousand_equal_stems_do_not_explode() -> None:
    started = time.process_time()
    same = shingles("a company stores its data in a bucket")
    pairs = near_pairs((f"q{number}", same) for number in range(10_000))
    assert len(pairs) == 9_999
    assert time.process_time() - started < 2


def test_thousands_of_stems_that_are_nearly_nearly_alike_do_not_explode() -> None:
    started = time.process_time()
    stems = (shingles(f"why is it so number {number}") for number in range(20_000))
    assert not near_pairs((f"q{number}", runs) for number, runs in enumerate(stems))
    assert time.process_time() - started < 15


def test_a_part_in_two_places_of_a_term(tmp_path: Path) -> None:
    bank = read_bank(tmp_path, {KEY_TERM: changed(FILES[KEY_TERM], "  control:", "  rotation:")})
    assert only_problem(bank).code == "dup-id"
