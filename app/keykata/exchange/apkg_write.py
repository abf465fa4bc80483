"""Writing an Anki package: the legacy form, schema 11, that every client reads."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from io import BytesIO

from keykata.exchange.anki_html import from_html
from keykata.exchange.apkg_notes import Note, dropped, notes_of
from keykata.exchange.apkg_templates import CSS, NOTE_TYPES, NoteType
from keykata.exchange.model import Export, Shipment

_SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
  ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
  models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL,
  due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL,
  lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
  ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL,
  time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip's member has a time; ours does not change


class Numbers:
    """Ids from words: the same words give the same number, unless another word of this file has it."""

    def __init__(self, first: int) -> None:
        self._first, self._taken = first, set[int]()

    def of(self, words: str) -> int:
        """A free id for the words, in milliseconds' range as Anki wants it."""
        number = self._first + int.from_bytes(hashlib.sha256(words.encode()).digest()[:5], "big") % 10**11
        while number in self._taken:
            number += 1
        self._taken.add(number)
        return number


def checksum(first_field: str) -> int:
    """Anki's checksum of a first field without HTML."""
    digest = hashlib.sha1(first_field.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:4], "big")


def _model(kind: NoteType, stamp: int) -> dict[str, object]:
    fields = [
        {"name": name, "ord": at, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for at, name in enumerate(kind.fields)
    ]
    template = {
        "name": "Cloze" if kind.cloze else "Card 1",
        "ord": 0,
        "qfmt": kind.front,
        "afmt": kind.back,
        "bqfmt": "",
        "bafmt": "",
        "did": None,
    }
    return {
        "id": kind.id,
        "name": kind.name,
        "type": int(kind.cloze),
        "mod": stamp,
        "usn": -1,
        "sortf": 0,
        "did": 1,
        "tmpls": [template],
        "flds": fields,
        "css": CSS,
        "latexPre": "",
        "latexPost": "",
        "tags": [],
        "vers": [],
        "req": [[0, "any", [1]]],
    }


def _deck(number: int, name: str, stamp: int) -> dict[str, object]:
    return {
        "id": number,
        "name": name,
        "mod": stamp,
        "usn": -1,
        "desc": "",
        "dyn": 0,
        "conf": 1,
        "collapsed": False,
        "browserCollapsed": False,
        "extendNew": 0,
        "extendRev": 0,
        "newToday": [0, 0],
        "revToday": [0, 0],
        "lrnToday": [0, 0],
        "timeToday": [0, 0],
    }


def _deck_names(notes: Iterable[Note]) -> tuple[str, ...]:
    """Every deck with its parents, in order of names."""
    names: set[str] = set()
    for note in notes:
        parts = note.deck.split("::")
        names.update("::".join(parts[:end]) for end in range(1, len(parts) + 1))
    return tuple(sorted(names))


def _options(stamp: int) -> dict[str, object]:
    new = {
        "delays": [1, 10],
        "ints": [1, 4, 0],
        "initialFactor": 2500,
        "order": 1,
        "perDay": 20,
        "bury": False,
    }
    review = {"perDay": 200, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "bury": False, "hardFactor": 1.2}
    lapse = {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 1}
    shared = {"maxTaken": 60, "timer": 0, "autoplay": True, "replayq": True, "dyn": False}
    return {
        "id": 1,
        "name": "Default",
        "mod": stamp,
        "usn": 0,
        "new": new,
        "rev": review,
        "lapse": lapse,
        **shared,
    }


def _fill(base: sqlite3.Connection, notes: tuple[Note, ...], stamp: int) -> None:
    base.executescript(_SCHEMA)
    numbers = Numbers(1_600_000_000_000)
    decks = {name: numbers.of(name) for name in _deck_names(notes)}
    known = {"1": _deck(1, "Default", stamp)}
    known |= {str(number): _deck(number, name, stamp) for name, number in decks.items()}
    models = {str(kind.id): _model(kind, stamp) for kind in NOTE_TYPES.values()}
    settings = {"nextPos": len(notes) + 1, "curDeck": 1, "activeDecks": [1], "sortType": "noteFld"}
    texts = [json.dumps(value) for value in (settings, models, known, {"1": _options(stamp)}, {})]
    base.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, ?)",
        (stamp, stamp * 1000, stamp * 1000, *texts),
    )
    note_ids, card_ids = Numbers(1_600_000_000_000), Numbers(1_600_000_000_000)
    for due, note in enumerate(notes, 1):
        number, first = note_ids.of(note.key), from_html(note.fields[0])
        base.execute(
            "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
            (
                number,
                note.key,
                NOTE_TYPES[note.kind].id,
                stamp,
                f" {' '.join(note.tags)} " if note.tags else "",
                "\x1f".join(note.fields),
                first,
                checksum(first),
            ),
        )
        for card in range(note.clozes or 1):
            base.execute(
                "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
                (card_ids.of(f"{note.key}#{card}"), number, decks[note.deck], card, stamp, due),
            )


def write(shipment: Shipment) -> Export:
    """A package of the shipment's items; the same shipment gives the same bytes."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        _fill(base, notes_of(shipment), shipment.stamp)
        collection = base.serialize()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("collection.anki2", collection), ("media", b"{}")):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return Export(data=out.getvalue(), findings=dropped(shipment))
