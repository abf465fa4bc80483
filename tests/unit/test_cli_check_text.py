"""The findings of a check on terminals of any width."""

from __future__ import annotations

import random

import pytest

from keykata.bank.model import Place, Problem
from keykata.cli.check_text import cells, excerpt, problem_lines, wrapped

LONG = "      - {wrong: Copy the reports to a second bucket with a nightly job nobody looks after, why: none}"
MESSAGE = "Option 2 of the question `saa-earlier-state`, a distractor, has a reason that says nothing of it."


def found(column: int, line: str = LONG) -> Problem:
    """A problem in a line."""
    place = Place(file="saa-c03/questions/backup.yaml", line=18, column=column)
    return Problem(
        place=place,
        code="rationale-echo",
        severity="note",
        message=MESSAGE,
        hint="Say why it is so, in words that the option does not use.",
        excerpt=line,
    )


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("column", [1, 10, 60, 90, len(LONG), len(LONG) + 1])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(width: int, column: int) -> None:
    lines = list(problem_lines(found(column), width))
    assert max(map(cells, lines[1:])) <= width  # the place stays whole, to be opened by a click
    said = " ".join(line.strip() for line in lines)
    assert "note rationale-echo" in said
    assert MESSAGE in said or width == 20  # longer words than the terminal are parted there


@pytest.mark.parametrize("room", [16, 36, 76])
def test_the_caret_stays_under_its_sign(room: int) -> None:
    dice = random.Random(5)
    for _ in range(300):
        line = "".join(dice.choices("abcdefg é漢字  ", k=dice.randint(1, 300)))
        column = dice.randrange(len(line))
        shown, caret = excerpt(line, column, room)
        at = next(n for n in range(len(shown)) if cells(shown[:n]) == caret)
        assert shown[at] == line[column]
        assert cells(shown) <= room
        assert caret < room
        assert shown.strip("…") in line


def test_without_a_terminal_lines_stay_whole() -> None:
    lines = list(problem_lines(found(60)))
    assert lines[0] == "saa-c03/questions/backup.yaml:18:60 note rationale-echo"
    assert lines[1].strip() == MESSAGE
    assert lines[2] == f"    {LONG}"
    assert lines[3].index("^") == 4 + 59


def test_a_word_wider_than_the_terminal_is_parted_not_cut() -> None:
    word = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"
    lines = list(wrapped(f"See {word}.", 40, "  "))
    assert max(map(cells, lines)) <= 40
    assert "".join(line.strip() for line in lines) == f"See{word}."
