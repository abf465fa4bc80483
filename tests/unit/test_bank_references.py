"""References lead to what is there, in their own bank first; those that lead nowhere say what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.bank.checking import check_path
from keykata.bank.model import Question, Term
from keykata.bank.reader import known_ids, load_bank
from keykata.core.errors import UnreadableError
from support.bank_texts import (
    BANK,
    COMPARISON,
    COMPARISON_FILE,
    EXAM,
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

DANGLING = [
    (KEY_TERM, "related: [owned-key]", "related: [ownd-key]", "ref-unknown-item", "warning", "`owned-key`"),
    (KEY_TERM, "confused_with: [owned-key]", "confused_with: [x]", "ref-unknown-term", "warning", "its id"),
    (KEY_TERM, "refs: [kms:concepts#", "refs: [ksm:concepts#", "ref-unknown-source", "error", "`kms`"),
    (KEY_TERM, "    refs: [kms:rotate", "    refs: [ddb:rotate", "ref-unknown-source", "error", "kms, ebs"),
    (QUESTION_FILE, "/rotation]", "/rotate]", "ref-unknown-concept", "error", "`rotation`"),
    (
        QUESTION_FILE,
        "tests: [customer-",
        "tests: [costumer-",
        "ref-unknown-term",
        "error",
        "`customer-managed-key`",
    ),
    (QUESTION_FILE, "/rotation]", "]", "ref-unknown-concept", "error", "customer-managed-key/concept"),
    (
        QUESTION_FILE,
        "    level: apply",
        "    twin: snap\n    level: apply",
        "ref-unknown-item",
        "error",
        "`snapshot`",
    ),
    (
        QUESTION_FILE,
        "    level: apply",
        "    topics: [disable]\n    level: apply",
        "ref-unknown-term",
        "error",
        "a term",
    ),
    (COMPARISON_FILE, "term: owned-key", "term: owned-keys", "ref-unknown-term", "error", "`owned-key`"),
    (GUIDE_FILE, "terms: [customer", "terms: [custom", "ref-unknown-term", "error", "`customer-managed-key`"),
    (GUIDE_FILE, "(term:customer", "(term:custom", "ref-unknown-term", "warning", "`customer-managed-key`"),
    ("bank.yaml", "opening: [snapshot]", "opening: [snapshots]", "ref-unknown-item", "error", "`snapshot`"),
]


@pytest.mark.parametrize("case", DANGLING)
def test_a_reference_that_leads_nowhere(tmp_path: Path, case: tuple[str, str, str, str, str, str]) -> None:
    file, old, new, code, severity, hint = case
    found = only_problem(read_bank(tmp_path, {file: changed(FILES[file], old, new)}))
    assert (found.code, found.severity) == (code, severity)
    assert hint in found.hint
    wanted = new.rstrip("]").split("[")[-1].split(":")[-1].split("/")[-1].strip().split("\n")[0]
    assert found.place.file == str(tmp_path / file)
    assert wanted.split("#")[0] in found.excerpt or found.place.column > 1


def test_an_item_that_is_spoiled_is_still_there_to_be_named(tmp_path: Path) -> None:
    bank = read_bank(tmp_path, {KEY_TERM: changed(TERM, "checked: 2026-11", "checked: soon")})
    assert only_problem(bank).code == "schema-bad-value"


def test_names_in_a_file_that_broke_off_are_not_called_unknown(tmp_path: Path) -> None:
    bank = read_bank(tmp_path, {KEY_TERM: changed(TERM, "sensei: Read", "sensei: `Read")})
    assert only_problem(bank).code == "yaml-start"


def test_other_banks_are_looked_up_in_loading_order(tmp_path: Path) -> None:
    beside = {
        "first": frozenset({"first:shared", "first:shared/a"}),
        "second": frozenset({"second:shared", "second:shared/a", "second:owned-key", "second:only"}),
    }
    text = changed(QUESTIONS, "[customer-managed-key]", "[shared, owned-key, second:shared, only]")
    text = changed(text, "customer-managed-key/rotation", "shared/a")
    folder = write_files(tmp_path / "kms", {**FILES, QUESTION_FILE: text})
    bank = load_bank(folder, exams={EXAM.id: EXAM}, beside=beside)
    question = next(item for item in bank.items if item.id == "snapshot")
    assert isinstance(question, Question)
    assert question.topics == ("first:shared", "kms:owned-key", "second:shared", "second:only")
    assert question.tests == ("first:shared/a",)
    assert not bank.problems
    assert "second:only" not in known_ids(bank)


def test_a_page_with_a_part_keeps_it_behind_the_whole_address(tmp_path: Path) -> None:
    term = read_bank(tmp_path).items[0]
    assert isinstance(term, Term)
    assert term.refs[0].endswith("/concepts.html#key-mgmt")


def test_sealed_papers_are_resolved(tmp_path: Path) -> None:
    bank = read_bank(tmp_path, {"bank.yaml": BANK + "sealed: [[snapshot], [disable, snapshot]]\n"})
    assert bank.header.sealed == (("kms:snapshot",), ("kms:disable", "kms:snapshot"))


def test_a_file_of_a_bank_is_checked_with_its_bank(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path / "kms",
        {
            **FILES,
            KEY_TERM: changed(TERM, "checked: 2026-11", "checked: soon"),
            GUIDE_FILE: changed(GUIDE, "terms: [customer", "terms: [custom"),
        },
    )
    problems = check_path(folder / GUIDE_FILE, exams={EXAM.id: EXAM})
    assert [(one.code, one.place.file) for one in problems] == [
        ("ref-unknown-term", str(folder / GUIDE_FILE))
    ]
    whole = [one for one in check_path(folder, exams={EXAM.id: EXAM}) if one.severity != "note"]
    assert {one.code for one in whole} == {"ref-unknown-term", "schema-bad-value"}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("some.yaml", changed(TERM, "name: Customer managed key\n", ""), "schema-missing-field"),
        ("some.yaml", changed(QUESTIONS, "    ask: Which key fits?\n", ""), "schema-missing-field"),
        ("some.yaml", changed(COMPARISON, "title: Two", "titel: Two"), "schema-unknown-field"),
        ("some.md", changed(GUIDE, "---\n", ""), "schema-missing-field"),
        ("some.yaml", "", "empty-field"),
        ("some.yaml", "just text", "schema-wrong-type"),
        ("exam.yaml", "id: x\ndomains: {}\n", "schema-missing-field"),
    ],
)
def test_a_file_alone_is_checked_as_what_it_looks_like(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    beside = {
        "kms": frozenset({"kms:customer-managed-key", "kms:customer-managed-key/rotation", "kms:owned-key"})
    }
    problems = check_path(path, exams={EXAM.id: EXAM}, beside=beside)
    assert code in {one.code for one in problems}
    assert not any(one.code.startswith("ref-") for one in problems)
    assert all(one.place.file == str(path) for one in problems)


def test_a_path_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        check_path(tmp_path / "nothing.yaml", exams={})
    assert caught.value.exit_code == 3
