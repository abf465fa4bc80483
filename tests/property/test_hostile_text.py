"""Text and settings that mean harm: what is said stays words, what cannot be read stays as it is."""

from __future__ import annotations

import json
import sqlite3
import sys
import tomllib
import unicodedata
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.core import safe
from keykata.core.errors import KeyKataError
from keykata.core.safe import is_safe, safe_in_place, safe_json, safe_text
from keykata.study.config_file import CONFIG, read_config, write_config
from support.program import run

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eabc\u2066x [bold]hi[/] [/nope"
PIECES = (
    *('look = "dark"\n', "sync", " = ", '"x"', "'y'", '"""\n', "[keys]\n", "[", "{", "\\u001b", "#", "\n"),
    *("\r\n", "\x1b[2J", "\u2028", "\x85", "\x7f", "\ud7ff", "1e9", 'sync = "a"\n', '"sync" = "b"\n'),
)
CONFIGS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


HIDDEN = st.text(
    st.sampled_from("aक1👩 \n\x1b\u0301\u200b\u200c\u200d\u202e\ufe0e\ufe0f\u180b\ufffd"), max_size=12
)


@settings(max_examples=200)
@given(st.text(max_size=40) | HIDDEN)
def test_harmless_text_is_as_long_in_place_and_means_the_same_in_json(text: str) -> None:
    assert is_safe(safe_text(text))
    assert is_safe(safe_in_place(text))
    assert len(safe_in_place(text)) == len(text)
    told = safe_json(json.dumps(text, ensure_ascii=False))
    assert is_safe(told)
    assert json.loads(told) == text


@settings(max_examples=200, deadline=None)
@given(CONFIGS | st.binary(max_size=60), st.text(max_size=20))
def test_a_setting_is_set_alone_or_the_file_stays(before: str | bytes, value: str) -> None:
    data = before if isinstance(before, bytes) else before.encode()
    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / CONFIG).write_bytes(data)
        try:
            write_config(home, "sync", value)
        except KeyKataError:
            assert (home / CONFIG).read_bytes() == data
        else:
            was = tomllib.loads(data.decode())
            assert read_config(home) == was | {"sync": value}


@pytest.mark.parametrize("spoiled", [b"[" * 100_000, b"a = " + b"[" * 50_000, b"x" * (2 << 20), b"\xff"])
def test_a_configuration_that_cannot_be_read_is_named_and_kept(tmp_path: Path, spoiled: bytes) -> None:
    (tmp_path / CONFIG).write_bytes(spoiled)
    for call in (lambda: read_config(tmp_path), lambda: write_config(tmp_path, "sync", "x")):
        with pytest.raises(KeyKataError) as told:
            call()
        assert told.value.where.endswith(CONFIG)
    assert (tmp_path / CONFIG).read_bytes() == spoiled


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home in which a note was written."""
    folder = tmp_path_factory.mktemp("practised")
    assert (
        run(folder, "quiz", "--plain", "--count", "2", "--seed", "7", said="A\nnote hello\n").returncode == 0
    )
    return folder


def spoil(folder: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "home" / "keykata.db")) as db:
        db.execute("DROP TRIGGER event_never_changes")
        db.execute(sql, values)
        db.commit()


@pytest.fixture
def home(practised: Path, tmp_path: Path) -> Path:
    """A copy of it that may be spoiled."""
    (tmp_path / "home").mkdir()
    with (
        closing(sqlite3.connect(practised / "home" / "keykata.db")) as source,
        closing(sqlite3.connect(tmp_path / "home" / "keykata.db")) as copy,
    ):
        source.backup(copy)
    return tmp_path


def test_hostile_words_in_the_log_are_shown_as_words(home: Path) -> None:
    spoil(home, "UPDATE event SET body = json_set(body, '$.text', ?) WHERE kind = 'note'", EVIL)
    spoiled = "UPDATE attempt SET title = title || ?"
    with closing(sqlite3.connect(home / "home" / "keykata.db")) as db:
        db.execute(spoiled, (EVIL,))
        db.commit()
    for command in (("coverage", "--notes"), ("coverage", "--notes", "--json"), ("stats",), ("history",)):
        done = run(home, *command)
        assert done.returncode == 0, done.stderr
        assert is_safe(done.stdout + done.stderr)
    assert EVIL in json.loads(run(home, "coverage", "--notes", "--json").stdout)[0]["text"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE attempt SET day = 'never'",
        "UPDATE setting SET value = '[1]'",
        "UPDATE card SET due_day = ''",
        "UPDATE event SET card = CAST(x'61ff' AS TEXT) WHERE kind = 'answer'",
        "UPDATE event SET body = json_set(body, '$.items', json('[1]')) WHERE kind = 'attempt-started'",
    ],
)
def test_what_makes_no_sense_in_the_database_is_told_never_our_fault(home: Path, sql: str) -> None:
    exam = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    assert run(home, "config", "exam-date", exam).returncode == 0
    spoil(home, sql)
    for command in (("stats",), ("plan", "--plain"), ("config",), ("history",), ("backup", "b.db")):
        done = run(home, *command)
        assert done.returncode in (0, 3, 4), (command, done.stderr)
    doctor = run(home, "doctor")
    assert doctor.returncode in (1, 3)
    assert "Wrong:" in doctor.stdout


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("of-a-later-version", {"used": "soon", "position": [1], "slot": EVIL}),
        ("answer", {"position": 1}),
        ("answer", {"position": 1, "slot": 0, "chosen": [99], "kind": "question", "correct": False}),
        ("response", {"position": 1, "slot": "x", "chosen": [0]}),
    ],
)
def test_an_event_of_another_program_in_an_attempt_hides_no_answer(
    home: Path, kind: str, body: dict[str, object]
) -> None:
    before = [json.loads(line)["id"] for line in run(home, "log", "--json").stdout.splitlines()]
    spoil(
        home,
        "INSERT INTO event SELECT '01M0000000000000000000000X', at + 1, day, 'other', 1, ?, attempt, item,"
        " card, ? FROM event WHERE kind = 'answer' ORDER BY at LIMIT 1",
        kind,
        json.dumps(body),
    )
    for command in (("log",), ("log", "--json", "--all"), ("history", "--json"), ("stats",), ("coverage",)):
        done = run(home, *command)
        assert done.returncode == 0, (command, done.stderr)
    told = [json.loads(line)["id"] for line in run(home, "log", "--json", "--all").stdout.splitlines()]
    assert set(before) <= set(told)


def test_what_is_passed_at_a_glance_holds_nothing_that_hides_or_drives() -> None:
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    calm = [sign for sign in signs if safe._CALM.fullmatch(sign)]
    assert {"a", "é", "·", "›", "↓", "─", "✓"} <= set(calm)
    assert not {unicodedata.category(sign) for sign in calm} & {
        "Cf",
        "Cs",
        "Co",
        "Mn",
        "Mc",
        "Me",
        "Zl",
        "Zp",
    }
    assert [sign for sign in calm if unicodedata.category(sign) == "Cc"] == ["\t", "\n"]
