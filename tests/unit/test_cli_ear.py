"""How plain mode listens: whole lines from a pipe, waits that end, and nothing lost between them."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from keykata.cli.out import Out
from keykata.cli.plain.ear import LONGEST, Ear


@dataclass
class Pipe:
    """A pipe: what is written at one end is heard at the other."""

    ear: Ear
    write: Callable[[bytes], int]
    hang_up: Callable[[], None]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """An open pipe with an ear at it."""
    far, near = os.pipe()
    left_open = [near]

    def hang_up() -> None:
        os.close(left_open.pop())

    with os.fdopen(far, encoding="utf-8") as source:
        yield Pipe(Ear(source, Out(io.StringIO())), lambda data: os.write(near, data), hang_up)
    for number in left_open:
        os.close(number)


def patience(*seconds: float) -> Callable[[], float]:
    """So much patience, one wait after another, and then none."""
    rest = iter(seconds)
    return lambda: next(rest, 0.0)


def test_lines_come_one_by_one_and_the_last_may_have_no_end(pipe: Pipe) -> None:
    pipe.write("a\r\nÄ b\n\nlast".encode())
    pipe.hang_up()
    heard = [pipe.ear.ask("?", patience(1, 1)) for _ in range(4)]
    assert heard == ["a", "Ä b", "", "last"]
    assert not pipe.ear.over
    assert pipe.ear.ask("?") is None
    assert pipe.ear.over


def test_the_wait_ends_with_patience_and_half_a_line_is_kept(pipe: Pipe) -> None:
    assert pipe.ear.ask("?", patience(0.001)) is None
    pipe.write(b"ha")
    assert pipe.ear.ask("?", patience(0.001, 0.001)) is None
    assert not pipe.ear.over
    pipe.write(b"lf\n")
    assert pipe.ear.ask("?", patience(1)) == "half"


def test_bytes_that_are_no_text_and_endless_lines_do_not_end_it(pipe: Pipe) -> None:
    pipe.write(b"\xff\n")
    assert pipe.ear.ask("?") == "\ufffd"
    for _ in range(3):
        pipe.write(b"x" * LONGEST)
        assert pipe.ear.ask("?", patience(0.001)) is None
    pipe.write(b"\nnext\n")
    assert pipe.ear.ask("?") == "x" * LONGEST
    assert pipe.ear.ask("?") == "next"


def test_an_encoding_that_takes_nothing_else_does_not_end_it() -> None:
    far, near = os.pipe()
    os.write(near, b"A\nB\n")
    os.close(near)
    with os.fdopen(far, encoding="utf-16") as source:
        ear = Ear(source, Out(io.StringIO()))
        assert [ear.ask("?"), ear.ask("?"), ear.ask("?")] == ["A", "B", None]
