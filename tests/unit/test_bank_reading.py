"""Files become items exactly as they are written; what is wrong spoils its own item only."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from keykata.bank.model import Comparison, Guide, Question, Term
from keykata.bank.prose import fold_prose
from keykata.bank.reader import known_ids, load_bank, load_exam
from keykata.core.errors import UnreadableError
from support.bank_texts import (
    BANK,
    COMPARISON,
    COMPARISON_FILE,
    FILES,
    GUIDE,
    GUIDE_FILE,
    KEY_TERM,
    QUESTION_FILE,
    QUESTIONS,
    TERM,
    changed,
    only_problem,
    read_bank,
    write_files,
)

DOCS = "https://docs.aws.amazon.com/kms/latest/developerguide"


def test_a_whole_bank_has_no_problems(tmp_path: Path) -> None:
    bank = read_bank(tmp_path)
    assert bank.problems == ()
    assert [item.id for item in bank.items] == [
        "customer-managed-key",
        "owned-key",
        "key-kinds",
        "snapshot",
        "disable",
        "start-here",
    ]
    assert bank.header.opening == ("kms:snapshot",)
    assert bank.files["bank.yaml"] == hashlib.sha256(BANK.encode()).hexdigest()
    assert set(bank.files) == set(FILES)


def test_a_term_holds_what_its_file_says(tmp_path: Path) -> None:
    term = read_bank(tmp_path).items[0]
    assert isinstance(term, Term)
    first = "You create it, it lives in your account, and its policy is yours to set."
    assert term.definition == first + "\n\nAWS services use it for you."
    assert term.related == ("kms:owned-key",)
    assert term.refs == (f"{DOCS}/concepts.html#key-mgmt",)
    assert term.was == ("cmk",)
    plain, full = term.concepts
    assert (plain.id, plain.text, plain.line) == (
        "life-cycle",
        "You create it, ==enable and disable== it.",
        14,
    )
    assert (full.why, full.refs) == ("Often mixed up with AWS managed keys.", (f"{DOCS}/rotate-keys.html",))
    assert term.faqs[0].loose.startswith('"Any admin can take over": only')
    assert term.faqs[0].line == 22
    assert (term.place.line, term.place.column) == (1, 1)


def test_a_question_takes_what_it_leaves_out_from_the_defaults(tmp_path: Path) -> None:
    question = read_bank(tmp_path).items[3]
    assert isinstance(question, Question)
    assert (question.task, question.level, question.selects) == ("1.3", "apply", 2)
    assert question.topics == ("kms:customer-managed-key",)
    assert question.tests == ("kms:customer-managed-key/rotation",)
    assert question.place.line == 6
    own = changed(QUESTIONS, "    level: apply\n", "    level: apply\n    topics: [owned-key]\n")
    again = read_bank(tmp_path, {QUESTION_FILE: own}).items[3]
    assert isinstance(again, Question)
    assert again.topics == ("kms:owned-key",)


def test_wording_is_made_of_the_folded_texts_alone(tmp_path: Path) -> None:
    question = read_bank(tmp_path).items[4]
    assert isinstance(question, Question)
    shown = sorted([option.text, option.right] for option in question.options)
    canonical = json.dumps(
        [question.stem, question.ask, shown], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert question.wording == hashlib.sha256(canonical.encode()).hexdigest()[:16]
    stem = "    stem: Security must be able to stop every read of a bucket within minutes."
    wrapped = stem.replace("stem: Security", "stem: |\n      Security").replace(
        "every read", "every\n      read"
    )
    other = changed(changed(QUESTIONS, stem, wrapped), "It is not even visible.", "Nobody sees it.")
    again = read_bank(tmp_path, {QUESTION_FILE: other}).items[4]
    assert isinstance(again, Question)
    assert again.wording == question.wording


def test_a_comparison_and_its_sorter(tmp_path: Path) -> None:
    comparison = read_bank(tmp_path).items[2]
    assert isinstance(comparison, Comparison)
    assert [(one.id, one.term, one.phrase) for one in comparison.subjects] == [
        ("customer", "kms:customer-managed-key", "a customer managed key"),
        ("owned", "kms:owned-key", "an AWS owned key"),
    ]
    assert [(one.condition, one.subject) for one in comparison.decide] == [
        ("Must you decide anything about the key?", "customer"),
        ("", "owned"),
    ]
    assert comparison.aspects[0].cells == {"customer": "Yes", "owned": "No"}
    assert comparison.refs == (f"{DOCS}/concepts.html",)
    assert comparison.sorter is not None
    assert comparison.sorter.scenarios[0].others == {"owned": "Nobody but AWS can stop it."}


def test_a_guide_keeps_its_body(tmp_path: Path) -> None:
    guide = read_bank(tmp_path).items[5]
    assert isinstance(guide, Guide)
    assert guide.body == "# Keys\n\nRead about [customer managed keys](term:customer-managed-key) first."
    assert (guide.kind, guide.terms, guide.place.line) == ("study-guide", ("kms:customer-managed-key",), 2)


def test_ids_that_can_be_named(tmp_path: Path) -> None:
    known = known_ids(read_bank(tmp_path))
    assert {"kms:snapshot", "kms:customer-managed-key/rotation", "kms:key-kinds/disable"} <= known


SCHEMA = [
    (
        KEY_TERM,
        "    a: |\n      Nothing, if the key policy still lets\n      the account in.\n",
        "",
        "schema-missing-field",
        22,
        3,
        "The FAQ `creator-gone` has no `a`.",
        "Add `a:` with the answer.",
    ),
    (KEY_TERM, "name: Customer", "nmae: x\nname: Customer", "schema-unknown-field", 2, 1, "`nmae`", "`name`"),
    (
        KEY_TERM,
        "also: [AWS KMS customer managed key]",
        "also: AWS",
        "schema-wrong-type",
        3,
        7,
        "list",
        "[one",
    ),
    (KEY_TERM, "sensei: Read for the verb.", "sensei: [a]\n", "yaml-brackets", 12, 9, "`[`", "==x=="),
    (KEY_TERM, "sensei: Read for the verb.", "sensei:\n  - a", "schema-wrong-type", 13, 3, "list", "text"),
    (KEY_TERM, "sensei: Read for the verb.", "sensei:", "empty-field", 12, 8, "empty", "delete"),
    (KEY_TERM, "sensei: Read for the verb.", "sensei: ' '", "empty-field", 12, 9, "empty", "delete"),
    (KEY_TERM, "checked: 2026-11", "checked: 2026-13", "schema-bad-value", 30, 10, "month", "YYYY-MM"),
    (KEY_TERM, "  life-cycle:", "  Life Cycle:", "schema-bad-value", 14, 3, "`Life Cycle`", "small letters"),
    (KEY_TERM, "  life-cycle:", "  front:", "schema-bad-value", 14, 3, "word of the format", "another id"),
    (KEY_TERM, "  creator-gone:", "  rotation:", "dup-id", 22, 3, "twice", "another id"),
    (
        KEY_TERM,
        "refs: [kms:concepts#key-mgmt]",
        "refs: [concepts]",
        "schema-bad-value",
        29,
        8,
        "address",
        "https",
    ),
    (QUESTION_FILE, "level: recall", "level: recal", "schema-bad-value", 27, 12, "recall, apply", "`recall`"),
    (QUESTION_FILE, "    level: recall\n", "    fixed: yes\n", "schema-bad-value", 27, 12, "`true`", "small"),
    (
        QUESTION_FILE,
        "      - right: A customer",
        "      - rihgt: A customer",
        "schema-unknown-field",
        31,
        9,
        "Option 1 of the question `disable`",
        "`right`",
    ),
    (
        QUESTION_FILE,
        "    ask: Which key fits?\n",
        "",
        "schema-missing-field",
        26,
        3,
        "`disable` has no `ask`",
        "`ask:`",
    ),
    (QUESTION_FILE, "  disable:\n", "  snapshot:\n", "dup-id", 26, 3, "second time", "another name"),
    (
        COMPARISON_FILE,
        "    owned: No\n",
        "",
        "schema-missing-field",
        12,
        3,
        "no cell for `owned`",
        "`owned:`",
    ),
    (
        COMPARISON_FILE,
        "    owned: No\n",
        "    owned: No\n    ownd: x\n",
        "schema-unknown-field",
        17,
        5,
        "`ownd`",
        "`owned`",
    ),
    (
        COMPARISON_FILE,
        "      fits: customer",
        "      fits: customr",
        "ref-unknown-subject",
        23,
        13,
        "`customr`",
        "`customer`",
    ),
    (
        COMPARISON_FILE,
        "    then: customer",
        "    then: costumer",
        "ref-unknown-subject",
        9,
        11,
        "`costumer`",
        "`customer`",
    ),
    (COMPARISON_FILE, "disable {subject}?", "disable it?", "schema-bad-value", 14, 10, "{subject}", "column"),
    (
        COMPARISON_FILE,
        "  customer: {term",
        "  why: {term",
        "schema-bad-value",
        4,
        3,
        "word of the format",
        "another id",
    ),
    (
        GUIDE_FILE,
        "kind: study-guide",
        "kind: cheatsheet",
        "schema-bad-value",
        4,
        7,
        "cheat-sheet",
        "`cheat-sheet`",
    ),
    (
        "bank.yaml",
        "blueprint: false",
        "bluprint: false",
        "schema-unknown-field",
        4,
        1,
        "`bluprint`",
        "`blueprint`",
    ),
    ("bank.yaml", "exam: saa-c03 ", "exam: saa-c02 ", "ref-unknown-exam", 3, 7, "`saa-c02`", "`saa-c03`"),
    ("bank.yaml", "userguide/{}.html", "userguide/", "schema-bad-value", 7, 8, "page", "{}"),
]


@pytest.mark.parametrize("case", SCHEMA)
def test_what_the_format_does_not_allow_has_a_place_and_a_cure(
    tmp_path: Path, case: tuple[str, str, str, str, int, int, str, str]
) -> None:
    file, old, new, code, line, column, word, cure = case
    bank = read_bank(tmp_path, {file: changed(FILES[file], old, new)})
    found = next(one for one in bank.problems if one.code == code)
    assert found.place.file == str(tmp_path / file)
    assert (found.place.line, found.place.column) == (line, column)
    assert word in found.message
    assert cure in found.hint


def test_all_problems_come_in_one_pass_and_spoil_their_own_items(tmp_path: Path) -> None:
    term = changed(TERM, "    q: What happens if the creator is deleted?\n", "")
    question = changed(QUESTIONS, "level: recall", "level: often")
    guide = changed(GUIDE, "title: Start here\n", "")
    comparison = changed(COMPARISON, "    label: Disable it\n", "")
    changes = {KEY_TERM: term, QUESTION_FILE: question, GUIDE_FILE: guide, COMPARISON_FILE: comparison}
    bank = read_bank(tmp_path, changes)
    assert [(one.code, one.item) for one in bank.problems] == [
        ("schema-missing-field", "key-kinds"),
        ("schema-missing-field", "start-here"),
        ("schema-bad-value", "disable"),
        ("schema-missing-field", "customer-managed-key"),
    ]
    assert [item.id for item in bank.items] == ["owned-key", "snapshot"]


def test_a_bank_without_header_still_opens_its_items(tmp_path: Path) -> None:
    write_files(tmp_path / "mine", {name: text for name, text in FILES.items() if name != "bank.yaml"})
    bank = load_bank(tmp_path / "mine", exams={})
    found = only_problem(bank)
    assert found.code == "schema-missing-file"
    assert bank.header.id == "mine"
    assert len(bank.items) == 6


def test_a_file_with_another_ending_is_not_passed_over_silently(tmp_path: Path) -> None:
    found = only_problem(read_bank(tmp_path, {"questions/more.yml": "questions: {}\n"}))
    assert (found.severity, found.hint) == ("warning", "Rename it to more.yaml.")


def test_a_missing_folder_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        load_bank(tmp_path / "nowhere", exams={})


def test_the_shipped_exam(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "content" / "exams" / "saa-c03.yaml"
    exam, problems = load_exam(path)
    assert exam is not None
    assert problems == ()
    assert [domain.weight for domain in exam.domains] == [30, 26, 24, 20]
    assert (exam.pass_score, exam.scale_from, exam.scale_to, exam.extra_minutes) == (720, 100, 1000, 30)
    other = tmp_path / "exam.yaml"
    other.write_text(changed(path.read_text(encoding="utf-8"), "weight: 30", "weight: 31"), encoding="utf-8")
    broken, problems = load_exam(other)
    assert broken is None
    assert "101 percent" in problems[0].message


PROSE = [
    ("one\ntwo\n", "one two"),
    ("one\ntwo\n\nthree\n", "one two\n\nthree"),
    ("  one   two\t three ", "one two three"),
    ('one\n```json\n{\n  "a": 1\n}\n```\ntwo\n', 'one\n\n```json\n{\n  "a": 1\n}\n```\n\ntwo'),
    ("- one\n  more\n- two\n", "- one more\n- two"),
    ("1. one\n2. two\n", "1. one\n2. two"),
    ("waits\n30. days", "waits 30. days"),
    ("# Head\ntext\n", "# Head text"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "folded"), PROSE)
def test_prose_is_folded_as_markdown_folds_it(written: str, folded: str) -> None:
    assert fold_prose(written) == folded
    assert fold_prose(folded) == folded


def test_a_shipped_question_needs_a_blind_reading_at_its_present_wording(tmp_path: Path) -> None:
    read_bank(tmp_path)  # the files are there now
    log = tmp_path / "review.jsonl"

    def missing() -> list[tuple[str, str]]:
        found = load_bank(tmp_path, exams={}, shipped=True)
        return [(one.code, one.item) for one in found.problems if one.code == "review-missing"]

    assert missing() == [("review-missing", "snapshot"), ("review-missing", "disable")]
    wordings = {item.id: item.wording for item in read_bank(tmp_path).items if isinstance(item, Question)}
    entries = [
        {"item": "kms:snapshot", "wording": wordings["snapshot"], "agreed": True},
        {"item": "kms:disable", "wording": "an older one", "agreed": True},
    ]
    log.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    assert missing() == [("review-missing", "disable")]
    log.write_text("not json\n", encoding="utf-8")
    found = load_bank(tmp_path, exams={}, shipped=True)
    assert [one.place.line for one in found.problems if one.place.file.endswith("review.jsonl")] == [1]
