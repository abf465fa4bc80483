"""Whatever a bank says, each format gives back what it can carry and tells of the rest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.bank.model import Option, Place, Question, Term
from keykata.bank.prose import fold_prose
from keykata.core.safe import safe_text
from keykata.exchange.formats import FORMATS, reader_of, writer_of
from keykata.exchange.html_markdown import markdown_of
from keykata.exchange.html_text import html_of
from keykata.exchange.model import Export, ForeignQuestion, Shipment

SIGNS = st.sampled_from(list("ab @*`_<>&\"'#[]{}()%:|=~^;,\\/-+.!?12\n\té漢"))
CHARACTERS = SIGNS | st.characters(exclude_categories=("Cs", "Cc"))
PIECES = st.sampled_from(
    [
        "a bucket",
        "**must**",
        "`s3:GetObject`",
        "it's *so*",
        "\n\n",
        "- [x] ",
        "### ",
        "> ",
        "A. ",
        "ANSWER: A",
        '```json\n{"Effect": "Deny"}\n```',
        "![map](a.png)",
        "{{c1::x}}",
        "::",
        "=1%",
        "%50%",
    ]
)
TEXTS = (
    st.one_of(
        st.text(CHARACTERS, min_size=1, max_size=40),
        st.lists(PIECES, min_size=1, max_size=6).map(" ".join),
        st.lists(PIECES, min_size=1, max_size=6).map("\n\n".join),
    )
    .map(lambda text: fold_prose(safe_text(text).replace("\xa0", " ")))
    .filter(bool)
)
MARKED = st.lists(
    st.sampled_from(
        ["a bucket", "**must**", "`s3:GetObject`", "*so*", "[docs](https://a.example/x)", "1 < 2", "A & B"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
PARAGRAPHS = st.lists(MARKED | st.just('```\n{"Effect": "Deny"}\n```'), min_size=1, max_size=3).map(
    "\n\n".join
)
RIGHTS = st.sampled_from(["1000", "0010", "11000", "00011", "101000"])
WORDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)


@st.composite
def questions(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Question:
    """A question that a bank can hold."""
    options = tuple(
        Option(
            text=draw(texts), right=mark == "1", why=draw(texts) if mark == "1" else draw(st.just("") | texts)
        )
        for mark in draw(RIGHTS)
    )
    return Question(
        id=draw(WORDS),
        stem=draw(texts),
        ask=draw(texts),
        options=options,
        explanation=draw(st.just("") | texts),
        task=draw(st.sampled_from(["", "1.2", "3.10"])),
        level=draw(st.sampled_from(["recall", "apply", "analyse"])),
        topics=tuple(draw(st.lists(WORDS, max_size=2, unique=True))),
        refs=tuple(draw(st.lists(WORDS.map("https://a.example/{}".format), max_size=2, unique=True))),
        fixed=draw(st.booleans()),
        place=Place(file="q"),
    )


def shipped(form: str, question: Question) -> tuple[ForeignQuestion, Export]:
    """The question after a journey between two others, which must not be touched by it."""
    other = Question(id="other", stem="Other.", ask="Which?", options=question.options, place=Place(file="q"))
    many = {"b:first": other, f"b:{question.id}-q": question, "b:last": other}
    export = writer_of(form)(Shipment(name="b", questions=many))
    found = reader_of(form)(export.data).questions
    assert len(found) == 3
    middle = next((one for one in found if one.key == f"b:{question.id}-q"), found[1])
    return middle, export


def flat(text: str) -> str:
    return " ".join(text.split())


def lost(export: Export, word: str) -> bool:
    return any(word in finding.message.casefold() for finding in export.findings if finding.where)


def rights(found: ForeignQuestion | Question) -> list[bool]:
    return [option.right for option in found.options]


def texts_of(found: ForeignQuestion | Question) -> list[str]:
    return [flat(option.text) for option in found.options]


@given(questions())
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("form", ["markdown", "blackboard", "aiken"])
def test_formats_of_plain_lines_carry_words_and_right_options(form: str, question: Question) -> None:
    if form == "aiken" and question.selects > 1:
        data = writer_of(form)(Shipment(name="b", questions={"b:q": question}))
        assert [finding.severity for finding in data.findings] == ["error"]
        return
    found, export = shipped(form, question)
    words = sorted(f"{question.stem} {question.ask}".split())
    assert sorted(found.text.removeprefix("Question: ").split()) == words
    assert (texts_of(found), rights(found)) == (texts_of(question), rights(question))
    assert lost(export, "reasons") or lost(export, "explanation")


@given(questions())
@settings(max_examples=60, deadline=None)
def test_full_check_lists_carry_reasons_or_say_so(question: Question) -> None:
    found, export = shipped("markdown-full", question)
    assert (texts_of(found), rights(found)) == (texts_of(question), rights(question))
    if not lost(export, "reasons"):
        assert [flat(one.why) for one in found.options] == [flat(one.why) for one in question.options]
    if not lost(export, "explanation"):
        assert flat(found.explanation) == flat(question.explanation)
    assert lost(export, "references") == bool(question.refs)


@given(questions())
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("form", ["csv", "csv-plain", "gift"])
def test_formats_of_cells_carry_every_text(form: str, question: Question) -> None:
    found, export = shipped(form, question)
    assert found.text == f"{question.stem}\n\n{question.ask}".strip()
    assert [(one.text, one.right, one.why) for one in found.options] == [
        (one.text.strip(), one.right, one.why.strip()) for one in question.options
    ]
    assert found.explanation == question.explanation.strip()
    if form != "csv":
        assert found.key == f"b:{question.id}-q"
        told = (found.task, found.level, found.tags, found.fixed)
        assert told == (question.task, question.level, question.topics, question.fixed)
    if form == "csv-plain":
        assert found.refs == question.refs
    else:
        assert lost(export, "references") == bool(question.refs)


@given(questions(PARAGRAPHS))
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("form", ["moodle", "qti"])
def test_formats_of_pages_carry_what_a_page_shows(form: str, question: Question) -> None:
    found, export = shipped(form, question)
    assert html_of(found.text) == html_of(f"{question.stem}\n\n{question.ask}")
    assert [(html_of(one.text), one.right, html_of(one.why)) for one in found.options] == [
        (html_of(one.text), one.right, html_of(one.why)) for one in question.options
    ]
    assert html_of(found.explanation) == html_of(question.explanation)
    assert found.key == f"b:{question.id}-q"
    assert (found.task, found.level, found.tags) == (question.task, question.level, question.topics)
    assert found.fixed == question.fixed
    assert lost(export, "references") == bool(question.refs)


@given(questions(TEXTS.filter(lambda text: bool(markdown_of(html_of(text))))))
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("form", ["moodle", "qti"])
def test_no_text_breaks_a_page(form: str, question: Question) -> None:
    found, _ = shipped(form, question)
    assert rights(found) == rights(question)


@given(st.lists(st.tuples(MARKED, PARAGRAPHS), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("form", ["apkg", "anki-text", "csv-cards"])
def test_terms_come_back_as_cards(form: str, sides: list[tuple[str, str]]) -> None:
    terms = {
        f"b:t{at}": Term(id=f"t{at}", name=name, short=back, definition=back, place=Place(file="t"))
        for at, (name, back) in enumerate(sides)
    }
    found = reader_of(form)(writer_of(form)(Shipment(name="b", terms=terms)).data).terms
    assert sorted((one.front, one.back) for one in found) == sorted(sides)


@pytest.mark.parametrize("form", sorted(name for name, form in FORMATS.items() if form.writes))
def test_a_bank_without_anything_can_be_written(form: str) -> None:
    data = writer_of(form)(Shipment(name="b")).data
    if FORMATS[form].reads:
        assert not reader_of(form)(data).questions
