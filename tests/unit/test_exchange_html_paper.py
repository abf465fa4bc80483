"""The printed exam: answers apart from questions, and no text of a bank able to act on the page."""

from __future__ import annotations

from keykata.bank.model import Option, Place, Question
from keykata.exchange.html_paper import write
from keykata.exchange.model import Shipment


def _page(text: str = "Which store?", name: str = "Mock") -> str:
    options = (
        Option(text="`S3`", right=True, why="Objects are kept."),
        Option(text=text, right=False, why="Blocks only."),
        Option(text="EFS", right=True, why="Files are shared."),
    )
    place = Place(file="a.yaml")
    question = Question(
        id="q", stem=f"A team.\n\n```\n<a & b>\n```\n\n{text}", ask="Which two?", options=options, place=place
    )
    return write(Shipment(name=name, questions={"b:q": question})).data.decode()


def test_answers_and_reasons_stand_only_behind_the_page_break() -> None:
    asked, answered = _page().split('<div class="answers">')
    assert "Choose 2." in asked
    assert "Objects are kept." not in asked
    assert "Question 1: A, C" in answered
    assert "Blocks only." in answered
    assert ".answers { break-before: page; }" in asked


def test_code_keeps_its_lines_and_is_escaped() -> None:
    assert "<pre><code>&lt;a &amp; b&gt;\n</code></pre>" in _page()


def test_no_text_becomes_markup_script_or_picture() -> None:
    hostile = "<script>x()</script> ![p](http://h/p.png) [l](javascript:x) \x1b[2J"
    page = _page(hostile, name=hostile)
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "\x1b" not in page


def test_the_same_exam_gives_the_same_bytes() -> None:
    assert _page() == _page()
