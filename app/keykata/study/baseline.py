"""Old debt: warnings and notes that are known, kept in a file, so that a check tells new ones only.

They are counted for each file, item and code, since lines move. Errors are never in it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from keykata.bank.model import Problem
from keykata.core.disk import read_at_most
from keykata.core.errors import UnreadableError, UnwritableError
from keykata.core.safe import safe_line
from keykata.core.whole_file import replace_file

VERSION = 1
MOST_BYTES = 32 * 2**20  # some 300,000 entries; a device would be read without end
BEGINNING = 200  # bytes, in which a baseline says what it is
_BEGINS = re.compile(rb'\s*\{\s*"version"\s*:\s*[0-9]+\s*,\s*"problems"')
Key = tuple[str, str, str]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """How many problems of a code an item of a file has; `file` is relative to the baseline's folder."""

    file: str
    item: str = ""
    code: str
    count: int


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """What a baseline file holds."""

    version: int = VERSION
    problems: list[Known] = []


class Compared(msgspec.Struct, frozen=True):
    """Problems that are new; how many known ones were left out; how many entries fit nothing any more."""

    problems: tuple[Problem, ...]
    known: int
    gone: int


def read_baseline(path: Path) -> Baseline:
    """The baseline of a file.

    Raises:
        UnreadableError: it cannot be opened, or is no baseline of this version.
    """
    try:
        found = msgspec.json.decode(_bytes_of(path), type=Baseline)
    except OSError as fault:
        reason = fault.strerror or "it cannot be opened"
        hint = "Make it with `keykata check --write-baseline FILE`."
        raise UnreadableError(f"{path.name} cannot be read: {reason}.", hint=hint, where=str(path)) from fault
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        hint = "Make it anew with `keykata check --write-baseline FILE`."
        raise UnreadableError(f"{path.name} is no baseline: {fault}.", hint=hint, where=str(path)) from fault
    if found.version != VERSION:
        hint = "Make it anew with `keykata check --write-baseline FILE`."
        raise UnreadableError(
            f"{path.name} is a baseline of version {found.version}, not {VERSION}.",
            hint=hint,
            where=str(path),
        )
    return found


def _bytes_of(path: Path) -> bytes:
    data = read_at_most(path, MOST_BYTES)
    if len(data) > MOST_BYTES:
        what = f"{path.name} is no baseline: it holds more than {MOST_BYTES // 2**20} MB."
        raise UnreadableError(what, hint="Name the file that was written as one.", where=str(path))
    return data


def compare(problems: Sequence[Problem], baseline: Baseline, path: Path) -> Compared:
    """The problems without those a baseline knows, the first of each kind first.

    Args:
        path: the baseline's file, from whose folder its names of files start.
    """
    left = Counter({(one.file, one.item, one.code): one.count for one in baseline.problems})
    new: list[Problem] = []
    for problem in problems:
        key = _key(problem, path)
        if problem.severity != "error" and left[key] > 0:
            left[key] -= 1
        else:
            new.append(problem)
    return Compared(tuple(new), len(problems) - len(new), sum(1 for count in left.values() if count > 0))


def write_baseline(problems: Iterable[Problem], path: Path) -> int:
    """Write the warnings and notes of a check as known; gives how many there are.

    Raises:
        UnwritableError: the file cannot be written, or is there already and no baseline.
    """
    _need_baseline(path)
    counts = Counter(_key(problem, path) for problem in problems if problem.severity != "error")
    known = [
        Known(file=file, item=item, code=code, count=count)
        for (file, item, code), count in sorted(counts.items())
    ]
    lines = ",\n".join("  " + msgspec.json.encode(one).decode() for one in known)
    text = f'{{"version": {VERSION}, "problems": [\n{lines}\n]}}\n'
    try:
        replace_file(path, text.encode())
    except OSError as fault:
        reason = fault.strerror or "it is refused"
        raise UnwritableError(f"{path.name} cannot be written: {reason}.", where=str(path)) from fault
    return sum(counts.values())


def _need_baseline(path: Path) -> None:
    """See that nothing but a baseline is replaced: a name is soon mistyped, and what it held would be gone.

    An empty file may be, and a baseline that two authors changed at once, of which the beginning is enough.
    """
    try:
        begins = read_at_most(path, BEGINNING) if path.is_file() else b""
    except OSError:
        return  # it cannot be written either, or is as good as not there
    if begins.strip() and not _BEGINS.match(begins):
        hint = "Name a new file, or move this one away."
        raise UnwritableError(
            f"{path.name} is there already, and is no baseline.", where=str(path), hint=hint
        )


def _key(problem: Problem, path: Path) -> Key:
    file = os.path.relpath(Path(problem.place.file).absolute(), path.absolute().parent)
    return safe_line(Path(file).as_posix()), problem.item, problem.code
