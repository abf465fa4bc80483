"""Searching as one types."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from keykata.bank.library import BankFolder, Library, open_library
from keykata.bank.model import Aspect, Comparison, Concept, Faq, Guide, Item, Option, Question, Subject, Term
from keykata.bank.search import count, search, snippet
from support.made_banks import PLACE, MadeReader, made_bank

ITEMS: tuple[Item, ...] = (
    Term(
        id="customer-managed-key",
        name="Customer managed key",
        also=("AWS KMS customer managed key",),
        retired=("customer managed CMK",),
        short="A KMS key that you create, own and manage.",
        definition="It lives in your account.",
        concepts=(Concept(id="rotation", text="Automatic rotation is ==off|state== until you turn it on."),),
        faqs=(
            Faq(id="creator-gone", q="What if its creator is deleted?", a="The key policy still decides."),
        ),
        place=PLACE,
    ),
    Term(
        id="key-rotation",
        name="Key rotation",
        short="New material for a key.",
        definition="Old ciphertext still opens. Use `kms:RotateKeyOnDemand`.",
        place=PLACE,
    ),
    Term(id="key", name="Key", short="Something.", definition="Opens a lock.", place=PLACE),
    Comparison(
        id="kinds",
        title="Three kinds of KMS key",
        subjects=(Subject(id="a", term="key", phrase="a key"),),
        aspects=(Aspect(id="bill", label="Monthly fee", ask="What?", cells={"a": "one dollar"}),),
        place=PLACE,
    ),
    Guide(
        id="guide", title="Envelopes", kind="deep-dive", body="A data key wraps the Café's data.", place=PLACE
    ),
    Question(
        id="stop-reads",
        stem="An insurer keeps claims in an Amazon S3 bucket under the key `aws/s3`.",
        ask="Which solution is best?",
        options=(Option(text="Disable the key.", right=True, why="secretreason"),),
        place=PLACE,
    ),
)


def _library(folder: Path, items: Sequence[Item], *more: Sequence[Item]) -> Library:
    banks = {f"bank{n}": made_bank(tuple(found), f"bank{n}") for n, found in enumerate((items, *more))}
    for name in banks:
        (folder / name).mkdir()
    folders = [BankFolder(folder / name) for name in banks]
    return open_library(folders, exams_folder=folder, cache=None, reader=MadeReader(banks))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return _library(tmp_path, ITEMS)


def _found(library: Library, words: str) -> list[str]:
    return [f"{hit.id.split(':')[1]}/{hit.part}".rstrip("/") for hit in search(library, words)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("key", "key"),
        ("KEY ROT", "key-rotation"),
        ("customer managed cmk", "customer-managed-key"),
        ("customer managed keys", "customer-managed-key"),
        ("rotation key", "key-rotation"),
        ("automatic rotation off", "customer-managed-key/rotation"),
        ("customer rotation", "customer-managed-key/rotation"),
        ("creator deleted", "customer-managed-key/creator-gone"),
        ("three kinds", "kinds"),
        ("dollar", "kinds/bill"),
        ("wraps", "guide"),
        ("cafe", "guide"),
        ("insurer s3 bucket", "stop-reads"),
        ("aws/s3", "stop-reads"),
        ("rotatekeyondemand", "key-rotation"),
        ("stop-reads", "stop-reads"),
        ("bank0:stop-reads", "stop-reads"),
    ],
)
def test_first_hit(library: Library, words: str, first: str) -> None:
    assert _found(library, words)[0] == first


def test_exact_names_come_before_beginnings_before_words_before_texts(library: Library) -> None:
    found = _found(library, "key")
    assert found[:3] == ["key", "key-rotation", "customer-managed-key"]
    assert found.index("kinds") < found.index("guide") < found.index("stop-reads")


def test_all_words_must_occur(library: Library) -> None:
    assert _found(library, "insurer ciphertext") == []


def test_reasons_are_not_given_away(library: Library) -> None:
    assert _found(library, "secretreason") == []


def test_words_may_be_begun_anywhere_but_in_the_middle(library: Library) -> None:
    assert _found(library, "insu claim")[0] == "stop-reads"
    assert "stop-reads" not in _found(library, "nsurer")


def test_a_slip_of_the_finger_is_forgiven(library: Library) -> None:
    hits = search(library, "costumer manged kye")
    assert hits[0].id == "bank0:customer-managed-key"
    assert all(hit.score < 1 for hit in hits)


@pytest.mark.parametrize("words", ["", "   ", "?!", "x", "[red]", "\x1b[31m"])
def test_odd_words_find_nothing_and_break_nothing(library: Library, words: str) -> None:
    assert isinstance(search(library, words), tuple)


def test_hits_say_what_they_are(library: Library) -> None:
    hit = search(library, "automatic rotation")[0]
    assert (hit.kind, hit.title) == ("concept", "Customer managed key · Rotation")
    assert hit.snippet == "Automatic rotation is off until you turn it on."


def test_limit_and_no_doubles(library: Library) -> None:
    assert len(search(library, "key", 2)) == 2
    assert search(library, "key", 0) == ()
    found = _found(library, "key-rotation")
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "words",
    ["key", "key-rotation", "bank0:key", "kms key", "data", "rotation", "a", "secretreason", "zzz", ""],
)
def test_the_count_is_that_of_a_search_without_end(library: Library, words: str) -> None:
    hits = search(library, words, 1000)
    assert count(library, words) == len([hit for hit in hits if hit.score >= 1])


def test_names_that_resemble_do_not_count_and_shut_items_neither(library: Library) -> None:
    assert search(library, "costumer manged kye")
    assert count(library, "costumer manged kye") == 0
    every = count(library, "key")
    assert count(library, "key", {"bank0:key"}) == every - 1
    assert count(library, "bank0:key", {"bank0:key"}) == count(library, "bank0:key") - 1


def test_banks_are_searched_together(tmp_path: Path) -> None:
    other = Term(id="lock", name="Key", short="s", definition="d", place=PLACE)
    library = _library(tmp_path, ITEMS, [other])
    assert [hit.id for hit in search(library, "key", 2)] == ["bank0:key", "bank1:lock"]


def test_a_snippet_of_a_guide_shows_words_and_no_marks() -> None:
    text = (
        "The key.\n\n## The envelope\n\nIt is an [envelope](term:envelope) of *two* keys.\n\n- More.\n- Last."
    )
    assert snippet([text], ["two"]) == "It is an envelope of two keys."
    assert snippet([text], ["envelope"]) == "The envelope"
    assert snippet([text], ["last"]) == "Last."


def test_a_snippet_shows_the_place() -> None:
    text = "word " * 60 + "needle in the hay " + "word " * 60
    found = snippet([text], ["need"], 60)
    assert "needle" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) <= 62
