"""Ids of imported items: the same item keeps its id when its source comes again, also lightly reworded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from keykata.core.digest import sha256_hex
from keykata.exchange.model import ForeignQuestion, ForeignTerm
from keykata.study.import_folder import Record

ALIKE = 90  # percent: a text this near is the same item, reworded
Foreign = ForeignQuestion | ForeignTerm


def slug(text: str) -> str:
    """A text as an id, as far as it goes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-")


def words_of(item: Foreign) -> str:
    """The text an item is known by when its source gives it no key, folded."""
    text = item.text if isinstance(item, ForeignQuestion) else item.front
    return " ".join(text.casefold().split())


def named(
    items: Sequence[Foreign], known: Mapping[str, Record], source: str, *, taken: Iterable[str] = ()
) -> list[str]:
    """A local id for each item: its old one by key, by text, by a text nearly the same; else a new one.

    Args:
        known: what earlier imports named, by id; only what came from `source` can be the same item.
        taken: further ids that are not free.
    """
    old = {name: record for name, record in known.items() if record.source == source}
    names = _same(items, old)
    used = {*known, *names, *taken}
    stems = {name: record.stem for name, record in old.items()}
    for at, item in enumerate(items):
        if names[at]:
            continue
        text = words_of(item)
        fits = stems if not item.key else {name: stem for name, stem in stems.items() if not old[name].key}
        near = process.extractOne(text, fits, scorer=fuzz.ratio, score_cutoff=ALIKE) if fits else None
        if near:
            names[at] = near[2]
            del stems[near[2]]
        else:
            names[at] = _new_name(item, used)
            used.add(names[at])
    return names


def _same(items: Sequence[Foreign], old: dict[str, Record]) -> list[str]:
    """The old ids of items by key or equal text, "" for the others; what is found leaves `old`."""
    keys: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    for name, record in reversed(old.items()):
        if record.key:
            keys.setdefault(record.key, []).append(name)
        stems.setdefault(record.stem, []).append(name)
    names = []
    for item in items:
        fits = keys.get(item.key, []) if item.key else stems.get(words_of(item), [])
        while fits and fits[-1] not in old:
            fits.pop()
        names.append(fits.pop() if fits else "")
        old.pop(names[-1], None)
    return names


def _new_name(item: Foreign, used: set[str]) -> str:
    words = words_of(item)
    start = slug(item.key) or slug(" ".join(words.split()[:6]))[:40].strip("-") or "q"
    short = bool(item.key) or isinstance(item, ForeignTerm)
    name = start if short else f"{start}-{sha256_hex(words.encode())[:6]}"
    base, number = name, 1
    while name in used:
        number += 1
        name = f"{base}-{number}"
    return name
