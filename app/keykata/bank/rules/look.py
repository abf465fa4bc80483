"""A question cut into words once, for all rules that look at its wording."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain

from keykata.bank.model import Option, Question

_DIGIT = re.compile(r"\d")
_STRIP = str.maketrans(dict.fromkeys("()[]{}\"'`*_,;:!?.\u201c\u201d\u2018\u2019/", " "))
_COMMON = """
    a about across after all also an and any are as at be because been before being both but by can cannot
    could did do does each either every for from had has have how if in into is it its itself may might more
    most must no nor not of off on one only onto or other our out over own same should so some such than that
    the their them then there these they this those through to too two under until up use used uses using very
    was were what when where which while who whose why will with within without would yet you your
"""
COMMON = frozenset(_COMMON.split())
MEANS = 3  # letters; longer words carry meaning unless they are common


def words_of(text: str) -> list[str]:
    """The words of a text in order, without case and punctuation."""
    return text.casefold().translate(_STRIP).split()


def content_of(words: list[str]) -> frozenset[str]:
    """The words that carry meaning, four letters or more."""
    return frozenset([word for word in set(words) - COMMON if len(word) > MEANS])


class Look:
    """The words of a question; each is computed when a rule first asks, and then kept."""

    def __init__(self, item: Question) -> None:
        self.item = item

    @cached_property
    def _words(self) -> list[list[str]]:
        """The words of stem, ask, each option and each reason, cut in one go."""
        item = self.item
        texts = [item.stem, item.ask, *[one.text for one in item.options], *[one.why for one in item.options]]
        found = [part.split() for part in "\0".join(texts).casefold().translate(_STRIP).split("\0")]
        # a text that holds the sign they are joined by is cut with the others one by one
        return found if len(found) == len(texts) else [words_of(text) for text in texts]

    @cached_property
    def stem(self) -> list[str]:
        """The words of the stem."""
        return self._words[0]

    @cached_property
    def ask(self) -> list[str]:
        """The words of the ask."""
        return self._words[1]

    @cached_property
    def options(self) -> list[list[str]]:
        """The words of each option."""
        return self._words[2 : 2 + len(self.item.options)]

    @cached_property
    def reasons(self) -> list[list[str]]:
        """The words of each option's reason."""
        return self._words[2 + len(self.item.options) :]

    @cached_property
    def sets(self) -> list[frozenset[str]]:
        """The different words of each option."""
        return [frozenset(words) for words in self.options]

    @cached_property
    def digits(self) -> bool:
        """Whether any option holds a digit; most hold none, and rules about figures look no further."""
        return _DIGIT.search("".join([option.text for option in self.item.options])) is not None

    @cached_property
    def stem_set(self) -> frozenset[str]:
        """The different words of the stem."""
        return frozenset(self.stem)

    @cached_property
    def echoes(self) -> frozenset[str]:
        """Words of the stem that carry meaning and that some option takes up."""
        taken = self.stem_set.intersection(chain.from_iterable(self.sets)) - COMMON
        return frozenset([word for word in taken if len(word) > MEANS + 1 and word.isalpha()])

    @cached_property
    def right(self) -> list[int]:
        """The numbers of the right options, from 0."""
        return [number for number, option in enumerate(self.item.options) if option.right]

    @cached_property
    def wrong(self) -> list[int]:
        """The numbers of the distractors, from 0."""
        return [number for number, option in enumerate(self.item.options) if not option.right]


def path_of(number: int, option: Option) -> tuple[str | int, ...]:
    """Where the text of an option stands in its question."""
    return ("options", number, "right" if option.right else "wrong")
