"""The practice-test sheet, both ways."""

from __future__ import annotations

from keykata.bank.model import Option, Place, Question
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
