"""Tags of other programs as topics of a bank: those that name a term."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NO_ID = re.compile(r"[^a-z0-9]+")


def _folded(tag: str) -> str:
    """A tag as an id: without its parents (`aws::kms`), without case and spaces."""
    return _NO_ID.sub("-", tag.rpartition("::")[2].casefold()).strip("-")


class Tags:
    """The terms that tags may name.

    Attributes:
        unknown: tags that named none, as they were written.
    """

    def __init__(self, bank: str, others: Iterable[str]) -> None:
        self._bank = bank
        self._terms: dict[str, str] = {}
        self.unknown: set[str] = set()
        for full in others:
            self._terms.setdefault(_folded(full.partition(":")[2]), full)
            self._terms[full] = full

    def know(self, name: str) -> None:
        """A term of the own bank, by its local id: it comes before those of other banks."""
        self._terms[name] = self._terms[f"{self._bank}:{name}"] = name

    def topics(self, tags: Iterable[str]) -> tuple[str, ...]:
        """The references to the terms that tags name, each once."""
        found: dict[str, None] = {}
        for tag in tags:
            term = self._terms.get(tag) or self._terms.get(_folded(tag))
            if term:
                found[term] = None
            else:
                self.unknown.add(tag)
        return tuple(found)
