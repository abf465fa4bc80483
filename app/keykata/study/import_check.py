"""What of an import the reader of banks takes: written out once and read back, before anything stays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from keykata.bank.model import Problem, Question, Term
from keykata.bank.reader import HEADER, load_bank
from keykata.bank.writer import bank_yaml, questions_yaml
from keykata.bank.writer_terms import term_yaml
from keykata.core.disk import made_for_a_while
from keykata.study.import_folder import A_FILE, Imported


def refused(items: Mapping[str, Imported], bank: str) -> tuple[Problem, ...]:
    """The errors that keep items of a bank out of it; references are resolved when it opens.

    Raises:
        UnwritableError: there is no place to write them out.
    """
    if not items:
        return ()
    folder = Path(made_for_a_while(lambda: mkdtemp(prefix="keykata-")))
    try:
        _write(folder, items, bank)
        problems = load_bank(folder, exams={}).problems
    finally:  # twice and in place: a signal may come on the way into a call, or while the folder is cleared
        try:
            rmtree(folder, ignore_errors=True)
        finally:
            rmtree(folder, ignore_errors=True)
    return tuple(one for one in problems if one.severity == "error" and not one.code.startswith("ref-"))


def _write(folder: Path, items: Mapping[str, Imported], bank: str) -> None:
    (folder / "questions").mkdir()
    (folder / "terms").mkdir()
    (folder / HEADER).write_text(bank_yaml(bank, bank), encoding="utf-8")
    questions = [item for item in items.values() if isinstance(item, Question)]
    for at in range(0, len(questions), A_FILE):
        text = questions_yaml(questions[at : at + A_FILE])
        (folder / "questions" / f"{at:06}.yaml").write_text(text, encoding="utf-8", newline="\n")
    for name, item in items.items():
        if isinstance(item, Term):
            (folder / "terms" / f"{name}.yaml").write_text(term_yaml(item), encoding="utf-8", newline="\n")
