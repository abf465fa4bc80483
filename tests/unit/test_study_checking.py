"""Checking for authors: what is mended, what is known already, what is said of a code."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.bank.kinds import RECORDS
from keykata.bank.mending import as_id
from keykata.bank.records import NEVER_IDS
from keykata.core.errors import UnreadableError, UnwritableError, UsageError
from keykata.study.baseline import MOST_BYTES, compare, read_baseline, write_baseline
from keykata.study.checking import check, fix, schema, schema_kinds
from keykata.study.explaining import as_object, codes, explain, texts
from keykata.study.opening import library_of
from keykata.study.places import Places
from support.bank_files import write, write_bank, write_question

MONTH = "2026-11"
HEADER = "id: mine\nname: Mine\nexam: saa-c03\nblueprint: false\n"
TERM = """id: versioning
name: Versioning
short: A bucket that keeps each state of its objects.
definition: It keeps each state of an object in AWS S3.
refs: [https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html]
checked: Nov 2026
"""
QUESTIONS = """questions:
  Mine_Undo:   # kept
    level: recall
    task: 1.3
    topics: [Versioning]
    stem: |
      A clerk of an insurer overwrites files in Amazon S3, and Kinesis Data Firehose
      delivers more. Amazon Kinesis
      Data Firehose is paid by volume. Each state must come back.
    ask: Which solution meets this requirement?
    options:
      - {right: Turn versioning on for the bucket., why: Earlier states stay.}
      - {wrong: "Copy AWS S3 buckets once a night.", why: States in AWS S3 in between are lost.}
      - {wrong: Take a snapshot once a week., why: A week of states is lost.}
      - {wrong: Make the bucket read-only., why: Nobody could save any more.}
    refs: [https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html]
    checked: "2026/10"
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank with what can be mended."""
    folder = tmp_path / "mine"
    (folder / "terms").mkdir(parents=True)
    (folder / "questions").mkdir()
    (folder / "bank.yaml").write_text(HEADER, encoding="utf-8")
    (folder / "terms" / "versioning.yaml").write_text(TERM, encoding="utf-8")
    (folder / "questions" / "undo.yaml").write_bytes(QUESTIONS.replace("\n", "\r\n").encode())
    return folder


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A home of its own."""
    return Places(home=tmp_path / "home", cache=None)


def test_what_can_be_mended_is_and_all_else_stays(bank: Path, places: Places) -> None:
    mended = fix([bank], places, MONTH)
    text = (bank / "questions" / "undo.yaml").read_bytes().decode()
    expected = (
        QUESTIONS.replace("Mine_Undo", "mine-undo")
        .replace("[Versioning]", "[versioning]")
        .replace("and Kinesis Data Firehose", "and Amazon Data Firehose")
        .replace("AWS S3", "Amazon S3")
        .replace('"2026/10"', "2026-10")
        .replace("\n", "\r\n")
    )
    assert text == expected
    term = (bank / "terms" / "versioning.yaml").read_text(encoding="utf-8")
    assert term == TERM.replace("AWS S3", "Amazon S3").replace("Nov 2026", "2026-11")
    assert [(one.line, one.old) for one in mended.changes if one.old == "Mine_Undo"] == [(2, "Mine_Undo")]
    # a name broken over two lines is told, and left to the author
    assert [one.code for one in mended.problems if one.severity != "note"] == ["service-name"]
    assert fix([bank], places, MONTH).changes == ()


def test_mending_needs_a_path(places: Places) -> None:
    with pytest.raises(UsageError, match="needs a PATH"):
        fix([], places)


def test_an_id_that_is_taken_is_left_to_the_author(bank: Path, places: Places) -> None:
    file = bank / "questions" / "undo.yaml"
    twice = QUESTIONS + QUESTIONS.removeprefix("questions:\n").replace("Mine_Undo", "mine-undo").replace(
        "insurer", "museum"
    )
    file.write_text(twice, encoding="utf-8")
    assert not any(one.old == "Mine_Undo" for one in fix([bank], places, MONTH).changes)


def test_a_field_that_is_indented_too_far_is_named_and_never_renamed(bank: Path, places: Places) -> None:
    file = bank / "terms" / "versioning.yaml"
    text = file.read_text(encoding="utf-8") + "concepts:\n  keeps: It keeps ==every version==.\n"
    file.write_text(text + "  on_exam:\n    undo: A file was overwritten.\n", encoding="utf-8")
    mended = fix([bank], places, MONTH)
    assert "  on_exam:\n" in file.read_text(encoding="utf-8")
    (told,) = [one for one in mended.problems if "`on_exam` is a field of its own" in one.message]
    assert "to the left" in told.hint


def test_every_field_that_an_id_could_be_made_of_is_known_as_a_field() -> None:
    names = {name for record in RECORDS.values() for name in fields_of(record.json())}
    assert {name for name in names if as_id(name) != name} == NEVER_IDS


def fields_of(told: object) -> set[str]:
    """The names of the properties in a schema, at any depth."""
    if isinstance(told, list):
        return {name for one in told for name in fields_of(one)}
    if not isinstance(told, dict):
        return set()
    below = {name for one in told.values() for name in fields_of(one)}
    own = told.get("properties")
    return below | set(own if isinstance(own, dict) else ())


def test_a_file_that_cannot_be_written_is_told(
    bank: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("keykata.study.mending.replace_file", full)
    with pytest.raises(UnwritableError, match="No space left"):
        fix([bank], places, MONTH)
    assert (bank / "questions" / "undo.yaml").read_bytes() == QUESTIONS.replace("\n", "\r\n").encode()


def test_a_baseline_knows_old_warnings_wherever_they_move(bank: Path, places: Places, tmp_path: Path) -> None:
    fix([bank], places, MONTH)
    path = tmp_path / "known.json"
    before = check([bank], places, MONTH)
    assert write_baseline(before, path) == len(before) > 0
    file = bank / "questions" / "undo.yaml"
    file.write_text(
        "# one line more\n"
        + file.read_text(encoding="utf-8").replace("Take a snapshot", "Usually take a snapshot"),
        encoding="utf-8",
    )
    compared = compare(check([bank], places, MONTH), read_baseline(path), path)
    assert [one.code for one in compared.problems] == ["vague"]
    assert (compared.known, compared.gone) == (len(before), 0)
    assert compare((), read_baseline(path), path).gone == len(
        {(one.place.file, one.item, one.code) for one in before}
    )


def test_errors_are_never_known(bank: Path, places: Places, tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    found = check([bank], places, MONTH)
    write_baseline(found, path)
    left = compare(found, read_baseline(path), path).problems
    assert {one.severity for one in left} == {"error"}


def test_a_baseline_is_read_only_as_far_as_one_can_be(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    with path.open("wb") as file:  # all holes; a device goes on without end
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UnreadableError, match="holds more than 32 MB"):
        read_baseline(path)


DEEP = '{"x": ' + "[" * 100_000 + "]" * 100_000 + "}"
NO_TEXT = '{"problems": [{"file": "\udcff"}]}'  # a byte of no letter
NO_BASELINES = ["", "[]", '{"version": 9, "problems": []}', '{"problems": [{"file": 1}]}', NO_TEXT, DEEP]


@pytest.mark.parametrize("text", NO_BASELINES, ids=range(len(NO_BASELINES)))
def test_a_file_that_is_no_baseline_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(UnreadableError, match="baseline"):
        read_baseline(path)


@pytest.mark.parametrize(
    "held", [b"SQLite format 3\0", b"notes of mine\n", b'{"version": "2.1.0", "runs": []}']
)
def test_a_baseline_takes_the_place_of_nothing_else(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "mistyped"
    path.write_bytes(held)
    with pytest.raises(UnwritableError, match="is there already, and is no baseline"):
        write_baseline((), path)
    assert path.read_bytes() == held


@pytest.mark.parametrize("cut", [0, 60, None])
def test_a_baseline_is_made_anew_whole_in_pieces_or_empty(
    bank: Path, places: Places, tmp_path: Path, cut: int | None
) -> None:
    problems, path = check([bank], places, MONTH), tmp_path / "known.json"
    write_baseline(problems, path)
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    write_baseline(problems, path)
    assert path.read_bytes() == whole


def test_every_code_can_be_explained() -> None:
    for code in codes():
        lines = explain(code)
        assert lines[0].startswith(code)
        assert as_object(code)["title"]
    assert {page["code"] for page in texts()} == set(codes())


def test_every_code_a_check_can_give_has_a_page() -> None:
    said = set()
    for path in (Path(__file__).parents[2] / "app" / "keykata" / "bank").rglob("*.py"):
        for family in ("yaml-", "schema-", "ref-unknown-", "sealed-", "bank-"):
            text = path.read_text(encoding="utf-8")
            said |= {
                one for one in text.split('"') if one.startswith(family) and one.replace("-", "").isalpha()
            }
    assert said - {"ref-unknown-", "bank-unreadable"} <= set(codes())


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError) as told:
        explain("long-rihgt")
    assert told.value.hint == "Did you mean `long-right`?"


def test_what_other_banks_offer_is_the_same_from_the_cache_as_from_their_files(tmp_path: Path) -> None:
    home = tmp_path / "home"
    write_bank(home / "banks", "base")
    leaning = write_question(home / "banks" / "lean", "lean-question", topic="base-term")
    write(home / "banks" / "lean" / "bank.yaml", "id: lean\nname: Lean\nexam: saa-c03\nblueprint: false\n")
    mine = write_bank(tmp_path, "mine")
    term = mine / "terms" / "mine-term.yaml"
    write(term, term.read_text(encoding="utf-8") + "related: [lean:lean-question]\n")
    from_files = Places(home=home, cache=None)
    from_cache = Places(home=home, cache=tmp_path / "cache")

    def told() -> list[str]:
        codes = [found.code for found in check([mine], from_files, MONTH)]
        library_of(from_cache)
        assert [found.code for found in check([mine], from_cache, MONTH)] == codes
        return [code for code in codes if code.startswith("ref-")]

    assert told() == []
    leaning.unlink()
    assert [found.code for found in check([mine], from_cache, MONTH) if "ref-" in found.code] == told()
    assert told() == ["ref-unknown-item"]


@pytest.mark.parametrize("kind", schema_kinds())
def test_a_schema_is_named_in_the_singular_or_in_the_plural(kind: str) -> None:
    one = kind.removesuffix("s")
    assert schema(one) == schema(f"{one}s") == schema(kind)


@pytest.mark.parametrize("kind", ["", "s", "poem", "questionss"])
def test_a_schema_that_is_not_there_is_told_with_those_that_are(kind: str) -> None:
    with pytest.raises(UsageError, match="There is no schema called") as told:
        schema(kind)
    assert "questions" in told.value.hint
