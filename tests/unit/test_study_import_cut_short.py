"""Imports that end at any of their writes: the same command once more makes them whole."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from keykata.bank.model import Question
from keykata.bank.reader import load_bank
from keykata.core.errors import UnwritableError, UsageError
from keykata.core.whole_file import replace_file
from keykata.study import import_check, import_folder
from keykata.study.importing import Report, import_file

FRUITS = ("apples", "big blue pears", "cherries of late May", "some dates", "elderberries", "figs and nuts")
ITEM = "### Which basket holds {0}? (Select ONE)\n\n- [x] {1} {0}\n- [ ] B\n- [ ] C\n- [ ] D\n"
WRITES = 8  # more than any of these imports makes
MOMENTS = [(number, done) for number in range(1, WRITES + 1) for done in (False, True)]
moments = pytest.mark.parametrize(("number", "done"), MOMENTS)


class Killed(BaseException):
    """The program ends at once: nothing catches it."""


@pytest.fixture(autouse=True)
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two questions a file, so that few questions make many files."""
    monkeypatch.setattr(import_folder, "A_FILE", 2)
    monkeypatch.setattr(import_check, "A_FILE", 2)


@pytest.fixture
def cut_short(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Runs an import that is killed at a write, before it is done or just after."""

    def run(path: Path, number: int, *, done: bool, bank: str = "") -> None:
        count = 0

        def write(to: Path, data: bytes, *, named: bool = True) -> None:
            nonlocal count
            count += 1
            if count == number and not done:
                raise Killed
            replace_file(to, data, named=named)
            if count == number:
                raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(import_folder, "replace_file", write)
            with suppress(Killed):
                import_file(path, bank=bank)

    return run


def _source(folder: Path, *fruits: str, verb: str = "Take") -> Path:
    path = folder / "exam.md"
    path.write_text("\n".join(ITEM.format(fruit, verb) for fruit in fruits), encoding="utf-8")
    return path


def _held(folder: Path) -> dict[str, str]:
    """The right option of every question, by id; the bank opens without errors and holds each once."""
    bank = load_bank(folder / "exam", exams={})
    assert not [one for one in bank.problems if one.severity == "error"]
    held = {item.id: item.options[0].text for item in bank.items if isinstance(item, Question)}
    assert len(held) == len(bank.items)
    return held


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _edit(file: Path) -> str:
    text = file.read_text("utf-8") + "# mine\n"
    file.write_text(text, encoding="utf-8")
    return text


def _all(report: Report) -> int:
    return len(report.added) + len(report.changed) + len(report.unchanged)


@moments
def test_a_first_import_is_made_whole(
    tmp_path: Path, cut_short: Callable[..., None], number: int, done: bool
) -> None:
    path = _source(tmp_path, *FRUITS)
    cut_short(path, number, done=done)
    report = import_file(path)
    assert (_all(report), report.kept, report.gone) == (6, [], [])
    assert [one.message for one in report.findings] == []
    again = tmp_path / "again"
    again.mkdir()
    import_file(_source(again, *FRUITS))
    assert _files(tmp_path / "exam") == _files(again / "exam")
    assert len(import_file(path).unchanged) == 6


@pytest.mark.parametrize("left", [None, b"{"])
@pytest.mark.parametrize("without", ["questions", "nothing"])
def test_what_an_older_version_left_half_made_is_told_with_a_way_on_that_works(
    tmp_path: Path, left: bytes | None, without: str
) -> None:
    """It wrote what makes the folder an import's last."""
    path, folder = _source(tmp_path, *FRUITS), tmp_path / "exam"
    whole = import_file(path)
    (folder / import_folder.MANIFEST).unlink()
    if left is not None:
        (folder / import_folder.MANIFEST).write_bytes(left)
    if without == "questions":
        shutil.rmtree(folder / "questions")
    before = _files(folder)
    with pytest.raises(UsageError) as caught:
        import_file(path)
    assert "did not end" in caught.value.hint
    assert f"move {folder} to another place, then run the same command again" in caught.value.hint
    folder.rename(tmp_path / "elsewhere")
    assert import_file(path).added == whole.added
    assert _files(tmp_path / "elsewhere") == before


def test_a_folder_of_somebody_else_is_not_to_be_moved_away(tmp_path: Path) -> None:
    path = _source(tmp_path, *FRUITS)
    (tmp_path / "exam").mkdir()
    (tmp_path / "exam" / "thesis.md").write_text("mine")
    with pytest.raises(UsageError) as caught:
        import_file(path)
    assert "move" not in caught.value.hint


@moments
def test_a_changed_source_reaches_every_file_then_and_later(
    tmp_path: Path, cut_short: Callable[..., None], number: int, done: bool
) -> None:
    names = import_file(_source(tmp_path, *FRUITS[:5])).added
    path = _source(tmp_path, *FRUITS, verb="Give")
    cut_short(path, number, done=done)
    report = import_file(path)
    assert (_all(report), report.kept, report.gone) == (6, [], [])
    assert _held(tmp_path).keys() > set(names)
    assert {text.split()[0] for text in _held(tmp_path).values()} == {"Give"}
    later = import_file(_source(tmp_path, *FRUITS, verb="Sell"))
    assert (len(later.changed), later.kept) == (6, [])
    assert {text.split()[0] for text in _held(tmp_path).values()} == {"Sell"}


@moments
def test_a_source_that_is_as_it_was_again_brings_the_old_bank_back(
    tmp_path: Path, cut_short: Callable[..., None], number: int, done: bool
) -> None:
    import_file(_source(tmp_path, *FRUITS))
    before = _files(tmp_path / "exam")
    cut_short(_source(tmp_path, *FRUITS, verb="Give"), number, done=done)
    import_file(_source(tmp_path, *FRUITS))
    assert _files(tmp_path / "exam") == before


@moments
@pytest.mark.parametrize("edited_first", [True, False])
def test_a_file_edited_by_hand_is_kept_and_nothing_else_is(
    tmp_path: Path, cut_short: Callable[..., None], number: int, done: bool, edited_first: bool
) -> None:
    import_file(_source(tmp_path, *FRUITS[:5]))
    file = tmp_path / "exam" / "questions" / "exam-03.yaml"  # one question, and place for another
    mine = _edit(file) if edited_first else ""
    path = _source(tmp_path, *FRUITS, verb="Give")
    cut_short(path, number, done=done)
    mine = mine or _edit(file)
    report = import_file(path)
    assert file.read_text("utf-8") == mine
    held = _held(tmp_path)
    assert len(held) == 6
    old = {name for name, text in held.items() if text.startswith("Take")}
    assert old <= set(report.kept)
    assert all(f"{name}:" in mine for name in report.kept)
    third = import_file(path)
    assert (third.kept, third.added, third.changed) == (report.kept, [], [])


@moments
def test_questions_that_left_the_source_meanwhile_are_not_waited_for(
    tmp_path: Path, cut_short: Callable[..., None], number: int, done: bool
) -> None:
    cut_short(_source(tmp_path, *FRUITS), number, done=done)
    arrived = set(_held(tmp_path)) if (tmp_path / "exam" / "bank.yaml").exists() else set()
    report = import_file(_source(tmp_path, *FRUITS[:1]))
    assert set(report.gone) == arrived - {*report.added, *report.unchanged}
    assert len(_held(tmp_path)) == len(arrived | set(report.added))


@moments
def test_an_import_of_another_file_comes_between(
    tmp_path: Path, cut_short: Callable[..., None], number: int, done: bool
) -> None:
    path = _source(tmp_path, *FRUITS)
    cut_short(path, number, done=done)
    other = tmp_path / "exam.gift"  # its questions fill the same files
    other.write_text("::q1::What holds the roof? {=a ~b ~c ~d}\n", encoding="utf-8")
    import_file(other)
    report = import_file(path)
    assert (_all(report), report.kept, report.gone) == (6, [], [])
    assert len(_held(tmp_path)) == 7
    assert len(import_file(path).unchanged) == 6


def test_a_file_a_hand_broke_is_not_written_a_second_time_elsewhere(
    tmp_path: Path, cut_short: Callable[..., None]
) -> None:
    path = _source(tmp_path, *FRUITS)
    cut_short(path, 3, done=True)
    file = tmp_path / "exam" / "questions" / "exam-01.yaml"
    whole = file.read_text("utf-8")
    file.write_text(f"]\n{whole}", encoding="utf-8")
    report = import_file(path)
    assert (len(report.kept), len(report.added)) == (2, 4)
    file.write_text(whole, encoding="utf-8")
    assert len(_held(tmp_path)) == 6


def test_a_file_that_is_edited_while_others_are_written_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_file(_source(tmp_path, *FRUITS))
    path = _source(tmp_path, *FRUITS, verb="Give")
    file = tmp_path / "exam" / "questions" / "exam-03.yaml"
    with monkeypatch.context() as patch:

        def write(to: Path, data: bytes, *, named: bool = True) -> None:
            replace_file(to, data, named=named)
            if to.name == "exam-01.yaml":
                _edit(file)

        patch.setattr(import_folder, "replace_file", write)
        import_file(path)
    assert file.read_text("utf-8").endswith("# mine\n")
    report = import_file(path)
    assert (len(report.unchanged), len(report.kept)) == (4, 2)
    assert file.read_text("utf-8").endswith("# mine\n")


@pytest.mark.parametrize(("number", "done"), MOMENTS[:6])
def test_the_bank_gets_the_id_it_was_to_have(
    tmp_path: Path, cut_short: Callable[..., None], number: int, done: bool
) -> None:
    path = _source(tmp_path, *FRUITS)
    cut_short(path, number, done=done, bank="fruits")
    assert import_file(path, bank="fruits").bank == "fruits"
    assert load_bank(tmp_path / "exam", exams={}).header.id == "fruits"


def test_it_may_be_cut_short_again_and_again(tmp_path: Path, cut_short: Callable[..., None]) -> None:
    for verb in ("Take", "Give"):
        path = _source(tmp_path, *FRUITS, verb=verb)
        for number in (3, 1, 4, 2, 5):
            cut_short(path, number, done=True)
        import_file(path)
        assert {text.split()[0] for text in _held(tmp_path).values()} == {verb}
        assert len(_held(tmp_path)) == 6


def test_terms_come_whole_too(tmp_path: Path, cut_short: Callable[..., None]) -> None:
    path = tmp_path / "exam.csv"
    path.write_text("Front,Back\nKMS,Keeps keys.\nSQS,Keeps messages.\n", encoding="utf-8")
    import_file(path, as_terms=True)
    path.write_text("Front,Back\nKMS,Keeps all keys.\nSQS,Keeps all messages.\n", encoding="utf-8")
    cut_short(path, 2, done=True)
    assert import_file(path).changed == ["sqs"]
    assert all(b"all" in file.read_bytes() for file in (tmp_path / "exam" / "terms").iterdir())


def test_a_finished_import_is_remembered_as_ever(tmp_path: Path) -> None:
    import_file(_source(tmp_path, *FRUITS))
    told = msgspec.json.decode((tmp_path / "exam" / "import.json").read_bytes())
    assert sorted(told) == ["files", "items"]


@pytest.mark.parametrize("number", range(1, 6))
def test_a_disk_that_fills_up_is_told_and_room_is_all_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = _source(tmp_path, *FRUITS)
    count = 0

    def write(to: Path, data: bytes, *, named: bool = True) -> None:
        nonlocal count
        count += 1
        if count >= number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace_file(to, data, named=named)

    with monkeypatch.context() as patch:
        patch.setattr(import_folder, "replace_file", write)
        with pytest.raises(UnwritableError) as told:
            import_file(path)
    assert told.value.hint == "Make room, then import again."
    assert _all(import_file(path)) == 6


def test_what_a_killed_write_left_in_an_empty_folder_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "exam").mkdir()
    (tmp_path / "exam" / ".import.json.4711.new").write_bytes(b"{")
    assert len(import_file(_source(tmp_path, *FRUITS)).added) == 6


def test_an_interrupt_while_the_check_is_cleared_away_leaves_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "passing").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "passing"))
    unlink, count = os.unlink, 0

    def interrupted(*place: object, **more: object) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise KeyboardInterrupt
        unlink(*place, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "unlink", interrupted)
    with pytest.raises(KeyboardInterrupt):
        import_file(_source(tmp_path, *FRUITS))
    assert list((tmp_path / "passing").iterdir()) == []


def test_scraps_of_a_killed_import_are_swept_and_in_nobodys_way(tmp_path: Path) -> None:
    path = _source(tmp_path, *FRUITS)
    import_file(path)
    before = _files(tmp_path / "exam")
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    for name in ("import.json", "questions/exam-01.yaml", "terms/kms.yaml"):
        whole = tmp_path / "exam" / name
        whole.parent.mkdir(exist_ok=True)
        whole.with_name(f".{whole.name}.{process.pid}.new").write_bytes(b"[")
    assert len(_held(tmp_path)) == 6
    assert len(import_file(path).unchanged) == 6
    assert _files(tmp_path / "exam") == before


def test_a_folder_without_a_manifest_is_refused_by_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "exam").mkdir()
    (tmp_path / "exam" / "bank.yaml").write_text("id: exam\nname: Mine\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no import\\.json"):
        import_file(_source(tmp_path, "apples"))


STRANGE = [
    *("../other.yaml", "/etc/other.yaml", "questions/../../other.yaml", "", ".", "import.json", "notes.yaml"),
    *("questions/a/b.yaml", "questions/\x1b[2J.yaml", f"questions/{'a' * 300}.yaml", "C:/other.yaml"),
]


def _refused(folder: Path) -> None:
    """Importing once more into the folder is refused in words, and changes nothing."""
    before = sorted(folder.rglob("*"))
    with pytest.raises(UsageError, match="import\\.json"):
        import_file(_source(folder, "apples", "some dates"))
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("place", ["items", "files", "before"])
@pytest.mark.parametrize("file", STRANGE)
def test_a_manifest_that_names_a_file_no_import_writes_is_none(tmp_path: Path, file: str, place: str) -> None:
    import_file(_source(tmp_path, "apples"))
    manifest = tmp_path / "exam" / "import.json"
    told = msgspec.json.decode(manifest.read_bytes())
    if place == "items":
        for record in told["items"].values():
            record["file"] = file
    else:
        told[place] = {file: "0" * 64 if place == "files" else {"digest": "", "items": {}}}
    manifest.write_bytes(msgspec.json.encode(told))
    _refused(tmp_path)


def test_a_manifest_nested_too_deep_is_none(tmp_path: Path) -> None:
    import_file(_source(tmp_path, "apples"))
    deep = b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    (tmp_path / "exam" / "import.json").write_bytes(deep)
    _refused(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
def test_a_pipe_in_place_of_the_manifest_is_not_waited_for(tmp_path: Path) -> None:
    import_file(_source(tmp_path, "apples"))
    (tmp_path / "exam" / "import.json").unlink()
    os.mkfifo(tmp_path / "exam" / "import.json")
    _refused(tmp_path)
