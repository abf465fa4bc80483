"""How content is read, as one value, so that nothing imports the reader before something has to be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from keykata.bank.loading import LoadedBank
from keykata.bank.model import Exam, Place, Problem
from keykata.core.errors import KeyKataError

HEADER = "bank.yaml"
UNREADABLE = "bank-unreadable"  # the code of a bank that cannot be opened


class Reader(msgspec.Struct, frozen=True):
    """The functions of `keykata.bank.reader`."""

    load_bank: Callable[..., LoadedBank]
    load_exam: Callable[[Path], tuple[Exam | None, tuple[Problem, ...]]]
    known_ids: Callable[[LoadedBank], frozenset[str]]


def yaml_reader() -> Reader:
    """The reader of YAML, imported now."""
    from keykata.bank.reader import known_ids, load_bank, load_exam

    return Reader(load_bank=load_bank, load_exam=load_exam, known_ids=known_ids)


def unreadable(path: Path, error: KeyKataError | OSError) -> Problem:
    """The problem of a folder or file that cannot be opened."""
    if isinstance(error, KeyKataError):
        where, message, hint = error.where or str(path), error.message, error.hint
    else:
        reason = error.strerror or "it cannot be opened"
        found = Path(error.filename or path)
        where = str(path if found.parent == path and found.name == HEADER else found)  # it may not even exist
        message, hint = f"{path.name} cannot be read: {reason}.", ""
    return Problem(
        place=Place(file=where),
        code=UNREADABLE,
        severity="error",
        message=message,
        hint=hint or "Check the path and its permissions.",
    )
