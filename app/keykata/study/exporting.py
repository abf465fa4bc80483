"""Items of the open banks in another program's format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from keykata.bank.entry import Entry
from keykata.bank.library import Library
from keykata.bank.model import Question, Term
from keykata.core.errors import UsageError
from keykata.exchange.formats import FORMATS, writer_of
from keykata.exchange.lost import disputes_lost
from keykata.exchange.model import Export, Shipment
from keykata.study.opening import library_of
from keykata.study.places import Places


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which items to write: those that pass every field that is not empty.

    Attributes:
        banks: ids of open banks.
        terms: names or ids of terms: the questions about them, and the terms themselves.
        domains, tasks, levels: of questions; terms have none of these.
        items: ids of items, with or without their bank.
        kinds: `question`, `term`.
    """

    banks: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("question", "term")


EVERYTHING = Wanted()


def export(form: str, places: Places, *, wanted: Wanted = EVERYTHING, stamp: int = 0) -> Export:
    """The file of the items wanted.

    Args:
        stamp: when it is written, in seconds UTC.

    Raises:
        UsageError: the format is not written, there is no such bank, term or item, or nothing fits.
        UnreadableError: a named bank folder is missing.
    """
    if form not in FORMATS or not FORMATS[form].writes:
        known = ", ".join(key for key, one in FORMATS.items() if one.writes)
        raise UsageError(f"The format {form} cannot be written.", hint=f"One of: {known}.")
    library = library_of(places)
    chosen = _banks(library, wanted.banks)
    questions: dict[str, Question] = {}
    terms: dict[str, Term] = {}
    for entry in _entries(library, chosen, wanted):
        item = library.item(entry.id)
        if isinstance(item, Question):
            questions[entry.id] = item
        elif isinstance(item, Term):
            terms[entry.id] = item
    if not questions and not terms:
        raise UsageError("Nothing fits what was asked for.", hint="Ask for less, or open a bank with --bank.")
    name = " ".join(chosen)
    shipment = Shipment(name=name, questions=questions, terms=terms, stamp=stamp)
    made = writer_of(form)(shipment)
    return msgspec.structs.replace(made, findings=(*made.findings, *disputes_lost(shipment)))


def _banks(library: Library, wanted: Sequence[str]) -> tuple[str, ...]:
    opened = [bank.header.id for bank in library.banks]
    for bank in wanted:
        if bank not in opened:
            raise UsageError(f"There is no open bank {bank}.", hint=f"Open are: {', '.join(opened)}.")
    return tuple(bank for bank in opened if bank in (wanted or opened))


def _entries(library: Library, banks: Sequence[str], wanted: Wanted) -> Iterator[Entry]:
    """The entries that pass, in the order of the banks."""
    terms = frozenset(_term(library, words) for words in wanted.terms)
    items = frozenset(_item(library, words, banks) for words in wanted.items)
    of_questions = bool(wanted.tasks or wanted.levels or wanted.domains)
    for entry in library.entries():
        bank = entry.id.partition(":")[0]
        exam = library.exam_of(bank)
        domain = exam.domain_of(entry.task) if exam else None
        if (
            entry.kind in wanted.kinds
            and bank in banks
            and not (of_questions and entry.kind == "term")
            and (not items or entry.id in items)
            and (not terms or not terms.isdisjoint((entry.id, *entry.topics)))
            and (not wanted.tasks or entry.task in wanted.tasks)
            and (not wanted.levels or entry.level in wanted.levels)
            and (not wanted.domains or (domain is not None and domain.id in wanted.domains))
        ):
            yield entry


def _term(library: Library, words: str) -> str:
    found = next((entry.id for entry in library.find(words) if entry.kind == "term"), None)
    if found is None:
        raise UsageError(f'No term is called "{words}".', hint="keykata search finds terms by words.")
    return found


def _item(library: Library, words: str, banks: Sequence[str]) -> str:
    names = [words] if ":" in words else [f"{bank}:{words}" for bank in banks]
    found = next((name for name in names if library.entry(name)), None)
    if found is None:
        raise UsageError(f"There is no item {words}.", hint="keykata bank --json --items lists all ids.")
    return found
