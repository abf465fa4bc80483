"""The files of a bank as they are read, each into drafts; those of an earlier reading can be taken over.

What follows over the whole bank (references, rules, advice) writes into drafts and sheets. A file that is
kept for the next reading therefore gives copies of them, and stays as it was when it was read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from keykata.bank.drafts import Draft
from keykata.bank.events import read_tree
from keykata.bank.findings import Sheet
from keykata.bank.kinds import FileKind
from keykata.bank.manifest import MAX_BYTES
from keykata.bank.read_comparison import read_comparison
from keykata.bank.read_guide import read_guide
from keykata.bank.read_question import read_questions
from keykata.bank.read_term import read_term
from keykata.bank.registry import Registry
from keykata.bank.rules.items import Waiting, look_at
from keykata.bank.source import open_source
from keykata.core.disk import read_at_most
from keykata.core.errors import UnreadableError


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, as far as any are read.

    Raises:
        UnreadableError: it cannot be opened.
    """
    try:
        return read_at_most(path, MAX_BYTES)
    except OSError as fault:
        reason = fault.strerror or "it cannot be opened"
        hint = "Check the path and its permissions."
        raise UnreadableError(f"{path.name} cannot be read: {reason}.", hint=hint, where=str(path)) from fault


class Leaf:
    """One file as read, before anything of the bank around it is known.

    Attributes:
        sheet: what is wrong in it so far.
        drafts: its items.
        waiting: what the wording of its questions showed.
        unread: its text where it broke off, "" where it did not.
    """

    __slots__ = ("drafts", "sheet", "unread", "waiting")

    def __init__(self, sheet: Sheet, drafts: list[Draft], waiting: list[Waiting], unread: str) -> None:
        self.sheet = sheet
        self.drafts = drafts
        self.waiting = waiting
        self.unread = unread

    def copy(self) -> Leaf:
        """The same with a sheet and drafts of its own."""
        sheet = self.sheet.copy()
        drafts = {id(draft): draft.copy(sheet) for draft in self.drafts}
        waiting = [(notes, seen and seen.copy(drafts[id(seen.draft)])) for notes, seen in self.waiting]
        return Leaf(sheet, [*drafts.values()], waiting, self.unread)


class Leaves:
    """Files as they were read, for whoever reads a bank again and again; the bytes tell what changed."""

    def __init__(self) -> None:
        self._leaves: dict[tuple[str, FileKind], tuple[str, Registry | None, Leaf, Counter[str]]] = {}

    def leaf(
        self,
        key: tuple[str, FileKind],
        data: bytes,
        digest: str,
        services: Registry | None,
        known: Counter[str],
    ) -> Leaf:
        """The file as it was read from the same bytes, else as it is read now; see `read_leaf`."""
        there = self._leaves.get(key)
        if there is None or there[0] != digest or (services is not None and there[1] != services):
            words: Counter[str] = Counter()
            there = (digest, services, read_leaf(*key, data, services, words), words)
            self._leaves[key] = there
        known.update(there[3].elements())
        return there[2].copy()


def read_leaf(
    shown: str, kind: FileKind, data: bytes, services: Registry | None, known: Counter[str]
) -> Leaf:
    """Read one file of items.

    Args:
        shown: its name in places.
        services: give advice on questions too, by these names.
        known: counts the questions whose stem holds a word.
    """
    source = open_source(shown, data)
    if kind == "guide":
        return Leaf(source.sheet, read_guide(source), [], "")
    if not source.text and source.sheet.errors:
        words = data[:MAX_BYTES].decode("ascii", "ignore").replace("\0", "")
        return Leaf(source.sheet, [], [], f"{Path(shown).stem} {words}")
    tree = read_tree(source)
    reader = {"term": read_term, "comparison": read_comparison}.get(kind, read_questions)
    drafts = reader(tree, source.sheet)
    return Leaf(source.sheet, drafts, look_at(drafts, services, known), tree.unread)


class Batch:
    """The files of a bank as they are read: drafts, sheets and what could not be read.

    Args:
        services: give advice on questions too, by these names.
        leaves: those of earlier readings, to take over what is unchanged.
    """

    def __init__(self, services: Registry | None = None, leaves: Leaves | None = None) -> None:
        self.drafts: list[Draft] = []
        self.sheets: list[Sheet] = []
        self.unread: list[str] = []
        self.waiting: list[Waiting] = []
        self.known: Counter[str] = Counter()
        self.digests: dict[str, str] = {}
        self._services = services
        self._leaves = leaves

    def read(self, path: Path, shown: str, name: str, kind: FileKind) -> None:
        """Read one file of items."""
        data = read_bytes(path)
        self.digests[name] = digest = hashlib.sha256(data).hexdigest()
        if self._leaves is None:
            leaf = read_leaf(shown, kind, data, self._services, self.known)
        else:
            leaf = self._leaves.leaf((shown, kind), data, digest, self._services, self.known)
        self.sheets.append(leaf.sheet)
        self.drafts += leaf.drafts
        self.waiting += leaf.waiting
        if leaf.unread:
            self.unread.append(leaf.unread)
