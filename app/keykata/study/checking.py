"""Checking banks and files for their authors, and the schemas an editor uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from keykata.bank.checking import check_path
from keykata.bank.library import BankFolder
from keykata.bank.model import Exam, Problem
from keykata.bank.reader import known_ids, load_bank, load_exam
from keykata.bank.schema import KINDS
from keykata.bank.schema import schema as bank_schema
from keykata.core.errors import UsageError
from keykata.study.files import from_here
from keykata.study.opening import Places, bank_folders, content_folder


def check(paths: Sequence[Path], places: Places) -> tuple[Problem, ...]:
    """The problems of files and bank folders, read beside the shipped banks so that references resolve.

    Args:
        paths: files or bank folders; none means every bank the app would open, and the exams.
        places: where the app would look.

    Raises:
        UnreadableError: a path cannot be opened.
    """
    exams, exam_problems = _exams()
    folders = bank_folders(places)
    shipped = {folder.path.resolve() for folder in folders if folder.shipped}
    known = _known(folders, exams)
    found: list[Problem] = [] if paths else list(exam_problems)
    for folder in folders if not paths else ():
        beside = {bank: ids for path, (bank, ids) in known.items() if path != folder.path}
        found += load_bank(
            folder.path, exams=exams, beside=beside, shipped=folder.shipped, thorough=True
        ).problems
    everywhere = dict(known.values())
    for path in paths:
        inside = any(path.resolve().is_relative_to(folder) for folder in shipped)
        found += check_path(path, exams=exams, beside=everywhere, shipped=inside)
    return tuple(_from_here(problem) for problem in found)


def read_exams() -> dict[str, Exam]:
    """The blueprints that come with the program, by id."""
    return _exams()[0]


def _known(
    folders: Sequence[BankFolder], exams: Mapping[str, Exam]
) -> dict[Path, tuple[str, frozenset[str]]]:
    """For each bank's folder its id and the ids it knows, so that banks may refer to later ones too."""
    loaded = {folder.path: load_bank(folder.path, exams=exams) for folder in folders}
    return {path: (bank.header.id, known_ids(bank)) for path, bank in loaded.items()}


def schema(kind: str) -> Mapping[str, object]:
    """The JSON Schema of a kind of file.

    Raises:
        UsageError: there is no such kind.
    """
    for known in KINDS:
        if known == kind:
            return bank_schema(known)
    raise UsageError(f"There is no schema called {kind}.", hint=f"One of: {', '.join(KINDS)}.")


def schema_kinds() -> tuple[str, ...]:
    """The kinds of file that have a schema."""
    return tuple(KINDS)


def _exams() -> tuple[dict[str, Exam], list[Problem]]:
    exams: dict[str, Exam] = {}
    problems: list[Problem] = []
    for path in sorted((content_folder() / "exams").glob("*.yaml")):
        exam, found = load_exam(path)
        problems += found
        if exam:
            exams[exam.id] = exam
    return exams, problems


def _from_here(problem: Problem) -> Problem:
    """The same problem with its file as seen from the working directory."""
    place = msgspec.structs.replace(problem.place, file=from_here(problem.place.file))
    return msgspec.structs.replace(problem, place=place)
