"""Aiken, both ways."""

from __future__ import annotations

from keykata.bank.model import Option, Place, Question
from keykata.exchange.aiken import read, write
from keykata.exchange.model import Shipment


def _question(right: int) -> Question:
    options = tuple(Option(text=f"Option {n}", right=n < right) for n in range(5))
    return Question(id="q", stem="A. b c.", ask="Which?", options=options, place=Place(file="q"))


def test_one_right_option_comes_back_even_under_a_stem_like_an_option() -> None:
    (found,) = read(write(Shipment(name="x", questions={"b:q": _question(1)})).data).questions
    assert found.text == "Question: A. b c. Which?"
    assert [(one.text, one.right) for one in found.options] == [(f"Option {n}", n == 0) for n in range(5)]


def test_several_right_options_are_left_out_and_told() -> None:
    made = write(Shipment(name="x", questions={"b:q": _question(2)}))
    assert (made.data, made.findings[0].severity) == (b"", "error")


def test_a_question_without_answer_is_told_with_its_line() -> None:
    harvest = read(b"First?\nA) a\nB) b\nSecond?\nA) a\nB) b\nANSWER: B\n")
    assert [one.text for one in harvest.questions] == ["Second?"]
    assert [one.line for one in harvest.findings] == [1]


def test_a_letter_that_stands_twice_leaves_the_question_out() -> None:
    harvest = read(b"First?\nA) a\nB) b\nA) c\nANSWER: A\nSecond?\nA) a\nB) b\nANSWER: B\n")
    assert [one.text for one in harvest.questions] == ["Second?"]
    assert [(one.severity, one.line) for one in harvest.findings] == [("error", 1)]
