"""The registry of AWS services: official names, other names, old ones, and whether the exam asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import Literal

from msgspec import Struct

from keykata.bank.suggest import Suggester

Scope = Literal["in", "out", "other"]
FAMILIES = ("AWS", "Amazon")
_TOKEN = re.compile(r"\w+")
_FAMILY = re.compile(r"\b(AWS|Amazon) (?=[A-Z0-9])")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*(?<![.-])|&")
_LONGEST = 9  # words of a name


class Service(Struct, frozen=True, kw_only=True):
    """A service.

    Attributes:
        name: the official name of today.
        also: other names in use today.
        was: names no longer in use.
        scope: whether the exam guide lists it as in or out of scope; `other` when it lists it nowhere.
        retired: the month (YYYY-MM) from which new customers cannot have it, "" while they can.
        instead: what to use, or what became of it.
    """

    id: str
    name: str
    also: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    scope: Scope = "other"
    retired: str = ""
    instead: str = ""


class Mention(Struct, frozen=True):
    """Something in a text that is named as a service is: `text` as written, at `start` (characters)."""

    start: int
    text: str
    service: Service | None


class Registry:
    """Services by name.

    Args:
        services: by id.
        others: what may stand after AWS or Amazon without being a service: AWS account, AWS Region.
        exam: the id of the exam whose lists of scope these are.
    """

    def __init__(self, services: Iterable[Service] = (), others: Iterable[str] = (), exam: str = "") -> None:
        self.services: Mapping[str, Service] = {one.id: one for one in services}
        self.others = frozenset(others)
        self.exam = exam

    def __eq__(self, other: object) -> bool:
        """Whether they hold the same."""
        if not isinstance(other, Registry):
            return NotImplemented
        mine, theirs = (self.services, self.others, self.exam), (other.services, other.others, other.exam)
        return self is other or mine == theirs

    def __hash__(self) -> int:
        return hash((self.others, self.exam))

    def joined(self, other: Registry) -> Registry:
        """This registry with the entries of another in place of or beside its own."""
        services = {**self.services, **other.services}
        return Registry(services.values(), self.others | other.others, other.exam or self.exam)

    @cached_property
    def named(self) -> Mapping[tuple[str, ...], Service]:
        """Services by the words of each name in use today."""
        return {_words(name): one for one in self.services.values() for name in (one.name, *one.also)}

    @cached_property
    def old(self) -> Mapping[str, Service]:
        """Services by each name no longer in use."""
        return {name: one for one in self.services.values() for name in one.was}

    @cached_property
    def old_names(self) -> re.Pattern[str]:
        """Finds any old name in a text, the longest first."""
        names = sorted(self.old, key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b" if names else r"(?!)")

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """A word of each old name, so that most texts are passed over without a search."""
        return tuple({max(name.split(), key=len) for name in self.old})

    @cached_property
    def _first_words(self) -> frozenset[str] | None:
        """Casefolded words of which every text that names a service holds one; None if that is not sure."""
        found = [_TOKEN.search(sign.casefold()) for sign in (*self.signs, *FAMILIES)]
        return None if None in found else frozenset(one.group() for one in found if one)

    def maybe_in(self, words: Set[str]) -> bool:
        """Whether a text of these words (runs of letters and digits, casefolded) may name any service."""
        return self._first_words is None or not words.isdisjoint(self._first_words)

    @cached_property
    def _others(self) -> frozenset[tuple[str, ...]]:
        return frozenset(_words(name) for name in self.others)

    @cached_property
    def _starts(self) -> frozenset[tuple[str, ...]]:
        """Names without their family: `EBS`, `S3 Glacier`."""
        return frozenset(words[1:] for words in self.named if words[0] in FAMILIES)

    def mentions(self, text: str) -> Iterator[Mention]:
        """What a text calls AWS or Amazon something; `service` is None where no entry has the name."""
        if "AWS " in text or "Amazon " in text:
            for match in _FAMILY.finditer(text):
                if one := self._mention(text, match.start()):
                    yield one

    def old_in(self, text: str) -> list[Mention]:
        """Old names in a text, each with the service that has another name today."""
        if not any(map(text.__contains__, self.signs)):
            return []
        return [
            Mention(match.start(), match.group(), self.old[match.group()])
            for match in self.old_names.finditer(text)
        ]

    def _mention(self, text: str, start: int) -> Mention | None:
        """None where the words are no name at all: `AWS account`."""
        found = _following(text, start)
        words = tuple(word for word, _ in found)
        for size in range(len(words), 1, -1):
            part = words[:size]
            if part in self.named:
                return Mention(start, text[start : found[size - 1][1]], self.named[part])
            if part in self._others:
                return None
        # the name as far as its words begin with a capital: what stands after it is the sentence's
        size = next((n for n, word in enumerate(words) if n and word[:1].islower()), len(words))
        return Mention(start, text[start : found[size - 1][1]], None) if size > 1 else None

    @cached_property
    def suggester(self) -> Suggester:
        """What may be meant by a name that no service has."""
        return Suggester([name for one in self.services.values() for name in (one.name, *one.also)])

    def right_family(self, text: str) -> Service | None:
        """The service a name means that has the wrong family: `AWS S3` is Amazon S3."""
        words = _words(text)
        other = {"AWS": "Amazon", "Amazon": "AWS"}.get(words[0] if words else "")
        if other is None:
            return None
        for size in range(len(words), 1, -1):
            if words[1:size] in self._starts:
                return self.named.get((other, *words[1:size]))
        return None


def _words(name: str) -> tuple[str, ...]:
    return tuple(match.group() for match in _WORD.finditer(name))


def _following(text: str, start: int) -> list[tuple[str, int]]:
    """The words from a place on, as long as single spaces join them, each with where it ends."""
    out: list[tuple[str, int]] = []
    here = start
    while len(out) < _LONGEST:
        match = _WORD.match(text, here)
        if not match:
            break
        out.append((match.group(), match.end()))
        if text[match.end() : match.end() + 1] != " ":
            break
        here = match.end() + 1
    return out


NO_SERVICES = Registry()
