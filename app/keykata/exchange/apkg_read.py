"""Reading an Anki package, legacy or new: its note types, notes and reviews."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from keykata.exchange.anki_html import media_in
from keykata.exchange.apkg_archive import COLLECTION_LIMIT, collection_bytes, opened, real_tables
from keykata.exchange.apkg_foreign import LONGEST, Kind, Row, item_of_row
from keykata.exchange.archive import UnreadableError
from keykata.exchange.model import Finding, ForeignQuestion, ForeignReview, ForeignTerm, Harvest

_NOTES = "SELECT id, guid, mid, tags, flds FROM notes ORDER BY id"
_REVIEWS = (
    "SELECT r.id, r.ease, r.time, c.nid, c.ord FROM revlog r JOIN cards c ON c.id = r.cid ORDER BY r.id"
)
_CUT = 2 * LONGEST  # characters of a note that are looked at: one that long is left out
_MOST_KEY = 300
_SHOWN = 20  # findings of one sort before they are only counted


class _Gathered(NamedTuple):
    questions: list[ForeignQuestion]
    terms: list[ForeignTerm]
    findings: list[Finding]
    keys: dict[int, str]


def _kinds_legacy(base: sqlite3.Connection) -> dict[int, Kind]:
    """The note types of schema 11: JSON in the only row of `col`."""
    row = base.execute("SELECT models FROM col").fetchone()
    models = json.loads(row[0]) if row else {}
    out: dict[int, Kind] = {}
    for number, model in models.items():
        fields = sorted(model["flds"], key=lambda field: int(field.get("ord", 0)))
        names = tuple(str(field["name"]) for field in fields)
        out[int(number)] = Kind(name=str(model["name"]), fields=names, cloze=model.get("type") == 1)
    return out


def _is_cloze(config: bytes) -> bool:
    """Whether a note type's settings (protobuf) begin with field 1, the kind, set to 1."""
    return config[:2] == b"\x08\x01"


def _kinds_modern(base: sqlite3.Connection) -> dict[int, Kind]:
    """The note types of schema 18: tables of their own."""
    fields: dict[int, list[tuple[int, str]]] = {}
    for number, at, name in base.execute("SELECT ntid, ord, name FROM fields").fetchall():
        fields.setdefault(int(number), []).append((int(at), str(name)))
    return {
        int(number): Kind(
            name=str(name),
            fields=tuple(field for _, field in sorted(fields.get(int(number), []))),
            cloze=isinstance(config, bytes) and _is_cloze(config),
        )
        for number, name, config in base.execute("SELECT id, name, config FROM notetypes").fetchall()
    }


def _kinds(base: sqlite3.Connection, tables: frozenset[str], where: str) -> dict[int, Kind]:
    try:
        return _kinds_modern(base) if {"notetypes", "fields"} <= tables else _kinds_legacy(base)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableError("describes its note types in a way that is not known", where) from error


def _gather(base: sqlite3.Connection, kinds: Mapping[int, Kind]) -> _Gathered:
    got = _Gathered([], [], [], {})
    skipped = media = extras = 0
    for number, guid, mid, tags, fields in base.execute(_NOTES):
        kind = kinds.get(mid) if isinstance(mid, int) else None
        texts = tuple(str(fields)[:_CUT].split("\x1f"))
        row = Row(key=str(guid)[:_MOST_KEY], tags=str(tags)[:_CUT], fields=texts)
        media += sum(media_in(field) for field in row.fields)
        item, lost = item_of_row(kind, row) if kind else (None, "its note type is not in the package")
        if item is None:
            skipped += 1
            if skipped <= _SHOWN:
                got.findings.append(_left_out(row.key, lost))
            continue
        extras += bool(lost)
        got.keys[number] = item.key
        if isinstance(item, ForeignQuestion):
            got.questions.append(item)
        else:
            got.terms.append(item)
    if skipped > _SHOWN:
        got.findings.append(
            Finding(severity="error", message=f"{skipped - _SHOWN:,} more notes were left out")
        )
    if extras:
        text = f"further fields of {extras:,} notes were left out: only question and answer are carried"
        got.findings.append(Finding(severity="warning", message=text))
    if media:
        text = f"{media:,} pictures and sounds were left out"
        got.findings.append(Finding(severity="warning", message=text, hint="look whether texts need them"))
    return got


def _left_out(key: str, why: str) -> Finding:
    return Finding(severity="error", message=f"a note was left out: {why}", where=key)


def _reviews(base: sqlite3.Connection, keys: Mapping[int, str]) -> Iterator[ForeignReview | None]:
    """Each answer by a person, oldest first; None for one that belongs to no item read."""
    for at, ease, milliseconds, note, card in base.execute(_REVIEWS):
        numbers = (at, ease, milliseconds, note, card)
        if not all(isinstance(number, int) for number in numbers):
            yield None
        elif ease == 0:
            continue  # Anki's own line: a card was moved by hand, nobody answered
        elif note not in keys or not 1 <= ease <= 4 or at <= 0:
            yield None
        else:
            seconds = max(0, milliseconds) / 1000
            yield ForeignReview(key=keys[note], at=at, rating=ease, seconds=seconds, card=max(0, card))


def _harvest(base: sqlite3.Connection, where: str) -> Harvest:
    tables = real_tables(base)
    if "notes" not in tables or not ({"notetypes", "fields"} <= tables or "col" in tables):
        raise UnreadableError("has no table of notes or of note types", where)
    got = _gather(base, _kinds(base, tables, where))
    reviews: list[ForeignReview] = []
    if {"revlog", "cards"} <= tables:
        every = list(_reviews(base, got.keys))
        reviews = [review for review in every if review is not None]
        if lost := len(every) - len(reviews):
            text = f"{lost:,} reviews were left out: they belong to no note read, or are damaged"
            got.findings.append(Finding(severity="warning", message=text))
    return Harvest(
        questions=tuple(got.questions),
        terms=tuple(got.terms),
        reviews=tuple(reviews),
        findings=tuple(got.findings),
    )


def read(data: bytes, limit: int = COLLECTION_LIMIT) -> Harvest:
    """The notes and reviews of a package; what is wrong with it is an `error` finding, never an exception.

    `limit`: the largest collection unpacked, in bytes.
    """
    try:
        collection, where, media = collection_bytes(data, limit)
        with opened(collection, where) as base:
            harvest = _harvest(base, where)
    except UnreadableError as error:
        text = f"the package {error}" if not error.where else f"{error.where} {error}"
        hint = "export the deck again from Anki"
        return Harvest(findings=(Finding(severity="error", message=text, hint=hint, where=error.where),))
    if not media:
        return harvest
    found = Finding(severity="note", message=f"{media:,} media files of the package were not read")
    return Harvest(
        questions=harvest.questions,
        terms=harvest.terms,
        reviews=harvest.reviews,
        findings=(*harvest.findings, found),
    )
