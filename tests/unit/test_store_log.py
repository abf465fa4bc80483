"""The log: appended, folded, rebuilt, and never lost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from keykata.core.errors import BusyError, UnreadableError, UnwritableError
from keykata.core.event import Draft
from keykata.store.database import DATABASE, migrations
from keykata.store.examine import examine, is_damaged
from keykata.store.store import Store, open_store
from support.clocks import START, CountingEntropy
from support.tables import rows

TODAY = "2026-11-23"
ROOT = Path(__file__).resolve().parents[2]


def opened(home: Path, name: str = "d") -> Store:
    return open_store(home, entropy=CountingEntropy(name))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


def start(attempt: str = "A") -> Draft:
    return Draft("attempt-started", {"v": 1, "mode": "quiz", "title": "T", "items": 3, "seed": 7}, attempt)


def answer(card: str, *, correct: bool = True, rating: int = 3, attempt: str = "A", **more: object) -> Draft:
    body = {
        "v": 1,
        "position": 1,
        "slot": 0,
        "kind": "question",
        "correct": correct,
        "rating": rating,
        **more,
    }
    return Draft("answer", body, attempt, card.split("/", 1)[0], card)


def test_what_was_appended_is_there_for_the_next_program(tmp_path: Path) -> None:
    first = opened(tmp_path)
    first.append([start(), answer("kms:a")], now=START, day=TODAY, snapshot=b"{}")
    first.close()
    second = opened(tmp_path)
    assert [event.kind for event in second.events()] == ["attempt-started", "answer"]
    assert second.card("kms:a") is not None
    second.close()


def test_the_log_refuses_to_be_changed(store: Store) -> None:
    store.append([start()], now=START, day=TODAY, snapshot=b"{}")
    db = sqlite3.connect(store.path)
    for change in ("UPDATE event SET day = 'x'", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(change)
    db.close()


def test_moments_never_run_backwards_unless_the_clock_did(store: Store) -> None:
    one = store.append([answer("kms:a")], now=START, day=TODAY)[0]
    two = store.append([answer("kms:b")], now=START - 60_000, day=TODAY)[0]
    assert two.at == one.at + 1
    three = store.append([answer("kms:c")], now=START - 3 * 86_400_000, day="2026-11-20")[0]
    assert three.at < one.at


def test_a_void_restores_what_was_before(store: Store) -> None:
    store.append([answer("kms:a")], now=START, day=TODAY)
    before = rows(store)
    event = store.append([answer("kms:a", correct=False, rating=1)], now=START + 1000, day=TODAY)[0]
    assert rows(store) != before
    store.append(
        [Draft("void", {"v": 1, "target": event.id}, "A", "kms:a", "kms:a")], now=START + 2000, day=TODAY
    )
    assert rows(store) == before


def test_a_rebuild_gives_the_same_bytes(store: Store) -> None:
    store.append([start()], now=START, day=TODAY, snapshot=b"{}")
    for number in range(20):
        card = f"kms:q{number % 6}"
        wrong = number % 3 == 0
        draft = answer(card, correct=not wrong, rating=1 if wrong else 3, confidence="sure", wording="w")
        store.append([draft], now=START + number * 60_000, day=TODAY)
    store.append([Draft("keep", {"v": 1, "on": True}, None, "kms:q1")], now=START, day=TODAY)
    store.append(
        [Draft("moved", {"v": 1, "from": "kms:q2"}, None, "kms:new", "kms:new")], now=START, day=TODAY
    )
    store.append([Draft("setting", {"v": 1, "name": "minutes", "value": 30})], now=START, day=TODAY)
    before = rows(store)
    store.rebuild()
    assert rows(store) == before
    assert store.settings() == {"minutes": 30}


def test_progress_moves_to_the_new_id(store: Store) -> None:
    store.append([answer("kms:old")], now=START, day=TODAY)
    before = store.card("kms:old")
    store.append(
        [Draft("moved", {"v": 1, "from": "kms:old"}, None, "kms:new", "kms:new")], now=START, day=TODAY
    )
    assert store.card("kms:old") is None
    assert before is not None
    moved = store.card("kms:new")
    assert moved is not None
    assert (moved.reps, moved.stability) == (before.reps, before.stability)
    assert store.items(["kms:new"])["kms:new"].tries == 1


def test_unknown_kinds_are_kept_and_ignored(store: Store) -> None:
    store.append(
        [Draft("from-the-future", {"v": 9, "x": [1, 2]}, None, "kms:a", "kms:a")], now=START, day=TODAY
    )
    assert [event.kind for event in store.events()] == ["from-the-future"]
    assert store.card("kms:a") is None


def test_two_programs_on_one_home_both_get_in(tmp_path: Path) -> None:
    one, other = opened(tmp_path, "one"), opened(tmp_path, "other")
    for number in range(20):
        (one if number % 2 else other).append([answer(f"kms:q{number}")], now=START, day=TODAY)
    assert len(list(one.events())) == 20
    assert len({event.seq for event in one.events()}) == 20
    one.close()
    other.close()


def test_a_busy_database_says_so_and_keeps_nothing(store: Store) -> None:
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError, match="Another program"):
        store.append([answer("kms:a")], now=START, day=TODAY)
    other.execute("ROLLBACK")
    other.close()
    assert list(store.events()) == []


def test_a_snapshot_is_found_by_its_hash_and_its_damage_noticed(store: Store) -> None:
    store.append([start()], now=START, day=TODAY, snapshot=b'{"a":1}')
    row = store.attempt("A")
    assert row is not None
    assert store.snapshot(row.snapshot) == b'{"a":1}'
    db = sqlite3.connect(store.path)
    db.execute("UPDATE snapshot SET body = x'00'")
    db.commit()
    db.close()
    with pytest.raises(UnreadableError, match="damaged"):
        store.snapshot(row.snapshot)


def test_a_newer_database_is_left_untouched(tmp_path: Path) -> None:
    opened(tmp_path).close()
    db = sqlite3.connect(tmp_path / DATABASE)
    db.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    db.close()
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(UnreadableError, match="newer"):
        opened(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == before


def test_a_file_that_is_no_database_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"not a database, but somebody's file" * 50)
    with pytest.raises(UnreadableError, match="damaged") as caught:
        opened(tmp_path)
    assert caught.value.exit_code == 3
    assert (tmp_path / DATABASE).read_bytes().startswith(b"not a database")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / DATABASE)
    db.execute("CREATE TABLE other (x)")
    db.close()
    with pytest.raises(UnreadableError, match="not KeyKata's"):
        opened(tmp_path)


def test_a_database_whose_name_was_damaged_is_refused_with_its_newest_good_backup(tmp_path: Path) -> None:
    opened(tmp_path).close()
    copy = tmp_path / "backups" / "daily-2026-11-23.db"
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes((tmp_path / DATABASE).read_bytes())
    struck = bytearray(copy.read_bytes())
    struck[68] ^= 0xFF  # of the application id
    (tmp_path / DATABASE).write_bytes(struck)
    with pytest.raises(UnreadableError, match="not KeyKata's") as caught:
        opened(tmp_path)
    assert f"keykata restore takes {copy}" in caught.value.hint
    assert (tmp_path / DATABASE).read_bytes() == struck


def test_a_home_that_cannot_be_made_can_still_be_read_as_empty(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    store = opened(tmp_path / "file" / "home")
    assert not store.writable
    assert store.answers() == 0
    with pytest.raises(UnwritableError, match="Nothing can be saved"):
        store.append([answer("kms:a")], now=START, day=TODAY)
    store.close()


def test_the_device_id_stays_on_this_machine_and_is_fresh_on_another(tmp_path: Path) -> None:
    names = []
    for machine in ("here", "here", "there"):
        store = open_store(tmp_path, entropy=CountingEntropy(str(len(names))), machine=machine)
        names.append(store.device)
        store.close()
    assert names[0] == names[1] != names[2]


def test_a_backup_is_a_whole_database(store: Store, tmp_path: Path) -> None:
    store.append([answer("kms:a")], now=START, day=TODAY)
    copy = tmp_path / "backups" / "one.db"
    store.backup(copy)
    db = sqlite3.connect(copy)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert db.execute("SELECT COUNT(*) FROM event").fetchone() == (1,)
    db.close()


WRITER = """
import sys
from pathlib import Path
from keykata.core.event import Draft
from keykata.store.store import open_store
import os
store = open_store(Path(sys.argv[1]), entropy=os.urandom)
for number in range(100_000):
    body = {"v": 1, "kind": "question", "rating": 3, "correct": True}
    draft = Draft("answer", body, "A", f"k:q{number}", f"k:q{number}")
    (event,) = store.append([draft], now=number, day="2026-11-23")
    sys.stdout.write(event.id + "\\n")
    sys.stdout.flush()
"""


def test_every_acknowledged_answer_survives_a_kill(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        env={"PYTHONPATH": str(ROOT / "app"), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    acknowledged = [child.stdout.readline().strip() for _ in range(60)]
    child.kill()
    acknowledged += [line.strip() for line in child.stdout if line.endswith("\n")]
    child.stdout.close()
    child.wait()
    store = opened(tmp_path)
    assert set(acknowledged) <= {event.id for event in store.events()}
    assert not is_damaged(store.path)
    store.close()


def test_a_paper_that_unpacks_to_gigabytes_is_refused_before_it_fills_the_memory(store: Store) -> None:
    packing = zlib.compressobj(9)
    first, *more = (packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    bomb = first + b"".join(more) * 1023
    store.append([start()], now=START, day=TODAY, snapshot=b'{"a":1}')
    row = store.attempt("A")
    assert row is not None
    with closing(sqlite3.connect(store.path)) as db:
        db.execute("UPDATE snapshot SET body = ?", (bomb,))
        db.commit()
    program = (
        "import resource, sys; from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_AS, (600 << 20,) * 2)\n"
        "from keykata.store.examine import examine; from keykata.store.store import open_store\n"
        "from keykata.core.errors import UnreadableError; home = Path(sys.argv[1])\n"
        "try: open_store(home, entropy=bytes).snapshot(sys.argv[2])\n"
        "except UnreadableError as error: print(error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(store.path.parent), row.snapshot],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT / "app")},
    )
    assert "unpacks to more than 64 MB" in done.stdout, done.stderr
    wrong = [found for found in examine(store.path, START) if found.state == "wrong"]
    assert [found.check for found in wrong] == ["snapshots"]
