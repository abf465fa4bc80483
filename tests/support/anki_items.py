"""Items to ship to Anki, and packages as Anki itself lays them out."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from io import BytesIO

import msgspec
import zstandard

from keykata.bank.model import Concept, Faq, OnExam, Option, Place, Question, Term
from keykata.exchange.model import Shipment

PLACE = Place(file="made.yaml")


def question(**changes: object) -> Question:
    """A multiple response question with a mark of every kind in its texts."""
    base: dict[str, object] = {
        "type": "question",
        "id": "q1",
        "stem": "A firm keeps **keys** & <secrets>.",
        "ask": "Which *two*? (Select TWO.)",
        "options": (
            Option(text="Use `a<b`", right=True, why="It **holds**."),
            Option(text="Never", right=False, why="It leaks."),
            Option(text="Rotate", right=True, why="It helps."),
        ),
        "explanation": "Because.\n\nTruly.",
        "task": "1.2",
        "topics": ("kms:key-policy",),
        "refs": ("https://docs.aws.amazon.com/kms",),
        "place": PLACE,
    }
    return msgspec.convert(base | changes, Question, from_attributes=True)


def term(refs: tuple[str, ...] = (), on_exam: tuple[OnExam, ...] = ()) -> Term:
    """A term with a concept of two gaps and an FAQ."""
    return Term(
        id="key-policy",
        name="Key policy",
        short="policy",
        definition="The **policy** of a key.",
        concepts=(Concept(id="arn", text="==Root|who== reads ==arn:aws::x}}==."),),
        faqs=(Faq(id="why", q="Why?", a="So."),),
        refs=refs,
        on_exam=on_exam,
        place=PLACE,
    )


def shipment(stamp: int = 1_700_000_000) -> Shipment:
    """A question and a term."""
    return Shipment(
        name="made", questions={"saa:q1": question()}, terms={"kms:key-policy": term()}, stamp=stamp
    )


def collection(script: str) -> bytes:
    """The bytes of a database made by a script."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        base.executescript(script)
        return base.serialize()


def zipped(**members: bytes) -> bytes:
    """An archive; `__` in a name stands for a dot."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


ROWS = """
CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, mod integer, usn integer, tags text,
  flds text, sfld integer, csum integer, flags integer, data text);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer, ord integer DEFAULT 0);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer, ease integer, time integer);
"""


def note(number: int, kind: int, *fields: str, tags: str = "") -> str:
    """The SQL of a note with one card of the same number."""
    text = "\x1f".join(fields).replace("'", "''")
    return (
        f"INSERT INTO notes VALUES ({number}, 'guid{number}', {kind}, 0, 0, '{tags}', '{text}', 0, 0, 0, '');"
        f"INSERT INTO cards (id, nid) VALUES ({number}, {number});"
    )


def modern(*notes: str) -> bytes:
    """A package of version 3: note type 1 is Basic, 2 is Cloze, 3 is All-in-One."""
    fields = {
        1: ("Front", "Back"),
        2: ("Text", "Back Extra"),
        3: ("Question", "Title", "QType (0=kprim,1=mc,2=sc)", "Q_1", "Q_2", "Q_3", "Q_4", "Q_5", "Answers"),
    }
    script = ROWS + (
        "CREATE TABLE notetypes (id integer PRIMARY KEY, name text COLLATE unicase, config blob);"
        "CREATE TABLE fields (ntid integer, ord integer, name text COLLATE unicase, config blob,"
        " PRIMARY KEY (ntid, ord)) WITHOUT ROWID;"
    )
    for number, names in fields.items():
        config = "x'0801'" if number == 2 else "x''"
        script += f"INSERT INTO notetypes VALUES ({number}, 'Type {number}', {config});"
        for at, name in enumerate(names):
            script += f"INSERT INTO fields VALUES ({number}, {at}, '{name}', x'');"
    packed = zstandard.ZstdCompressor().compress(collection(script + "".join(notes)))
    return zipped(meta=b"\x08\x03", collection__anki21b=packed, collection__anki2=b"please update")


def legacy(*notes: str) -> bytes:
    """A package of the old form: note type 1 is Basic."""
    model = {
        "1": {"name": "Basic", "type": 0, "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}]}
    }
    script = ROWS + f"CREATE TABLE col (models text); INSERT INTO col VALUES ('{json.dumps(model)}');"
    return zipped(collection__anki2=collection(script + "".join(notes)), media=b"{}")
