"""Opening a library again: what is fresh is not read, what changed is, and damage costs nothing but time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import keykata
from keykata.bank import cache as cache_module
from keykata.bank.library import BankFolder, Library, open_library
from keykata.bank.model import Term
from keykata.bank.reading import Reader, yaml_reader
from keykata.bank.search import search
from support.bank_files import LONG_AGO, write, write_bank, write_exams, write_question, write_term


class Desk:
    """A folder of banks, a cache, and how often the reader was called for."""

    def __init__(self, folder: Path) -> None:
        self.exams = write_exams(folder)
        self.cache: Path | None = folder / "cache"
        self.banks = [write_bank(folder, "one")]
        self.shipped: set[Path] = set()
        self.read = 0

    def _reader(self) -> Reader:
        self.read += 1
        return yaml_reader()

    def open(self) -> Library:
        """Open the library; `read` says how often something had to be read."""
        self.read = 0
        folders = [BankFolder(path, shipped=path in self.shipped) for path in self.banks]
        return open_library(folders, exams_folder=self.exams, cache=self.cache, reader=self._reader)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def _definition(library: Library, item: str = "one:one-term") -> str:
    term = library.item(item)
    assert isinstance(term, Term)
    return term.definition


def test_second_opening_reads_nothing_and_gives_the_same(desk: Desk) -> None:
    first = desk.open()
    second = desk.open()
    assert desk.read == 0
    assert second.banks == first.banks
    assert second.exams == first.exams
    assert second.problems == first.problems
    assert list(second.items()) == list(first.items())
    assert search(second, "company") == search(first, "company")


def test_an_edit_is_seen(desk: Desk) -> None:
    desk.open()
    write_term(desk.banks[0], "one-term", definition="Another thing, said at length.")
    assert _definition(desk.open()) == "Another thing, said at length."


def test_an_edit_of_equal_size_and_time_is_seen_near_the_writing_of_the_cache(desk: Desk) -> None:
    desk.open()
    index = next(desk.cache.glob("bank-*.index")) if desk.cache else Path()
    path = write_term(desk.banks[0], "one-term", definition="A thing.")
    moment = index.stat().st_mtime_ns
    os.utime(path, ns=(moment, moment))
    desk.open()
    write_term(desk.banks[0], "one-term", definition="A think.")
    os.utime(path, ns=(moment, moment))
    assert _definition(desk.open()) == "A think."


def test_a_touched_file_is_hashed_and_not_read(desk: Desk) -> None:
    desk.open()
    os.utime(desk.banks[0] / "bank.yaml", (LONG_AGO + 5, LONG_AGO + 5))
    desk.open()
    assert desk.read == 0


def test_new_and_removed_files_are_seen(desk: Desk) -> None:
    desk.open()
    path = write_question(desk.banks[0], "deeper/late", topic="one-term").rename(
        desk.banks[0] / "questions" / "late.yaml"
    )
    path.write_text(path.read_text(encoding="utf-8").replace("deeper/late", "late"), encoding="utf-8")
    assert desk.open().entry("one:late")
    path.unlink()
    assert desk.open().entry("one:late") is None


def test_a_changed_exam_reads_the_banks_again(desk: Desk) -> None:
    assert desk.open().exam_of("one") is not None
    exam = desk.exams / "saa-c03.yaml"
    write(exam, exam.read_text(encoding="utf-8").replace("An exam", "The exam"))
    exam_of = desk.open().exam_of("one")
    assert exam_of is not None
    assert exam_of.name == "The exam"


def test_another_version_of_the_program_ignores_the_cache(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open()
    monkeypatch.setattr(cache_module, "HEADER", b"keykata-cache 1 99.0 little\n")
    desk.open()
    assert desk.read > 0


def test_problems_are_kept_with_the_cache(desk: Desk) -> None:
    write(desk.banks[0] / "terms" / "bad.yaml", "id: bad\nname: [\n")
    first = desk.open()
    assert any("bad.yaml" in problem.place.file for problem in first.problems)
    assert desk.open().problems == first.problems
    assert desk.read == 0


def test_without_a_cache_everything_works(desk: Desk) -> None:
    desk.cache = None
    library = desk.open()
    assert _definition(library) == "A thing."
    assert search(library, "one term")


def test_an_unusable_cache_folder_is_no_error(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    desk.cache = tmp_path / "file" / "cache"
    assert _definition(desk.open()) == "A thing."
    assert _definition(desk.open()) == "A thing."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes in folders")
@pytest.mark.parametrize("ending", ["index", "bodies", "text"])
def test_a_pipe_in_place_of_a_file_is_not_waited_for(desk: Desk, ending: str) -> None:
    before = desk.open()
    assert desk.cache is not None
    for file in desk.cache.glob(f"*.{ending}"):
        file.unlink()
        os.mkfifo(file)
    again = desk.open()
    assert desk.read
    assert again.entries() == before.entries()
    assert search(again, "key") == search(before, "key")


def test_files_that_vanish_or_change_under_an_open_library_are_read_from_the_bank(desk: Desk) -> None:
    whole = desk.open()
    assert desk.cache is not None
    for damage in ("cut", "gone"):
        library = desk.open()
        for path in [*desk.cache.glob("*.bodies"), *desk.cache.glob("*.text")]:
            path.unlink() if damage == "gone" else path.write_bytes(path.read_bytes()[::-1])
        assert list(library.items()) == list(whole.items())
        assert _definition(library) == "A thing."
        assert search(library, "company") == search(whole, "company")


def test_old_parts_are_swept_away(desk: Desk) -> None:
    for number in range(4):
        write_term(desk.banks[0], "one-term", definition=f"Wording number {number}.")
        desk.open()
    assert desk.cache is not None
    assert sorted(path.suffix for path in desk.cache.glob("bank-*")) == [".bodies", ".index", ".text"]


def test_banks_that_lean_on_each_other_are_fresh_together(desk: Desk, tmp_path: Path) -> None:
    desk.banks.append(write_bank(tmp_path, "two"))
    write_question(desk.banks[0], "across", topic="two-term")
    library = desk.open()
    assert [entry.id for entry in library.questions_on("two:two-term")] == ["one:across", "two:two-question"]
    assert library.problems == ()
    desk.open()
    assert desk.read == 0
    (desk.banks[1] / "terms" / "two-term.yaml").unlink()
    assert desk.open().entry("one:across") is None


def test_a_new_item_of_the_learners_own_has_no_shipped_bank_read_again(desk: Desk, tmp_path: Path) -> None:
    desk.banks.append(write_bank(tmp_path, "two"))
    desk.shipped = set(desk.banks)
    write_question(desk.banks[0], "across", topic="two-term")
    own = write_bank(tmp_path, "own")
    desk.banks.append(own)
    desk.open()
    write_term(own, "another")
    library = desk.open()
    assert desk.read == 1
    assert library.entry("own:another")
    assert [entry.id for entry in library.questions_on("two:two-term")] == ["one:across", "two:two-question"]


def test_a_learners_bank_leans_on_the_shipped_and_never_the_other_way(desk: Desk, tmp_path: Path) -> None:
    desk.shipped = set(desk.banks)
    own = write_bank(tmp_path, "own")
    desk.banks.append(own)
    write_question(own, "across", topic="one-term")
    write_question(desk.banks[0], "astray", topic="own-term")
    library = desk.open()
    assert library.entry("own:across")
    assert library.entry("one:astray") is None
    assert "ref-unknown-term" in {problem.code for problem in library.problems}


def test_a_fresh_cache_opens_without_yaml(desk: Desk) -> None:
    desk.open()
    code = (
        "import sys; from pathlib import Path\n"
        "from keykata.bank.library import BankFolder, open_library\n"
        f"library = open_library([BankFolder(Path({str(desk.banks[0])!r}))], "
        f"exams_folder=Path({str(desk.exams)!r}), cache=Path({str(desk.cache)!r}))\n"
        "assert library.item('one:one-term') and not library.problems\n"
        "print(sorted({'yaml', 'rapidfuzz', 'markdown_it', 'textual'} & set(sys.modules)))"
    )
    home = str(Path(keykata.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": home},
    )
    assert done.stdout.strip() == "[]"
