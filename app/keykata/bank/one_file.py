"""Reading one file by itself, fast: its items and what is wrong in each, without the rules of a bank."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from keykata.bank.batch import Batch, read_bytes
from keykata.bank.checking import guess_kind
from keykata.bank.events import read_tree
from keykata.bank.model import Exam, Item, Problem, Struct
from keykata.bank.nodes import Tree
from keykata.bank.open_ids import OpenBanks
from keykata.bank.reader import problems_of, sort_problems
from keykata.bank.references import resolve_items
from keykata.bank.rules.items import settle
from keykata.bank.rules.twins import dup_id
from keykata.bank.source import open_source


class FileReading(Struct, frozen=True, kw_only=True):
    """What one file holds.

    `items` are the whole ones in the order of the text; `spoiled` the ids of those with an error; `order` the
    ids of both as they stand in it.
    """

    items: tuple[Item, ...] = ()
    spoiled: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_file(path: Path, exams: Mapping[str, Exam], banks: OpenBanks | None = None) -> FileReading:
    """The items of a file and its problems; references stay as written.

    Args:
        banks: where references lead; without them nobody looks whether they lead anywhere.

    Raises:
        UnreadableError: the file cannot be opened.
    """
    source = open_source(str(path), read_bytes(path))
    if source.sheet.errors and not source.text:
        return FileReading(problems=sort_problems(source.sheet.all()))
    tree = read_tree(source) if path.suffix != ".md" else Tree(None)
    kind = guess_kind(path, tree.root)
    batch = Batch()
    batch.read(path, str(path), path.name, "questions" if kind in {"bank", "exam", "services"} else kind)
    dup_id(batch.drafts)
    if banks is not None:
        resolver = banks.resolver(path, batch.drafts, batch.unread)
        for draft in batch.drafts:
            resolve_items(draft, resolver)
    exam = next(iter(exams.values())) if len(exams) == 1 else None
    settle(batch.drafts, batch.waiting, batch.known, exam, strict_task=False, shipped=False)
    return FileReading(
        items=tuple(draft.item for draft in batch.drafts if not draft.spoiled),
        spoiled=tuple(draft.item.id for draft in batch.drafts if draft.spoiled),
        order=tuple(draft.item.id for draft in batch.drafts),
        problems=problems_of(batch),
    )
