"""What an open library says of its banks."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from keykata.bank.library import BankFolder, Counts, Library, open_library
from keykata.bank.model import Comparison, Concept, Faq, Item, Question, Sorter, Subject, Term
from support.bank_files import write, write_bank, write_exams, write_term
from support.made_banks import PLACE, MadeReader, made_bank, made_items


def _open(folder: Path, *names: str) -> Library:
    folders = [BankFolder(folder / name) for name in names]
    return open_library(folders, exams_folder=folder / "exams", cache=folder / "cache")


@pytest.fixture
def both(tmp_path: Path) -> Library:
    """Banks `one` and `two`; both have a term `shared`."""
    write_exams(tmp_path)
    for name in ("one", "two"):
        bank = write_bank(tmp_path, name, more=f"opening: [{name}-question]\n")
        write_term(bank, "shared", called=f"Shared thing of {name}", also="common thing, Old name")
    return _open(tmp_path, "one", "two")


def test_counts_and_lists(both: Library) -> None:
    assert both.counts() == Counts(terms=4, concepts=4, faqs=4, questions=2)
    assert both.by_domain() == {"1": 2}
    assert both.by_task() == {"1.3": 2}
    assert [entry.id for entry in both.entries("question")] == ["one:one-question", "two:two-question"]
    assert [entry.id for entry in both.questions_on("one:one-term")] == ["one:one-question"]
    assert both.entries("guide") == ()
    assert both.opening() == ("one:one-question",)
    assert len(both.entries()) == 6


@pytest.mark.parametrize(
    ("reference", "bank", "found"),
    [
        ("shared", "one", "one:shared"),
        ("shared", "two", "two:shared"),
        ("shared", "elsewhere", "one:shared"),
        ("two-term", "one", "two:two-term"),
        ("two:shared", "one", "two:shared"),
        ("two:one-term", "one", None),
        ("shared/first", "two", "two:shared"),
        ("old  NAMES", "two", "two:shared"),
        ("Shared thing of two", "one", "two:shared"),
        ("nothing", "one", None),
    ],
)
def test_resolve(both: Library, reference: str, bank: str, found: str | None) -> None:
    assert both.resolve(reference, bank) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("two:shared", ["two:shared"]),
        ("two-term", ["two:two-term"]),
        ("Common-Thing", ["one:shared", "two:shared"]),
        ("shared thing", ["one:shared", "two:shared"]),
        ("thing two", ["two:shared"]),
        ("", []),
        ("!?", []),
        ("nowhere", []),
    ],
)
def test_find(both: Library, words: str, found: list[str]) -> None:
    assert [entry.id for entry in both.find(words)] == found


def test_a_missing_folder_is_a_problem_and_the_others_open(tmp_path: Path) -> None:
    write_exams(tmp_path)
    write_bank(tmp_path, "one")
    library = _open(tmp_path, "gone", "one")
    assert library.entry("one:one-term")
    assert [problem.severity for problem in library.problems] == ["error"]
    assert "gone" in library.problems[0].place.file
    assert library.problems[0].hint


def test_the_first_of_two_banks_with_one_id_wins(tmp_path: Path) -> None:
    write_exams(tmp_path)
    write_bank(tmp_path, "one")
    write(
        write_bank(tmp_path, "copy") / "bank.yaml", "id: one\nname: A copy\nexam: saa-c03\nblueprint: false\n"
    )
    library = _open(tmp_path, "one", "copy")
    assert [bank.header.name for bank in library.banks] == ["one"]
    assert library.entry("one:copy-term") is None
    assert [problem.code for problem in library.problems] == ["bank-twice"]


def test_a_bank_named_twice_is_open_once_and_no_problem(tmp_path: Path) -> None:
    write_exams(tmp_path)
    write_bank(tmp_path, "one")
    library = _open(tmp_path, "one", "one")
    assert len(library.banks) == 1
    assert library.problems == ()


def test_no_banks_at_all(tmp_path: Path) -> None:
    library = _open(tmp_path)
    assert library.counts() == Counts()
    assert library.opening() == ()
    assert library.item("one:x") is None


def _made(tmp_path: Path, *items: Item, **banks: tuple[Item, ...]) -> Library:
    loaded = {name: made_bank(found, name) for name, found in banks.items()} or {"made": made_bank(items)}
    for name in loaded:
        (tmp_path / name).mkdir()
    reader = MadeReader(loaded)
    folders = [BankFolder(tmp_path / name) for name in loaded]
    return open_library(folders, exams_folder=tmp_path, cache=None, reader=reader)


def test_renames_carry_every_card(tmp_path: Path) -> None:
    concept = Concept(id="now", text="It is ==1|on|state== or ==off==.", loose="Always on.", was=("before",))
    term = Term(
        id="new",
        name="New",
        short="s",
        definition="d",
        concepts=(concept,),
        faqs=(Faq(id="faq", q="q", a="a", was=("old-faq",)),),
        was=("old",),
        place=PLACE,
    )
    question = next(item for item in made_items(1, 0) if isinstance(item, Question))
    renamed = _made(tmp_path, term, msgspec.structs.replace(question, id="q-new", was=("q-old",))).renamed()
    assert renamed["made:old"] == "made:new"
    assert renamed["made:old/front"] == "made:new/front"
    assert renamed["made:new/before/c1"] == "made:new/now/c1"
    assert renamed["made:old/before/c1"] == "made:new/now/c1"
    assert renamed["made:old/now/loose"] == "made:new/now/loose"
    assert renamed["made:new/old-faq"] == "made:new/faq"
    assert renamed["made:q-old"] == "made:q-new"
    assert not set(renamed) & set(renamed.values())


def test_a_renamed_item_is_found_under_its_old_id(tmp_path: Path) -> None:
    term = Term(id="new", name="New", short="s", definition="d", was=("old",), place=PLACE)
    assert _made(tmp_path, term).resolve("old", "made") == "made:new"


def test_comparisons_count_their_scenarios_and_name_their_terms(tmp_path: Path) -> None:
    subjects = (
        Subject(id="a", term="term-a", phrase="an A"),
        Subject(id="b", term="made:term-b", phrase="a B"),
    )
    made = Comparison(id="c", title="A or B", subjects=subjects, sorter=Sorter(title="Sort"), place=PLACE)
    library = _made(tmp_path, made)
    assert library.counts().comparisons == 1
    assert library.entries("comparison")[0].topics == ("made:term-a", "made:term-b")


def test_opening_prefers_a_blueprint_bank(tmp_path: Path) -> None:
    items = made_items(2, 1)
    loaded = {
        "deep": made_bank(items, "deep", blueprint=False, opening=("question-0",)),
        "whole": made_bank(items, "whole", opening=("question-1", "gone"), sealed=(("question-0",),)),
    }
    for name in loaded:
        (tmp_path / name).mkdir()
    folders = [BankFolder(tmp_path / name) for name in loaded]
    library = open_library(folders, exams_folder=tmp_path, cache=None, reader=MadeReader(loaded))
    assert library.opening() == ("whole:question-1",)
    assert library.sealed() == {("whole", 1): ("whole:question-0",)}


def test_titles_of_questions_are_one_short_line(tmp_path: Path) -> None:
    question = next(item for item in made_items(1, 0) if isinstance(item, Question))
    stem = "Under `aws/ebs` a **partner** reads.\n\n```json\n{}\n```\n\n" + "It goes on and on. " * 10
    title = _made(tmp_path, msgspec.structs.replace(question, stem=stem)).entries()[0].title
    assert title.startswith("Under aws/ebs a partner reads. It goes")
    assert len(title) <= 90
    assert title.endswith("…")
