"""Whatever is appended, in whatever order: appending one by one and rebuilding end in the same rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.core.days import add_days
from keykata.core.event import Draft
from keykata.store.store import Store, open_store
from support.clocks import START, CountingEntropy
from support.tables import rows

CARDS = ("b:q1", "b:q2", "b:q3", "b:t/one/c1", "b:t/two/c1", "b:u/one/c1")
MINUTE = 60_000
HOMES = ("one", "other")
cards = st.sampled_from(CARDS)
moves = st.one_of(
    st.tuples(st.just("answer"), cards, st.integers(1, 4)),
    st.tuples(st.just("move"), cards, st.integers(0, len(CARDS) - 1)),
    st.tuples(st.just("void"), cards, st.integers(0, 30)),
    st.tuples(st.just("take"), cards, st.just(0)),
    st.tuples(st.just("reset"), cards, st.just(0)),
    st.tuples(st.just("keep"), cards, st.integers(0, 1)),
    st.tuples(st.just("start"), cards, st.just(0)),
    st.tuples(st.just("finish"), cards, st.just(0)),
    st.tuples(st.just("set"), cards, st.integers(5, 60)),
)

FEW = ("b:q1", "b:t/one/c1")
HOUR = 3_600_000
dense = st.tuples(
    st.sampled_from(("answer",) * 6 + ("void", "void", "other", "odd", "reset", "keep")),
    st.sampled_from(FEW),
    st.integers(1, 4),
)

sent = moves.filter(lambda move: move[0] != "start")  # one without a paper is held back by a merge


def draft(what: str, card: str, number: int, past: list[str]) -> Draft | None:
    item = card.split("/", 1)[0]
    kind = "concept" if "/" in card else "question"
    correct = number > 1 if kind == "question" else None
    if what == "void":
        return Draft("void", {"v": 1, "target": past[number % len(past)]}) if past else None
    return {
        "answer": Draft(
            "answer", {"v": 1, "kind": kind, "rating": number, "correct": correct}, "A", item, card
        ),
        "move": Draft("moved", {"v": 1, "from": CARDS[number % len(CARDS)]}, None, item, card),
        "take": Draft("taken-on", {"v": 1, "why": "read"}, None, item, card),
        "reset": Draft("reset", {"v": 1, "old": "x", "new": "y"}, None, item, card),
        "keep": Draft("keep", {"v": 1, "on": bool(number)}, None, item),
        "start": Draft("attempt-started", {"v": 1, "mode": "quiz", "title": "T", "items": 3}, "A"),
        "finish": Draft("attempt-finished", {"v": 1, "reason": "ended"}, "A"),
        "set": Draft("setting", {"v": 1, "name": "minutes", "value": number}),
    }[what]


def play(store: Store, script: list[tuple[str, str, int]]) -> None:
    past: list[str] = []
    for number, (what, card, value) in enumerate(script):
        told = draft(what, card, value, past)
        if told is not None:
            now, day = START + number * MINUTE, add_days("2026-11-23", number // 4)
            past += [event.id for event in store.append([told], now=now, day=day)]


@settings(max_examples=40, deadline=None)
@given(st.lists(moves, max_size=25))
def test_rebuilding_changes_nothing(script: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), entropy=CountingEntropy())
        play(store, script)
        before = rows(store)
        store.rebuild()
        after = rows(store)
        store.close()
    assert after == before


@settings(max_examples=25, deadline=None)
@given(st.lists(sent, max_size=16), st.lists(sent, max_size=16), st.integers(1, 5))
def test_two_homes_that_met_late_hold_the_same_rows_as_a_rebuild(
    one: list[tuple[str, str, int]], other: list[tuple[str, str, int]], batch: int
) -> None:
    """Their moments collide, so that the order between them is that of the devices."""
    with tempfile.TemporaryDirectory() as folder:
        homes = [open_store(Path(folder, name), entropy=CountingEntropy(name)) for name in HOMES]
        for store, script in zip(homes, (one, other), strict=True):
            play(store, script)
        ours, theirs = homes
        coming = list(theirs.events())[::-1]
        for first in range(0, len(coming), batch):
            ours.merge(coming[first : first + batch], {})
        theirs.merge(list(ours.events()), {})
        merged = rows(ours)
        assert rows(theirs) == merged
        for store in homes:
            store.rebuild()
            assert rows(store) == merged
            store.close()


@settings(max_examples=60, deadline=None)
@given(st.lists(dense, max_size=20), st.integers(1, 3))
def test_answers_move_a_row_on_to_what_its_whole_history_gives(
    script: list[tuple[str, str, int]], batch: int
) -> None:
    """Withdrawn ones before them, ones from the future and ones that cannot be read included."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = (open_store(Path(folder, name), entropy=CountingEntropy(name)) for name in HOMES)
        past: list[str] = []
        for number in range(0, len(script), batch):
            now, day = START + number * MINUTE, add_days("2026-11-23", number // 3)
            drafts = []
            for what, card, value in script[number : number + batch]:
                if what == "other":
                    told = draft("answer", card, value, past)
                    ours.merge(theirs.append([told], now=now + HOUR, day=day), {}) if told else None
                elif what == "odd":
                    body = {"v": 9, "kind": "question", "rating": True, "correct": "yes", "wording": 7}
                    drafts.append(Draft("answer", body, None, card.split("/", 1)[0], card))
                elif told := draft(what, card, value, past):
                    drafts.append(told)
            past += [event.id for event in ours.append(drafts, now=now, day=day)] if drafts else []
            before = rows(ours)
            ours.rebuild()
            assert rows(ours) == before
        ours.close()
        theirs.close()
