"""The text of a bank for search: which documents hold which words, and the names of those that have one.

A document is an item or a part of one that can be opened by itself. Documents are numbered by what they are
(terms first, questions last) and then by their order in the bank, so a smaller number ranks higher. Words
stand sorted, so that the documents of all words with a prefix are one stretch of numbers.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate

import msgspec

from keykata.bank import clozes
from keykata.bank.compiled import CRC_BYTES, DamageError
from keykata.bank.model import Comparison, Guide, Item, Question, Struct, Term

KINDS = ("term", "comparison", "concept", "faq", "aspect", "guide", "question")
_WORD = re.compile(r"[^\W_]+")
_LAST = "\U0010ffff"
_PLURAL_FROM = 4  # letters; "AWS" and "KMS" are not plurals


def words_of(text: str) -> list[str]:
    """The words of a text, folded: lower case, accents off, cut at everything that is no letter or digit."""
    if not text.isascii():
        split = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in split if not unicodedata.combining(sign))
    return _WORD.findall(text.casefold())


def stem_of(word: str) -> str:
    """A word without the s of a plural, so that "keys" finds "key"."""
    plural = len(word) >= _PLURAL_FROM and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def fold_name(text: str) -> str:
    """A name as it is compared: folded words without plurals, single spaces."""
    return " ".join(stem_of(word) for word in words_of(text))


def label_of(part: str) -> str:
    """A part's id as a label: `life-cycle` is "Life cycle"."""
    words = part.replace("-", " ")
    return words[:1].upper() + words[1:]


class Document(Struct, frozen=True):
    """What can be found: an item or a part of it. `names` are its own, `context` is that of its item."""

    kind: str
    part: str = ""
    title: str = ""
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    context: str = ""


def documents(item: Item) -> Iterator[Document]:
    """The documents of an item, itself first."""
    if isinstance(item, Question):
        texts = (item.stem, item.ask, *(option.text for option in item.options))
        yield Document(kind="question", texts=texts)
    elif isinstance(item, Guide):
        yield Document(kind="guide", title=item.title, names=(item.title,), texts=(item.body,))
    elif isinstance(item, Comparison):
        yield from _of_comparison(item)
    else:
        yield from _of_term(item)


def _of_term(term: Term) -> Iterator[Document]:
    names = (term.name, *term.also, *term.retired)
    exam = (shown.text for shown in term.on_exam)
    texts = (term.short, term.definition, term.sensei, *exam)
    yield Document(kind="term", title=term.name, names=names, texts=texts)
    for concept in term.concepts:
        title = f"{term.name} · {label_of(concept.id)}"
        own = (clozes.plain(concept.text), concept.why, label_of(concept.id))
        yield Document(kind="concept", part=concept.id, title=title, texts=own, context=term.name)
    for faq in term.faqs:
        yield Document(
            kind="faq", part=faq.id, title=faq.q, names=(faq.q,), texts=(faq.a, faq.loose), context=term.name
        )


def _of_comparison(comparison: Comparison) -> Iterator[Document]:
    decisions = (decision.condition for decision in comparison.decide)
    subjects = (subject.phrase for subject in comparison.subjects)
    texts = (*subjects, *decisions)
    yield Document(kind="comparison", title=comparison.title, names=(comparison.title,), texts=texts)
    for aspect in comparison.aspects:
        title = f"{comparison.title} · {aspect.label}"
        own = (aspect.label, *aspect.cells.values(), aspect.why)
        yield Document(kind="aspect", part=aspect.id, title=title, texts=own, context=comparison.title)


class WordList(Struct, frozen=True):
    """Sorted words, one a line; `posts[starts[n]:starts[n + 1]]` are the documents of word n (32 bits)."""

    words: str
    starts: bytes
    posts: bytes


class TextData(Struct, frozen=True):
    """The text part as stored. `parts` and `names` have a line a document, alternatives split by 0x1F."""

    every: WordList
    named: WordList
    entries: bytes
    kinds: bytes
    parts: str
    names: str


def build_text(items: Iterable[Item | None]) -> bytes:
    """The text part of a bank from its items in the order of its entries, None for one that is lost."""
    found = [
        (KINDS.index(doc.kind), number, doc)
        for number, item in enumerate(items)
        if item
        for doc in documents(item)
    ]
    found.sort(key=lambda row: row[:2])
    docs = [doc for _, _, doc in found]
    data = TextData(
        every=_word_list(docs, lambda doc: (*doc.names, *doc.texts, doc.context)),
        named=_word_list(docs, lambda doc: doc.names),
        entries=array("I", (number for _, number, _ in found)).tobytes(),
        kinds=bytes(rank for rank, _, _ in found),
        parts="\n".join(doc.part for doc in docs),
        names="\n".join("\x1f".join(fold_name(name) for name in doc.names) for doc in docs),
    )
    body = msgspec.msgpack.encode(data)
    return body + zlib.crc32(body).to_bytes(CRC_BYTES, "little")


def _word_list(docs: Sequence[Document], texts: Callable[[Document], tuple[str, ...]]) -> WordList:
    posts: dict[str, array[int]] = {}
    for number, doc in enumerate(docs):
        for word in set(words_of(" ".join(texts(doc)))):
            posts.setdefault(word, array("I")).append(number)
    words = sorted(posts)
    joined = array("I")
    for word in words:
        joined.extend(posts[word])
    starts = array("I", accumulate((len(posts[word]) for word in words), initial=0))
    return WordList(words="\n".join(words), starts=starts.tobytes(), posts=joined.tobytes())


class Words:
    """A word list, opened."""

    def __init__(self, data: WordList) -> None:
        self._words = data.words.split("\n") if data.words else []
        self._starts = memoryview(data.starts).cast("I")
        self._posts = memoryview(data.posts).cast("I")

    def stretch(self, prefix: str) -> memoryview[int]:
        """The documents of all words with a prefix, those with several of them repeated."""
        low = bisect_left(self._words, prefix)
        high = bisect_left(self._words, prefix + _LAST)
        return self._posts[self._starts[low] : self._starts[high]]

    def holding(self, prefixes: Iterable[str]) -> set[int]:
        """The documents that hold a word with each of the prefixes."""
        stretches = sorted((self.stretch(prefix) for prefix in dict.fromkeys(prefixes)), key=len)
        if not stretches:
            return set()
        found = set(stretches[0])
        for stretch in stretches[1:]:
            found.intersection_update(stretch)
        return found


class TextIndex:
    """The text part of a bank, opened for search.

    Attributes:
        every: all words of the documents.
        named: the words of their names.
        entries: for a document, the number of its entry in the bank's index.
        kinds: for a document, the number of its kind in `KINDS`.
        parts: for a document, the part's id, "" for the item itself.

    Raises:
        DamageError: the bytes are not what was written.
    """

    def __init__(self, stored: bytes) -> None:
        body, crc = stored[:-CRC_BYTES], stored[-CRC_BYTES:]
        if len(stored) <= CRC_BYTES or zlib.crc32(body).to_bytes(CRC_BYTES, "little") != crc:
            raise DamageError("the text does not match its CRC")
        try:
            data = msgspec.msgpack.decode(body, type=TextData)
        except msgspec.MsgspecError as error:
            raise DamageError("the text is not a text part") from error
        self.every = Words(data.every)
        self.named = Words(data.named)
        self.entries: Sequence[int] = memoryview(data.entries).cast("I")
        self.kinds = data.kinds
        self.parts = data.parts.split("\n")
        self._names = data.names.split("\n")

    def names(self, document: int) -> list[str]:
        """The folded names of a document."""
        return self._names[document].split("\x1f")

    def named_documents(self) -> list[tuple[int, str]]:
        """Every document that has a name with each of its folded names."""
        return [(doc, name) for doc, line in enumerate(self._names) if line for name in line.split("\x1f")]


def owners(index: TextIndex, found: Collection[int]) -> set[int]:
    """The entries whose own document is among those found (not merely one of a part)."""
    return {index.entries[doc] for doc in found if not index.parts[doc]}
