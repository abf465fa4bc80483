"""A file imported, and again after it, or the bank, was changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from keykata.bank.model import Question
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


def test_a_source_under_another_name_updates_too(tmp_path: Path) -> None:
    first = import_file(_source(tmp_path, "red", "blue"))
    path = tmp_path / "exam-2027.md"
    path.write_text(
        (tmp_path / "exam.md").read_text("utf-8").replace("Take red", "Take it"), encoding="utf-8"
    )
    again = import_file(path, into=tmp_path / "exam")
    assert (again.changed, again.unchanged, again.added) == ([first.added[0]], [first.added[1]], [])
    back = import_file(tmp_path / "exam.md", into=tmp_path / "exam")
    assert back.added == []
    bank = load_bank(tmp_path / "exam", exams={})
    assert not [one for one in bank.problems if one.severity == "error"]
    assert len(bank.items) == 2


def test_the_same_key_of_another_file_is_another_question(tmp_path: Path) -> None:
    text = "::q1::What holds {0}? {{=a{0} ~b ~c ~d}}\n"
    for name in ("roofs", "the keys of every customer"):
        path = tmp_path / f"{name[:3]}.gift"
        path.write_text(text.format(name), encoding="utf-8")
        report = import_file(path, into=tmp_path / "bank")
        assert len(report.added) == 1
    assert len(load_bank(tmp_path / "bank", exams={}).items) == 2


def test_options_that_name_others_keep_their_order(tmp_path: Path) -> None:
    path = tmp_path / "exam.md"
    path.write_text("### Which of them holds?\n\n- [ ] A\n- [ ] B\n- [x] Both A and B\n- [ ] None\n", "utf-8")
    report = import_file(path)
    bank = load_bank(tmp_path / "exam", exams={})
    assert [item.fixed for item in bank.items if isinstance(item, Question)] == [True]
    assert not [one for one in bank.problems if one.severity == "error"]
    assert report.findings[0].severity == "note"


def test_a_picture_between_stem_and_options_leaves_the_question_to_be_asked(tmp_path: Path) -> None:
    path = tmp_path / "exam.md"
    text = "### See the map. Which road is short?\n\n![Map](m.png)\n\n- [x] a\n- [ ] b\n- [ ] c\n- [ ] d\n"
    path.write_text(text, encoding="utf-8")
    import_file(path)
    (item,) = load_bank(tmp_path / "exam", exams={}).items
    assert isinstance(item, Question)
    assert (item.stem, item.ask) == ("See the map.\n\n![Map](m.png)", "Which road is short?")


def test_tags_that_name_a_term_become_topics(tmp_path: Path) -> None:
    path = tmp_path / "deck.csv"
    path.write_text("Front,Back\nKMS,Keeps keys.\n", encoding="utf-8")
    import_file(path, into=tmp_path / "bank", as_terms=True)
    path = tmp_path / "exam.csv"
    path.write_text(
        "Question,A,B,C,D,Answer,Level,Task,Tags\nWhich now?,a,b,c,d,B,recall,1.2,aws::KMS other\n", "utf-8"
    )
    report = import_file(path, into=tmp_path / "bank")
    items = load_bank(tmp_path / "bank", exams={}).items
    (item,) = [one for one in items if isinstance(one, Question)]
    assert (item.topics, item.level, item.task) == (("bank:kms",), "recall", "1.2")
    assert [one.message for one in report.findings] == ["Tags that name no term were left out: other."]


def test_a_folder_of_one_question_a_file_keeps_ids_however_they_are_reworded(tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    (folder / "s3").mkdir(parents=True)
    one = "---\nquestion: {}\n---\n- [x] a\n> So.\n- [ ] b\n- [ ] c\n- [ ] d\n"
    (folder / "s3" / "001.md").write_text(one.format("Which bucket?"), encoding="utf-8")
    (folder / "002.md").write_text(one.format("Which key?"), encoding="utf-8")
    (folder / "003.md").write_text("# Nothing\n", encoding="utf-8")
    (folder / ".hidden.md").write_text(one.format("Which secret?"), encoding="utf-8")
    report = import_file(folder)
    assert (report.added, report.folder) == (["002-md", "s3-001-md"], str(tmp_path / "questions-bank"))
    assert [(one.where, one.line) for one in report.findings] == [("003.md", 1)]
    (folder / "s3" / "001.md").write_text(one.format("What else is there to be seen?"), encoding="utf-8")
    again = import_file(folder)
    assert (again.changed, again.unchanged) == (["s3-001-md"], ["002-md"])
