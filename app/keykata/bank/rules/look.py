"""A question cut into words once, for all rules that look at its wording."""

from __future__ import annotations

from functools import cached_property

from keykata.bank.model import Option, Question

_STRIP = str.maketrans(dict.fromkeys("()[]{}\"'`*_,;:!?.\u201c\u201d\u2018\u2019/", " "))
_COMMON = """
    a about across after all also an and any are as at be because been before being both but by can cannot
    could did do does each either every for from had has have how if in into is it its itself may might more
    most must no nor not of off on one only onto or other our out over own same should so some such than that
    the their them then there these they this those through to too two under until up use used uses using very
    was were what when where which while who whose why will with within without would yet you your
"""
COMMON = frozenset(_COMMON.split())


def words_of(text: str) -> list[str]:
    """The words of a text in order, without case and punctuation."""
    return text.casefold().translate(_STRIP).split()


def content_of(words: list[str]) -> frozenset[str]:
    """The words that carry meaning, four letters or more."""
    return frozenset(word for word in words if len(word) > 3 and word not in COMMON)


class Look:
    """The words of a question; each is computed when a rule first asks, and then kept."""

    def __init__(self, item: Question) -> None:
        self.item = item

    @cached_property
    def stem(self) -> list[str]:
        """The words of the stem."""
        return words_of(self.item.stem)

    @cached_property
    def ask(self) -> list[str]:
        """The words of the ask."""
        return words_of(self.item.ask)

    @cached_property
    def options(self) -> list[list[str]]:
        """The words of each option."""
        return [words_of(option.text) for option in self.item.options]

    @cached_property
    def reasons(self) -> list[list[str]]:
        """The words of each option's reason."""
        return [words_of(option.why) for option in self.item.options]

    @cached_property
    def sets(self) -> list[frozenset[str]]:
        """The different words of each option."""
        return [frozenset(words) for words in self.options]

    @cached_property
    def stem_content(self) -> frozenset[str]:
        """The words of the stem that carry meaning."""
        return content_of(self.stem)

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
