"""A file imported, and again after it, or the bank, was changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.bank.reader import load_bank
from keykata.core.errors import UsageError
from keykata.study.importing import import_file

ITEM = (
    "### A firm has {n} apples in its {n} baskets. Which one (Select ONE)?\n\n"
    "- [x] Take {n}\n- [ ] B\n- [ ] C\n- [ ] D\n"
)


def _source(folder: Path, *numbers: str) -> Path:
    path = folder / "exam.md"
    path.write_text("\n".join(ITEM.format(n=n) for n in numbers), encoding="utf-8")
    return path


def test_what_is_imported_opens_without_errors(tmp_path: Path) -> None:
    report = import_file(_source(tmp_path, "red", "blue"))
    bank = load_bank(tmp_path / "exam", exams={})
    assert sorted(item.id for item in bank.items) == sorted(report.added)
    assert not [one for one in bank.problems if one.severity == "error"]


def test_an_updated_source_changes_and_adds_but_never_doubles(tmp_path: Path) -> None:
    first = import_file(_source(tmp_path, "red", "blue"))
    path = _source(tmp_path, "red", "green and shiny and good")
    path.write_text(path.read_text("utf-8").replace("Take red", "Take it"), encoding="utf-8")
    again = import_file(path)
    assert again.changed == [first.added[0]]
    assert again.gone == [first.added[1]]
    assert len(again.added) == 1
    assert len(load_bank(tmp_path / "exam", exams={}).items) == 3


def test_a_reworded_stem_keeps_its_id(tmp_path: Path) -> None:
    first = import_file(_source(tmp_path, "red"))
    path = _source(tmp_path, "red")
    path.write_text(path.read_text("utf-8").replace("A firm", "One firm"), encoding="utf-8")
    assert import_file(path).changed == first.added


def test_a_file_edited_by_hand_stays(tmp_path: Path) -> None:
    import_file(_source(tmp_path, "red"))
    file = tmp_path / "exam" / "questions" / "exam-01.yaml"
    edited = file.read_text("utf-8") + "# mine\n"
    file.write_text(edited, encoding="utf-8")
    path = _source(tmp_path, "red", "enormous and quite different things")
    path.write_text(path.read_text("utf-8").replace("Take red", "Take it"), encoding="utf-8")
    report = import_file(path)
    assert file.read_text("utf-8") == edited
    assert (len(report.kept), len(report.added)) == (1, 1)
    assert (file.parent / "exam-02.yaml").exists()


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "exam").mkdir()
    (tmp_path / "exam" / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError):
        import_file(_source(tmp_path, "red"))
