"""Search as you type, over everything there is to study.

All words must occur, each as the beginning of a word. An item called exactly so comes first, then names that
begin so, names that hold the words, and texts that do; terms before questions, each in the banks' order.
When nothing holds the words, names that look like them are offered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from keykata.bank.compiled import paragraphs, strip_marks
from keykata.bank.entry import Entry
from keykata.bank.library import Library
from keykata.bank.search_index import (
    KINDS,
    Document,
    TextIndex,
    documents,
    owners,
    stem_of,
    words_of,
)

EXACT, PREFIX, NAMED, BODY = range(4)
SNIPPET = 96  # characters
LIKE = 70.0  # of 100, by rapidfuzz: less is no resemblance
LEAST_LIKE = 3  # letters: fewer resemble everything
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    Attributes:
        id: full item id. part: the id of a concept, FAQ or aspect of it, "" for the item itself.
        kind: term, concept, faq, comparison, aspect, guide, question.
        title: what it is called; for a question the beginning of its stem.
        snippet: the words around the first place found, on one line, "" when the title says it all.
        score: higher is better; 1 and more holds all the words, less only resembles them.
    """

    id: str
    kind: str
    title: str
    snippet: str
    part: str
    score: float


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    """A document with its rank: bank and document are numbers."""

    tier: int
    kind: int
    bank: int
    document: int


def search(library: Library, words: str, limit: int = 30) -> tuple[Hit, ...]:
    """The best hits for words, best first; none for no words."""
    query = _query(words)
    named = _by_id(library, words)
    if limit < 1 or not query:
        return ()
    texts = library.texts()
    found: list[_Found] = []
    for bank, text in enumerate(texts):
        found += _in_bank(text, bank, query, limit)
    found.sort()
    hits = [_hit(library, texts, one, query) for one in found[: limit + 1]]
    rest = [hit for hit in hits if hit and not (named and hit.id == named.id and not hit.part)]
    best = [named, *rest] if named else rest
    return tuple(best[:limit]) if best else _resembling(library, texts, query, limit)


def count(library: Library, words: str, shut: Collection[str] = ()) -> int:
    """How many hits hold all the words, however few are shown; names that only resemble do not count.

    Args:
        shut: full ids of items that are not to be found.
    """
    query = _query(words)
    if not query:
        return 0
    named = _by_id(library, words)
    by_id = named.id if named and named.id not in shut else ""
    total = int(by_id != "")
    for bank, text in enumerate(library.texts()):
        entries = library.banks[bank].entries
        in_names = text.named.holding(query)
        for doc in chain(in_names, _bodies(text, in_names, query)):
            item = entries[text.entries[doc]].id
            total += item not in shut and (text.parts[doc] != "" or item != by_id)
    return total


def _query(words: str) -> list[str]:
    return [stem_of(word) for word in words_of(words)][:MOST_WORDS]


def _bodies(text: TextIndex, in_names: set[int], query: Sequence[str]) -> Iterator[int]:
    """The documents whose texts hold the words, without parts of a page that is shown for its name."""
    shown = owners(text, in_names)
    for doc in sorted(text.every.holding(query) - in_names):
        if not text.parts[doc] or text.entries[doc] not in shown:
            yield doc


def _in_bank(text: TextIndex, bank: int, query: Sequence[str], limit: int) -> list[_Found]:
    """The best of one bank, unsorted."""
    in_names = text.named.holding(query)
    wanted = " ".join(query)
    found = [_Found(_name_tier(text, doc, wanted), text.kinds[doc], bank, doc) for doc in in_names]
    if len(found) >= limit and all(one.tier < BODY for one in found):
        return found
    room = max(1, limit - len(found) + 1)
    bodies = islice(_bodies(text, in_names, query), room)
    return found + [_Found(BODY, text.kinds[doc], bank, doc) for doc in bodies]


def _name_tier(text: TextIndex, doc: int, wanted: str) -> int:
    names = text.names(doc)
    if wanted in names:
        return EXACT
    return PREFIX if any(name.startswith(wanted) for name in names) else NAMED


def _by_id(library: Library, words: str) -> Hit | None:
    """The item whose id was typed."""
    name = words.strip().casefold()
    entry = library.entry(name) if ":" in name else library.named(name)
    return Hit(entry.id, entry.kind, entry.title, "", "", 2.0 + BODY) if entry else None


def _hit(library: Library, texts: Sequence[TextIndex], found: _Found, query: Sequence[str]) -> Hit | None:
    text = texts[found.bank]
    entry = library.banks[found.bank].entries[text.entries[found.document]]
    part = text.parts[found.document]
    document = _document(library, entry, KINDS[found.kind], part)
    if document is None:
        return None
    score = 1.0 + BODY - found.tier + (len(KINDS) - found.kind) / (len(KINDS) + 1)
    return Hit(
        id=entry.id,
        kind=document.kind,
        title=strip_marks(document.title) or entry.title,
        snippet=snippet(document.texts, query),
        part=part,
        score=score,
    )


def _document(library: Library, entry: Entry, kind: str, part: str) -> Document | None:
    item = library.item(entry.id)
    if item is None:
        return None
    return next((doc for doc in documents(item) if doc.kind == kind and doc.part == part), None)


def snippet(texts: Iterable[str], query: Sequence[str], width: int = SNIPPET) -> str:
    """The words around the first place where one of the query's words begins; else the first words."""
    lines = [line for text in texts for line in paragraphs(text)]
    for line in lines:
        folded = line.casefold()
        places = [place for word in query if (place := _word_at(folded, word)) >= 0]
        if places:
            return _window(line, min(places), width)
    return _window(lines[0], 0, width) if lines else ""


def _word_at(folded: str, word: str) -> int:
    """Where a word begins with these letters, -1 nowhere."""
    at = folded.find(word)
    while at > 0 and folded[at - 1].isalnum():
        at = folded.find(word, at + 1)
    return at


def _window(line: str, place: int, width: int) -> str:
    if len(line) <= width:
        return line
    start = max(0, min(place - width // 3, len(line) - width))
    if start:
        start = line.find(" ", start, place) + 1 or place
    piece = line[start : start + width]
    if start + width < len(line):
        piece = piece.rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return ("…" if start else "") + piece


def _resembling(
    library: Library, texts: Sequence[TextIndex], query: Sequence[str], limit: int
) -> tuple[Hit, ...]:
    """Names that look like the words: "did you mean"."""
    wanted = " ".join(query)
    if len(wanted) < LEAST_LIKE:
        return ()
    from rapidfuzz import fuzz, process

    places = [(bank, doc, name) for bank, text in enumerate(texts) for doc, name in text.named_documents()]
    names = [name for _, _, name in places]
    close = process.extract(wanted, names, scorer=fuzz.WRatio, score_cutoff=LIKE, limit=3 * limit)
    best: dict[tuple[str, str], Hit] = {}
    for _, likeness, number in close:
        bank, doc, _ = places[number]
        text = texts[bank]
        entry = library.banks[bank].entries[text.entries[doc]]
        key = (entry.id, text.parts[doc])
        document = _document(library, entry, KINDS[text.kinds[doc]], text.parts[doc])
        if document is not None and key not in best:
            title = strip_marks(document.title) or entry.title
            best[key] = Hit(entry.id, document.kind, title, "", text.parts[doc], likeness / 101)
    return tuple(best.values())[:limit]
