"""Cues that give the right option away to somebody who knows nothing of the matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations

from keykata.bank.rules.look import ABSOLUTE, COMMON, MEANS, Look, Notes, Seen, path_of

LONGER = 1.25  # the right option against the longest distractor, in characters
VAGUE = frozenset({"often", "usually", "rarely", "typically", "generally", "approximately", "sometimes"})
_JOKES = frozenset({"abracadabra", "pigeon", "pigeons", "pray", "magic", "unicorn", "fax", "lol", "wizard"})
_OPPOSITES = (
    ("enable", "disable"), ("public", "private"), ("symmetric", "asymmetric"), ("inbound", "outbound"),
    ("synchronous", "asynchronous"), ("allow", "deny"), ("vertical", "horizontal"), ("with", "without"),
    ("increase", "decrease"), ("vertically", "horizontally"), ("stateful", "stateless"),
)  # fmt: skip
_OPPOSITE = frozenset(frozenset(pair) for pair in _OPPOSITES)
_NOUNS = frozenset(
    ["service", "services", "step", "steps", "action", "actions", "feature", "features", "key", "keys"]
)
_EVEN = 10  # characters of difference nobody sees
_CONVERGE = 1.6  # how much more the right option shares with the others than the next one does
_RARE = 0.01  # share of the questions of a bank that hold a word which can clang
_PLURAL = re.compile(r"\b(?:which|what)\s+(?:two\s+|three\s+)?(services|steps|actions|features|keys)\b", re.I)
_SINGLE = re.compile(r"\b(?:which|what)\s+(service|step|action|feature|key)\b", re.I)
_BRACKETED = re.compile(r"\([A-Z][A-Za-z0-9-]*[A-Z]\)")


def long_right(notes: Notes, look: Look) -> None:
    """The right option is not clearly longer than every distractor."""
    options, sizes = look.item.options, look.sizes
    if not look.right or not look.wrong or max(map(len, look.options)) < 2:
        return
    number = min(look.right, key=sizes.__getitem__)
    shortest, longest = sizes[number], max([sizes[other] for other in look.wrong])
    if shortest >= LONGER * longest and shortest - longest >= _EVEN:
        what = f"The right option of the question `{look.item.id}` is the longest by far."
        hint = "Shorten it, or give the distractors as much detail."
        notes.add("long-right", path_of(number, options[number]), what, hint, severity="warning")


def clang(seen: Seen, known: Mapping[str, int], most: int) -> None:
    """No rare word of the stem comes back in the right option and in no distractor.

    `known` counts the questions whose stem holds a word; a rare one is in `most` at most. Where a distractor
    has an echo of its own, the echoes balance and give nothing away.
    """
    own = [word for word in seen.own if known[word] <= most]
    if not own or any(known[word] <= most for word in seen.theirs):
        return
    (number,) = seen.right
    what = f"Of the options of the question `{seen.item.id}` only the right one takes up `{min(own)}`."
    hint = "Use the word in a distractor too, or say it differently."
    seen.draft.add("clang", path_of(number, seen.item.options[number]), what, hint, severity="warning")


def rarely(questions: int) -> int:
    """In how many of so many stems a rare word may stand."""
    return max(1, int(_RARE * questions))


def absolute(notes: Notes, look: Look) -> None:
    """Words such as always and never do not stand in two distractors and in no right option."""
    if look.union.isdisjoint(ABSOLUTE):
        return
    marked = [number for number, one in enumerate(look.sets) if not ABSOLUTE.isdisjoint(one)]
    if len(marked) < 2 or any(look.item.options[number].right for number in marked):
        return
    word = min(ABSOLUTE & look.sets[marked[0]])
    what = f"Only distractors of the question `{look.item.id}` hold absolute words, such as `{word}`."
    hint = "Leave the word out, or give the right option one."
    notes.add("absolute", path_of(marked[0], look.item.options[marked[0]]), what, hint, severity="warning")


def vague(notes: Notes, look: Look) -> None:
    """No option says usually, often or the like: such words are nearly always true."""
    if look.union.isdisjoint(VAGUE):
        return
    for number, one in enumerate(look.sets):
        if not VAGUE.isdisjoint(one):
            word = min(VAGUE & one)
            what = f"Option {number + 1} of the question `{look.item.id}` is vague: `{word}`."
            notes.add(
                "vague", path_of(number, look.item.options[number]), what, "Say when it is so.",
                severity="warning",
            )  # fmt: skip


def most_shared(look: Look) -> tuple[int, float]:
    """The option that shares the most with the others, and how far it is ahead of the next (a ratio)."""
    # a word of all options tells them apart no better than one of none
    telling = {word for word in look.shared - COMMON if len(word) > MEANS}.difference(
        frozenset.intersection(*look.sets)
    )
    held = [words & telling for words in look.sets]
    scores = [sum([len(one & other) for other in held if other is not one]) for one in held]
    order = sorted(range(len(scores)), key=lambda number: -scores[number])
    if len(order) < 2 or not scores[order[0]]:
        return -1, 0.0
    return order[0], scores[order[0]] / max(1, scores[order[1]])


def converge(notes: Notes, look: Look) -> None:
    """The right option is not the one that shares by far the most elements with the others."""
    if len(look.right) != 1 or len(look.options) < 4 or not look.shared:
        return
    best, ahead = most_shared(look)
    if ahead < _CONVERGE or best != look.right[0]:
        return
    what = f"The right option of the question `{look.item.id}` is a blend of the distractors."
    hint = "Let two distractors share an element that the right option lacks."
    notes.add("converge", path_of(best, look.item.options[best]), what, hint, severity="warning")


def _opposed(one: list[str], other: list[str]) -> bool:
    if len(set(one) ^ set(other)) > 2:  # most pairs: much faster than word by word
        return False
    apart = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and (frozenset(apart[0]) in _OPPOSITE or len(one) > 3)


def pair(notes: Notes, look: Look) -> None:
    """There is not exactly one pair of options that differ by a word, with the right one in it."""
    # options that differ by one word share all others
    if len(look.right) != 1 or len(look.shared) < min(map(len, look.sets)) - 1:
        return
    sizes = combinations(enumerate(look.options), 2)
    found = [
        (one, other)
        for (one, words), (other, others) in sizes
        if len(words) == len(others) and _opposed(words, others)
    ]
    if len(found) != 1 or look.right[0] not in found[0]:
        return
    number = look.right[0]
    what = f"Two options of the question `{look.item.id}` differ by one word, and one of them is right."
    hint = "Make two such pairs, or word one of the two differently."
    notes.add("pair", path_of(number, look.item.options[number]), what, hint, severity="warning")


def grammar_cue(notes: Notes, look: Look) -> None:
    """Every option fits the article at the end of the ask, and the right one is of no other form."""
    first = [words[0] for words in look.options if words]
    if len(first) != len(look.options) or not look.right:
        return
    last = look.ask[-1] if look.ask else ""
    unfit: list[int] = []
    if last in {"a", "an"}:
        unfit = [number for number, word in enumerate(first) if (word[0] in "aeiou") != (last == "an")]
    gerunds = [number for number, word in enumerate(first) if word.endswith("ing") and len(word) > 5]
    alone = gerunds == look.right or (gerunds and gerunds == look.wrong)
    if (unfit and set(unfit) <= set(look.wrong)) or alone:
        number = look.right[0]
        what = f"Grammar gives the right option of the question `{look.item.id}` away."
        hint = "Begin all options with the same form of word, and fit them to the end of the ask."
        notes.add("grammar-cue", path_of(number, look.item.options[number]), what, hint, severity="warning")


def number_cue(notes: Notes, look: Look) -> None:
    """An ask for one thing or for several does not fit the right option alone."""
    if len(look.right) != 1 or "combination" in look.ask:
        return
    if "and" not in look.union or look.asked.isdisjoint(_NOUNS):
        return
    several = [number for number, words in enumerate(look.options) if "and" in words]
    plural, single = _PLURAL.search(look.item.ask), _SINGLE.search(look.item.ask)
    if (plural and several == look.right) or (single and several and several == look.wrong):
        found = plural or single
        asked = found.group(1) if found else ""
        what = f"The ask of the question `{look.item.id}` says `{asked}`, and only the right option fits it."
        notes.add(
            "number-cue", ("ask",), what, "Let every option fit the number asked for.", severity="warning"
        )


def specific_right(notes: Notes, look: Look) -> None:
    """The right option is not the only one with a figure and a short name in brackets."""
    options = look.item.options
    if len(look.right) != 1 or not (look.digits or any("(" in text for text in look.texts)):
        return
    for noun, marks in (
        ("a figure", [look.digits and any(word[0].isdecimal() for word in words) for words in look.options]),
        (
            "a short name in brackets",
            ["(" in one.text and bool(_BRACKETED.search(one.text)) for one in options],
        ),
    ):
        if marks == [option.right for option in options]:
            number = look.right[0]
            what = f"Only the right option of the question `{look.item.id}` has {noun}."
            hint = "Be as exact in the distractors."
            notes.add("specific-right", path_of(number, options[number]), what, hint, severity="warning")
            return


def absurd(notes: Notes, look: Look) -> None:
    """No distractor is a joke, or two words among options of ten and more."""
    lengths = list(map(len, look.options))
    if look.union.isdisjoint(_JOKES) and min(lengths, default=3) >= 3:
        return
    for number in look.wrong:
        rest = [length for other, length in enumerate(lengths) if other != number]
        joke = _JOKES & look.sets[number]
        if joke or (rest and lengths[number] < 3 and min(rest) >= 10):
            what = f"Option {number + 1} of the question `{look.item.id}` is nothing anybody would choose."
            hint = "Write the mistake that people who half know the matter make."
            notes.add("absurd", path_of(number, look.item.options[number]), what, hint, severity="warning")


CUES = (long_right, absolute, vague, converge, pair, grammar_cue, number_cue, specific_right, absurd)
