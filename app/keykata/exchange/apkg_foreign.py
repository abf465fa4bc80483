"""A note of any note type as a question or a term: ours, All-in-One, options in columns, basic, cloze."""

from __future__ import annotations

import re
from typing import NamedTuple

from keykata.exchange.anki_html import from_cloze, from_html
from keykata.exchange.apkg_notes import (
    CLOZE_FIELDS,
    QUESTION_FIELDS,
    TERM_FIELDS,
    question_from,
    question_of_sides,
)
from keykata.exchange.csv_columns import right_of
from keykata.exchange.model import ForeignOption, ForeignQuestion, ForeignTerm

LONGEST = 50_000  # characters of a note
Item = ForeignQuestion | ForeignTerm
_NUMBERED = re.compile(r"(?:q|option|answer|choice)[ _]?([0-9a-h])\Z")
_KEYS = ("answers", "answer", "correct", "correct answer", "correct answers", "key")
_STEMS = ("question", "stem", "front")
_ANNOUNCES = re.compile(
    r"\W*(?:the\s+)?(?:(?:correct|right|answers?|options?|choices?|is|are)\b[\s:]*)+", re.I
)
_LETTERED = re.compile(r"\(?([A-Ha-h1-8])[.):]\s+(.+)", re.S)


class Kind(NamedTuple):
    """A note type: its name, its fields' names in order, whether its cards are gaps."""

    name: str
    fields: tuple[str, ...]
    cloze: bool


class Row(NamedTuple):
    """A note: its guid, its tags as one text, its fields as HTML."""

    key: str
    tags: str
    fields: tuple[str, ...]


def _is_ours(kind: Kind, fields: tuple[str, ...]) -> bool:
    return kind.name.startswith("KeyKata ") and kind.fields[: len(fields)] == fields


def item_of_row(kind: Kind, row: Row) -> tuple[Item | None, str]:
    """The note as an item and "" or what was lost; or None and why it cannot be one."""
    if sum(map(len, row.fields)) > LONGEST:
        return None, f"it is longer than {LONGEST:,} characters"
    cells = row.fields + ("",) * (len(kind.fields) - len(row.fields))
    tags = tuple(row.tags.split())
    if _is_ours(kind, QUESTION_FIELDS):
        return _own_question(cells, row)
    if _is_ours(kind, TERM_FIELDS) and not kind.cloze:
        key = from_html(cells[0])
        return ForeignTerm(front=from_html(cells[1]), back=from_html(cells[2]), key=key, tags=tags), ""
    if _is_ours(kind, CLOZE_FIELDS):
        lost = "its reason" if from_html(cells[2]) else ""
        return ForeignTerm(front=from_cloze(cells[1]), key=from_html(cells[0]), tags=tags), lost
    if kind.cloze:
        return _foreign_cloze(cells, row)
    named = {name.strip().casefold(): cell for name, cell in zip(kind.fields, cells, strict=False)}
    return _with_options(named, row) or _foreign_basic(cells, row)


def _own_question(cells: tuple[str, ...], row: Row) -> tuple[Item | None, str]:
    key, stem, options, answer, reasons, explanation, _, source = cells[: len(QUESTION_FIELDS)]
    question = question_from(
        key=key,
        stem=stem,
        options=options,
        answer=answer,
        reasons=reasons,
        explanation=explanation,
        source=source,
        tags=row.tags,
    )
    return question, "" if question else "its options and its answer do not fit together"


def _foreign_cloze(cells: tuple[str, ...], row: Row) -> tuple[Item | None, str]:
    text = from_cloze(cells[0]) if cells else ""
    if not text:
        return None, "its cloze text hides nothing"
    lost = "extra" if any(from_html(cell) for cell in cells[1:]) else ""
    return ForeignTerm(front=text, key=row.key, tags=tuple(row.tags.split())), lost


def _foreign_basic(cells: tuple[str, ...], row: Row) -> tuple[Item | None, str]:
    if len(cells) > 1 and (question := question_of_sides(row.key, cells[0], cells[1], row.tags)):
        return question, ""
    texts = [from_html(cell) for cell in cells]
    if len(texts) < 2 or not texts[0] or not texts[1]:
        return None, "it has no text on one of its sides"
    lost = "fields" if any(texts[2:]) else ""
    return ForeignTerm(front=texts[0], back=texts[1], key=row.key, tags=tuple(row.tags.split())), lost


def _options(named: dict[str, str]) -> tuple[str, ...]:
    """The texts of columns A, B, ... or Q_1, Option 2, ...; in their order, up to the first empty one."""
    found: dict[int, str] = {}
    for name, cell in named.items():
        match = _NUMBERED.match(name)
        mark = match.group(1) if match else name if re.fullmatch(r"[a-h]", name) else ""
        if mark:
            found[int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1] = from_html(cell)
    texts = [found[at] for at in sorted(found)]
    return tuple(texts[: texts.index("")] if "" in texts else texts)


def _right(answer: str, texts: tuple[str, ...]) -> frozenset[int]:
    """Which options are right, from 0: `1 0 0 1` a flag each, letters, numbers from 1, or words."""
    words = re.findall(r"\w+", answer)
    if len(words) >= len(texts) and set(words) <= {"0", "1"}:
        right = frozenset(at for at, word in enumerate(words) if word == "1")
        return right if max(right, default=0) < len(texts) else frozenset()
    found = right_of(answer, texts)  # first: an option's words may begin like what announces an answer
    bare = answer if found else _ANNOUNCES.sub("", answer, count=1)
    if lettered := _LETTERED.fullmatch(bare):  # `B. the option's words`, or a reason
        place, words_of = (right_of(part, texts) for part in lettered.groups())
        return place if words_of in (place, frozenset()) else frozenset()
    return found or right_of(bare.replace("+", ","), texts)


def _with_options(named: dict[str, str], row: Row) -> tuple[Item | None, str] | None:
    """A question of options in columns; None if the note type has none or this note uses none."""
    stem = next((from_html(named[name]) for name in _STEMS if name in named), "")
    answer = next((from_html(named[name]) for name in _KEYS if name in named), "")
    texts = _options(named)
    if not stem or len(texts) < 2 or not answer:
        return None
    if next((from_html(cell) for name, cell in named.items() if name.startswith("qtype")), "") == "0":
        return None, "it is a kprim question: each of its statements is judged alone"
    right = _right(answer, texts)
    if not right:
        return None, f"its answer {answer[:40]!r} names none of its {len(texts)} options"
    options = tuple(ForeignOption(text=text, right=at in right) for at, text in enumerate(texts))
    extra = [from_html(cell) for name, cell in named.items() if name.startswith(("extra", "explanation"))]
    sources = from_html(named.get("sources", named.get("source", "")))
    return ForeignQuestion(
        text=stem,
        options=options,
        key=row.key,
        explanation="\n\n".join(text for text in extra if text),
        tags=tuple(row.tags.split()),
        refs=tuple(line.strip() for line in sources.split("\n") if line.strip()),
    ), ""
