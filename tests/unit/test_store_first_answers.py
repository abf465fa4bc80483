"""The first answer to each question, as the log tells it."""

from __future__ import annotations

from pathlib import Path

from keykata.core.event import ANSWER, MOVED, VOID, Draft
from keykata.store.rows import FirstAnswer
from keykata.store.store import Store, open_store
from support.clocks import DAY, START, CountingEntropy


def answer(store: Store, item: str, day: int, *, correct: bool, confidence: str | None = None) -> str:
    body = {
        "v": 1,
        "kind": "question",
        "correct": correct,
        "confidence": confidence,
        "rating": 3 if correct else 1,
    }
    draft = Draft(kind=ANSWER, body=body, item=item, card=item)
    return store.append([draft], now=START + day * DAY, day=f"2026-11-{23 + day}")[0].id


def test_only_the_first_counts_with_its_day_and_its_guess(tmp_path: Path) -> None:
    store = open_store(tmp_path, entropy=CountingEntropy())
    answer(store, "kms:two", 0, correct=True, confidence="guess")
    answer(store, "kms:one", 1, correct=False)
    answer(store, "kms:one", 2, correct=True, confidence="guess")
    assert tuple(store.first_answers()) == (
        FirstAnswer("kms:two", "2026-11-23", True, True),
        FirstAnswer("kms:one", "2026-11-24", False, False),
    )
    store.close()


def test_an_undone_first_answer_leaves_its_question_out(tmp_path: Path) -> None:
    store = open_store(tmp_path, entropy=CountingEntropy())
    gone = answer(store, "kms:one", 0, correct=True)
    store.append(
        [Draft(kind=VOID, body={"v": 1, "target": gone}, item="kms:one", card="kms:one")],
        now=START + DAY,
        day="2026-11-24",
    )
    answer(store, "kms:one", 2, correct=True)
    assert tuple(store.first_answers()) == ()
    store.close()


def test_a_renamed_question_keeps_its_first_answer(tmp_path: Path) -> None:
    store = open_store(tmp_path, entropy=CountingEntropy())
    answer(store, "kms:old", 0, correct=False)
    moved = Draft(kind=MOVED, body={"v": 1, "from": "kms:old"}, item="kms:new", card="kms:new")
    store.append([moved], now=START + DAY, day="2026-11-24")
    answer(store, "kms:new", 2, correct=True)
    wanted = (FirstAnswer("kms:new", "2026-11-23", False, False),)
    assert tuple(store.first_answers()) == wanted
    store.rebuild()
    assert tuple(store.first_answers()) == wanted
    store.close()
