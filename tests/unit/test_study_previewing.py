"""What a save does to learners, skeletons of new items, and how editors are told a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.bank.library import BankFolder, Library, open_library
from keykata.bank.one_file import read_file
from keykata.core.errors import UsageError
from keykata.study.authoring import NewKind, begin
from keykata.study.checking import check
from keykata.study.editors import editor_command
from keykata.study.opening import Places
from keykata.study.previewing import Preview

QUESTIONS = """questions:
  keep-key:
    stem: A company keeps logs in a bucket and must control the key.
    ask: Which key fits?
    options:
      - right: A customer managed key of the company
        why: It is theirs.
      - wrong: The key that the service owns
        why: Nobody can see it.
      - wrong: A password in a text file
        why: That is no key.
      - wrong: The root user's access key
        why: It signs calls.
"""
TERM = """id: grant
name: Grant
short: A way to lend a key.
definition: It lends a key.
concepts:
  life: A grant lasts ==until it is revoked== or ==retired==.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of questions."""
    path = tmp_path / "made.yaml"
    path.write_text(QUESTIONS)
    return path


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("keeps logs", "stores its logs", "wording only: progress kept"),
        ("managed key of the company", "managed key of that company", "wording only: progress kept"),
        ("right: A customer managed key of the company", "wrong: A customer managed key of the company", ""),
        ("  keep-key:\n", "  own-key:\n    was: keep-key\n", "renamed with was: progress moves"),
        ("questions:\n", "# said to authors only\nquestions:\n", "nothing changed for learners"),
    ],
)
def test_a_save_says_what_it_does_to_learners(file: Path, old: str, new: str, effect: str) -> None:
    preview = Preview(file)
    assert preview.read().effect == ""
    file.write_text(QUESTIONS.replace(old, new))
    shown = preview.read()
    if effect:
        assert shown.effect == effect
    else:
        assert [item.id for item in shown.items] == ["keep-key"]


def test_another_right_answer_starts_the_card_again(file: Path) -> None:
    preview = Preview(file)
    preview.read()
    file.write_text(
        QUESTIONS.replace("- right: A cus", "- wrong: A cus").replace("wrong: The key", "right: The key")
    )
    shown = preview.read()
    assert shown.effect == "another answer: 1 card starts again"
    assert shown.changed == "keep-key"


def test_an_item_with_an_error_keeps_its_place(file: Path) -> None:
    one = QUESTIONS.removeprefix("questions:\n")
    three = "questions:\n" + one + one.replace("keep-key", "second") + one.replace("keep-key", "third")
    file.write_text(three)
    preview = Preview(file)
    preview.read()
    file.write_text(three.replace("  second:\n", "  second:\n    level: no\n"))
    shown = preview.read()
    assert [item.id for item in shown.items] == ["keep-key", "second", "third"]
    assert shown.stale == {"second"}
    file.write_text("")
    assert [item.id for item in preview.read().items] == ["keep-key", "second", "third"]


def test_clozes_of_a_term(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text(TERM)
    preview = Preview(path)
    preview.read()
    path.write_text(TERM.replace("==retired==", "==retired by its grantee=="))
    assert preview.read().effect == "wording only: progress kept"
    path.write_text(
        TERM.replace("  life: A grant lasts ==until it is revoked== or ==retired==.", "  other: A ==fact==.")
    )
    assert preview.read().effect == "another answer: 2 cards start again"


def test_a_broken_file_keeps_its_good_items_and_a_file_may_come_back(file: Path) -> None:
    preview = Preview(file)
    preview.read()
    file.write_text(QUESTIONS.replace("    ask: Which", "    ask Which"))
    broken = preview.read()
    assert [item.id for item in broken.items] == ["keep-key"]
    assert broken.stale == {"keep-key"}
    assert broken.problems
    file.unlink()
    assert preview.read().missing
    file.write_text(QUESTIONS)
    assert not preview.read().problems or not preview.read().stale


def test_a_file_that_is_made_during_the_preview_is_new(tmp_path: Path) -> None:
    path = tmp_path / "later.yaml"
    preview = Preview(path)
    assert preview.read().missing
    path.write_text(QUESTIONS)
    assert preview.read().effect == "new: nothing to keep"


def test_a_new_question_keeps_the_file_byte_for_byte(file: Path) -> None:
    file.write_bytes(QUESTIONS.replace("\n", "\r\n").encode())
    before = file.read_bytes()
    begun = begin("question", file)
    assert file.read_bytes().startswith(before)
    assert file.read_text().splitlines()[begun.line - 1] == f"  {begun.id}:"
    second = begin("question", file)
    assert second.id != begun.id
    reading = read_file(file, {})
    assert {item.id for item in reading.items} == {"keep-key", begun.id, second.id}


@pytest.mark.parametrize("kind", ["question", "term", "comparison"])
def test_a_skeleton_is_well_formed(tmp_path: Path, kind: NewKind) -> None:
    path = tmp_path / "bank" / "new-thing.yaml"
    begun = begin(kind, path)
    reading = read_file(path, {})
    assert [item.id for item in reading.items] == [begun.id]
    assert "error" not in {problem.severity for problem in reading.problems}
    assert "schema" not in path.read_text()


def test_a_skeleton_names_the_schema_that_is_there(tmp_path: Path) -> None:
    deep, beside = tmp_path / "bank" / "questions" / "a" / "one.yaml", tmp_path / "bank" / "term.yaml"
    (tmp_path / "schema").mkdir()
    (tmp_path / "bank").mkdir()
    (tmp_path / "schema" / "questions.json").write_text("{}")
    (tmp_path / "bank" / "term.json").write_text("{}")
    begin("question", deep)
    begin("term", beside)
    line = "# yaml-language-server: $schema="
    assert deep.read_text().splitlines()[0] == f"{line}../../../schema/questions.json"
    assert beside.read_text().splitlines()[0] == f"{line}term.json"


@pytest.mark.parametrize(
    ("kind", "besides"),
    [("question", "stale"), ("term", "stale"), ("comparison", "ref-unknown-term")],
)
def test_a_check_of_a_skeleton_asks_for_what_is_to_be_written_and_no_more(
    tmp_path: Path, kind: NewKind, besides: str
) -> None:
    path = tmp_path / "new-thing.yaml"
    begun = begin(kind, path)
    places = Places(home=tmp_path / "home", cache=None)
    found = check([path], places, "2026-11")
    assert {one.code for one in found} == {"placeholder", "source-missing", besides}
    (told,) = [one for one in found if one.code == "placeholder"]
    assert (told.place.line, told.severity) == (begun.line, "warning")


def test_what_cannot_take_another_item_is_refused_untouched(tmp_path: Path, file: Path) -> None:
    term = tmp_path / "grant.yaml"
    term.write_text(TERM)
    for kind, path, wanted in (("term", term, ""), ("question", term, ""), ("question", file, "keep-key")):
        before = path.read_bytes()
        with pytest.raises(UsageError) as refused:
            begin("term" if kind == "term" else "question", path, wanted)
        assert refused.value.hint
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vim -n", ["vim", "-n", "+7", "a b.yaml"]),
        ("/usr/bin/nano", ["/usr/bin/nano", "+7", "a b.yaml"]),
        ("code --wait", ["code", "--wait", "-g", "a b.yaml:7"]),
        ("'/my apps/subl' -w", ["/my apps/subl", "-w", "a b.yaml:7"]),
        ("strange", ["strange", "a b.yaml"]),
    ],
)
def test_an_editor_opens_at_the_line(editor: str, command: list[str]) -> None:
    assert editor_command({"EDITOR": editor}, "a b.yaml", 7) == command


def test_visual_goes_first_and_none_says_what_to_set() -> None:
    assert editor_command({"VISUAL": "vi", "EDITOR": "nano"}, "x", 1)[0] == "vi"
    for environment in ({}, {"EDITOR": "vi 'open"}):
        with pytest.raises(UsageError) as refused:
            editor_command(environment, "x", 1)
        assert "EDITOR" in refused.value.hint


@pytest.fixture
def opened(tmp_path: Path) -> Library:
    """An open bank with the term `grant` and a file of questions."""
    bank = tmp_path / "made"
    (bank / "terms").mkdir(parents=True)
    (bank / "questions").mkdir()
    (bank / "bank.yaml").write_text("id: made\nname: Made\n")
    (bank / "terms" / "grant.yaml").write_text(TERM)
    (bank / "questions" / "keys.yaml").write_text(QUESTIONS)
    return open_library([BankFolder(path=bank)], exams_folder=tmp_path / "exams", cache=tmp_path / "cache")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("topics: [grant]", []),
        ("topics: [made:grant]\n    tests: [grant/life]\n    twin: made:other-key", []),
        ("topics: [grnt]", [("ref-unknown-term", "Did you mean `grant`?")]),
        ("tests: [grant/lief]", [("ref-unknown-concept", "Did you mean `life`?")]),
        ("twin: keep-kye", [("ref-unknown-item", "Did you mean `keep-key`?")]),
    ],
)
def test_the_preview_follows_references_into_other_files(
    tmp_path: Path, opened: Library, fields: str, told: list[tuple[str, str]]
) -> None:
    path = tmp_path / "made" / "questions" / "keys.yaml"
    body = QUESTIONS.partition("keep-key:\n")[2].replace("keeps logs", "keeps films")
    other = "  other-key:\n" + body
    path.write_text(QUESTIONS.replace("    stem:", f"    {fields}\n    stem:") + other)
    found = [one for one in Preview(path, opened).read().problems if one.code.startswith("ref-")]
    assert [(one.code, one.hint) for one in found] == told
    assert [one.item for one in found] == ["keep-key"] * len(told)


def test_an_id_that_left_the_previewed_file_is_gone_at_once(tmp_path: Path, opened: Library) -> None:
    path = tmp_path / "made" / "questions" / "keys.yaml"
    path.write_text(
        QUESTIONS.replace("keep-key:", "kept-key:").replace("    stem:", "    twin: keep-key\n    stem:")
    )
    (found,) = [one for one in Preview(path, opened).read().problems if one.code == "ref-unknown-item"]
    assert found.hint == "Did you mean `kept-key`?"


@pytest.mark.parametrize("part", ["", "/life"])
def test_what_does_not_open_for_an_error_in_it_is_no_unknown_name(tmp_path: Path, part: str) -> None:
    bank = tmp_path / "made"
    (bank / "terms").mkdir(parents=True)
    (bank / "bank.yaml").write_text("id: made\nname: Made\n")
    (bank / "terms" / "grant.yaml").write_text(TERM + "colour: red\n")
    path = bank / "keys.yaml"
    field = f"tests: [grant{part}]" if part else "topics: [grant]"
    path.write_text(QUESTIONS.replace("    stem:", f"    {field}\n    stem:"))
    library = open_library([BankFolder(path=bank)], exams_folder=tmp_path / "exams", cache=None)
    assert not library.entries("term")
    assert [one.code for one in Preview(path, library).read().problems if one.severity == "error"] == []
