"""Items of the open banks in another program's format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from keykata.bank.model import Question, Term
from keykata.core.errors import UnwritableError, UsageError
from keykata.exchange.formats import FORMATS, writer_of
from keykata.exchange.model import Export, Shipment
from keykata.study.opening import Places, library_of


def export(form: str, places: Places, *, banks: Sequence[str] = (), stamp: int = 0) -> Export:
    """The file of the questions and terms of banks by their ids, or of all that are open.

    Args:
        stamp: when it is written, in seconds UTC.

    Raises:
        UsageError: the format is not written, or there is no such bank.
        UnreadableError: a named bank folder is missing.
    """
    if form not in FORMATS or not FORMATS[form].writes:
        known = ", ".join(key for key, one in FORMATS.items() if one.writes)
        raise UsageError(f"The format {form} cannot be written.", hint=f"One of: {known}.")
    library = library_of(places)
    opened = [bank.header.id for bank in library.banks]
    for bank in banks:
        if bank not in opened:
            raise UsageError(f"There is no open bank {bank}.", hint=f"Open are: {', '.join(opened)}.")
    chosen = set(banks or opened)
    questions: dict[str, Question] = {}
    terms: dict[str, Term] = {}
    for entry, item in library.items():
        if entry.id.split(":", 1)[0] in chosen:
            if isinstance(item, Question):
                questions[entry.id] = item
            elif isinstance(item, Term):
                terms[entry.id] = item
    name = " ".join(bank for bank in opened if bank in chosen)
    return writer_of(form)(Shipment(name=name, questions=questions, terms=terms, stamp=stamp))


def save(path: Path, data: bytes) -> None:
    """Write a new file.

    Raises:
        UnwritableError: it is there already, or cannot be written.
    """
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        hint = "Name a new file, or move the old one away."
        raise UnwritableError(f"{path} is there already.", hint=hint, where=str(path)) from error
    except OSError as error:
        raise UnwritableError(f"{path} cannot be written: {error.strerror}.", where=str(path)) from error
