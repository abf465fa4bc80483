"""Items that say the same as another: the same id, the same stem, nearly the same stem."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, combinations

from keykata.bank.drafts import Draft
from keykata.bank.model import Question
from keykata.bank.rules.look import Look, runs_of
from keykata.bank.rules.options import fold

NEAR = 0.6  # share of three-word shingles two stems have in common: |A and B| / |A or B|
_ALL_PAIRS = 12  # of a larger crowd of equal stems each is paired with the first only
_MOST_PAIRS = 50_000
_MOST_TRIES = 2_000_000  # comparisons: thousands of stems made alike on purpose would take hours
_STRIP = str.maketrans(dict.fromkeys("()[]{}\"'`*_,;:!?.", " "))

Shingle = int  # the hash of three words


def dup_id(drafts: Iterable[Draft]) -> None:
    """An id stands once in a bank, whatever the kind; the first keeps it."""
    seen: dict[str, Draft] = {}
    for draft in drafts:
        first = seen.setdefault(draft.item.id, draft)
        if first is draft:
            continue
        place = first.item.place
        name = place.file.replace("\\", "/").rsplit("/", 1)[-1]
        where = f"line {place.line}" if place.file == draft.item.place.file else f"{name}, line {place.line}"
        what = f"The id `{draft.item.id}` is that of a {first.kind} already ({where})."
        path = () if isinstance(draft.item, Question) else ("id",)
        draft.add("dup-id", path, what, f"Give the {draft.kind} another id.")


def dup_stem(drafts: Sequence[Draft]) -> None:
    """No two questions have the same stem and ask."""
    seen: dict[tuple[str, str], str] = {}
    crowds = Counter(draft.runs for draft in drafts if isinstance(draft.item, Question))
    for draft in drafts:
        item = draft.item
        if not isinstance(item, Question) or not item.stem or not item.ask or crowds[draft.runs] == 1:
            continue
        first = seen.setdefault((fold(item.stem), fold(item.ask)), item.id)
        if first != item.id:
            what = f"The question `{item.id}` has the same stem and ask as `{first}`."
            draft.add("dup-stem", ("stem",), what, "Delete one of the two, or ask for something else.")


def shingles(text: str) -> frozenset[Shingle]:
    """The runs of three words of a text, without case and punctuation."""
    return runs_of(text.casefold().translate(_STRIP).split())


def stem_runs(look: Look) -> frozenset[Shingle]:
    """The shingles of a question's stem, from its words where these are cut alike."""
    stem = look.item.stem
    return runs_of(look.stem) if look.plain and "/" not in stem else shingles(stem)


def near_pairs(questions: Iterable[tuple[str, frozenset[Shingle]]]) -> tuple[tuple[str, str], ...]:
    """Pairs of ids of questions whose stems are nearly the same, in the order of the questions.

    Args:
        questions: the id of each and the shingles of its stem.

    Jaccard index of the sets of three-word shingles above 0.6. By prefix filtering (Chaudhuri, Ganti, Kaushik
    2006): with shingles ordered from rare to common, sets that alike share one of the first few.
    """
    crowds: dict[frozenset[Shingle], list[int]] = defaultdict(list)
    ids: list[str] = []
    for number, (name, runs) in enumerate(questions):
        ids.append(name)
        crowds[runs].append(number)
    crowds.pop(frozenset(), None)
    pairs: set[tuple[int, int]] = set()
    for crowd in crowds.values():
        if len(crowd) > 1:
            few = len(crowd) <= _ALL_PAIRS
            pairs.update(combinations(crowd, 2) if few else ((crowd[0], other) for other in crowd[1:]))
    for one, other in _alike(list(crowds)):
        left, right = crowds[one], crowds[other]
        pairs.update((min(a, b), max(a, b)) for a in left[:_ALL_PAIRS] for b in right[:_ALL_PAIRS])
        if len(pairs) > _MOST_PAIRS:
            break
    return tuple((ids[a], ids[b]) for a, b in sorted(pairs)[:_MOST_PAIRS])


def _alike(sets: list[frozenset[Shingle]]) -> Iterable[tuple[frozenset[Shingle], frozenset[Shingle]]]:
    """The pairs of different sets with a Jaccard index above the bound."""
    once: set[Shingle] = set()
    twice: set[Shingle] = set()
    for one in sets:
        twice |= once & one
        once |= one
    shared_of = [(one, one & twice) for one in sets]
    # a set can be like another only in what it shares with any
    tries = 0
    able = [(one, shared) for one, shared in shared_of if len(shared) > NEAR * len(one)]
    common = Counter(chain.from_iterable(shared for _, shared in able))
    shelf: dict[Shingle, list[frozenset[Shingle]]] = defaultdict(list)
    for one, few in sorted(able, key=lambda pair: len(pair[0])):
        size = len(one)
        shared = sorted(few, key=lambda shingle: (common[shingle], shingle))
        # shingles of its own alone come first in the order of rarity and are part of the prefix
        prefix = shared[: max(0, size - int(NEAR * size) - (size - len(shared)))]
        tried: set[int] = set()
        for shingle in prefix:
            for other in shelf[shingle]:
                if id(other) in tried or len(other) <= NEAR * size:
                    continue
                tried.add(id(other))
                tries += 1
                both = len(one & other)
                if both > NEAR * (size + len(other) - both):
                    yield other, one
            shelf[shingle].append(one)
        if tries > _MOST_TRIES:
            return


def near_dup(drafts: Sequence[Draft], pairs: Iterable[tuple[str, str]]) -> None:
    """Stems that are nearly the same, unless one is declared the twin of the other; the later one is told."""
    by_id = {draft.item.id: draft for draft in drafts if isinstance(draft.item, Question)}
    partners: dict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        one, other = by_id[first].item, by_id[second].item
        if isinstance(one, Question) and isinstance(other, Question) and not _excused(one, other):
            partners[second].append(first)
    for name, others in partners.items():
        more = f" (and {len(others) - 1} more)" if len(others) > 1 else ""
        what = f"The stem of the question `{name}` is nearly that of `{others[0]}`{more}."
        hint = f"Write another scenario, or declare `twin: {others[0]}`."
        by_id[name].add("near-dup", ("stem",), what, hint, severity="warning")


def _excused(one: Question, other: Question) -> bool:
    if one.twin.rpartition(":")[2] == other.id or other.twin.rpartition(":")[2] == one.id:
        return True
    same = fold(one.stem) == fold(other.stem) and fold(one.ask) == fold(other.ask)
    return same or "near-dup" in one.allow or "near-dup" in other.allow
