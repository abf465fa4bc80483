"""Anki packages: what is written comes back, what Anki wrote is understood, what is hostile is refused."""

from __future__ import annotations

import io
import json
import re
import resource
import sqlite3
import zipfile
from contextlib import closing

import pytest
import zstandard

from keykata.bank.model import OnExam
from keykata.exchange import apkg
from keykata.exchange.apkg_read import read
from keykata.exchange.model import ForeignReview, ForeignTerm, Shipment
from support.anki_items import ROWS, collection, legacy, modern, note, question, shipment, term, zipped


def rows(data: bytes, query: str) -> list[tuple[object, ...]]:
    """What a query says of the collection of a legacy package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(archive.read("collection.anki2"))
        return base.execute(query).fetchall()


def test_a_question_comes_back_whole() -> None:
    harvest = apkg.read(apkg.write(shipment()).data)
    [got] = harvest.questions
    made = question()
    assert got.text == f"{made.stem}\n\n{made.ask}"
    assert [(o.text, o.right, o.why) for o in got.options] == [(o.text, o.right, o.why) for o in made.options]
    assert (got.key, got.explanation, got.task, got.level) == ("saa:q1", made.explanation, "1.2", "apply")
    assert (got.tags, got.refs, got.fixed) == (made.topics, made.refs, False)
    assert harvest.findings == ()


def test_a_fixed_order_is_kept() -> None:
    data = apkg.write(Shipment(name="x", questions={"saa:q1": question(fixed=True)})).data
    assert apkg.read(data).questions[0].fixed


def test_a_term_gives_its_definition_its_gaps_and_its_questions() -> None:
    terms = {found.key: (found.front, found.back) for found in apkg.read(apkg.write(shipment()).data).terms}
    assert terms == {
        "kms:key-policy": ("Key policy", "The **policy** of a key."),
        "kms:key-policy/arn": ("{{c1::Root::who}} reads ==2|arn:aws::x}}|==.", ""),
        "kms:key-policy/why": ("Why?", "So."),
    }


def test_the_same_shipment_gives_the_same_bytes() -> None:
    assert apkg.write(shipment()).data == apkg.write(shipment()).data


def test_a_later_export_keeps_every_identity() -> None:
    query = "SELECT id, guid, mid FROM notes"
    first, later = apkg.write(shipment()).data, apkg.write(shipment(1_800_000_000)).data
    assert rows(first, query) == rows(later, query)
    assert rows(later, "SELECT DISTINCT mod FROM notes") == [(1_800_000_000,)]


def test_a_card_is_made_for_every_gap() -> None:
    query = "SELECT n.guid, count(*) FROM notes n JOIN cards c ON c.nid = n.id GROUP BY 1 ORDER BY 1"
    assert dict(rows(apkg.write(shipment()).data, query))["kms:key-policy/arn"] == 2


def test_the_card_asks_with_its_options_and_the_back_keeps_their_order() -> None:
    [(models,)] = rows(apkg.write(shipment()).data, "SELECT models FROM col")
    kind = next(m for m in json.loads(str(models)).values() if m["name"] == "KeyKata question")
    [card] = kind["tmpls"]
    assert "{{Options}}" in card["qfmt"]
    assert "Choose {{Choose}}" in card["qfmt"]
    assert "Math.random" in card["qfmt"]
    assert "Math.random" not in card["afmt"]
    assert "{{Reasons}}" in card["afmt"]


def test_no_text_of_a_bank_becomes_html() -> None:
    evil = question(stem="<script>alert(1)</script>", topics=('"><img src=x onerror=y>',))
    [(fields, tags)] = rows(
        apkg.write(Shipment(name="x", questions={"saa:q1": evil})).data, "SELECT flds, tags FROM notes"
    )
    assert "<script>" not in str(fields)
    assert "<" not in str(tags)


def test_a_new_package_is_read() -> None:
    harvest = apkg.read(
        modern(
            note(1, 1, "What <b>is</b> it?", "A &lt;key&gt;<br>indeed", tags=" aws kms "),
            note(2, 2, "{{c1::KMS::who}} holds", ""),
            note(3, 3, "Which?", "", "1", "One", "Two", "Three", "Four", "", "1 0 0 1"),
            "INSERT INTO revlog VALUES (1700000000123, 1, 3, 4500), (1700000000999, 3, 0, 0);",
        )
    )
    assert harvest.terms == (
        ForeignTerm(front="What **is** it?", back="A <key>\nindeed", key="guid1", tags=("aws", "kms")),
        ForeignTerm(front="{{c1::KMS::who}} holds", key="guid2"),
    )
    assert [(o.text, o.right) for o in harvest.questions[0].options] == [
        ("One", True),
        ("Two", False),
        ("Three", False),
        ("Four", True),
    ]
    assert harvest.reviews == (ForeignReview(key="guid1", at=1700000000123, rating=3, seconds=4.5),)
    assert harvest.findings == ()


def test_a_legacy_package_is_read_and_its_pictures_are_counted() -> None:
    harvest = apkg.read(legacy(note(1, 1, "Front", 'Back <img src="a.png">')))
    assert [(found.front, found.back) for found in harvest.terms] == [("Front", "Back")]
    assert "1 pictures and sounds" in harvest.findings[0].message


def test_a_kprim_question_is_left_out_with_its_reason() -> None:
    harvest = apkg.read(modern(note(3, 3, "Which?", "", "0", "One", "Two", "Three", "Four", "", "1 0 0 1")))
    assert harvest.questions == ()
    assert "kprim" in harvest.findings[0].message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a whole zip"),
        (b"PK\x03\x04 torn", "not a whole zip"),
        (zipped(readme=b"x"), "holds no collection"),
        (zipped(collection__anki2=b"hello"), "not an SQLite"),
        (zipped(collection__anki2=b"SQLite format 3\x00" + b"\xff" * 5000), "SQLite"),
        (zipped(collection__anki21b=b"not zstd"), "Zstandard"),
        (zipped(collection__anki2=collection("CREATE TABLE x (y);")), "no table"),
        (zipped(collection__anki2=collection("CREATE TABLE col (z);" + ROWS)), "SQLite"),
        (
            zipped(
                collection__anki2=collection(
                    ROWS + "CREATE TABLE col (models text); INSERT INTO col VALUES ('[1]');"
                )
            ),
            "note types",
        ),
        (
            zipped(
                collection__anki2=collection(
                    "CREATE TABLE col (models text);"
                    "CREATE VIEW notes AS WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x FROM t)"
                    " SELECT x FROM t;"
                )
            ),
            "no table",
        ),
        # SQLite quotes the broken word, which is no text
        (
            zipped(
                collection__anki2=collection(ROWS).replace(b"CREATE TABLE cards", b"CREA\xd4E TABLE cards")
            ),
            "damaged",
        ),
    ],
)
def test_what_is_no_package_is_an_error_with_its_cause(data: bytes, words: str) -> None:
    harvest = apkg.read(data)
    assert [finding.severity for finding in harvest.findings] == ["error"]
    assert words in harvest.findings[0].message
    assert harvest.findings[0].hint


def test_bombs_stop_at_the_limit() -> None:
    zeros = b"\x00" * 2**22
    for data in (
        zipped(collection__anki2=zeros),
        zipped(collection__anki21b=zstandard.ZstdCompressor().compress(zeros)),
    ):
        [finding] = read(data, limit=2**20).findings
        assert "more than 1 MB" in finding.message or "larger than 1 MB" in finding.message


KINDS = "CREATE TABLE col (models text); INSERT INTO col VALUES ('{}');"


def test_columns_that_double_each_other_are_refused_before_they_fill_the_memory() -> None:
    doubled = ", ".join(f"t{n} text AS (t{n - 1} || t{n - 1})" for n in range(1, 23))
    table = (
        f"CREATE TABLE notes (id integer, guid text, mid integer, tags text, t0 text, {doubled},"
        " flds text AS (t22)); INSERT INTO notes (id, guid, mid, t0) VALUES (1, 'g', 1, 'front');"
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    [finding] = apkg.read(zipped(collection__anki2=collection(table + KINDS))).findings
    assert "no table of notes" in finding.message
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KiB


def test_rows_that_share_their_pages_tell_no_more_than_the_file_holds() -> None:
    rows = "".join(f"INSERT INTO notes VALUES ({n}, '', 1, '', 'row{n}{'x' * 3080}');" for n in range(6))
    table = "CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, tags text, flds text);"
    whole = collection("PRAGMA page_size = 512;" + table + KINDS + rows)
    places = [found.start(1) for found in re.finditer(rb"(?s)row\dx+(\x00\x00..)", whole)]
    first, second, *_ = sorted({whole[place : place + 4] for place in places})
    pages = int.from_bytes(second, "big") - 1
    shared = bytearray(whole[: pages * 512])
    shared[28:32] = pages.to_bytes(4, "big")
    for place in places:  # every row goes on where the first one does
        shared[place : place + 4] = first
    [finding] = apkg.read(zipped(collection__anki2=bytes(shared))).findings
    assert "more than it has bytes" in finding.message


def test_a_torn_package_never_raises() -> None:
    whole = apkg.write(shipment()).data
    for at in range(0, len(whole), 97):
        harvest = apkg.read(whole[:at] + b"\xff\xff" + whole[at + 2 :])
        assert harvest.findings or harvest.questions


def test_another_compression_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("collection.anki2", b"SQLite format 3")
    [finding] = apkg.read(out.getvalue()).findings
    assert "packed in a way" in finding.message


def test_a_name_that_climbs_out_is_never_used() -> None:
    packed = zipped(**{"../../collection__anki2": b"x"})
    assert "holds no collection" in apkg.read(packed).findings[0].message


def test_what_anki_cannot_carry_is_said() -> None:
    one, two = (term(refs=("x",), on_exam=(OnExam(id="cost", text="It costs."),)) for _ in range(2))
    export = apkg.write(Shipment(name="x", terms={"kms:t": one}))
    told = [finding.message for finding in export.findings]
    assert told == ["not carried: exam angles of 1 term", "not carried: sources of 1 term"]
    export = apkg.write(Shipment(name="x", terms={"kms:t": one, "kms:u": two}))
    assert "not carried: sources of 2 terms" in [finding.message for finding in export.findings]
