"""A question cut into words once, for all rules that look at its wording, and what the bank keeps of that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from copy import copy

from keykata.bank.drafts import Draft
from keykata.bank.model import Option, Question, Severity

_TOKEN = re.compile(r"\w+")
_MARKS = "()[]{}\"'`*_,;:!?./"
_STRIP = str.maketrans(dict.fromkeys(_MARKS + "\u201c\u201d\u2018\u2019", " "))
# the same for ASCII in one step, small letters included: ten times as fast as casefold and translate
_CUT = bytes(0x20 if chr(code) in _MARKS else ord(chr(code).lower()) for code in range(128)) + bytes(128)
_WHOLE = bytes(code for code in range(128) if chr(code).isalnum() or chr(code) in _MARKS + " \t\n\r\0")
_DIGITS = b"0123456789"
_COMMON = """
    a about across after all also an and any are as at be because been before being both but by can cannot
    could did do does each either every for from had has have how if in into is it its itself may might more
    most must no nor not of off on one only onto or other our out over own same should so some such than that
    the their them then there these they this those through to too two under until up use used uses using very
    was were what when where which while who whose why will with within without would yet you your
"""
COMMON = frozenset(_COMMON.split())
RUN = 3  # words of a run, by which stems are compared
MEANS = 3  # letters; longer words carry meaning unless they are common
ABSOLUTE = frozenset({"always", "never", "only", "none", "every", "all"})
Path = tuple[str | int, ...]
Note = tuple[str, Path, str, str, Severity]  # code, path, message, hint, severity


def words_of(text: str) -> list[str]:
    """The words of a text in order, without case and punctuation."""
    return text.casefold().translate(_STRIP).split()


def content_of(words: list[str]) -> frozenset[str]:
    """The words that carry meaning, four letters or more."""
    return frozenset([word for word in set(words) - COMMON if len(word) > MEANS])


def runs_of(words: Sequence[str]) -> frozenset[int]:
    """The runs of three words as their hashes: equal for equal words, and only compared."""
    return frozenset(map(hash, zip(words, words[1:], words[2:], strict=False)))


class Look:
    """The words of a question.

    Attributes:
        texts, sizes: the texts of the options, and how many characters each has.
        right, wrong: the numbers of the right options and of the distractors, from 0.
        stem, ask, options, reasons, explanation: words in order; a list of them for each option.
        sets, union, shared: the different words of each option, of any, and of two or more.
        asked, given: every word, also those within `two-part` ones, of stem and ask, and of all the rest. A
            rule that needs one of a few words looks here first: most questions hold none of them.
        plain: all is ASCII.
        digits: an option may hold a digit.
    """

    __slots__ = (
        "ask",
        "asked",
        "digits",
        "explanation",
        "given",
        "item",
        "options",
        "plain",
        "reasons",
        "right",
        "sets",
        "shared",
        "sizes",
        "stem",
        "texts",
        "union",
        "wrong",
    )

    def __init__(self, item: Question) -> None:
        options = item.options
        self.item = item
        self.texts = texts = [one.text for one in options]
        self.sizes = list(map(len, texts))
        self.right = [number for number, one in enumerate(options) if one.right]
        self.wrong = [number for number, one in enumerate(options) if not one.right]
        parts = [item.stem, item.ask, *texts, *[one.why for one in options], item.explanation]
        whole = "\0".join(parts)
        self.plain = whole.isascii()
        glued = True
        if self.plain:
            data = whole.encode()
            glued = bool(data.translate(None, _WHOLE))
            cut = data.translate(_CUT).decode()
            said = "".join(texts).encode()
            self.digits = len(said.translate(None, _DIGITS)) < len(said)
        else:
            cut = whole.casefold().translate(_STRIP)
            self.digits = True
        found = [part.split() for part in cut.split("\0")]
        if len(found) != len(parts):  # a text that holds the sign they are joined by
            found = [words_of(text) for text in parts]
        count = len(options) + 2
        self.stem, self.ask = found[0], found[1]
        self.options = found[2:count]
        self.reasons = found[count:-1]
        self.explanation = found[-1]
        self.sets = list(map(frozenset, self.options))
        self.union: set[str] = set()
        self.shared: set[str] = set()
        for words in self.sets:
            self.shared |= self.union & words
            self.union |= words
        self.asked = set(self.stem).union(self.ask)
        self.given = self.union.union(*self.reasons, self.explanation)
        if glued:
            for some in (self.asked, self.given):
                parted = [word for word in some if not word.isalnum()]
                some.update([token for word in parted for token in _TOKEN.findall(word)])


class Notes:
    """What the rules say of a question until its ids and references are settled."""

    __slots__ = ("errors", "kept")

    def __init__(self) -> None:
        self.kept: list[Note] = []
        self.errors = False

    def add(self, code: str, path: Path, message: str, hint: str, *, severity: Severity = "error") -> None:
        """Keep a problem at a path of the question."""
        self.kept.append((code, path, message, hint, severity))
        self.errors = self.errors or severity == "error"


def tell(draft: Draft, notes: Iterable[Note]) -> None:
    """Put what was kept of a question on its sheet."""
    for code, path, message, hint, severity in notes:
        draft.add(code, path, message, hint, severity=severity)


class Seen:
    """What is kept of a question for rules over the whole bank: little, so that words are soon forgotten.

    Attributes:
        notes: what its own rules said.
        right: the numbers of its right options, from 0.
        absolute: for each option whether it holds a word such as always; empty when none does.
        own: words of the stem that carry meaning and that only the one right option takes up.
        theirs: those that only distractors take up; empty where `own` is.
        opening: for each right option the hash of its first three words.
        named: some text may name a service.
    """

    __slots__ = ("absolute", "draft", "item", "named", "notes", "opening", "own", "right", "theirs")

    def __init__(self, draft: Draft, look: Look, notes: Notes, *, named: bool) -> None:
        self.draft = draft
        self.item = look.item
        self.notes = tuple(notes.kept)
        self.right = tuple(look.right)
        self.named = named
        self.absolute: tuple[bool, ...] = ()
        if not look.union.isdisjoint(ABSOLUTE):
            self.absolute = tuple([not words.isdisjoint(ABSOLUTE) for words in look.sets])
        self.opening = tuple([hash(tuple(look.options[number][:RUN])) for number in look.right])
        self.own: tuple[str, ...] = ()
        self.theirs: tuple[str, ...] = ()
        if len(self.right) == 1 and look.wrong:
            own = look.sets[self.right[0]]
            self.own = _echoes(own.intersection(look.stem) - look.shared)
            if self.own:
                self.theirs = _echoes(look.union.intersection(look.stem) - own)

    def copy(self, draft: Draft) -> Seen:
        """The same of a copy of its draft."""
        other = copy(self)
        other.draft = draft
        return other


def _echoes(words: Set[str]) -> tuple[str, ...]:
    """Those of some words that are long enough for an echo to be heard."""
    return tuple([word for word in words - COMMON if len(word) > MEANS + 1 and word.isalpha()])


def path_of(number: int, option: Option) -> Path:
    """Where the text of an option stands in its question."""
    return ("options", number, "right" if option.right else "wrong")
