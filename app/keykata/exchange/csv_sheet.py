"""CSV: the Udemy practice-test sheet of 17 columns."""

from __future__ import annotations

import csv
import io

from keykata.bank.model import Question
from keykata.exchange.incoming import text_of
from keykata.exchange.lost import terms_lost
from keykata.exchange.model import Export, Finding, ForeignOption, ForeignQuestion, Harvest, Shipment

MOST = 6
HEADER = [
    "Question",
    "Question Type",
    *(f"{name} {n}" for n in range(1, MOST + 1) for name in ("Answer Option", "Explanation")),
    "Correct Answers",
    "Overall Explanation",
    "Domain",
]


def read(data: bytes) -> Harvest:
    """The questions of a sheet with that header; rows that do not fit are findings with their line."""
    text, findings = text_of(data)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    questions: list[ForeignQuestion] = []
    try:
        if not {"Question", "Answer Option 1", "Correct Answers"} <= set(rows.fieldnames or ()):
            what = "The first line is not the header of a practice-test sheet."
            findings.append(Finding(severity="error", message=what, line=1))
            return Harvest(findings=tuple(findings))
        for row in rows:
            question = _question({name: cell or "" for name, cell in row.items() if name}, rows.line_num)
            if question is None:
                what = "The row has no question or no right option; it was left out."
                findings.append(Finding(severity="error", message=what, line=rows.line_num))
            else:
                questions.append(question)
    except csv.Error as error:
        findings.append(Finding(severity="error", message=f"Not CSV: {error}.", line=rows.line_num))
    return Harvest(questions=tuple(questions), findings=tuple(findings))


def _question(row: dict[str, str], line: int) -> ForeignQuestion | None:
    right = {part.strip() for part in row["Correct Answers"].split(",")}
    options = tuple(
        ForeignOption(text=text, right=str(n) in right, why=row.get(f"Explanation {n}", ""))
        for n in range(1, MOST + 1)
        if (text := row.get(f"Answer Option {n}", "").strip())
    )
    if not row["Question"].strip() or not any(option.right for option in options):
        return None
    explanation = row.get("Overall Explanation", "")
    return ForeignQuestion(text=row["Question"], options=options, explanation=explanation, line=line)


def write(shipment: Shipment) -> Export:
    """The questions; the domain stays empty, since it must be a name of the course."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(HEADER)
    sheet.writerows(_row(question) for question in shipment.questions.values())
    findings = [Finding(severity="note", message="Domain is empty: fill in the names of your course.")]
    findings += terms_lost(shipment, "the sheet")
    return Export(data=out.getvalue().encode(), findings=tuple(findings))


def _row(question: Question) -> list[str]:
    cells = [cell for option in question.options for cell in (option.text, option.why)]
    right = ",".join(str(n) for n, option in enumerate(question.options, 1) if option.right)
    kind = "multi-select" if question.selects > 1 else "multiple-choice"
    cells += [""] * (2 * MOST - len(cells))
    return [f"{question.stem}\n\n{question.ask}", kind, *cells, right, question.explanation, ""]
