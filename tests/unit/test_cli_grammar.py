"""The grammar of plain mode, as a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keykata.cli.plain.grammar import (
    WORDS,
    Ask,
    Blank,
    Cause,
    Choose,
    Command,
    Intent,
    Rate,
    Refused,
    Reveal,
    parse_line,
)

ONE = Ask("question", options=4)
TWO = Ask("question", options=5, select=2)
TWO_TYPED = Ask("question", options=5, select=2, patient=True)
SORT = Ask("sort", options=3)
FACT = Ask("recall")
LIST = Ask("list")
TURNED = Ask("recall", turned=True)
AFTER_A_MISS = Ask("question", options=4, missed=True)


@pytest.mark.parametrize(
    ("ask", "line", "intent"),
    [
        (ONE, "c", Choose((2,))),
        (ONE, "C\r", Choose((2,))),
        (ONE, "  c sure ", Choose((2,), "sure")),
        (ONE, "C GUESS", Choose((2,), "guess")),
        (ONE, "c, sure", Choose((2,), "sure")),
        (ONE, "", Blank()),
        (ONE, "  \t", Blank()),
        (ONE, ",", Blank()),
        (TWO, "ca", Choose((0, 2))),
        (TWO, "C, A", Choose((0, 2))),
        (TWO, "a c guess", Choose((0, 2), "guess")),
        (TWO, "d", Choose((3,))),
        (SORT, "2", Choose((1,))),
        (SORT, "b sure", Choose((1,), "sure")),
        (Ask("sort", options=7), "7", Choose((6,))),
        (Ask("sort", options=12), "12, guess", Choose((11,), "guess")),
        (Ask("sort", options=7), "cross 7", Command("cross", number=6)),
        (FACT, "", Reveal()),
        (FACT, "it waits 7 to 30 days", Reveal()),
        (FACT, "3", Reveal()),
        (TURNED, "1", Rate(1)),
        (TURNED, " 4 ", Rate(4)),
        (TURNED, "", Blank()),
        (AFTER_A_MISS, "misread", Cause("misread")),
        (AFTER_A_MISS, "Slip", Cause("slip")),
        (AFTER_A_MISS, "b", Choose((1,))),
        (Ask("recall", missed=True), "between", Cause("between")),
        (LIST, "go 12", Command("go", number=12)),
        (LIST, "12", Command("go", number=12)),
        (LIST, "", Blank()),
        (LIST, "Hand in", Command("hand in")),
        (LIST, "mark", Command("mark")),
        (ONE, "go 12", Command("go", number=12)),
        (ONE, "Cross B", Command("cross", number=1)),
        (SORT, "cross 3", Command("cross", number=2)),
        (ONE, "Hand  In", Command("hand in")),
        (ONE, "note Look at Grants", Command("note", text="Look at Grants")),
        (ONE, "REPORT the date is old", Command("report", text="the date is old")),
        (FACT, "quit", Command("quit")),
        (TURNED, "undo", Command("undo")),
    ],
)
def test_what_a_line_means(ask: Ask, line: str, intent: Intent) -> None:
    assert parse_line(line, ask) == intent


@pytest.mark.parametrize(
    ("ask", "line", "says"),
    [
        (ONE, "e", "no option E"),
        (ONE, "9", "no option 9"),
        (ONE, "hello", "HELLO is not an answer"),
        (ONE, "ab", "Too many"),
        (TWO, "abc", "Too many"),
        (TWO, "aa", "twice"),
        (TWO_TYPED, "a", "Too few"),
        (ONE, "sure", "before sure"),
        (SORT, "4", "no option 4"),
        (SORT, "1a", "twice"),
        (TURNED, "5", "1, 2, 3 or 4"),
        (ONE, "slip", "right after a miss"),
        (ONE, "note", "Say note and your text"),
        (LIST, "a", "No question is on show"),
        (LIST, "12345", "No question is on show"),
        (LIST, "1 2", "No question is on show"),
        (ONE, "go away", "is not an answer"),
        (ONE, "\x1b[2J", "is not an answer"),
    ],
)
def test_a_spent_line_says_why(ask: Ask, line: str, says: str) -> None:
    intent = parse_line(line, ask)
    assert isinstance(intent, Refused)
    assert says in intent.message
    assert "\x1b" not in intent.message


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("ask", [ONE, TWO, SORT, FACT, TURNED, AFTER_A_MISS, LIST])
def test_every_word_works_at_every_prompt(word: str, ask: Ask) -> None:
    assert parse_line(word.upper(), ask) == Command(word)


@given(st.text(), st.sampled_from([ONE, TWO, TWO_TYPED, SORT, FACT, TURNED, AFTER_A_MISS, LIST]))
def test_any_line_means_something_that_fits(line: str, ask: Ask) -> None:
    intent = parse_line(line, ask)
    if isinstance(intent, Choose):
        assert intent.places == tuple(sorted(set(intent.places)))
        assert 1 <= len(intent.places) <= ask.select
        assert max(intent.places) < ask.options


@given(st.permutations("ace"), st.sampled_from(["", " ", ",", " , "]), st.booleans())
def test_order_case_and_spacing_do_not_matter(letters: list[str], gap: str, upper: bool) -> None:
    line = gap.join(letters)
    ask = Ask("question", options=6, select=3)
    assert parse_line(line.upper() if upper else line, ask) == Choose((0, 2, 4))
