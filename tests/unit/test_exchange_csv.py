"""The practice-test sheet, both ways."""

from __future__ import annotations

import csv
import io

import pytest

from keykata.bank.model import Option, Place, Question
from keykata.exchange import csv_plain, csv_sheet
from keykata.exchange.csv_sheet import read, write
from keykata.exchange.model import Shipment


def test_a_question_comes_back_with_its_reasons() -> None:
    options = tuple(Option(text=f'Say "{n}", so', right=n < 2, why=f"W\n\n{n}") for n in range(5))
    item = Question(id="q", stem="A.", ask="Which?", options=options, explanation="E", place=Place(file="q"))
    made = write(Shipment(name="x", questions={"b:q": item}))
    assert made.data.split(b"\r\n")[0].count(b",") == 16
    (found,) = read(b"\xef\xbb\xbf" + made.data).questions
    assert (found.text, found.explanation) == ("A.\n\nWhich?", "E")
    assert [(one.text, one.right, one.why) for one in found.options] == [
        (one.text, one.right, one.why) for one in options
    ]


def test_another_table_is_told() -> None:
    assert read(b"a,b,c\n1,2,3\n").findings[0].line == 1


def test_columns_are_known_by_their_names_whatever_their_order() -> None:
    text = (
        "id;Correct answer;question;option A;option B;option C;option D;Reason b;tags;references\n"
        "q7;B;Which?;one;two;three;four;because;kms aws;https://a.example/x\n"
    )
    (found,) = read(text.encode()).questions
    assert (found.key, found.text, found.tags, found.refs) == (
        "q7",
        "Which?",
        ("kms", "aws"),
        ("https://a.example/x",),
    )
    assert [(one.text, one.right, one.why) for one in found.options] == [
        ("one", False, ""),
        ("two", True, "because"),
        ("three", False, ""),
        ("four", False, ""),
    ]


@pytest.mark.parametrize(
    ("answer", "right"),
    [("A", "1000"), ("b,d", "0101"), ("2", "0100"), ("1;3", "1010"), ("BD", "0101"), ("three", "0010")],
)
def test_an_answer_is_letters_numbers_or_words(answer: str, right: str) -> None:
    text = f'Question,Options,Answer\nWhich?,"one|two|three|four","{answer}"\n'
    (found,) = read(text.encode()).questions
    assert "".join("01"[one.right] for one in found.options) == right


def test_options_in_one_cell_lose_their_letters() -> None:
    text = 'Question,Choices,Answer\nWhich?,"A. one\nB. two\nC. three\nD. four",C\n'
    (found,) = read(text.encode()).questions
    assert [one.text for one in found.options if one.right] == ["three"]
    assert found.line == 2


def test_two_columns_are_cards_with_and_without_a_header() -> None:
    for text in ("Term,Definition\nKMS,Keeps keys.\n", "KMS\tKeeps keys.\n"):
        (found,) = read(text.encode()).terms
        assert (found.front, found.back) == ("KMS", "Keeps keys.")


def test_questions_without_a_header_name_their_answer_last() -> None:
    (found, _) = read(b"Which?,one,two,three,four,B\nWhat?,a1,b1,c1,d1,b1\n").questions
    assert [one.text for one in found.options if one.right] == ["two"]


def test_an_open_quote_costs_its_line_only() -> None:
    harvest = read(b'Front,Back\n"KMS,Keeps keys.\nS3,Keeps objects.\n,empty\n')
    assert [one.front for one in harvest.terms] == ["S3"]
    assert [(one.line, one.severity) for one in harvest.findings] == [(2, "error"), (4, "error")]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x")', "+1", "-1 day", "@SUM(1)", "'=kept", "''-so", "it's"]
)
def test_no_cell_is_a_formula_and_every_text_comes_back(text: str) -> None:
    options = tuple(Option(text=f"{text}{n}", right=n < 1, why=text) for n in range(4))
    item = Question(id="q", stem=text, ask="Which?", options=options, explanation=text, place=Place(file="q"))
    for module in (csv_sheet, csv_plain):
        made = module.write(Shipment(name="x", questions={"b:q": item})).data
        cells = [cell for row in csv.reader(io.StringIO(made.decode(), newline="")) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        (found,) = module.read(made).questions
        assert (found.text, found.explanation) == (f"{text}\n\nWhich?", text)
        assert [(one.text, one.why) for one in found.options] == [(one.text, one.why) for one in options]


@pytest.mark.parametrize("how", ["utf-16", "utf-8-sig"])
def test_sheets_as_spreadsheets_save_them(how: str) -> None:
    text = 'sep=;\r\nQuestion;A;B;Answer\r\n"Which ""\u00f6dd"" one;\r\nover lines?";x;"y; z";B\r\n'
    harvest = read(text.encode(how))
    assert not harvest.findings
    (only,) = harvest.questions
    assert only.text == 'Which "\u00f6dd" one;\nover lines?'
    assert [(one.text, one.right) for one in only.options] == [("x", False), ("y; z", True)]
    assert only.line == 3


@pytest.mark.parametrize(
    ("row", "right"), [("4,3,,2,1,E", "0001"), ('4,3,,2,1,"A,C"', ""), ("4,3,,2,1,C", "")]
)
def test_an_answer_that_also_names_an_empty_option_is_none(row: str, right: str) -> None:
    harvest = read(f"question,A,B,C,D,E,answer\nWhich?,{row}\n".encode())
    marks = ["".join("01"[one.right] for one in found.options) for found in harvest.questions]
    assert marks == [right] * bool(right)
    assert [finding.line for finding in harvest.findings] == [2] * (not right)


def test_places_of_options_come_before_their_words_and_a_doubt_is_told() -> None:
    rows = 'How many?,4,3,2,1,0,4\nWhich pair?,"A,C",b,c,d,e,"A,C"\nHow few?,4,3,2,1,0,0\nAll?,1,2,3,4,5,2\n'
    harvest = read(f"question,A,B,C,D,E,answer\n{rows}".encode())
    marks = ["".join("01"[one.right] for one in found.options) for found in harvest.questions]
    assert marks == ["00010", "10100", "00001", "01000"]
    assert [(finding.severity, finding.line) for finding in harvest.findings] == [("warning", 2)]
