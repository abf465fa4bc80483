"""Reading banks: files into items that are whole, and every problem on the way, in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from keykata.bank.advising import Advice
from keykata.bank.batch import Batch, Leaves, read_bytes
from keykata.bank.events import read_tree
from keykata.bank.findings import Sheet
from keykata.bank.header_references import resolve_header
from keykata.bank.kinds import FileKind
from keykata.bank.loading import LoadedBank
from keykata.bank.model import BankHeader, Exam, Problem, Question
from keykata.bank.nodes import MapNode, Node, Tree
from keykata.bank.read_bank import check_exam, read_header, stand_in
from keykata.bank.read_exam import read_exam
from keykata.bank.read_services import FILE as SERVICES
from keykata.bank.read_services import load_services
from keykata.bank.references import Resolver, Sources, ids_of, resolve_items
from keykata.bank.reviews import read_reviews, review_missing
from keykata.bank.rules.advice import advise
from keykata.bank.rules.bankwide import advise_bank
from keykata.bank.rules.items import Examined, settle
from keykata.bank.rules.twins import dup_id, dup_stem, near_dup, near_pairs
from keykata.bank.sealed_papers import SealedPapers
from keykata.bank.source import open_source
from keykata.core.errors import UnreadableError
from keykata.core.safe import is_text, safe_line

HEADER = "bank.yaml"
BankLoader = Callable[..., LoadedBank]  # called as `load_bank` is
_FOLDERS: tuple[tuple[str, str, FileKind], ...] = (
    ("terms", "*.yaml", "term"),
    ("comparisons", "*.yaml", "comparison"),
    ("questions", "**/*.yaml", "questions"),
    ("guides", "*.md", "guide"),
)
SUBFOLDERS = tuple(sub for sub, _, _ in _FOLDERS)


def bank_files(folder: Path) -> list[tuple[str, FileKind]]:
    """The files of a bank below its header: path relative to it with `/`, and kind; sorted within a kind."""
    out: list[tuple[str, FileKind]] = []
    for sub, pattern, kind in _FOLDERS:
        found = sorted(path for path in (folder / sub).glob(pattern) if path.is_file())
        names = (path.relative_to(folder).as_posix() for path in found)
        out += [(name, kind) for name in names if is_text(name)]
    return out


def known_ids(bank: LoadedBank) -> frozenset[str]:
    """The full ids of a bank's items and of their parts, as references name them."""
    return ids_of(bank.header.id, bank.items)


def _header(folder: Path, batch: Batch) -> tuple[BankHeader, Node | None, Sheet]:
    path = folder / HEADER
    if not path.is_file():
        sheet = Sheet(str(path))
        hint = "Write `id:` and `name:` into it, and `exam:` for the exam it prepares for."
        sheet.add("schema-missing-file", 0, 0, f"The folder has no {HEADER}, so it is no bank.", hint)
        batch.sheets.append(sheet)
        return stand_in(str(folder), folder.resolve().name), None, sheet
    data = read_bytes(path)
    batch.digests[HEADER] = hashlib.sha256(data).hexdigest()
    source = open_source(str(path), data)
    batch.sheets.append(source.sheet)
    tree = read_tree(source) if source.text or not source.sheet.errors else Tree(None)
    name = folder.resolve().name
    return read_header(tree, source.sheet, str(folder), name), tree.root, source.sheet


def _foreign_names(folder: Path, batch: Batch) -> None:
    """Files that look like content but are not read, by their names."""
    for sub, pattern, kind in _FOLDERS:
        wanted = "md" if kind == "guide" else "yaml"
        for path in sorted((folder / sub).glob("**/*.yml" if wanted == "yaml" else "**/*.markdown")):
            what = f"{safe_line(path.name)} is not read: its name must end in .{wanted}."
            _not_read(path, what, f"Rename it to {safe_line(path.stem)}.{wanted}.", batch)
        for path in sorted((folder / sub).glob(pattern)):
            if not is_text(str(path.relative_to(folder))):
                what = f"{safe_line(path.name)} is not read: its name, or that of its folder, is not UTF-8."
                _not_read(path, what, "Rename it.", batch)


def _not_read(path: Path, what: str, hint: str, batch: Batch) -> None:
    sheet = Sheet(safe_line(str(path)))
    sheet.add("schema-unknown-file", 0, 0, what, hint, severity="warning")
    batch.sheets.append(sheet)


def problems_of(batch: Batch) -> tuple[Problem, ...]:
    """Everything found, without what items allow, sorted."""
    allowed = {
        (draft.sheet.file, draft.item.id): draft.item.allow for draft in batch.drafts if draft.item.allow
    }
    found = [
        problem
        for sheet in batch.sheets
        for problem in sheet.all()
        if problem.severity == "error" or problem.code not in allowed.get((sheet.file, problem.item), ())
    ]
    return sort_problems(found)


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, line, column and code."""
    return tuple(
        sorted(problems, key=lambda one: (one.place.file, one.place.line, one.place.column, one.code))
    )


@dataclass(frozen=True, slots=True)
class Finished:
    """What a batch gave: its references, pairs of near-duplicates, and questions with the advice on them."""

    resolver: Resolver
    pairs: tuple[tuple[str, str], ...]
    examined: Examined


def finish(
    batch: Batch,
    bank: str,
    sources: Sources,
    exam: Exam | None,
    beside: Mapping[str, frozenset[str]],
    *,
    strict_task: bool,
    shipped: bool,
) -> Finished:
    """References and rules over everything read; the advice, if any is asked for, is left to `advise`."""
    resolver = Resolver(bank, batch.drafts, beside, batch.unread)
    dup_id(batch.drafts)
    for draft in batch.drafts:
        draft.item = resolve_items(draft, resolver)
        draft.item = sources.resolve(draft)
    examined = settle(
        batch.drafts, batch.waiting, batch.known, exam, strict_task=strict_task, shipped=shipped
    )
    dup_stem(batch.drafts)
    pairs = near_pairs(
        (draft.item.id, draft.runs) for draft in batch.drafts if isinstance(draft.item, Question)
    )
    near_dup(batch.drafts, pairs)
    return Finished(resolver, pairs, examined)


def _with_own_services(advice: Advice | None, folder: Path) -> tuple[Advice | None, list[Sheet]]:
    """The advice by the registry of services with what a bank adds to it."""
    if advice is None:
        return None, []
    own, sheet = load_services(folder / SERVICES)
    return replace(advice, services=advice.services.joined(own)), [sheet]


def _advise(
    batch: Batch,
    examined: Examined,
    advice: Advice,
    *,
    header: BankHeader,
    exam: Exam | None,
    beside: Mapping[str, frozenset[str]],
) -> None:
    """Advice on the items of a bank, one by one and taken together."""
    advise(batch.drafts, examined, advice, header.exam)
    known = frozenset(full.partition(":")[2] for ids in beside.values() for full in ids if "/" not in full)
    held = exam if header.blueprint else None
    advise_bank(examined.seen, batch.drafts, batch.sheets[0], advice, known=known, exam=held)


def load_bank(
    folder: Path,
    *,
    exams: Mapping[str, Exam],
    beside: Mapping[str, frozenset[str]] = {},
    shipped: bool = False,
    advice: Advice | None = None,
    leaves: Leaves | None = None,
) -> LoadedBank:
    """Read and check a bank.

    Args:
        folder: the bank's folder; places name files below it as it was given.
        exams: blueprints by id.
        beside: for each other open bank, in loading order, its `known_ids`.
        shipped: hold it to the rules of banks that come with the program.
        advice: give advice on wording and the like too, as a check does; opening a bank needs none.
        leaves: files as they were read before, to take over those that are unchanged.

    Raises:
        UnreadableError: the folder or a file in it cannot be opened.
    """
    if not folder.is_dir():
        hint = "Name the folder that holds `bank.yaml`."
        raise UnreadableError(f"{folder.name} is not a folder.", hint=hint, where=str(folder))
    if not is_text(f"{folder}{folder.resolve().name}"):
        hint = "Rename the folder, or the one above it."
        raise UnreadableError(
            "The name of this folder is not UTF-8.", hint=hint, where=safe_line(str(folder))
        )
    advice, told = _with_own_services(advice, folder)
    batch = Batch(advice.services if advice is not None else None, leaves)
    header, root, sheet = _header(folder, batch)
    check_exam(header, exams, root, sheet)
    for name, kind in bank_files(folder):
        batch.read(folder / name, str(folder / name), name, kind)
    _foreign_names(folder, batch)
    exam = exams.get(header.exam)
    # a bank whose header is broken has sources nobody can know
    sources = Sources(header.sources if isinstance(root, MapNode) and not sheet.errors else None)
    batch.sheets += told
    done = finish(
        batch,
        header.id,
        sources,
        exam,
        beside,
        strict_task=exam is not None and header.blueprint,
        shipped=shipped,
    )
    if advice is not None:
        _advise(batch, done.examined, advice, header=header, exam=exam, beside=beside)
    if shipped:
        reviews, review_sheet = read_reviews(folder)
        review_missing(batch.drafts, header.id, reviews)
        batch.sheets.append(review_sheet)
    if (header.sealed or header.opening) and not sheet.errors:
        SealedPapers(header, root, sheet, done.resolver, batch.drafts).check(exam)
    header = resolve_header(header, root, sheet, done.resolver)
    items = tuple(draft.item for draft in batch.drafts if not draft.spoiled)
    whole = {item.id for item in items}
    return LoadedBank(
        header=header,
        exam=exam,
        items=items,
        problems=problems_of(batch),
        files=batch.digests,
        near=tuple(pair for pair in done.pairs if pair[0] in whole and pair[1] in whole),
    )


def load_exam(path: Path) -> tuple[Exam | None, tuple[Problem, ...]]:
    """The blueprint of a file and its problems; None when it has an error.

    Raises:
        UnreadableError: the file cannot be opened.
    """
    source = open_source(str(path), read_bytes(path))
    if source.sheet.errors and not source.text:
        return None, sort_problems(source.sheet.all())
    exam = read_exam(read_tree(source), source.sheet)
    return exam, sort_problems(source.sheet.all())
