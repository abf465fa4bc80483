"""Cards of other programs as terms of a bank."""

from __future__ import annotations

from keykata.exchange.blackboard import read
from keykata.exchange.model import ForeignTerm
from keykata.exchange.settling_terms import settle_term


def test_front_and_back_are_name_and_definition() -> None:
    term, findings = settle_term(ForeignTerm(front="AWS KMS", back="Keeps keys.\nAnd more."), "kms")
    assert term is not None
    assert (term.name, term.short, term.definition) == ("AWS KMS", "Keeps keys.", "Keeps keys.\n\nAnd more.")
    assert findings == ()


def test_a_text_with_gaps_is_a_key_concept_named_by_its_first_gap() -> None:
    term, _ = settle_term(ForeignTerm(front="{{c1::KMS::which service}} keeps {{c2::keys}}."), "kms")
    assert term is not None
    assert (term.name, term.short) == ("KMS", "KMS keeps keys.")
    assert [concept.text for concept in term.concepts] == ["{{c1::KMS::which service}} keeps {{c2::keys}}."]


def test_a_long_front_keeps_its_words_in_the_definition() -> None:
    term, (finding,) = settle_term(ForeignTerm(front="Why " * 60, back="So."), "why")
    assert term is not None
    assert len(term.name) <= 120
    assert term.definition.startswith("Why Why")
    assert finding.severity == "warning"


def test_a_card_with_an_empty_side_is_told() -> None:
    for front, back in (("", "x"), ("x", ""), (" ", " ")):
        term, (finding,) = settle_term(ForeignTerm(front=front, back=back, line=3), "x")
        assert (term, finding.severity, finding.line) == (None, "error", 3)


def test_rows_of_blackboard_name_what_is_wrong_with_them() -> None:
    text = "MC\tWhich?\ta\tcorrect\tb\tincorrect\n\nESS\tWhy?\n"
    text += "MA\tWhich?\ta\tyes\tb\tcorrect\nMC\tx\ta\tincorrect\n"
    harvest = read(text.encode())
    assert [(one.text, one.right) for one in harvest.questions[0].options] == [("a", True), ("b", False)]
    assert [one.line for one in harvest.findings] == [3, 4, 5]
