"""Several imports into one folder in the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from keykata.bank.model import Question
from keykata.bank.reader import load_bank
from keykata.core.errors import BusyError, OvertakenError
from keykata.core.held import held
from keykata.study.import_folder import ImportFolder
from keykata.study.importing import Report, import_file

ITEM = "### Which basket holds {0} {1}? (Select ONE)\n\n- [x] The {0} {1}\n- [ ] B\n- [ ] C\n- [ ] D\n"
FRUITS = ("apples", "pears", "cherries", "dates", "figs", "plums")
EACH = 30


def test_what_each_of_them_brought_is_there_and_known_to_the_next(tmp_path: Path) -> None:
    into = tmp_path / "bank"
    sources = [_source(tmp_path, fruit) for fruit in FRUITS]
    together = threading.Barrier(len(sources))

    def bring(source: Path) -> Report:
        together.wait()
        return import_file(source, into=into)

    with ThreadPoolExecutor(len(sources)) as all_of_them:
        done = list(all_of_them.map(bring, sources))
    assert [len(report.added) for report in done] == [EACH] * len(sources)
    bank = load_bank(into, exams={})
    assert not [one for one in bank.problems if one.severity == "error"]
    assert len([item for item in bank.items if isinstance(item, Question)]) == EACH * len(sources)
    assert [len(import_file(source, into=into).unchanged) for source in sources] == [EACH] * len(sources)


def test_one_that_read_the_folder_before_another_wrote_there_writes_nothing(tmp_path: Path) -> None:
    into = tmp_path / "bank"
    late = ImportFolder(into, "bank")
    import_file(_source(tmp_path, "apples"), into=into)
    before = {path: path.read_bytes() for path in into.rglob("*") if path.is_file()}
    with pytest.raises(OvertakenError):
        late.write({}, added=(), changed=())
    assert {path: path.read_bytes() for path in into.rglob("*") if path.is_file()} == before


def test_a_folder_that_another_program_never_leaves_is_told_of(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(BusyError, match="Another program"), held(tmp_path, patience=0):
        pass
    with held(tmp_path, patience=0):
        pass


def _source(folder: Path, fruit: str) -> Path:
    path = folder / f"{fruit}.md"
    path.write_text("\n".join(ITEM.format(fruit, number) for number in range(EACH)), encoding="utf-8")
    return path
