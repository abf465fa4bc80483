"""Ids of imported items where thousands look alike: each its own, the same ones again, and soon."""

from __future__ import annotations

from time import process_time

from keykata.exchange.model import ForeignQuestion, ForeignTerm
from keykata.study.import_manifest import Record
from keykata.study.import_names import Foreign, named

MANY = 10_000


def _known(names: list[str], items: list[Foreign], source: str, file: str) -> dict[str, Record]:
    return {
        name: Record(source, item.key, item.front if isinstance(item, ForeignTerm) else item.text, "", file)
        for name, item in zip(names, items, strict=True)
    }


def test_thousands_of_one_key_get_ids_of_their_own_at_once() -> None:
    items: list[Foreign] = [ForeignQuestion(text=f"w {n}", options=(), key="same") for n in range(MANY)]
    started = process_time()
    names = named(items, {}, "a.csv")
    assert process_time() - started < 3
    assert names == ["same", *(f"same-{n}" for n in range(2, MANY + 1))]


def test_thousands_of_one_front_are_known_again_under_another_name_of_their_file() -> None:
    items: list[Foreign] = [ForeignTerm(front="same", back=str(n)) for n in range(MANY)]
    names = named(items, {}, "a.csv")
    known = _known(names, items, "a.csv", "terms/x.yaml")
    started = process_time()
    assert named(items, known, "b.csv") == names
    assert process_time() - started < 3


def test_of_two_of_one_key_under_another_name_the_nearest_text_is_known() -> None:
    words = "which bucket keeps what is written to it for seven years"
    items: list[Foreign] = [
        ForeignQuestion(text=text, options=(), key="1") for text in (words, "nothing like it at all")
    ]
    known = _known(["far", "near"], list(reversed(items)), "a.csv", "questions/x.yaml")
    again: list[Foreign] = [ForeignQuestion(text=f"{words} now", options=(), key="1") for _ in range(2)]
    assert named(again, known, "b.csv") == ["near", "1"]
