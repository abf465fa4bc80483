"""What the open banks offer to the references of one file, looked up in their indexes and only when asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from keykata.bank.drafts import Draft
from keykata.bank.entry import Entry
from keykata.bank.model import Item, Problem
from keykata.bank.references import Resolver, ids_of, parts_of_item
from keykata.bank.suggest import did_you_mean


class OpenIds(Collection[str]):
    """The full ids of a bank's items, and of their parts as far as somebody asks for one.

    Args:
        entries: of the bank's index.
        own: ids known besides: those of a file that is being written.
        item: an item by its full id.
        spoiled: items that do not open for an error in them; any part may stand in them.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        own: Iterable[str],
        item: Callable[[str], Item | None],
        spoiled: Iterable[str] = (),
    ) -> None:
        self._own = frozenset(own)
        self._spoiled = frozenset(spoiled)
        self._entries = frozenset(entry.id for entry in entries)
        self._item = item

    def __contains__(self, full: object) -> bool:
        """Whether an item is there, or the part of one."""
        if not isinstance(full, str):
            return False
        name, _, part = full.partition("/")
        if full in self._own or name in self._spoiled:
            return True
        return name in self._entries and (not part or part in self.parts(name))

    def __iter__(self) -> Iterator[str]:
        """The ids of items, without those of parts."""
        return iter(self._entries | self._own | self._spoiled)

    def __len__(self) -> int:
        """How many there are to iterate over."""
        return len(self._entries | self._own | self._spoiled)

    def parts(self, full: str) -> frozenset[str]:
        """The parts of an item that a reference can name."""
        item = self._item(full) if full in self._entries else None
        return parts_of_item(item) if item is not None else frozenset()


class OpenResolver(Resolver):
    """Looks references of one file up in it, then in the open banks, its own bank first."""

    def __init__(self, drafts: Sequence[Draft], beside: Mapping[str, OpenIds], unread: Iterable[str]) -> None:
        super().__init__("", drafts, beside, unread)
        self._open = beside

    def part_hint(self, reference: str) -> str:
        """What a reference to an unknown part may have meant, in another file too."""
        item, _, part = reference.rpartition(":")[2].partition("/")
        known = next(
            (found for bank, ids in self._open.items() if (found := ids.parts(f"{bank}:{item}"))), None
        )
        if item in self.kinds or not known:
            return super().part_hint(reference)
        return did_you_mean(part, known, f"It has {', '.join(sorted(known)[:12])}.")


class OpenBanks:
    """The open banks, as the preview of a file sees them.

    Args:
        folders: the folder of each bank by its id, in loading order.
        entries: every entry of their indexes.
        item: an item by its full id.
        problems: those of each bank by its id.
    """

    def __init__(
        self,
        folders: Mapping[str, str],
        entries: Iterable[Entry],
        item: Callable[[str], Item | None],
        problems: Mapping[str, Iterable[Problem]] = {},
    ) -> None:
        self._folders = {bank: Path(folder).resolve() for bank, folder in folders.items()}
        self._entries: dict[str, list[Entry]] = {bank: [] for bank in folders}
        for entry in entries:
            self._entries.setdefault(entry.id.partition(":")[0], []).append(entry)
        self._item = item
        self._errors = {
            bank: [one for one in found if one.severity == "error" and one.item]
            for bank, found in problems.items()
        }

    def resolver(self, path: Path, drafts: Sequence[Draft], unread: Iterable[str]) -> OpenResolver:
        """Looks up the references of a file as it is now, whatever the indexes say it held."""
        path = path.resolve()
        own = next((bank for bank, folder in self._folders.items() if path.is_relative_to(folder)), "")
        beside: dict[str, OpenIds] = {}
        for bank in (*[own][: bool(own)], *(one for one in self._entries if one != own)):
            written = ids_of(bank, (draft.item for draft in drafts)) if bank == own else ()
            there = self._entries[bank]
            if bank == own:
                there = [entry for entry in there if not _stands_in(entry.file, path)]
            spoiled = {
                f"{bank}:{one.item}"
                for one in self._errors.get(bank, ())
                if not _stands_in(one.place.file, path)
            }
            spoiled.difference_update(entry.id for entry in there)
            beside[bank] = OpenIds(there, written, self._item, spoiled)
        return OpenResolver(drafts, beside, unread)


def _stands_in(file: str, path: Path) -> bool:
    return file.endswith(path.name) and Path(file).resolve() == path
