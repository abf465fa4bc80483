"""Prose as blocks and spans, and as plain mode prints it."""

from __future__ import annotations

import pytest

from keykata.bank.markdown import Block, Span, blocks, plain_text, spans


def _styles(text: str) -> list[tuple[str, str]]:
    return [(span.text, span.style) for block in blocks(text) for span in block.spans]


@pytest.mark.parametrize(
    "text",
    [
        "Ask for <account-id> and __init__ and _this_",
        "arn:aws:kms:*:123:key/* and arn:aws:iam::*:root",
        '["s3:GetObject"] [prod] [/foo] [red]bold[/red]',
        "a lone * here, 2 * 3 and 2*3*4",
        "*.example.com and *.example.org",
        "s3:Get* s3:Put*",
        "R&D &amp; &lt;b&gt; <b>x</b> <!-- y -->",
        "> 30 days",
        ">= 7 days",
        "+ 5 minutes",
        "== not a heading",
        "[v](javascript:alert) ![x",
        "***",
    ],
)
def test_text_comes_out_as_typed(text: str) -> None:
    found = "".join(span.text for span in spans(text))
    assert found == text
    if text != "***":
        assert plain_text(text) == text


def test_styles() -> None:
    assert _styles("*Read* for the **verb**: `kms:*`, *`aws/ebs`* and **bold *both* ways**.") == [
        ("Read", "italic"),
        (" for the ", "plain"),
        ("verb", "bold"),
        (": ", "plain"),
        ("kms:*", "code"),
        (", ", "plain"),
        ("aws/ebs", "code"),
        (" and ", "plain"),
        ("bold both ways", "bold"),
        (".", "plain"),
    ]


def test_emphasis_may_hold_punctuation_and_code_with_stars() -> None:
    assert _styles("*Disable, share*: each. (*so*) *a `*` b*")[0] == ("Disable, share", "italic")
    assert ("so", "italic") in _styles("(*so*)")
    assert _styles("*a `*` b*") == [("a ", "italic"), ("*", "code"), (" b", "italic")]


def test_links() -> None:
    text = "See [the key](term:customer-managed-key) and [AWS](https://docs.aws.amazon.com/x)."
    assert blocks(text)[0].spans[1] == Span("the key", "link", "term:customer-managed-key")
    assert plain_text(text) == "See the key and AWS (https://docs.aws.amazon.com/x)."


def test_lists_headings_quotes_rules() -> None:
    text = "## Steps\n\n1. One\n2. Two\n   - inner\n\n     more\n\n> said\n\n---\n\nend"
    assert [(block.kind, block.depth, block.number) for block in blocks(text)] == [
        ("heading", 0, ""),
        ("number", 1, "1"),
        ("number", 1, "2"),
        ("bullet", 2, ""),
        ("paragraph", 2, ""),
        ("quote", 0, ""),
        ("rule", 0, ""),
        ("paragraph", 0, ""),
    ]
    assert blocks(text)[0].level == 2
    assert plain_text(text).split("\n") == ["Steps", "1. One", "2. Two", "  - inner", "  more", "said", "end"]


def test_code_is_exact() -> None:
    text = 'Before\n\n```json\n{\n  "Action": ["kms:*", "<x>"]\n}\n```\n\nAfter'
    assert blocks(text)[1] == Block("code", language="json", text='{\n  "Action": ["kms:*", "<x>"]\n}')
    assert plain_text(text).split("\n") == ["Before", "{", '  "Action": ["kms:*", "<x>"]', "}", "After"]


def test_tables_are_rows_of_cells() -> None:
    table = blocks("| Key | Fee |\n|---|---|\n| `aws/s3` | *none* |")[0]
    assert table.kind == "table"
    assert table.rows == (
        ((Span("Key"),), (Span("Fee"),)),
        ((Span("aws/s3", "code"),), (Span("none", "italic"),)),
    )
    assert plain_text("| a | b |\n|---|---|\n| c | d |") == "a; b\nc; d"


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_is_nothing(text: str) -> None:
    assert blocks(text) == ()
    assert plain_text(text) == ""


def test_deep_nesting_is_harmless() -> None:
    assert blocks("- " * 300 + "x")
    assert blocks("*a " * 2000)
    assert blocks("[" * 5000)
