"""Moodle XML: what goes out comes back, and hostile files become findings."""

from __future__ import annotations

import pytest

from keykata.bank.model import Option, Place, Question
from keykata.exchange.model import Shipment
from keykata.exchange.moodle import read, write


def test_a_written_question_reads_back_with_flags_reasons_and_key() -> None:
    options = (
        Option(text="Use `S3`", right=True, why="It **keeps** objects."),
        Option(text="EBS & more", right=False, why="Blocks."),
        Option(text="EFS", right=True, why="Files."),
    )
    stem = "A team runs:\n\n```\naws s3 ls\n  <b>\n```"
    question = Question(
        id="q", stem=stem, ask="Which two?", options=options, explanation="Both.", place=Place(file="a")
    )
    export = write(Shipment(name="Mock", questions={"b:q": question}))
    (back,) = read(export.data).questions
    assert back.text == f"{stem}\n\nWhich two?"
    assert [(o.text, o.right, o.why) for o in back.options] == [(o.text, o.right, o.why) for o in options]
    assert (back.key, back.explanation, back.fixed) == ("b:q", "Both.", False)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\x00",
        b"<quiz><question>",
        b"<other/>",
        b'<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>',
        b'<?xml version="1.0" encoding="nowhere"?><quiz/>',
        b'<quiz><question type="essay"/></quiz>',
        b"<quiz>" + b"<a>" * 9000,
    ],
)
def test_what_cannot_be_read_is_a_finding(data: bytes) -> None:
    harvest = read(data)
    assert not harvest.questions
    assert [finding.severity for finding in harvest.findings] == ["error"]


def test_a_question_of_another_type_is_named_with_its_line() -> None:
    harvest = read(b'<quiz>\n<question type="multichoice"/>\n<question type="essay"/>\n</quiz>')
    assert [question.line for question in harvest.questions] == [2]
    assert [finding.line for finding in harvest.findings] == [3]
