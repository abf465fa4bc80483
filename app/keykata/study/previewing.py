"""The preview of a file while it is written: what changed at a save, and what that does to learners."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from keykata.bank import clozes
from keykata.bank.library import Library
from keykata.bank.model import (
    Aspect,
    Comparison,
    Concept,
    Faq,
    Item,
    Place,
    Problem,
    Question,
    Scenario,
    Term,
)
from keykata.bank.one_file import read_file
from keykata.bank.open_ids import OpenBanks
from keykata.core.errors import UnreadableError
from keykata.study.changes import still_right
from keykata.study.checking import read_exams
from keykata.study.phrases import plural

Part = Concept | Faq | Aspect | Scenario
NOTHING = "nothing changed for learners"
UNREAD = "not open to learners until the error is gone"
NO_ITEM = "No item of this file can be shown yet."
GONE = "The file is not there. The preview goes on when it comes back."


class Shown(msgspec.Struct, frozen=True):
    """The file as the preview shows it.

    Attributes:
        items: the last good state of every item, in the order of the file.
        changed: the item to jump to, "" when none changed.
        effect: what the save does to learners, in one line; "" at the first reading.
        stale: ids shown as they were before the file got an error in them.
    """

    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    changed: str = ""
    effect: str = ""
    stale: frozenset[str] = frozenset()
    missing: bool = False


class Preview:
    """Follows one file; every reading is compared with the last good one.

    Args:
        path: the file.
        library: the banks, that of the file too; with them references that lead nowhere are told.
    """

    def __init__(self, path: Path, library: Library | None = None) -> None:
        self.path = path
        self._banks = _open_banks(library) if library is not None else None
        self._exams = read_exams()
        self._good: dict[str, Item] = {}
        self._begun = False

    def read(self) -> Shown:
        """The file as it is now; a file that is away keeps its last good items."""
        try:
            found = read_file(self.path, self._exams, self._banks)
        except UnreadableError as error:
            missing = not self.path.exists()
            self._begun = self._begun or missing  # what comes into a file that was not there is new
            problem = Problem(
                place=Place(file=str(self.path)),
                code="file-unreadable",
                severity="error",
                message=GONE if missing else error.message,
                hint="" if missing else error.hint,
            )
            kept = tuple(self._good.values())
            return Shown(items=kept, problems=(problem,), stale=frozenset(self._good), missing=missing)
        fresh = {item.id: item for item in found.items}
        broken = any(problem.severity == "error" for problem in found.problems)
        # while the file has an error, what cannot be read may only be away for the moment
        kept_ids = [one for one in self._good if one not in fresh and (broken or one in found.spoiled)]
        both = {**fresh, **{one: self._good[one] for one in kept_ids}}
        now = {one: both[one] for one in _in_order(found.order, tuple(self._good)) if one in both}
        old, self._good = self._good, now
        effect = effect_of(tuple(old.values()), tuple(now.values())) if self._begun else ""
        changed = _changed(old, now, found.spoiled) if self._begun else ""
        if self._begun and kept_ids:
            effect = f"{UNREAD} · {effect}" if effect != NOTHING else UNREAD
        self._begun = True
        return Shown(tuple(now.values()), found.problems, changed, effect, frozenset(kept_ids))


def _in_order(written: Sequence[str], before: Sequence[str]) -> list[str]:
    """The ids of a file in the order of its text; those that left it stand behind what they stood behind."""
    order = list(dict.fromkeys(written))
    there = set(order)
    at = 0
    for one in before:
        if one in there:
            at = order.index(one) + 1
        else:
            order.insert(at, one)
            at += 1
    return order


def _open_banks(library: Library) -> OpenBanks:
    folders = {bank.header.id: bank.header.folder for bank in library.banks}
    problems = {bank.header.id: bank.problems for bank in library.banks}
    return OpenBanks(folders, library.entries(), library.item, problems)


def _changed(old: dict[str, Item], now: dict[str, Item], spoiled: Sequence[str]) -> str:
    for one, item in now.items():
        if one not in old or not same(old[one], item):
            return one
    return next((one for one in spoiled if one in now), "")


def same(one: Item, other: Item) -> bool:
    """Whether two readings of an item say the same, wherever they stand in the file."""
    return _placeless(one) == _placeless(other)


def _placeless(value: Item) -> object:
    return _without_lines(msgspec.to_builtins(value))


def _without_lines(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_lines(one) for key, one in value.items() if key not in {"place", "line"}}
    if isinstance(value, list | tuple):
        return [_without_lines(one) for one in value]
    return value


# --- what a save does to learners --------------------------------------------------------------------------


def effect_of(old: Sequence[Item], now: Sequence[Item]) -> str:
    """What the step from one state of a file to another does to the progress of learners, in one line."""
    before = {item.id: item for item in old}
    told: list[str] = []
    lost = set(before) - {item.id for item in now}
    resets, reworded = 0, False
    for item in now:
        was = () if item.id in before else getattr(item, "was", ())
        came_from = next((one for one in was if one in before), "")
        if came_from:
            told.append("renamed with was: progress moves")
            lost.discard(came_from)
        earlier = before.get(item.id) or before.get(came_from)
        if earlier is None:
            told.append("new: nothing to keep")
        elif not same(earlier, item):
            reset = _resets(earlier, item)
            resets += reset
            reworded |= not reset and not came_from
    if resets:
        told.append(f"another answer: {plural(resets, 'card')} {_start(resets)} again")
    if lost:
        told.append(f"gone: {plural(len(lost), 'item')} without was, progress stays behind")
    if reworded and not resets:
        told.append("wording only: progress kept")
    return " · ".join(dict.fromkeys(told)) or NOTHING


def _start(count: int) -> str:
    return "starts" if count == 1 else "start"


def _resets(old: Item, new: Item) -> int:
    """How many cards of an item lose their progress."""
    if isinstance(old, Question) and isinstance(new, Question):
        rights = [option.text for option in old.options if option.right]
        texts = [option.text for option in old.options]
        kept = len(rights) == new.selects and all(still_right(texts, right, new) for right in rights)
        return int(not kept)
    return len(_cards(old) - _cards(new) - _carried(old, new))


def _parts(item: Item) -> dict[str, Part]:
    if isinstance(item, Term):
        parts: list[Part] = [*item.concepts, *item.faqs]
        return {part.id: part for part in parts}
    if isinstance(item, Comparison):
        scenarios = item.sorter.scenarios if item.sorter else ()
        parts = [*item.aspects, *scenarios]
        return {part.id: part for part in parts}
    return {}


def _cards(item: Item) -> frozenset[tuple[str, str]]:
    """What can be repeated of an item: part and cloze, cell or fitting subject."""
    found: set[tuple[str, str]] = set()
    for name, part in _parts(item).items():
        if isinstance(part, Concept):
            found |= {(name, cloze) for cloze in clozes.identities(part.text)}
        elif isinstance(part, Aspect):
            found |= {(name, subject) for subject in part.cells}
        else:
            found.add((name, ""))
    return frozenset(found)


def _carried(old: Item, new: Item) -> frozenset[tuple[str, str]]:
    """The cards of parts renamed by `was`, and clozes where just one was reworded."""
    parts, gone = _parts(new), _cards(old) - _cards(new)
    renamed = {was for part in parts.values() for was in getattr(part, "was", ())}
    kept = {card for card in gone if card[0] in renamed}
    for name in {card[0] for card in gone} & parts.keys():
        lost = [card for card in gone if card[0] == name]
        fresh = [card for card in _cards(new) - _cards(old) if card[0] == name]
        if len(lost) == len(fresh) == 1 and isinstance(parts[name], Concept):
            kept.update(lost)
    return frozenset(kept)
