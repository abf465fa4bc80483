"""Every trap of YAML is named, at the place where it can be mended, with its cure."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from support.bank_texts import KEY_TERM, QUESTION_FILE, QUESTIONS, TERM, changed, only_problem, read_bank

RIGHT = "      - right: A customer managed key\n"
SHORT = "short: A KMS key that you create, own and manage.\n"

# the text of the right option, code, column, a word of the message, a word of the cure
OPTION_TRAPS = [
    ("{{c1::x}} is the key", "yaml-brackets", 16, "`{`", "==x=="),
    ("[x] is the key", "yaml-brackets", 16, "`[`", "another word"),
    ("`aws/ebs` is the key", "yaml-start", 16, "backtick", "new line"),
    ("@home is the key", "yaml-start", 16, "@", "new line"),
    ("%of the keys", "yaml-start", 16, "%", "new line"),
    ("*Disable* the key", "yaml-alias", 16, "alias", "new line"),
    ('"Least" means less', "yaml-quote", 23, "closing quote", "Quote all"),
    ("Use one key: the customer's", "yaml-colon", 27, "`: `", "quotes"),
    ("Use the key #1", "yaml-text-cut", 28, "` #`", "own line"),
    ("> 30 days", "yaml-block-sign", 16, "`>`", "quotes"),
    ("| x", "yaml-block-sign", 16, "`|`", "quotes"),
    ("& root", "yaml-anchor", 16, "anchor", "quotes"),
    ("&root is the key", "yaml-anchor", 16, "anchor", "quotes"),
    ("!important is the key", "yaml-tag", 16, "tag", "quotes"),
    ("~", "yaml-null", 16, "nothing", "quotes"),
    ("\u201cA customer managed key\u201d", "yaml-curly-quotes", 16, "curly", "straight"),
    ("'the key of it's owner'", "yaml-quote", 31, "closing quote", "Quote all"),
    ('"a \\k key"', "yaml-escape", 19, "`\\`", "twice"),
]


@pytest.mark.parametrize("case", OPTION_TRAPS)
def test_a_trap_in_an_option_is_named(tmp_path: Path, case: tuple[str, str, int, str, str]) -> None:
    text, code, column, word, cure = case
    written = changed(QUESTIONS, RIGHT, f"      - right: {text}\n")
    found = only_problem(read_bank(tmp_path, {QUESTION_FILE: written}))
    assert (found.code, found.place.line, found.place.column) == (code, 31, column)
    assert word in found.message
    assert cure in found.hint
    assert found.excerpt == f"      - right: {text}"


@pytest.mark.parametrize("bad", [">-", "'Beta", "@home"])
def test_a_quote_that_is_closed_is_not_blamed_for_a_break_on_a_later_line(tmp_path: Path, bad: str) -> None:
    options = f"      - {{right: Alpha, why: 'It is.'}}\n      - {{wrong: {bad}, why: It is not.}}\n"
    written = changed(QUESTIONS, RIGHT, options)
    found = only_problem(read_bank(tmp_path, {QUESTION_FILE: written}))
    assert (found.place.line, found.place.column) == (32, 17)
    assert "ends only" not in found.message


# what replaces a piece of the term: code, line, column, a word of the hint
TERM_TRAPS = [
    (SHORT, "short: Use one key: the customer's\n", "yaml-colon", 6, 19, "quotes"),
    (SHORT, "\tshort: A key.\n", "yaml-tab", 6, 1, "spaces"),
    ("    why: Often", "\t  why: Often", "yaml-tab", 17, 1, "spaces"),
    ("    why: Often", "\u00a0   why: Often", "yaml-nbsp", 17, 1, "space bar"),
    (SHORT, "short:A KMS key.\n", "yaml-colon-space", 6, 1, "`short: `"),
    ("    why: Often", "    why:Often", "yaml-colon-space", 17, 5, "`why: `"),
    ("also: [AWS KMS customer managed key]", "also:\n  -one\n  -two", "yaml-dash", 4, 3, "`- `"),
    ("also: [AWS KMS customer managed key]", "also: - one", "yaml-dash", 3, 7, "next line"),
    ("also: [AWS KMS customer managed key]", "also: [one, two", "yaml-brackets", 3, 7, ""),
    ("    why: Often", "     why: Often", "yaml-indent", 17, 1, "indentation"),
    ("  rotation:\n", " rotation:\n", "yaml-indent", 15, 2, "indentation"),
    (SHORT, "short: &a A key.\n", "yaml-anchor", 6, 8, "quotes"),
    (SHORT, "<<: {}\n" + SHORT, "yaml-merge-key", 6, 1, "defaults"),
    (SHORT, SHORT + SHORT, "yaml-duplicate-key", 7, 1, "Keep one"),
    ("checked: 2026-11\n", "checked: 2026-11\n---\na: b\n", "yaml-second-document", 31, 1, "two files"),
    ("checked: 2026-11\n", "checked: 2026-11\n...\na: b\n", "yaml-second-document", 32, 1, "two files"),
    (SHORT, 'short: "A key\n', "yaml-quote", 6, 8, "same quote"),
    (SHORT, "short: ? what\n", "yaml-question-mark", 6, 8, "quotes"),
    (SHORT, "short: A \x07 key\n", "yaml-control", 6, 10, "Delete"),
    (SHORT, "short: A \x00 key\n", "yaml-control", 6, 10, "Delete"),
    ("checked: 2026-11", "checked: \u201c2026-11\u201d", "yaml-curly-quotes", 30, 10, "straight"),
    (SHORT, "short: " + "x" * 20_001 + "\n", "yaml-limit", 6, 8, "Shorten"),
]


@pytest.mark.parametrize("case", TERM_TRAPS)
def test_a_trap_in_a_term_is_named(tmp_path: Path, case: tuple[str, str, str, int, int, str]) -> None:
    old, new, code, line, column, cure = case
    bank = read_bank(tmp_path, {KEY_TERM: changed(TERM, old, new)})
    found = only_problem(bank)
    assert (found.code, found.place.line, found.place.column) == (code, line, column)
    assert cure in found.hint
    assert found.place.file.endswith("customer-managed-key.yaml")


def test_what_yaml_guesses_is_taken_as_text(tmp_path: Path) -> None:
    written = changed(
        TERM, "[AWS KMS customer managed key]", "[Yes, 1:30, 2026-11-01, 0x10, null, 1_000, .5]"
    )
    bank = read_bank(tmp_path, {KEY_TERM: written})
    assert not bank.problems
    assert bank.items[0].also == ("Yes", "1:30", "2026-11-01", "0x10", "null", "1_000", ".5")


def test_columns_count_characters_behind_any_line_end(tmp_path: Path) -> None:
    written = changed(TERM, "sensei: Read for the verb.", "sensei: Žluťoučký 🔑 kůň #1")
    for text in (written, written.replace("\n", "\r\n"), "\ufeff" + written):
        found = only_problem(read_bank(tmp_path, {KEY_TERM: text}))
        assert (found.code, found.place.line, found.place.column) == ("yaml-text-cut", 12, 25)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_bad_byte_is_told_at_its_place(tmp_path: Path, line_end: str) -> None:
    written = TERM.replace("\n", line_end).encode()
    data = written.replace(b"Read for", "Ž".encode() + b"\xff for")
    found = only_problem(read_bank(tmp_path, {KEY_TERM: data}))
    assert (found.code, found.place.line, found.place.column) == ("yaml-encoding", 12, 10)
    assert "0xFF" in found.message


def test_utf_16_is_named(tmp_path: Path) -> None:
    found = only_problem(read_bank(tmp_path, {KEY_TERM: TERM.encode("utf-16")}))
    assert found.code == "yaml-encoding"
    assert "UTF-16" in found.message


def test_escape_sequences_and_bidi_controls_are_made_visible(tmp_path: Path) -> None:
    written = changed(TERM, SHORT, 'short: "A \\e[31mred\\a key"\n')
    written = changed(written, "sensei: Read", "sensei: \u202eRead")
    bank = read_bank(tmp_path, {KEY_TERM: written})
    assert [(found.code, found.severity, found.place.line) for found in bank.problems] == [
        ("text-control", "warning", 6),
        ("text-control", "warning", 12),
    ]
    term = bank.items[0]
    assert term.short == "A ␛[31mred␇ key"
    assert "\u202e" not in term.sensei


@pytest.mark.parametrize(
    ("name", "unseen", "shown"),
    [
        ("U+200B", "re\u200bd", "re<U+200B>d"),
        ("U+200D", "re\u200dd", "re<U+200D>d"),
        ("U+2060", "red\u2060", "red<U+2060>"),
        ("U+E0041", "red\U000e0041", "red<U+E0041>"),
        ("U+E0FFF", "red\U000e0fff", "red<U+E0FFF>"),
        ("U+034F", "re\u034fd", "re<U+034F>d"),
        ("U+17B5", "red\u17b5", "red<U+17B5>"),
        ("U+FE0F", "red\ufe0f", "red<U+FE0F>"),
        ("U+FE0F", "red \ufe0f", "red <U+FE0F>"),
        ("U+FE0E", "\u2122\ufe0f\ufe0e", "\u2122\ufe0f<U+FE0E>"),
        ("U+180B", "red\u180b", "red<U+180B>"),
        ("U+200D", "\u0915\u200d\u200d\u0937", "\u0915<U+200D><U+200D>\u0937"),
        ("U+0301", "re" + "\u0301" * 6 + "d", "re" + "\u0301" * 4 + "<U+0301><U+0301>d"),
    ],
)
def test_what_is_not_seen_is_made_visible_and_named(
    tmp_path: Path, name: str, unseen: str, shown: str
) -> None:
    bank = read_bank(tmp_path, {KEY_TERM: changed(TERM, SHORT, f"short: A {unseen} key\n")})
    found = only_problem(bank)
    assert (found.code, found.severity, found.place.line) == ("text-control", "warning", 6)
    assert found.message.startswith(f"{name} ")
    assert bank.items[0].short == f"A {shown} key"


SEEN = [
    "Ärger",
    "👩\u200d💻",
    "1\ufe0f\u20e3",
    "©\ufe0f",
    "👁\ufe0f\u200d🗨\ufe0f",
    "می\u200cخواهم",
    "ᠠ\u180b",
    "Việt",
    "e\u0301",
]


@pytest.mark.parametrize("seen", SEEN)
def test_joiners_and_marks_that_a_script_needs_stay(tmp_path: Path, seen: str) -> None:
    bank = read_bank(tmp_path, {KEY_TERM: changed(TERM, SHORT, f"short: A {seen} key\n")})
    assert bank.problems == ()
    assert bank.items[0].short == f"A {seen} key"


def test_one_broken_question_leaves_those_before_it(tmp_path: Path) -> None:
    written = changed(QUESTIONS, RIGHT, "      - right: *Disable* the key\n")
    bank = read_bank(tmp_path, {QUESTION_FILE: written})
    assert "snapshot" in {item.id for item in bank.items}
    assert "disable" not in {item.id for item in bank.items}


def test_a_trap_speaks_of_the_format(tmp_path: Path) -> None:
    written = changed(TERM, "    q: What", "    q: `What")
    assert "the FAQ `creator-gone`" in only_problem(read_bank(tmp_path, {KEY_TERM: written})).message


HOSTILE = [
    "[" * 100_000,
    "{" * 100_000,
    "- " * 100_000,
    "? " * 100_000,
    "[a," * 100_000,
    "&a [*a,*a]\n" * 10_000,
    "a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
    "'" * 100_001,
    '"' + "a" * 3_000_000,
    "!" * 100_000,
    "[" + "[]," * 300_000,
    "a: b\n" * 300_000,
    "x" * 8_000_001,
    "\0" * 1000,
    "\x1b[2J\x1b]0;x\x07",
    "%YAML 9.9\n---\na: b\n",
    "a: |\n  " + "b" * 1_000_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_files_give_a_problem_quickly(tmp_path: Path, text: str) -> None:
    started = time.process_time()
    bank = read_bank(tmp_path, {"terms/hostile.yaml": text})
    assert time.process_time() - started < 5
    assert any(found.place.file.endswith("hostile.yaml") for found in bank.problems)
    assert len(bank.items) == 6
