"""Checking banks and files for their authors, and the schemas an editor uses."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from keykata.bank.advising import Advice
from keykata.bank.again import Readings
from keykata.bank.assemble import cached_ids
from keykata.bank.checking import bank_above, check_path
from keykata.bank.library import BankFolder
from keykata.bank.model import Exam, Problem
from keykata.bank.read_services import FILE as SERVICES
from keykata.bank.read_services import load_services
from keykata.bank.reader import BankLoader, known_ids, load_bank, load_exam
from keykata.bank.reading import unreadable
from keykata.bank.registry import Registry
from keykata.bank.schema import KINDS
from keykata.bank.schema import schema as bank_schema
from keykata.core.clock import Clock
from keykata.core.collector import uncollected
from keykata.core.days import study_day
from keykata.core.disk import real
from keykata.core.errors import KeyKataError, UnreadableError, UsageError
from keykata.study.files import from_here
from keykata.study.mending import Change, mend
from keykata.study.opening import bank_folders, content_folder
from keykata.study.places import Places

__all__ = [
    "BankLoader",
    "Mended",
    "Watched",
    "again",
    "check",
    "fix",
    "load_bank",
    "read_exams",
    "schema",
    "schema_kinds",
    "this_month",
    "watched",
]

MOST_ROUNDS = 4


def check(
    paths: Sequence[Path], places: Places, month: str = "", load: BankLoader = load_bank
) -> tuple[Problem, ...]:
    """The problems of files and bank folders, read beside the shipped banks so that references resolve.

    Args:
        paths: files or bank folders; none means every bank the app would open, and the exams.
        places: where the app would look.
        month: the present month (YYYY-MM), for the age of facts; "" says nothing about it.
        load: reads a bank; that of `Readings` does it again and again with less work.

    Raises:
        UnreadableError: a path cannot be opened.
    """
    with uncollected():
        found = _check(paths, _read_beside(places, load), month, load)
    return tuple(_from_here(problem) for problem in found)


class Mended(msgspec.Struct, frozen=True):
    """What was changed in the files, and the problems that are left."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def fix(paths: Sequence[Path], places: Places, month: str = "", load: BankLoader = load_bank) -> Mended:
    """Mend ids, months and names of services in some files, and check them again; arguments as for `check`.

    Raises:
        UsageError: no path is named: banks that come with a program are not to be changed by the way.
        UnreadableError: a path cannot be opened.
        UnwritableError: a file cannot be written.
    """
    if not paths:
        raise UsageError("--fix needs a PATH.", hint="Name the files or bank folders to mend.")
    changes: list[Change] = []
    beside = _read_beside(places, load)
    problems = _check(paths, beside, month, load)
    for _ in range(MOST_ROUNDS):  # a mended id may show what stood behind it
        made = mend(problems)
        if not made:
            break
        changes += made
        if any(beside.holds(Path(change.file)) for change in made):
            beside = _read_beside(places, load)
        problems = _check(paths, beside, month, load)
    here = tuple(msgspec.structs.replace(one, file=from_here(one.file)) for one in changes)
    return Mended(here, tuple(_from_here(problem) for problem in problems))


class Watched(msgspec.Struct, frozen=True):
    """Folders to watch for saves; `recursive`: with all that is below them."""

    folders: tuple[Path, ...]
    recursive: bool = True


def watched(paths: Sequence[Path], places: Places) -> Watched:
    """The folders whose files a check of these paths reads, those of them that are there.

    Raises:
        UnreadableError: none of them is there.
    """
    if paths and not any(path.is_dir() or bank_above(path.absolute()) for path in paths):
        # files that lie alone, perhaps in somebody's home: what is below their folder is no business of ours
        there = _there(path.absolute().parent for path in paths)
        return Watched(there, recursive=False)
    named = (path if path.is_dir() else bank_above(path.absolute()) or path.parent for path in paths)
    # the ids of the banks beside decide whether references lead anywhere
    own = (folder.path for folder in bank_folders(places) if os.access(folder.path, os.R_OK | os.X_OK))
    return Watched(_there((*named, content_folder(), *own)))


def _there(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The folders that are there, without those below another."""
    found = sorted({folder.absolute() for folder in folders if folder.is_dir()})
    if not found:
        raise UnreadableError("There is no folder to watch.", hint="Check the path.")
    return tuple(one for one in found if not any(other in one.parents for other in found))


def again() -> BankLoader:
    """Reads banks again and again, as at every save, with less work where little changed."""
    return Readings().load


def this_month(clock: Clock) -> str:
    """The present month (YYYY-MM) where the learner is."""
    now = clock.wall()
    return study_day(now, clock.utc_offset(now))[:7]


class _Beside(msgspec.Struct, frozen=True):
    """What a check reads besides its paths: the banks the app would open, the exams, the services.

    `folders` are those that can be read. `known` has for each its id and the ids it knows, so that banks may
    refer to later ones too; `problems` are those of the exams, of the registry of services, and of the rest.
    """

    folders: tuple[BankFolder, ...]
    known: dict[Path, tuple[str, frozenset[str]]]
    exams: dict[str, Exam]
    services: Registry
    problems: tuple[Problem, ...]

    def holds(self, file: Path) -> bool:
        """Whether a file is one of these."""
        there = real(file)
        return any(
            there.is_relative_to(real(one))
            for one in (content_folder(), *(folder.path for folder in self.folders))
        )


def _read_beside(places: Places, load: BankLoader) -> _Beside:
    exams, problems = _exams()
    services, sheet = load_services(content_folder() / SERVICES)
    folders: list[BankFolder] = []
    known: dict[Path, tuple[str, frozenset[str]]] = {}
    for folder in bank_folders(places):
        ids = cached_ids(folder, exams, places.cache)
        if ids is None:
            try:  # beside those before it, which it may lean on
                bank = load(folder.path, exams=exams, beside=dict(known.values()))
            except (KeyKataError, OSError) as error:
                problems.append(unreadable(folder.path, error))
                continue
            ids = bank.header.id, known_ids(bank)
        folders.append(folder)
        known[folder.path] = ids
    return _Beside(tuple(folders), known, exams, services, (*problems, *sheet.all()))


def _check(paths: Sequence[Path], beside: _Beside, month: str, load: BankLoader) -> list[Problem]:
    exams, advice = beside.exams, Advice(services=beside.services, month=month)
    shipped = {real(folder.path) for folder in beside.folders if folder.shipped}
    found: list[Problem] = [] if paths else [*beside.problems]
    for folder in beside.folders if not paths else ():
        others = {bank: ids for path, (bank, ids) in beside.known.items() if path != folder.path}
        found += load(folder.path, exams=exams, beside=others, shipped=folder.shipped, advice=advice).problems
    everywhere = dict(beside.known.values())
    for path in paths:
        inside = any(real(path).is_relative_to(folder) for folder in shipped)
        found += check_path(path, exams=exams, beside=everywhere, shipped=inside, advice=advice, load=load)
    return found


def read_exams() -> dict[str, Exam]:
    """The blueprints that come with the program, by id."""
    return _exams()[0]


def schema(kind: str) -> Mapping[str, object]:
    """The JSON Schema of a kind of file, named in the singular or in the plural.

    Raises:
        UsageError: there is no such kind.
    """
    for known in KINDS:
        if known.removesuffix("s") == kind.removesuffix("s"):
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
