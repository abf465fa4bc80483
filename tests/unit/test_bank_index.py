"""The index of a bank as the cache keeps it: nothing of an entry is lost, however many there are."""

from __future__ import annotations

import pytest

from keykata.bank.compiled import STRETCH, decode_index, encode_index
from keykata.bank.entry import BankIndex, Entry, packed_entry
from keykata.bank.model import BankHeader


def entry(number: int) -> Entry:
    return Entry(
        id=f"b:q-{number}",
        kind="question",
        packed=packed_entry(
            f"Question {number} begins so…",
            wording=f"{number + 1:016x}",
            offset=number * 1_000_003,
            length=number + 7,
            line=number + 1,
        ),
        task="1.2",
        level="apply",
        topics=("b:term",),
        file=f"questions-{number // 50}.yaml",
    )


@pytest.mark.parametrize("count", [0, 1, STRETCH, 2 * STRETCH + 1])
def test_an_index_reads_as_it_was_written(count: int) -> None:
    index = BankIndex(
        header=BankHeader(id="b", name="B"), digest="d", entries=tuple(map(entry, range(count)))
    )
    assert decode_index(encode_index(index)) == index


def test_an_entry_says_where_it_stands_and_how_it_is_called() -> None:
    made = entry(41)
    assert (made.title, made.line) == ("Question 41 begins so…", 42)
    assert (made.offset, made.length) == (41_000_123, 48)
    assert made.wording == "000000000000002a"


def test_what_is_no_question_has_no_wording() -> None:
    assert Entry(id="b:term", kind="term", packed=packed_entry("Term")).wording == ""


def test_what_repeats_is_held_once() -> None:
    index = BankIndex(
        header=BankHeader(id="b", name="B"), digest="d", entries=tuple(map(entry, range(2 * STRETCH)))
    )
    read = decode_index(encode_index(index)).entries
    assert len({id(one.file) for one in read}) == len({one.file for one in read})
    assert len({id(one.task) for one in read}) == 1
