"""Filling a form: which items stand together in it, under quotas and caps.

Greedy in the order given, then repair: where a place stays empty, an item that is kept out by exactly one
chosen item takes the place if another item can stand where that one stood. If that leaves places empty, the
domains are filled one by one, the scarcest first. Needs by domain and the caps are never broken; balance
over the tasks, and then the share of multiple response, give way only where a domain would stay short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter

import msgspec

from keykata.practice.blueprint import balanced, number_order

MAX_OF_A_TERM = 3
LOOKS = 5_000  # items a repair may look at: bounds the time on banks that cannot fill a form

Apart = Mapping[str, frozenset[str]]
_NONE: frozenset[str] = frozenset()
_SHAPE = attrgetter("domain", "task", "selects")

Shape = tuple[str, str, int]  # domain, task, how many options are right


class ExamItem(msgspec.Struct, frozen=True, gc=False):
    """A question an exam may ask.

    Attributes:
        id: full item id. domain, task: numbers of the blueprint.
        topics: full ids of the terms it is about; the cap counts it under each of them.
        selects: how many options are right; more than one is multiple response.
        last_at: when it was last answered, ms UTC; 0 unseen.
    """

    id: str
    domain: str
    task: str
    topics: tuple[str, ...] = ()
    selects: int = 1
    last_at: int = 0

    @property
    def multiple(self) -> bool:
        """Whether it is multiple response."""
        return self.selects > 1


class Pool(msgspec.Struct, frozen=True):
    """What a form is chosen from: items in the order of preference, each id once, and how many of each shape.

    The shapes do not hang on the order: they are counted once for all the forms of the same items.
    """

    items: Sequence[ExamItem]
    shapes: Mapping[Shape, int]

    def of(self, domain: str) -> Pool:
        """The part of one domain."""
        return pool_of(item for item in self.items if item.domain == domain)


def pool_of(items: Iterable[ExamItem]) -> Pool:
    """A pool of items, each id once."""
    held = tuple(items)
    return Pool(held, Counter(map(_SHAPE, held)))


def multiple_band(count: int) -> tuple[int, int]:
    """The fewest and most multiple response items of a form: 10 to 20 % of it, in whole items."""
    most = count // 5
    return min(-(-count // 10), most), most


class Selection:
    """Items chosen so far and what they rule out; changed only while one form is being filled."""

    def __init__(self, apart: Apart) -> None:
        self.chosen: dict[str, ExamItem] = {}
        self.domains: Counter[str] = Counter()
        self.tasks: Counter[str] = Counter()
        self.multiples = 0
        self._topics: Counter[str] = Counter()
        self._shut: Counter[str] = Counter()
        self._apart = apart

    def fits(self, item: ExamItem) -> bool:
        """Whether it may join what is chosen."""
        if item.id in self.chosen or self._shut[item.id] > 0:
            return False
        if any(self._topics[topic] >= MAX_OF_A_TERM for topic in item.topics):
            return False
        return not any(other in self.chosen for other in self._apart.get(item.id, _NONE))

    def add(self, item: ExamItem) -> None:
        """Choose an item that fits."""
        self.chosen[item.id] = item
        self._count(item, 1)

    def drop(self, item: ExamItem) -> None:
        """Let a chosen item go."""
        del self.chosen[item.id]
        self._count(item, -1)

    def _count(self, item: ExamItem, by: int) -> None:
        self.domains[item.domain] += by
        self.tasks[item.task] += by
        self.multiples += by * item.multiple
        for topic in set(item.topics):
            self._topics[topic] += by
        for other in self._apart.get(item.id, _NONE):
            if other != item.id:
                self._shut[other] += by

    def lone_blockers(self, item: ExamItem) -> list[ExamItem]:
        """The chosen items any one of which keeps an item out alone; none when it takes more to let it in."""
        if item.id in self.chosen:
            return []
        against = self._apart.get(item.id, _NONE)
        clashes = {
            other
            for other in self.chosen
            if other in against or (self._shut[item.id] and item.id in self._apart.get(other, _NONE))
        }
        full = {topic for topic in item.topics if self._topics[topic] >= MAX_OF_A_TERM}
        return [
            other
            for other in self.chosen.values()
            if clashes <= {other.id} and full <= set(other.topics) and (clashes or full)
        ]


class Quotas(msgspec.Struct, frozen=True):
    """How many items of each task and domain a form takes, and how many of them are multiple response."""

    tasks: Mapping[str, int]
    domains: Mapping[str, int]
    multiples: int
    most_multiples: int


def quotas(shapes: Mapping[Shape, int], needs: Mapping[str, int]) -> Quotas:
    """The quotas of a form over what there is to choose from.

    Args:
        shapes: how many items of each there are to choose from.
        needs: domain number to how many items. Tasks that have items share them evenly.

    The aim for multiple response is the share it has among the items, held within the band.
    """
    room: dict[str, Counter[str]] = {domain: Counter() for domain in needs}
    multiples = total = 0
    for (domain, task, selects), held in shapes.items():
        room[domain][task] += held
        multiples += held * (selects > 1)
        total += held
    count = sum(needs.values())
    fewest, most = multiple_band(count)
    share = (2 * multiples * count + total) // (2 * total) if total else 0
    tasks = {
        task: part for domain, need in needs.items() for task, part in balanced(room[domain], need).items()
    }
    return Quotas(tasks, needs, multiples=min(max(share, fewest), most), most_multiples=most)


def fill(pool: Pool, needs: Mapping[str, int], apart: Apart) -> Selection:
    """A form filled as far as it goes, never beyond its needs.

    Args:
        pool: what there is to choose from, all of it of domains that `needs` names.
        needs: domain number to how many items.
        apart: for an item, those that must not stand in one form with it.
    """
    ordered, wanted = pool.items, quotas(pool.shapes, needs)
    whole = sum(needs.values())
    together = _filled([ordered], wanted, apart)
    if len(together.chosen) == whole or len(needs) == 1:
        return together
    held = Counter(item.domain for item in ordered)
    scarce_first = sorted(needs, key=lambda domain: (held[domain] - needs[domain], number_order(domain)))
    parts = [[item for item in ordered if item.domain == domain] for domain in scarce_first]
    one_by_one = _filled(parts, wanted, apart)
    return max(together, one_by_one, key=lambda selection: len(selection.chosen))


def _filled(parts: Sequence[Sequence[ExamItem]], wanted: Quotas, apart: Apart) -> Selection:
    """A form filled part after part, then repaired over all of them."""
    selection = Selection(apart)
    ordered = parts[0] if len(parts) == 1 else [item for part in parts for item in part]
    filler = _Filler(selection, ordered, wanted)
    for part in parts:
        filler.take((item for item in part if item.selects > 1), wanted.multiples)
        filler.take((item for item in part if item.selects <= 1), wanted.multiples)
    for by_task, most in (
        (True, wanted.most_multiples),
        (False, wanted.most_multiples),
        (False, len(ordered)),
    ):
        filler.by_task = by_task
        if not filler.full:
            filler.take(ordered, most)
            filler.repair(most)
    return selection


class _Filler:
    """The steps of filling one selection."""

    def __init__(self, selection: Selection, ordered: Sequence[ExamItem], wanted: Quotas) -> None:
        self.by_task = True
        self._selection = selection
        self._ordered = ordered
        self._wanted = wanted
        self._whole = sum(wanted.domains.values())
        self._looks = LOOKS

    @property
    def full(self) -> bool:
        """Whether every place is taken."""
        return len(self._selection.chosen) >= self._whole

    def take(self, items: Iterable[ExamItem], most_multiples: int) -> None:
        """Choose what has a place and fits, in order."""
        for item in items:
            if self.full:
                return
            if self._has_place(item, most_multiples) and self._selection.fits(item):
                self._selection.add(item)

    def repair(self, most_multiples: int) -> None:
        """Let kept-out items in by exchanging the one that keeps them out."""
        for item in self._ordered:
            if self.full or self._looks <= 0:
                return
            if self._has_place(item, most_multiples) and item.id not in self._selection.chosen:
                self._exchange(item, most_multiples)

    def _has_place(self, item: ExamItem, most_multiples: int) -> bool:
        selection, wanted = self._selection, self._wanted
        if selection.domains[item.domain] >= wanted.domains[item.domain]:
            return False
        if self.by_task and selection.tasks[item.task] >= wanted.tasks[item.task]:
            return False
        return not item.multiple or selection.multiples < most_multiples

    def _exchange(self, item: ExamItem, most_multiples: int) -> None:
        selection = self._selection
        self._looks -= len(selection.chosen)
        for blocker in selection.lone_blockers(item):
            selection.drop(blocker)
            selection.add(item)
            instead = self._instead(blocker, most_multiples)
            if instead is not None:
                selection.add(instead)
                return
            selection.drop(item)
            selection.add(blocker)

    def _instead(self, blocker: ExamItem, most_multiples: int) -> ExamItem | None:
        """The first item other than the one let go that has a place and fits."""
        for domain, items in self._by_domain.items():
            if self._selection.domains[domain] >= self._wanted.domains[domain]:
                continue
            for other in items[: max(0, self._looks)]:
                self._looks -= 1
                if (
                    other.id != blocker.id
                    and self._has_place(other, most_multiples)
                    and self._selection.fits(other)
                ):
                    return other
        return None

    @cached_property
    def _by_domain(self) -> dict[str, list[ExamItem]]:
        parts: dict[str, list[ExamItem]] = {domain: [] for domain in self._wanted.domains}
        for item in self._ordered:
            parts[item.domain].append(item)
        return parts
