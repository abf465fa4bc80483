"""Anki's plain text: header rules, quoting, and notes that come back as what they were."""

from __future__ import annotations

import pytest

from keykata.exchange import anki_text
from keykata.exchange.model import Shipment
from support.anki_items import question, shipment


def test_what_is_written_comes_back() -> None:
    harvest = anki_text.read(anki_text.write(shipment()).data)
    [got] = harvest.questions
    made = question()
    assert got.text == f"{made.stem}\n\n{made.ask}"
    assert [(o.text, o.right, o.why) for o in got.options] == [(o.text, o.right, o.why) for o in made.options]
    assert (got.key, got.explanation, got.task, got.tags) == ("saa:q1", made.explanation, "1.2", made.topics)
    assert [found.key for found in harvest.terms] == [
        "kms:key-policy",
        "kms:key-policy/arn",
        "kms:key-policy/why",
    ]
    assert [found.line for found in harvest.terms] == [8, 9, 10]


def test_the_header_stands_in_the_order_anki_needs() -> None:
    lines = anki_text.write(shipment()).data.decode().splitlines()
    assert lines[:3] == ["#separator:tab", "#html:true", "#guid column:1"]
    assert "#tags column:6" in lines


def test_a_row_that_begins_like_a_comment_is_quoted() -> None:
    shipped = Shipment(name="x", questions={"#x:q": question()})
    assert anki_text.read(anki_text.write(shipped).data).questions[0].key == "#x:q"


def test_comments_blank_lines_and_quotes_over_lines_are_read() -> None:
    text = '#separator:comma\n#html:false\n#tags:all\n\n# no row\n"say ""x""\nagain",<b>\nq,a,more\n'
    harvest = anki_text.read(text.encode("utf-8-sig"))
    assert [(found.front, found.back, found.line) for found in harvest.terms] == [
        ('say "x"\nagain', "<b>", 6),
        ("q", "a", 8),
    ]
    assert harvest.terms[0].tags == ("all",)
    assert harvest.findings[0].line == 8


def test_columns_name_the_options_of_a_question() -> None:
    text = "#separator:;\n#columns:Question;A;B;C;Answer\nWhich?;One;Two;Three;A, C\n"
    [got] = anki_text.read(text.encode()).questions
    assert [(option.text, option.right) for option in got.options] == [
        ("One", True),
        ("Two", False),
        ("Three", True),
    ]


def test_an_open_quote_names_its_line() -> None:
    [finding] = anki_text.read(b'a\tb\n"c\td\n').findings
    assert (finding.severity, finding.line) == ("error", 2)


def test_what_is_not_text_names_its_line() -> None:
    [finding] = anki_text.read(b"a\tb\n\xff\xfe\n").findings
    assert (finding.severity, finding.line) == ("error", 2)


def test_code_of_a_note_stays_code() -> None:
    data = b'#html:true\nWhat does it say?\t"It denies:<pre>{\n  ""Effect"": ""Deny""\n}</pre>Always."\n'
    (found,) = anki_text.read(data).terms
    assert found.back == 'It denies:\n```\n{\n  "Effect": "Deny"\n}\n```\nAlways.'


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("Use a key", "0100"),
        ("Create a bucket", "1000"),
        ("B. Use a key", "0100"),
        ("C) because it is said", "0010"),
        ("The correct answers are: A and D", "1001"),
        ("AC", "1010"),
        ("0 1 0 0", "0100"),
        ("Use a bucket", ""),  # no option, though "a" is a letter
        ("B (see page 3)", ""),
        ("A. Use a key", ""),
        ("1 0 0 0 1", ""),
    ],
)
def test_an_answer_in_words_is_the_option_that_says_them(answer: str, right: str) -> None:
    text = f"#separator:;\n#columns:Question;A;B;C;D;Answer\nWhich?;Create a bucket;Use a key;c;d;{answer}\n"
    harvest = anki_text.read(text.encode())
    marks = ["".join("01"[option.right] for option in got.options) for got in harvest.questions]
    assert marks == [right] * bool(right)
    assert [finding.line for finding in harvest.findings] == [3] * (not right)


def test_a_question_that_speaks_of_gaps_comes_back() -> None:
    made = question(stem="What does {{c1::x}} do?")
    harvest = anki_text.read(anki_text.write(Shipment(name="x", questions={"a:q": made})).data)
    assert [found.text for found in harvest.questions] == [f"{made.stem}\n\n{made.ask}"]
