"""Blackboard's text: tabs between cells, no header, the type first; MC has one right option, MA several."""

from __future__ import annotations

from keykata.bank.model import Question
from keykata.exchange.incoming import text_of
from keykata.exchange.lost import terms_lost
from keykata.exchange.model import Export, Finding, ForeignOption, ForeignQuestion, Harvest, Shipment

MOST_ROWS = 250  # what Blackboard takes at once
_RIGHT, _WRONG = "correct", "incorrect"


def read(data: bytes) -> Harvest:
    """The questions of types MC and MA; other rows are findings with their line."""
    text, findings = text_of(data)
    questions: list[ForeignQuestion] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        made = _question(line, number)
        if isinstance(made, str):
            findings.append(Finding(severity="error", message=f"{made} It was left out.", line=number))
        else:
            questions.append(made)
    return Harvest(questions=tuple(questions), findings=tuple(findings))


def _question(line: str, number: int) -> ForeignQuestion | str:
    """The question of a line, or why there is none."""
    kind, *rest = (cell.strip() for cell in line.strip("\n").split("\t"))
    if kind.upper() not in {"MC", "MA"}:
        return "The row is no multiple choice: it does not begin with MC or MA and a tab."
    if len(rest) < 3:
        return "The row has no options."
    marks = [mark.casefold() for mark in rest[2::2]]
    texts = rest[1::2][: len(marks)]
    if len(rest) % 2 == 0 or not set(marks) <= {_RIGHT, _WRONG}:
        return f"Not every option of the row is followed by {_RIGHT} or {_WRONG}."
    if _RIGHT not in marks or not rest[0]:
        return "The row has no question or no right option."
    options = tuple(
        ForeignOption(text=text, right=mark == _RIGHT) for text, mark in zip(texts, marks, strict=True)
    )
    return ForeignQuestion(text=rest[0], options=options, line=number)


def write(shipment: Shipment) -> Export:
    """The questions, a line each; reasons, explanation and references are told as lost."""
    findings: list[Finding] = []
    lines = []
    for name, question in shipment.questions.items():
        if question.explanation or question.refs or any(option.why for option in question.options):
            what = "Reasons, explanation and references are not carried by Blackboard's text."
            findings.append(Finding(severity="warning", message=what, where=name))
        lines.append("\t".join(_cells(question)) + "\n")
    if len(lines) > MOST_ROWS:
        what = f"Blackboard takes about {MOST_ROWS} rows at once; the file has {len(lines):,}."
        findings.append(Finding(severity="warning", message=what, hint="Split it into smaller files."))
    findings += terms_lost(shipment, "Blackboard's text")
    return Export(data="".join(lines).encode(), findings=tuple(findings))


def _cells(question: Question) -> list[str]:
    cells = ["MA" if question.selects > 1 else "MC", _line(f"{question.stem} {question.ask}")]
    for option in question.options:
        cells += [_line(option.text), _RIGHT if option.right else _WRONG]
    return cells


def _line(text: str) -> str:
    return " ".join(text.split())
