"""CSV without a vendor: a column each for id, question, options, answer, reasons, task, level and tags."""

from __future__ import annotations

from keykata.bank.model import Question
from keykata.exchange.csv_rows import sheet_text
from keykata.exchange.csv_sheet import MOST, read
from keykata.exchange.lost import terms_lost
from keykata.exchange.model import Export, Finding, Shipment
from keykata.exchange.shared_tags import FIXED, tag

__all__ = ["read", "write"]

_LETTERS = "ABCDEF"
HEADER = [
    "id",
    "question",
    *(f"option {letter}" for letter in _LETTERS),
    "answer",
    "explanation",
    *(f"reason {letter}" for letter in _LETTERS),
    "task",
    "level",
    "tags",
    "references",
]


def write(shipment: Shipment) -> Export:
    """The questions of at most six options, a row each."""
    rows = [HEADER]
    findings: list[Finding] = []
    for name, question in shipment.questions.items():
        if len(question.options) > MOST:
            what = f"The sheet has {MOST} columns of options; the question was left out."
            findings.append(Finding(severity="error", message=what, where=name))
        else:
            rows.append(_row(name, question))
    findings += terms_lost(shipment, "the sheet")
    return Export(data=sheet_text(rows), findings=tuple(findings))


def _row(name: str, question: Question) -> list[str]:
    spare = [""] * (MOST - len(question.options))
    right = ",".join(
        letter for letter, option in zip(_LETTERS, question.options, strict=False) if option.right
    )
    return [
        name,
        f"{question.stem}\n\n{question.ask}",
        *(option.text for option in question.options),
        *spare,
        right,
        question.explanation,
        *(option.why for option in question.options),
        *spare,
        question.task,
        question.level,
        " ".join([*map(tag, question.topics), *((FIXED,) if question.fixed else ())]),
        " ".join(question.refs),
    ]
