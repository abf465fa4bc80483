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


def test_what_is_no_question_with_an_answer_is_named_with_its_line() -> None:
    harvest = read(b'<quiz>\n<question type="multichoice"/>\n<question type="essay"/>\n</quiz>')
    assert not harvest.questions
    assert [(finding.severity, finding.line) for finding in harvest.findings] == [("error", 2), ("error", 3)]


def _quiz(text: str, single: str = "true") -> bytes:
    return (
        f'<quiz><question type="multichoice"><questiontext><text><![CDATA[{text}]]></text></questiontext>'
        f'<single>{single}</single><answer fraction="50"><text>half</text></answer>'
        '<answer fraction="100"><text>all</text></answer></question></quiz>'
    ).encode()


def test_of_a_single_choice_only_the_highest_fraction_is_right() -> None:
    harvest = read(_quiz("Which?"))
    assert [option.right for option in harvest.questions[0].options] == [False, True]
    assert [finding.severity for finding in harvest.findings] == ["warning"]
    assert [option.right for option in read(_quiz("Which?", "false")).questions[0].options] == [True, True]


def test_links_stay_and_pictures_are_told() -> None:
    harvest = read(_quiz('<p>See <a href="https://a.b/c">this</a><img src="x.png"></p>', "false"))
    assert harvest.questions[0].text == "See [this](https://a.b/c)"
    assert ["1 pictures" in finding.message for finding in harvest.findings] == [True]


@pytest.mark.parametrize("earned", ["33,33333", "NaN", "inf", "100%"])
def test_a_part_that_is_no_number_leaves_the_question_out(earned: str) -> None:
    harvest = read(_quiz("Which?", "false").replace(b"50", earned.encode()))
    assert not harvest.questions
    assert [(finding.severity, finding.line) for finding in harvest.findings] == [("error", 1)]


def test_two_whole_marks_of_a_single_choice_are_told() -> None:
    harvest = read(_quiz("Which?").replace(b'"50"', b'"100"'))
    assert [option.right for option in harvest.questions[0].options] == [True, True]
    assert [finding.severity for finding in harvest.findings] == ["warning"]


def test_lists_keep_their_first_numbers() -> None:
    texts = ("2. Wait.", "3. Wait.", "0. Wait.", "Wait.")
    options = tuple(Option(text=text, right=text == texts[0]) for text in texts)
    stem = "1. Stop it.\n\n```\naws kms\n```\n\n2. Start it.\n3. Wait."
    question = Question(id="q", stem=stem, ask="What is next?", options=options, place=Place(file="a"))
    (back,) = read(write(Shipment(name="Mock", questions={"b:q": question})).data).questions
    assert [(option.text, option.right) for option in back.options] == [(t, t == texts[0]) for t in texts]
    assert "2. Start it." in back.text
    assert "\n3. Wait." in back.text


@pytest.mark.parametrize("start", ["-4", "x", "", "9" * 5000, "²"])
def test_a_list_that_begins_with_no_number_of_markdown_begins_with_one(start: str) -> None:
    (back,) = read(_quiz(f'<ol start="{start}"><li>Stop.</li></ol>')).questions
    assert back.text == "1. Stop."
