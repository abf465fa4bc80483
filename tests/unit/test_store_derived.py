"""What follows from the log: renames there and back, late and bare voids, the day's new cards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.days import add_days
from keykata.core.event import Draft
from keykata.store.database import connect
from keykata.store.derive import Deriver
from keykata.store.links import resolve
from keykata.store.store import Store, open_store
from support.clocks import START, CountingEntropy
from support.tables import rows

TODAY, TOMORROW = "2026-11-23", "2026-11-24"
FACT = "kms:grant/what/c1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path, entropy=CountingEntropy())
    yield made
    made.close()


def answer(card: str, rating: int = 3, **more: object) -> Draft:
    kind = "concept" if "/" in card else "question"
    body = {"v": 1, "kind": kind, "correct": rating > 1, "rating": rating, **more}
    return Draft("answer", body, "A", card.split("/", 1)[0], card)


def moved(old: str, new: str) -> Draft:
    return Draft("moved", {"v": 1, "from": old}, None, new.split("/", 1)[0], new)


def told(store: Store, *drafts: Draft, day: str = TODAY) -> list[str]:
    return [event.id for event in store.append(drafts, now=START, day=day)]


@pytest.mark.parametrize(
    ("moves", "present"),
    [
        ([("a", "b"), ("b", "c")], {"a": "c", "b": "c"}),
        ([("b", "c"), ("a", "b")], {"a": "c", "b": "c"}),
        ([("a", "b"), ("b", "a")], {"b": "a"}),
        ([("a", "b"), ("b", "c"), ("a", "b")], {"a": "c", "b": "c"}),
        ([("a", "a")], {}),
    ],
)
def test_moves_lead_to_one_present_id(moves: list[tuple[str, str]], present: dict[str, str]) -> None:
    assert resolve(moves) == present


def test_a_rename_taken_back_brings_all_answers_home(store: Store) -> None:
    told(store, answer("kms:a"), moved("kms:a", "kms:b"))
    told(store, answer("kms:b"), moved("kms:b", "kms:a"), day="2026-12-01")
    home = store.card("kms:a")
    assert home is not None
    assert home.reps == 2
    assert store.card("kms:b") is None
    assert [event.kind for event in store.card_events("kms:a")] == ["answer", "moved", "answer", "moved"]


def test_a_renamed_term_keeps_that_it_was_kept(store: Store) -> None:
    told(store, answer("kms:old/what/c1"), Draft("keep", {"v": 1, "on": True}, None, "kms:old"))
    told(store, moved("kms:old/what/c1", "kms:new/what/c1"))
    assert store.items(["kms:new"])["kms:new"].kept


def test_a_void_needs_to_name_its_target_only(store: Store) -> None:
    undone = told(store, answer("kms:a"))
    told(store, Draft("void", {"v": 1, "target": undone[0]}))
    assert store.card("kms:a") is None
    assert store.answers_today(TODAY) == 0


def test_a_withdrawn_move_and_setting_count_as_absent(store: Store) -> None:
    told(store, answer("kms:a"), Draft("setting", {"v": 1, "name": "minutes", "value": 20}))
    gone = told(store, moved("kms:a", "kms:b"), Draft("setting", {"v": 1, "name": "minutes", "value": 60}))
    told(store, *(Draft("void", {"v": 1, "target": name}) for name in gone))
    assert store.card("kms:a") is not None
    assert store.card("kms:b") is None
    assert store.settings() == {"minutes": 20}


def test_a_fact_seen_twice_on_its_first_day_is_one_new_fact(store: Store) -> None:
    told(store, answer(FACT), answer(FACT), answer("kms:q"))
    assert store.new_today(TODAY) == 1
    told(store, answer(FACT), day=TOMORROW)
    assert store.new_today(TOMORROW) == 0


@pytest.mark.parametrize("body", [{"retention": 0.2}, {"rating": 9}, {"rating": None}, {"retention": "much"}])
def test_an_answer_that_makes_no_sense_never_stops_the_log(store: Store, body: dict[str, object]) -> None:
    told(store, answer("kms:a") if "rating" not in body else answer("kms:b"))
    draft = answer("kms:a")
    told(store, Draft(draft.kind, {**draft.body, **body}, draft.attempt, draft.item, draft.card))
    store.rebuild()
    assert len(list(store.events())) == 2


def test_the_log_can_be_read_on_from_an_event(store: Store) -> None:
    first, second = store.append([answer("kms:a"), answer("kms:b")], now=START, day=TODAY)
    assert [event.id for event in store.events(after=first.order)] == [second.id]


def test_a_clock_set_back_over_a_day_is_noticed(store: Store) -> None:
    told(store, answer("kms:a"))
    assert not store.clock_set_back
    store.append([answer("kms:b")], now=START - 3 * 86_400_000, day="2026-11-20")
    assert store.clock_set_back


def test_two_devices_that_notice_one_changed_answer_start_its_card_again_once(store: Store) -> None:
    reset = Draft("reset", {"v": 1, "old": "x", "new": "y"}, None, "kms:q", "kms:q")
    told(store, answer("kms:q", wording="x"), reset, answer("kms:q", wording="y"), reset)
    known = store.card("kms:q")
    assert known is not None
    assert known.reps == 1
    told(store, answer("kms:q", wording="x"), reset)
    again = store.card("kms:q")
    assert again is not None
    assert again.phase == "new"


def test_the_first_answer_to_a_question_that_was_kept_before_it_is_its_first(store: Store) -> None:
    told(store, Draft("keep", {"v": 1, "on": True}, None, "kms:a"))
    told(store, answer("kms:a"))
    row = store.items(["kms:a"])["kms:a"]
    assert (row.first_correct, row.kept, row.tries) == (True, True, 1)


def test_what_follows_a_withdrawn_first_answer_is_no_first_answer(store: Store) -> None:
    (first,) = told(store, answer("kms:a", 1))
    told(store, Draft("void", {"v": 1, "target": first}))
    told(store, answer("kms:a"))
    row = store.items(["kms:a"])["kms:a"]
    assert (row.first_correct, row.tries, row.right, row.missed) == (None, 1, 1, False)


def test_a_long_log_is_rebuilt_to_what_its_answers_came_to_one_by_one(store: Store) -> None:
    """It is read in parts, most of which hold plain answers only."""
    cards = [f"kms:q{number}" for number in range(40)] + [f"kms:t/c{number}/c1" for number in range(40)]
    told(store, Draft("attempt-started", {"v": 1, "mode": "quiz", "title": "T", "items": 9}, "A"))
    given = []
    for day in range(26):
        drafts = [
            answer(card, 1 + (day + place) % 4, wording=f"w{day % 2}") for place, card in enumerate(cards)
        ]
        given += told(store, *drafts, day=add_days(TODAY, day))
    told(store, answer("kms:q1", 7), Draft("void", {"v": 1, "target": given[1100]}))
    before = rows(store)
    assert [len(before[table]) for table in ("card", "item", "attempt")] == [80, 40, 1]
    store.rebuild()
    assert rows(store) == before


def test_more_answers_than_one_text_can_hold_are_rebuilt_too(store: Store) -> None:
    """A part of the log may come to more than SQLite takes at once; each answer alone does not."""
    told(store, *(answer(f"kms:q{number % 7}", wording="w" * 500) for number in range(70)))
    before = rows(store)
    with closing(connect(store.path)) as db:
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10_000)
        db.execute("DELETE FROM item")
        Deriver(db).everything()
    assert rows(store) == before
