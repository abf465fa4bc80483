"""The blueprint of an exam, and how a count of items is shared out by it.

Shares are by largest remainder (Hamilton's method): each domain gets the whole part of its share, what is
left goes to the largest remainders, ties to the lower domain number.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from keykata.core.rounding import round_half_up


class BlueprintDomain(msgspec.Struct, frozen=True):
    """A domain: its number, short name, weight in percent, and the numbers of its task statements."""

    id: str
    name: str
    weight: int
    tasks: tuple[str, ...]


class Blueprint(msgspec.Struct, frozen=True):
    """What an exam asks: items that count, items that do not, minutes, and the domains with their weights."""

    domains: tuple[BlueprintDomain, ...]
    scored: int
    unscored: int
    minutes: int
    extra_minutes: int = 0

    @property
    def count(self) -> int:
        """The items of a full form."""
        return self.scored + self.unscored

    def scored_of(self, count: int) -> int:
        """How many of so many items count, in proportion, rounded half up."""
        return round_half_up(self.scored * count / self.count)

    def scored_split(self, count: int) -> dict[str, int]:
        """The items that count, by domain, of a form of so many items."""
        return split(self._weights, self.scored_of(count))

    def unscored_split(self, count: int) -> dict[str, int]:
        """The items that do not count, by domain, of a form of so many items."""
        return split(self._weights, count - self.scored_of(count))

    def needs(self, count: int) -> dict[str, int]:
        """All items by domain of a form of so many items: both splits together."""
        unscored = self.unscored_split(count)
        return {domain: part + unscored[domain] for domain, part in self.scored_split(count).items()}

    def minutes_for(self, count: int) -> int:
        """The minutes of a form of so many items, in proportion, rounded half up."""
        return round_half_up(self.minutes * count / self.count)

    def extra_for(self, count: int) -> int:
        """The extra minutes of a form of so many items, in proportion, rounded half up."""
        return round_half_up(self.extra_minutes * count / self.count)

    @property
    def _weights(self) -> dict[str, int]:
        return {domain.id: domain.weight for domain in self.domains}


def number_order(number: str) -> tuple[tuple[int, str], ...]:
    """The sort key of a domain or task number: "2" before "10", "1.9" before "1.10"."""
    return tuple((len(part), part) for part in number.split("."))


def split(weights: Mapping[str, int], count: int) -> dict[str, int]:
    """A count shared out by weight: largest remainder, ties to the lower domain number.

    Args:
        weights: domain number to weight; weights need not add up to 100.
        count: how many to share out.

    Raises:
        ValueError: the count or a weight is negative, or no weight is above 0.
    """
    whole = sum(weights.values())
    if count < 0 or whole <= 0 or min(weights.values()) < 0:
        raise ValueError("a split takes a count of 0 or more and weights that add up to more than 0")
    shares = {domain: count * weight // whole for domain, weight in weights.items()}
    by_remainder = sorted(
        weights, key=lambda domain: (-(count * weights[domain] % whole), number_order(domain))
    )
    for domain in by_remainder[: count - sum(shares.values())]:
        shares[domain] += 1
    return shares


def in_shares(sizes: Mapping[str, int], weights: Mapping[str, int], *, scored: int) -> bool:
    """Whether a paper is shared out over the domains as a form of so many items would be.

    Args:
        sizes: domain number to items. weights: those of the exam. scored: how many of all items count.
    """
    count = sum(sizes.values())
    if sum(weights.values()) <= 0:
        return False
    unscored = split(weights, count - scored)
    return all(
        sizes.get(domain, 0) == part + unscored[domain] for domain, part in split(weights, scored).items()
    )


def balanced(room: Mapping[str, int], count: int) -> dict[str, int]:
    """A count shared out evenly, never more to one than it has room for.

    Equal shares by largest remainder, ties to the lower number; what one has no room for is shared out
    again among the others. Less than the count is shared out when there is less room in all.
    """
    shares = dict.fromkeys(sorted(room, key=number_order), 0)
    left = min(count, sum(room.values()))
    while left:
        for number in shares:
            if left and shares[number] < room[number]:
                shares[number] += 1
                left -= 1
    return shares
