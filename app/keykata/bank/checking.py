"""Checking one path: a bank folder, a file of a bank, a file that lies alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from keykata.bank.advising import Advice
from keykata.bank.batch import Batch, read_bytes
from keykata.bank.events import read_tree
from keykata.bank.kinds import FileKind
from keykata.bank.model import Exam, Place, Problem
from keykata.bank.nodes import MapNode, Node, Tree
from keykata.bank.read_bank import check_exam, read_header
from keykata.bank.read_services import services_of
from keykata.bank.reader import (
    HEADER,
    BankLoader,
    finish,
    load_bank,
    load_exam,
    problems_of,
    sort_problems,
)
from keykata.bank.references import Sources
from keykata.bank.rules.advice import advise
from keykata.bank.source import open_source


def bank_above(path: Path) -> Path | None:
    """The bank folder a file lies in, three levels up at most."""
    return next((folder for folder in list(path.parents)[:4] if (folder / HEADER).is_file()), None)


def guess_kind(path: Path, root: Node | None) -> FileKind:
    """The kind of a file from its ending, its fields and its folder."""
    if path.suffix == ".md":
        return "guide"
    names = set(root.entries) if isinstance(root, MapNode) else set()
    marks: tuple[tuple[FileKind, set[str]], ...] = (
        ("questions", {"questions"}),
        ("comparison", {"subjects", "aspects", "sorter", "decide"}),
        ("exam", {"domains", "scored", "unscored", "scale"}),
        ("term", {"definition", "short", "concepts", "faqs", "on_exam", "sensei"}),
        ("bank", {"sources", "blueprint", "opening", "sealed", "exam"}),
        ("services", {"services", "others"}),
    )
    best = max(marks, key=lambda mark: len(names & mark[1]))
    if names & best[1]:
        return best[0]
    folders: dict[str, FileKind] = {"comparisons": "comparison", "questions": "questions", "exams": "exam"}
    if path.name == HEADER:
        return "bank"
    return next((folders[parent.name] for parent in path.parents if parent.name in folders), "term")


def check_path(
    path: Path,
    *,
    exams: Mapping[str, Exam],
    beside: Mapping[str, frozenset[str]] = {},
    shipped: bool = False,
    advice: Advice | None = None,
    load: BankLoader = load_bank,
) -> tuple[Problem, ...]:
    """The problems of a bank folder or of one file, sorted; `load` reads the banks.

    A file inside a bank is read with its bank, and only its own problems are given. A file outside is read
    as the kind it looks like; its prefixes of sources are then left alone.

    Raises:
        UnreadableError: the path cannot be opened.
    """
    if path.is_dir():
        return load(path, exams=exams, beside=beside, shipped=shipped, advice=advice).problems
    data = read_bytes(path)
    folder = bank_above(path.absolute())
    if folder is not None:
        bank = load(folder, exams=exams, beside=beside, shipped=shipped, advice=advice)
        name = path.absolute().relative_to(folder).as_posix()
        if name in bank.files:
            own = str(folder / name)
            return tuple(
                msgspec.structs.replace(found, place=_moved(found.place, str(path)))
                for found in bank.problems
                if found.place.file == own
            )
    return _check_alone(path, data, exams=exams, beside=beside, shipped=shipped, advice=advice)


def _moved(place: Place, file: str) -> Place:
    return msgspec.structs.replace(place, file=file)


def _check_alone(
    path: Path,
    data: bytes,
    *,
    exams: Mapping[str, Exam],
    beside: Mapping[str, frozenset[str]],
    shipped: bool,
    advice: Advice | None,
) -> tuple[Problem, ...]:
    source = open_source(str(path), data)
    if source.sheet.errors and not source.text:
        return sort_problems(source.sheet.all())
    tree = read_tree(source) if path.suffix != ".md" else Tree(None)
    kind = guess_kind(path, tree.root)
    if kind == "exam":
        return load_exam(path)[1]
    if kind == "services":
        services_of(tree, source.sheet)
        return sort_problems(source.sheet.all())
    if kind == "bank":
        header = read_header(tree, source.sheet, str(path.parent), path.absolute().parent.name)
        check_exam(header, exams, tree.root, source.sheet)
        return sort_problems(source.sheet.all())
    batch = Batch(advice.services if advice is not None else None)
    batch.read(path, str(path), path.name, kind)
    exam = next(iter(exams.values())) if len(exams) == 1 else None
    done = finish(batch, "", Sources(None), exam, beside, strict_task=False, shipped=shipped)
    if advice is not None:
        advise(batch.drafts, done.examined, advice, exam.id if exam else "")
    return problems_of(batch)
