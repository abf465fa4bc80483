"""Which terms a text names: by name, other and retired names, as whole words, whatever their case.

Words are compared as the library compares names (accents and the s of a plural off). Backticks, hyphens and
spaces part words; the end of a clause and a bracket also part names. The service in front of an action
(`kms:Decrypt`) names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from keykata.bank.entry import Entry
from keykata.bank.search_index import stem_of, words_of

_STOP = re.compile(r"[\w-]+:(?=[\w*])|[.,;:!?](?=\s|$)|[()\[\]“”\"]")
_TOKEN = re.compile(f"{_STOP.pattern}|[^\\W_]+")
_WORD = re.compile(r"[^\W_]+")
_BREAK = ""  # stands between the words of two clauses; no word is empty


class NameFinder:
    """Finds the terms that texts name.

    Args:
        terms: the entries of terms, in loading order. A name belongs to the first term that bears it, and a
            term's own name goes before another term's other names.
    """

    def __init__(self, terms: Iterable[Entry]) -> None:
        entries = tuple(terms)
        named = [(entry.title, entry.id) for entry in entries]
        named += [(name, entry.id) for entry in entries for name in entry.also]
        self._names: dict[tuple[str, ...], str] = {}
        lengths: dict[str, set[int]] = {}
        for name, term in named:
            words = tuple(_words(name))
            if words and self._names.setdefault(words, term) == term:
                lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {word: tuple(found) for word, found in lengths.items()}
        self._opening = frozenset((*lengths, *(f"{word}s" for word in lengths)))  # as a text may write them

    def named(self, text: str) -> tuple[str, ...]:
        """The full ids of the terms a text names, each once, in the order it first names them.

        Where names overlap the longest one counts, then the one that begins first.
        """
        if text.isascii() and self._opening.isdisjoint(_WORD.findall(text.casefold())):
            return ()  # as most texts: no word of it begins a name
        words = _words(text)
        found = [
            (-length, start, term)
            for start, word in enumerate(words)
            for length in self._lengths.get(word, ())
            if (term := self._names.get(tuple(words[start : start + length])))
        ]
        taken: set[int] = set()
        kept: list[tuple[int, str]] = []
        for length, start, term in sorted(found):
            places = range(start, start - length)
            if taken.isdisjoint(places):
                taken.update(places)
                kept.append((start, term))
        return tuple(dict.fromkeys(term for _, term in sorted(kept)))

    def distinguishing(self, texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """For each option text of one question the terms it names, without those that all of them name."""
        named = [self.named(text) for text in texts]
        everywhere = frozenset(named[0]).intersection(*named[1:]) if named else frozenset()
        return tuple(tuple(term for term in terms if term not in everywhere) for terms in named)


def _words(text: str) -> list[str]:
    """The folded words of a text, with a break between its clauses."""
    if text.isascii():
        return _ascii_words(text)
    words: list[str] = []
    for clause in _STOP.split(text):
        if folded := [stem_of(word) for word in words_of(clause)]:
            words += [*([_BREAK] if words else ()), *folded]
    return words


def _ascii_words(text: str) -> list[str]:
    """The same for a text without accents, which most are: in one pass."""
    words: list[str] = []
    ended = False
    for token in _TOKEN.findall(text.casefold()):
        if not token[-1].isalnum():
            ended = bool(words)
            continue
        if ended:
            words.append(_BREAK)
            ended = False
        words.append(stem_of(token))
    return words
