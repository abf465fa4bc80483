"""What the writer of banks writes, the reader reads back equal."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from keykata.bank.model import Concept, Faq, Option, Place, Question, Term
from keykata.bank.prose import fold_prose
from keykata.bank.reader import load_bank
from keykata.bank.writer import bank_yaml, questions_yaml
from keykata.bank.writer_terms import term_yaml
from keykata.core.safe import is_safe

NOWHERE = Place(file="x")
PIECES = (
    "a",
    "Yes",
    "1:30",
    " #1",
    ": ",
    "- ",
    "\n\n",
    "`kms`",
    "@",
    "*",
    '"',
    "'",
    "{{",
    "|",
    "> 3",
    "~",
    "é",
)
TEXTS = (
    st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), min_size=1, max_size=40)
    .map(lambda parts: fold_prose("w " + "".join(parts) + " end"))
    .filter(is_safe)
)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_every_text_comes_back(stem: str, text: str, why: str, explanation: str) -> None:
    options = tuple(
        Option(text=f"Number {n} {text}", right=n == 1, why=fold_prose(f"{n} {why}")) for n in range(1, 5)
    )
    question = Question(
        id="q", stem=stem, ask="Which one?", options=options, explanation=explanation, place=NOWHERE
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "questions").mkdir()
        (folder / "bank.yaml").write_text(bank_yaml("b", "A: bank"), encoding="utf-8")
        (folder / "questions" / "q.yaml").write_text(questions_yaml([question]), encoding="utf-8")
        bank = load_bank(folder, exams={})
    assert not [one for one in bank.problems if one.code.startswith("yaml")]
    found = [item for item in bank.items if isinstance(item, Question)]
    wanted = msgspec.structs.replace(question, options=tuple(_folded(one) for one in options))
    assert [msgspec.structs.replace(one, place=NOWHERE, wording="") for one in found] == [wanted]


def _folded(option: Option) -> Option:
    return msgspec.structs.replace(option, text=fold_prose(option.text))


@given(TEXTS, TEXTS, TEXTS)
def test_every_term_comes_back(name: str, definition: str, answer: str) -> None:
    term = Term(
        id="t",
        name=" ".join(name.split()),
        short=definition,
        definition=f"{definition}\n\n{answer}",
        concepts=(Concept(id="text", text=f"==hidden== {definition}"),),
        faqs=(Faq(id="why", q=definition, a=answer),),
        refs=("https://a.example/x",),
        place=NOWHERE,
    )
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "terms").mkdir()
        (folder / "bank.yaml").write_text(bank_yaml("b", "A: bank"), encoding="utf-8")
        (folder / "terms" / "t.yaml").write_text(term_yaml(term), encoding="utf-8")
        bank = load_bank(folder, exams={})
    assert not [one for one in bank.problems if one.code.startswith(("yaml", "schema"))]
    (found,) = bank.items
    assert isinstance(found, Term)
    assert (found.name, found.short, found.definition) == (term.name, term.short, term.definition)
    assert [one.text for one in found.concepts] == [one.text for one in term.concepts]
    assert [(one.q, one.a) for one in found.faqs] == [(one.q, one.a) for one in term.faqs]
