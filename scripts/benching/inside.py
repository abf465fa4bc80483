"""What is measured within one process: the data work, the queue, forms, search, check and the rebuild."""

from __future__ import annotations

import gc
import os
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import fsrs
import yaml

from benching.made import LAST_DAY
from benching.outside import Home
from benching.rows import Row
from keykata.cli.clock import SystemClock
from keykata.core.clock import Clock
from keykata.core.errors import UsageError
from keykata.practice.form import Filter
from keykata.store.store import open_store
from keykata.study.checking import check
from keykata.study.dojo import Dojo
from keykata.study.opening import library_of, open_dojo
from keykata.study.places import Places

ROUNDS = 3  # of what is measured and its floor, interleaved
WORDS = ("ba", "bar", "kis", "zen", "tol", "nar vi", "gis", "mo")


def opened(home: Home, clock: Clock | None = None) -> Dojo:
    """The dojo of a made home."""
    places = Places(home=home.home, cache=home.cache, banks=(home.bank,))
    return open_dojo(places, clock=clock or SystemClock(), entropy=os.urandom)


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of a call."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def data_work(home: Home, *, answers: int) -> list[Row]:
    """Mark, log with a full commit, schedule, and the next item; and a form."""
    dojo = opened(home)
    sitting = dojo.start_quiz(Filter(banks=("made",)), count=answers)
    spent, bare = [], []
    with _bare_log(home.home / "bare.db") as write:
        for number in range(answers):
            right = sitting.standing().slot.right
            spent.append(timed(lambda chosen=right: (sitting.respond(chosen), sitting.advance())))
            bare.append(timed(lambda row=number: write(row)))
    form = statistics.median(
        timed(lambda: dojo.rooms.examiner.paper(extra=False, strict=False, seed=3)) for _ in range(5)
    )
    dojo.close()
    return [
        Row(
            "answer: mark, log, schedule, next (median)",
            statistics.median(spent),
            "ms",
            0.5,
            beside=statistics.median(bare),
            beside_what="a bare durable write of one row",
        ),
        Row("exam form with its texts", form, "ms", 20),
    ]


class NoonClock(SystemClock):
    """Noon of the day the made histories end on."""

    def wall(self) -> int:
        """Milliseconds since 1970 UTC."""
        return int(datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 12, tzinfo=UTC).timestamp() * 1000)


def queue_and_plan(home: Home, cards: int) -> list[Row]:
    """The due queue and the plan over so many cards, an exam three weeks ahead."""
    dojo = opened(home, NoonClock())
    planner, due = dojo.rooms.planner, len(dojo.rooms.queues.due())
    queue = statistics.median(timed(dojo.rooms.queues.due) for _ in range(9))
    exam = planner.exam_day() or ""
    plan = statistics.median(timed(lambda: planner.make(exam)) for _ in range(5))
    dojo.close()
    return [
        Row(f"due queue, {due:,} of {cards:,} cards due", queue, "ms", 20),
        Row(f"plan over {cards:,} cards", plan, "ms", 500),
    ]


@contextmanager
def _bare_log(path: Path) -> Iterator[Callable[[int], None]]:
    """The least a durable answer can cost on this disk: one row of its size, committed like ours."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE bare (number INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")

        def write(number: int) -> None:
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO bare VALUES (?, ?)", (number, "x" * 250))
            db.execute("COMMIT")

        yield write


def searching(home: Home) -> list[Row]:
    """Search as one types: after the first key."""
    dojo = opened(home)
    first = timed(lambda: dojo.search(WORDS[0]))
    rest = [timed(lambda said=word: dojo.search(said)) for word in WORDS[1:]]
    dojo.close()
    return [
        Row("search, first key", first, "ms", 60),
        Row("search, later keys (median)", statistics.median(rest), "ms", 20),
    ]


def check_ratio(bank: Path) -> Row:
    """The check of a bank against the raw YAML parse of the same files; medians of interleaved rounds.

    The banks beside it are compiled, as they are once the app was opened.
    """
    files = [path.read_text(encoding="utf-8") for path in sorted(bank.glob("questions/*.yaml"))]
    places = Places(home=bank.parent / "nowhere", cache=bank.parent / "cache")
    library_of(places)
    spent, floor = [], []
    for _ in range(ROUNDS):
        gc.collect()
        floor.append(timed(lambda: [yaml.load(text, yaml.CSafeLoader) for text in files]))
        gc.collect()
        spent.append(timed(lambda: check([bank], places)))
    return Row(
        "check of the bank, near-duplicates included",
        statistics.median(spent),
        "ms",
        2.0,
        statistics.median(floor),
    )


def rebuild_ratio(home: Home, answers: int) -> Row:
    """The rebuild of every card from the log, against `fsrs` over the same answers."""
    store = open_store(home.home, entropy=os.urandom)
    history = [event for event in store.events() if event.kind == "answer" and event.card]
    scheduler = fsrs.Scheduler(learning_steps=[], relearning_steps=[], enable_fuzzing=False)

    def replay() -> None:
        cards: dict[str, fsrs.Card] = {}
        for event in history:
            card = cards.get(event.card or "") or fsrs.Card(card_id=1)
            moment = datetime.fromisoformat(event.day).replace(tzinfo=UTC)
            with suppress(UsageError):
                cards[event.card or ""], _ = scheduler.review_card(
                    card, fsrs.Rating(event.body["rating"]), moment
                )

    def empty() -> None:
        with store._transaction():
            for table in ("card", "item", "attempt"):
                store._db.execute(f"DELETE FROM {table}")

    spent, anew, floor = [], [], []
    for _ in range(ROUNDS):
        floor.append(timed(replay))
        spent.append(timed(store.rebuild))
        empty()
        anew.append(timed(store.rebuild))
    store.close()
    return Row(
        f"card state rebuilt from {answers:,} answers",
        statistics.median(spent),
        "ms",
        0.5,
        statistics.median(floor),
        beside=statistics.median(anew),
        beside_what="into emptied tables",
    )
