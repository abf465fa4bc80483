"""Mending files where a check says what is to stand there: ids, months, names of services."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from keykata.bank.model import Fix, Problem
from keykata.core.errors import UnreadableError, UnwritableError
from keykata.core.whole_file import replace_file

_LINES = re.compile("(\r\n|\n|\r)")
_BOM = "\ufeff"


class Change(msgspec.Struct, frozen=True):
    """A change that was made: the file, its line from 1, what stood there and what stands there now."""

    file: str
    line: int
    old: str
    new: str


def mend(problems: Iterable[Problem]) -> list[Change]:
    """Make the changes the problems ask for; all else in the files stays byte for byte.

    A change whose text does not stand where it was seen is left out: the file was saved in between.

    Raises:
        UnreadableError: a file cannot be read again.
        UnwritableError: a file cannot be written; the files before it are mended.
    """
    wanted: dict[str, set[Fix]] = defaultdict(set)
    for problem in problems:
        if problem.fix is not None:
            wanted[problem.place.file].add(problem.fix)
    return [change for file in sorted(wanted) for change in _mend_file(file, sorted_fixes(wanted[file]))]


def sorted_fixes(fixes: Iterable[Fix]) -> list[Fix]:
    """From the end of a file to its beginning, so that places stay; of overlapping ones the first stays."""
    out: list[Fix] = []
    ends = (0, 0)
    for fix in sorted(fixes, key=lambda one: (one.line, one.column, -len(one.old))):
        if (fix.line, fix.column) >= ends:
            out.append(fix)
            ends = (fix.line, fix.column + len(fix.old))
    return out[::-1]


def _mend_file(file: str, fixes: Sequence[Fix]) -> list[Change]:
    path = Path(file)
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableError(f"{path.name} cannot be read again.", where=file) from fault
    mark = _BOM if text.startswith(_BOM) else ""
    pieces = _LINES.split(text.removeprefix(_BOM))  # a line, its end, a line, ...
    made: list[Change] = []
    for fix in fixes:
        place = 2 * (fix.line - 1)
        start = fix.column - 1
        if place < len(pieces) and pieces[place].startswith(fix.old, start):
            line = pieces[place]
            pieces[place] = line[:start] + fix.new + line[start + len(fix.old) :]
            made.append(Change(file, fix.line, fix.old, fix.new))
    if made:
        try:
            replace_file(path, (mark + "".join(pieces)).encode())
        except OSError as fault:
            reason = fault.strerror or "it is refused"
            raise UnwritableError(f"{path.name} cannot be written: {reason}.", where=file) from fault
    return made[::-1]
