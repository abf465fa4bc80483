"""Ids of imported items: the same item keeps its id when its source comes again, also lightly reworded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from keykata.core.digest import sha256_hex
from keykata.exchange.model import ForeignQuestion, ForeignTerm
from keykata.study.import_manifest import Record

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
        known: what earlier imports named, by id. What came from another source is the same item only with the
            same text, or with the same key and nearly the same text.
        taken: further ids that are not free.
    """
    old = {name: record for name, record in known.items() if record.source == source}
    others = {name: record for name, record in known.items() if record.source != source}
    names = _same(items, old)
    _reworded(items, names, old)
    _elsewhere(items, names, others)
    used = {*known, *names, *taken}
    last: dict[str, int] = {}
    for at, item in enumerate(items):
        if not names[at]:
            names[at] = _new_name(item, used, last)
            used.add(names[at])
    return names


def _is_term(item: Foreign | Record) -> bool:
    return item.file.startswith("terms/") if isinstance(item, Record) else isinstance(item, ForeignTerm)


def _same(items: Sequence[Foreign], old: dict[str, Record]) -> list[str]:
    """The old ids of items by key or equal text, "" for the others; what is found leaves `old`."""
    keys = _by(old, "key")
    stems = _by(old, "stem")
    names = []
    for item in items:
        kind = _is_term(item)
        fits = keys.get((kind, item.key), []) if item.key else stems.get((kind, words_of(item)), [])
        while fits and fits[-1] not in old:
            fits.pop()
        names.append(fits.pop() if fits else "")
        old.pop(names[-1], None)
    return names


def _by(old: Mapping[str, Record], field: str) -> dict[tuple[bool, str], list[str]]:
    """Ids by what a field holds, the first of the log last."""
    found: dict[tuple[bool, str], list[str]] = {}
    for name, record in reversed(list(old.items())):
        found.setdefault((_is_term(record), getattr(record, field)), []).append(name)
    return found


def _reworded(items: Sequence[Foreign], names: list[str], old: dict[str, Record]) -> None:
    """Give items without an id that of an old one whose text is nearly the same."""
    stems: dict[tuple[bool, bool], dict[str, str]] = {}  # by whether terms are looked for, and only keyless
    for at, item in enumerate(items):
        if names[at] or not old:
            continue
        kind, keyless = sort = _is_term(item), bool(item.key)
        if sort not in stems:
            stems[sort] = {
                name: record.stem
                for name, record in old.items()
                if _is_term(record) == kind and not (keyless and record.key)
            }
        near = process.extractOne(words_of(item), stems[sort], scorer=fuzz.ratio, score_cutoff=ALIKE)
        if near:
            names[at] = near[2]
            del old[near[2]]
            for one in stems.values():
                one.pop(near[2], None)


def _elsewhere(items: Sequence[Foreign], names: list[str], others: dict[str, Record]) -> None:
    """Give items without an id that of the same one from another source: the file has another name now."""
    stems = _by(others, "stem")
    keys = _by(others, "key")
    used = set(names)
    for at, item in enumerate(items):
        if names[at]:
            continue
        kind, words = _is_term(item), words_of(item)
        keyed = _unused(keys.get((kind, item.key), []) if item.key else [], used)
        alike = (
            name
            for name in reversed(keyed)
            if name not in used and fuzz.ratio(others[name].stem, words) >= ALIKE
        )
        same = _unused(stems.get((kind, words), []), used)
        names[at] = next(alike, same[-1] if same else "")
        used.add(names[at])


def _unused(names: list[str], used: set[str]) -> list[str]:
    """The list without the used ones at its end; those are taken off for good."""
    while names and names[-1] in used:
        names.pop()
    return names


def _new_name(item: Foreign, used: set[str], last: dict[str, int]) -> str:
    """A free id; `last` holds the number that each id was last given with."""
    words = words_of(item)
    start = slug(item.key) or slug(" ".join(words.split()[:6]))[:40].strip("-") or "q"
    short = bool(item.key) or isinstance(item, ForeignTerm)
    name = start if short else f"{start}-{sha256_hex(words.encode())[:6]}"
    base, number = name, last.get(name, 1)
    while name in used:
        number += 1
        name = f"{base}-{number}"
    last[base] = number
    return name
