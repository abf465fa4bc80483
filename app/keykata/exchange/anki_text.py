"""Anki's notes in plain text: written for its Basic and Cloze, read by the columns the header names."""

from __future__ import annotations

import html

from msgspec.structs import replace

from keykata.exchange.anki_html import media_in
from keykata.exchange.anki_rows import Cells, Header, header_of, row_text, rows_of
from keykata.exchange.apkg_foreign import Kind, Row, item_of_row
from keykata.exchange.apkg_notes import (
    CLOZE_FIELDS,
    QUESTION_FIELDS,
    TERM_FIELDS,
    dropped,
    notes_of,
    two_sides,
)
from keykata.exchange.limits import MOST_ROWS
from keykata.exchange.model import Export, Finding, ForeignQuestion, ForeignTerm, Harvest, Shipment

_LIMIT = 64 * 2**20  # bytes
_HEADER = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
_OURS = {
    "KeyKata question": QUESTION_FIELDS,
    "KeyKata term": TERM_FIELDS,
    "KeyKata cloze": CLOZE_FIELDS,
}
_TYPES = {"question": "Basic", "term": "Basic", "cloze": "Cloze"}


def write(shipment: Shipment) -> Export:
    """A text file of the shipment's items; the identity of each is its guid, so that Anki updates."""
    rows = [
        row_text((note.key, _TYPES[note.kind], note.deck, *two_sides(note), " ".join(note.tags)))
        for note in notes_of(shipment)
    ]
    findings = dropped(shipment)
    if shipment.questions:
        text = "options stand in one order: Anki's Basic cards do not shuffle them"
        findings += (Finding(severity="note", message=text, hint="an Anki package shuffles them"),)
    return Export(data=(_HEADER + "".join(rows)).encode(), findings=findings)


def _failed(message: str, line: int = 0) -> Harvest:
    hint = "export the notes again from Anki as plain text"
    return Harvest(findings=(Finding(severity="error", message=message, hint=hint, line=line),))


def read(data: bytes) -> Harvest:
    """The notes of a text file; what cannot be read is a finding with its line, never an exception."""
    if len(data) > _LIMIT:
        return _failed(f"the file is larger than {_LIMIT // 2**20} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _failed("the file is not UTF-8 text", data.count(b"\n", 0, error.start) + 1)
    header = header_of(text)
    found: list[ForeignQuestion | ForeignTerm] = []
    findings: list[Finding] = []
    for number, row in enumerate(rows_of(text, header)):
        if number >= MOST_ROWS:
            message = f"at most {MOST_ROWS:,} rows are read; the rest was left out"
            findings.append(Finding(severity="error", message=message, hint="split the file", line=row.line))
            break
        if row.broken:
            message = 'a quote (") is opened here and never closed'
            findings.append(Finding(severity="error", message=message, hint="close it", line=row.line))
            break
        item, finding = _item(row, header)
        if item is not None:
            found.append(item)
        if finding is not None:
            findings.append(finding)
    return Harvest(
        questions=tuple(item for item in found if isinstance(item, ForeignQuestion)),
        terms=tuple(item for item in found if isinstance(item, ForeignTerm)),
        findings=tuple(findings),
    )


def _html(cell: str, header: Header) -> str:
    return cell if header.html else html.escape(cell).replace("\r\n", "\n").replace("\n", "<br>")


def _kind(name: str, header: Header, fields: tuple[str, ...], special: set[int]) -> Kind:
    """The note type of a row: ours by name, else the columns' names if the header gives them."""
    names = header.said.get("columns", "")
    if name in _OURS:
        return Kind(name, _OURS[name], name.endswith("cloze"))
    shown = names.split(header.separator) if names else []
    given = tuple(text.strip() for at, text in enumerate(shown) if at not in special)
    if len(given) < len(fields):
        given += tuple(f"Field {at}" for at in range(len(given) + 1, len(fields) + 1))
    return Kind(name, given, name != _TYPES["question"] and bool(fields) and "{{c" in fields[0])


def _item(row: Cells, header: Header) -> tuple[ForeignQuestion | ForeignTerm | None, Finding | None]:
    places = {name: header.column(name) for name in ("guid", "notetype", "deck", "tags")}
    special = {place for place in places.values() if place >= 0}

    def cell(name: str) -> str:
        place = places[name]
        return row.cells[place].strip() if 0 <= place < len(row.cells) else ""

    fields = tuple(_html(text, header) for at, text in enumerate(row.cells) if at not in special)
    kind = _kind(cell("notetype") or header.said.get("notetype", ""), header, fields, special)
    tags = " ".join(text for text in (header.said.get("tags", ""), cell("tags")) if text)
    item, lost = item_of_row(kind, Row(key=cell("guid"), tags=tags, fields=fields))
    if item is None:
        return None, Finding(severity="error", message=f"a note was left out: {lost}", line=row.line)
    found = _lost(row, fields, lost)
    return replace(item, line=row.line), found


def _lost(row: Cells, fields: tuple[str, ...], lost: str) -> Finding | None:
    if any(media_in(field) for field in fields):
        message = "its pictures and sounds were left out"
    elif lost:
        message = "its further fields were left out"
    else:
        return None
    return Finding(severity="warning", message=message, line=row.line)
