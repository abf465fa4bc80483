"""The wording of options: alike in length, form and kind, none that holds another."""

from __future__ import annotations

import itertools
import re

from keykata.bank.rules.look import Look, Notes, path_of

SPREAD = 3.0  # the longest option against the shortest, in characters
SHARED_START = 4  # words
_BRIEF = 24  # characters of a set of numbered statements
_ALL_NONE = re.compile(
    r"\b(?:all|none|both|any|neither)\s+of\s+(?:the\s+above|these|the\s+(?:other\s+)?(?:options|answers))\b"
    r"|\bboth\s+[A-F]\s+and\s+[A-F]\b",
    re.I,
)
_SOME = frozenset({"of", "both"})
_K_TYPE = re.compile(
    r"^(?:only\s+)?(?:[1-9]|i{1,3}|iv|v)(?:\s*(?:,|and|&)\s*(?:[1-9]|i{1,3}|iv|v))+\.?$", re.I
)
_NUMBER = re.compile(r"^\s*(?:USD\s*|\$)?(\d[\d,]*(?:\.\d+)?)\s*(%|[A-Za-z]*)\s*(?:[A-Za-z]*)\.?\s*$")
_RANGE = re.compile(r"\b(\d+(?:\.\d+)?)\s*(?:-|\u2013|to)\s*(\d+(?:\.\d+)?)\b")


def all_none(notes: Notes, look: Look) -> None:
    """No option is "all of the above"."""
    if look.given.isdisjoint(_SOME):
        return
    for number, option in enumerate(look.item.options):
        if " of " in option.text or "oth " in option.text:
            found = _ALL_NONE.search(option.text)
            if found:
                what = f"Option {number + 1} of the question `{look.item.id}` says `{found.group()}`."
                hint = "Write an option of its own; ask for several when several are right."
                notes.add("all-none", path_of(number, option), what, hint, severity="warning")


def k_type(notes: Notes, look: Look) -> None:
    """Options are no sets of numbered statements ("1 and 3")."""
    if min(look.sizes, default=_BRIEF) >= _BRIEF:
        return
    marked = [
        number
        for number, one in enumerate(look.item.options)
        if len(one.text) < _BRIEF and _K_TYPE.match(one.text.strip())
    ]
    if len(marked) > 1:
        what = f"Options of the question `{look.item.id}` are sets of numbered statements."
        hint = "Make the statements the options, with several right."
        notes.add("k-type", path_of(marked[0], look.item.options[marked[0]]), what, hint, severity="warning")


def numeric(texts: list[str]) -> list[float]:
    """The values of options that are all plain numbers of one unit, else an empty list."""
    if not all(any(char.isdecimal() for char in text[:6]) for text in texts):
        return []
    matches = [_NUMBER.match(text) for text in texts]
    found = [(match.group(1), match.group(2)) for match in matches if match]
    if len(found) < len(texts) or len({unit.casefold().rstrip("s") for _, unit in found}) > 1:
        return []
    return [float(value.replace(",", "")) for value, _ in found]


def order(notes: Notes, look: Look) -> None:
    """Numbers stand in order of size, and keep it with `fixed: true`."""
    if not look.digits:
        return
    values = numeric(look.texts)
    if not values or (look.item.fixed and values in (sorted(values), sorted(values, reverse=True))):
        return
    what = f"The options of the question `{look.item.id}` are numbers that are shown out of order."
    notes.add("order", ("options",), what, "Sort them and add `fixed: true`.", severity="note")


def overlap(notes: Notes, look: Look) -> None:
    """No range overlaps another, and no option holds another."""
    item = look.item
    ranges: list[tuple[float, float, int]] = []
    for number, option in enumerate(item.options if look.digits else ()):
        match = len(look.options[number]) < 6 and _RANGE.search(option.text)
        if match:
            ranges.append((float(match.group(1)), float(match.group(2)), number))
    ranges.sort()
    for (_, high, _), (low, _, number) in itertools.pairwise(ranges):
        if low < high:
            what = f"Option {number + 1} of the question `{item.id}` overlaps another range."
            notes.add(
                "overlap",
                path_of(number, item.options[number]),
                what,
                "Let ranges meet at their ends.",
                severity="warning",
            )
            return
    if not any(words <= look.shared for words in look.sets):  # what another holds is shared with it
        return
    lines = [f" {' '.join(words)} " for words in look.options]
    longest = max(map(len, lines), default=0)
    for number, line in enumerate(lines):
        if (
            len(line) < longest
            and len(look.options[number]) > 2
            and any(line in other for other in lines if other is not line and other != line)
        ):
            what = f"Option {number + 1} of the question `{item.id}` is contained in another option."
            hint = "Whoever finds the longer one right finds this one right too; word them apart."
            notes.add("overlap", path_of(number, item.options[number]), what, hint, severity="warning")
            return


def length_spread(notes: Notes, look: Look) -> None:
    """The longest option is at most three times as long as the shortest."""
    sizes = look.sizes
    if len(sizes) > 1 and max(sizes) > SPREAD * min(sizes) and max(sizes) > 40:
        number = sizes.index(min(sizes))
        what = f"Options of the question `{look.item.id}` have from {min(sizes)} to {max(sizes)} characters."
        hint = "Bring them nearer to one length; what stands out is taken for a hint."
        notes.add("length-spread", path_of(number, look.item.options[number]), what, hint, severity="warning")


def mixed_end(notes: Notes, look: Look) -> None:
    """All options end with a stop or none does; all begin with a capital or none does."""
    texts = [text.strip() for text in look.texts]
    stops = {text.endswith(".") for text in texts if text}
    cases = {text[0].isupper() for text in texts if text and text[0].isalpha()}
    if len(stops) > 1 or len(cases) > 1:
        where = "end" if len(stops) > 1 else "begin"
        what = f"Options of the question `{look.item.id}` {where} in different ways."
        hint = "All with a full stop, or none; all with a capital, or none."
        notes.add("mixed-end", ("options",), what, hint, severity="note")


def option_start_repeat(notes: Notes, look: Look) -> None:
    """Options do not all begin with the same four words."""
    firsts = {words[0] for words in look.options if words}
    if len(firsts) != 1:
        return
    starts = {tuple(words[:SHARED_START]) for words in look.options}
    if len(starts) == 1 and len(look.options) > 2 and len(min(look.options, key=len)) > SHARED_START:
        said = " ".join(next(iter(starts)))
        what = f"All options of the question `{look.item.id}` begin with `{said}`."
        notes.add("option-start-repeat", ("options",), what, "Move the words into the ask.", severity="note")


WORDING = (all_none, k_type, order, overlap, length_spread, mixed_end, option_start_repeat)
