"""CSV: the Udemy practice-test sheet of 17 columns; sheets of other columns and of cards are read as well."""

from __future__ import annotations

import re
from itertools import islice

from keykata.bank.model import Question
from keykata.exchange.csv_columns import Columns, columns_of, right_of, says_another
from keykata.exchange.csv_rows import MOST_BROKEN, Cells, rows_of, separator_of, sheet_text, unguarded
from keykata.exchange.incoming import text_of
from keykata.exchange.limits import MOST_ROWS
from keykata.exchange.lost import terms_lost
from keykata.exchange.model import (
    Export,
    Finding,
    ForeignOption,
    ForeignQuestion,
    ForeignTerm,
    Harvest,
    Shipment,
)
from keykata.exchange.shared_tags import told_by

MOST = 6
HEADER = [
    "Question",
    "Question Type",
    *(f"{name} {n}" for n in range(1, MOST + 1) for name in ("Answer Option", "Explanation")),
    "Correct Answers",
    "Overall Explanation",
    "Domain",
]
_HINT = "Name the columns in the first row: question, option 1, option 2, ..., answer; or front, back."
_BETWEEN = re.compile(r"[,;\s]+")


def read(data: bytes) -> Harvest:
    """The questions or cards of a sheet; rows that do not fit are findings with their line."""
    text, findings = text_of(data)
    if not text.strip():
        return Harvest(findings=tuple(findings))
    rows = list(islice(rows_of(text, separator_of(text)), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        what = f"At most {MOST_ROWS:,} rows are read; the rest was left out."
        hint = "Split it into smaller files."
        findings.append(Finding(severity="error", message=what, hint=hint, line=rows.pop().line))
    findings += [_open_quote(row) for row in rows if row.broken]
    if sum(row.broken for row in rows) >= MOST_BROKEN:
        what = f"The sheet was read no further: {MOST_BROKEN} quotes are left open."
        findings.append(Finding(severity="error", message=what, line=rows[-1].line))
    rows = [row for row in rows if not row.broken]
    columns = columns_of([row.cells for row in rows])
    if columns is None:
        what = "The first line is not the header of a sheet of questions or cards."
        findings.append(Finding(severity="error", message=what, hint=_HINT, line=1))
        return Harvest(findings=tuple(findings))
    questions: list[ForeignQuestion] = []
    terms: list[ForeignTerm] = []
    for row in rows[columns.header :]:
        item = _question(row, columns) if columns.asks else _term(row, columns)
        if isinstance(item, str):
            findings.append(Finding(severity="error", message=f"{item} The row was left out.", line=row.line))
        elif isinstance(item, ForeignQuestion):
            questions.append(item)
            findings += _doubt(row, columns, item)
        else:
            terms.append(item)
    return Harvest(questions=tuple(questions), terms=tuple(terms), findings=tuple(findings))


def _doubt(row: Cells, columns: Columns, question: ForeignQuestion) -> list[Finding]:
    """A word on an answer that could mean two options."""
    answer = _cell(row, columns.fields["answer"])
    right = frozenset(at for at, option in enumerate(question.options) if option.right)
    if not says_another(answer, [option.text for option in question.options], right):
        return []
    what = f'The answer "{answer}" was taken as the place of an option; another option says the same.'
    return [Finding(severity="warning", message=what, hint="See which one is right.", line=row.line)]


def _open_quote(row: Cells) -> Finding:
    what = 'A quote (") is opened on this line and never closed; the line was left out.'
    return Finding(severity="error", message=what, hint='Write "" for a quote inside quotes.', line=row.line)


def _cell(row: Cells, place: int) -> str:
    return unguarded(row.cells[place].strip()) if 0 <= place < len(row.cells) else ""


def _term(row: Cells, columns: Columns) -> ForeignTerm | str:
    front, back = (_cell(row, place) for place in columns.sides or (0, 1))
    if not front or not back:
        return "A side of the card is empty."
    key, tags = _told(row, columns)
    return ForeignTerm(front=front, back=back, key=key, tags=tags, line=row.line)


def _told(row: Cells, columns: Columns) -> tuple[str, tuple[str, ...]]:
    """The key of a row, and its tags."""
    tags = _BETWEEN.split(_cell(row, columns.fields.get("tags", -1)))
    return _cell(row, columns.fields.get("key", -1)), tuple(tag for tag in tags if tag)


def _question(row: Cells, columns: Columns) -> ForeignQuestion | str:
    def field(name: str) -> str:
        return _cell(row, columns.fields.get(name, -1))

    numbers = [number for number in sorted(columns.options) if _cell(row, columns.options[number])]
    texts = [_cell(row, columns.options[number]) for number in numbers]
    whys = [_cell(row, columns.reasons.get(number, -1)) for number in numbers]
    if not texts:
        texts = _listed(field("options"))
        whys = [""] * len(texts)
    right = _right(field("answer"), numbers, texts)
    if not field("text") or len(texts) < 2:
        return "There is no question, or there are no options."
    if not right:
        return "The answer does not name options of the row."
    key, tags = _told(row, columns)
    task, level, fixed, rest = told_by(tags)
    return ForeignQuestion(
        text=field("text"),
        options=tuple(
            ForeignOption(text=text, right=at in right, why=whys[at]) for at, text in enumerate(texts)
        ),
        key=key,
        explanation=field("explanation"),
        task=field("task") or task,
        level=field("level").casefold() or level,
        tags=rest,
        refs=tuple(ref for ref in re.split(r"[\s|]+", field("refs")) if ref),
        fixed=fixed,
        line=row.line,
    )


def _right(answer: str, numbers: list[int], texts: list[str]) -> frozenset[int]:
    """Which texts are right, when empty columns between them still count in the numbers of the answer.

    None of them when the answer also names an empty one: the rest would be another answer.
    """
    if not numbers:
        return right_of(answer, texts)
    places = right_of(
        answer, [texts[numbers.index(n)] if n in numbers else "" for n in range(1, numbers[-1] + 1)]
    )
    if any(place + 1 not in numbers for place in places):
        return frozenset()
    return frozenset(numbers.index(place + 1) for place in places)


def _listed(cell: str) -> list[str]:
    """The options of one cell: on lines of their own, else parted by `|`, else by `;`."""
    sign = next((sign for sign in "\n|;" if sign in cell), "\n")
    parts = [part.strip() for part in cell.split(sign) if part.strip()]
    marked = [re.sub(r"\A\(?[A-Ja-j1-9][).:]\s+", "", part) for part in parts]
    return marked if all(one != other for one, other in zip(marked, parts, strict=True)) else parts


def write(shipment: Shipment) -> Export:
    """The questions; the domain stays empty, since it must be a name of the course."""
    rows = [HEADER, *(_row(question) for question in shipment.questions.values())]
    findings = [Finding(severity="note", message="Domain is empty: fill in the names of your course.")]
    for name, question in shipment.questions.items():
        if question.refs:
            what = "References are not carried by the sheet."
            findings.append(Finding(severity="warning", message=what, where=name))
    findings += terms_lost(shipment, "the sheet")
    return Export(data=sheet_text(rows), findings=tuple(findings))


def _row(question: Question) -> list[str]:
    cells = [cell for option in question.options for cell in (option.text, option.why)]
    right = ",".join(str(n) for n, option in enumerate(question.options, 1) if option.right)
    kind = "multi-select" if question.selects > 1 else "multiple-choice"
    cells += [""] * (2 * MOST - len(cells))
    return [f"{question.stem}\n\n{question.ask}", kind, *cells, right, question.explanation, ""]
