"""Did you mean: the nearest name among those that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process

_NEAR = 65.0  # percent alike, by edit distance: `ksm` and `kms` are 66
_MANY = 200  # distinct names looked up at most: a file of nonsense stays fast


def nearest(name: str, names: Iterable[str]) -> str:
    """The most alike of some names, "" when none is near."""
    found = process.extractOne(name, list(names), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return str(found[0]) if found else ""


def did_you_mean(name: str, names: Iterable[str], otherwise: str) -> str:
    """A hint with the nearest name, or another hint."""
    near = nearest(name, names)
    return f"Did you mean `{near}`?" if near else otherwise


class Suggester:
    """Remembers what was suggested; gives up after many different names."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._known: dict[str, str] = {}

    def hint(self, name: str, otherwise: str) -> str:
        """A hint with the nearest name, or another hint."""
        if name not in self._known:
            self._known[name] = nearest(name, self._names) if len(self._known) < _MANY else ""
        near = self._known[name]
        return f"Did you mean `{near}`?" if near else otherwise
