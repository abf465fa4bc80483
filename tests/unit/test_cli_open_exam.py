"""The mock exam left open, told before another is begun."""

from __future__ import annotations

import io

import pytest

from keykata.cli.out import Out
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.open_exam import ANOTHER, which_exam
from keykata.study.home_views import OpenSitting

LEFT_OPEN = tuple(
    OpenSitting(id=f"exam-{number}", mode="exam", title=f"Mock exam {number}", position=2, total=65, left=90)
    for number in (2, 1)
)


class Typed(io.StringIO):
    """Lines that a person types."""

    def isatty(self) -> bool:
        """A person is there."""
        return True


def asked(source: io.StringIO, *left_open: OpenSitting) -> tuple[str | None, list[str]]:
    """What is to be done, and what was said."""
    written = io.StringIO()
    out = Out(written)
    return which_exam(left_open, Ear(source, out), out), written.getvalue().splitlines()


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("go on", "exam-2"),
        ("Go  ON", "exam-2"),
        ("start", ANOTHER),
        ("back", None),
        ("quit", None),
        ("what\n\ngo on", "exam-2"),
        ("", None),
    ],
)
def test_a_person_says_which(said: str, then: str | None) -> None:
    found, heard = asked(Typed(f"{said}\n" if said else ""), LEFT_OPEN[0])
    assert found == then
    assert heard[0] == "Left open: Mock exam 2, 2 of 65, 90 min left."
    assert heard[1] == "Say go on, start for another paper, or back."
    assert heard.count(heard[1]) == 1 + said.count("what")


def test_all_of_them_are_told_and_the_first_goes_on() -> None:
    found, heard = asked(Typed("go on\n"), *LEFT_OPEN)
    assert found == "exam-2"
    assert [line.partition(",")[0] for line in heard[:2]] == [
        "Left open: Mock exam 2",
        "Left open: Mock exam 1",
    ]
    assert "go on for the first of them" in heard[2]


def test_a_pipe_is_told_and_none_of_its_lines_is_taken() -> None:
    source = io.StringIO("a\n")
    found, heard = asked(source, *LEFT_OPEN)
    assert found == ANOTHER
    assert len(heard) == 1
    assert heard[0].startswith("Left open: Mock exam 2, ")
    assert heard[0].endswith("To go on: keykata exam --resume --plain.")
    assert source.readline() == "a\n"


def test_without_one_nothing_is_said() -> None:
    assert asked(Typed("back\n")) == (ANOTHER, [])
