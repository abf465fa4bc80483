"""Rules about numbers of right options in the text: the program adds how many to select."""

from __future__ import annotations

import re

from keykata.bank.rules.look import Look, Notes

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBERED = frozenset((*_NUMBERS, *"123456"))
_VERBS = ("choose", "select", "pick", "mark")
_BARE = str.maketrans(dict.fromkeys("()[].,:;!?*_", " "))
_NUMBER = r"(?P<number>one|two|three|four|five|six|[1-6])"
_THINGS = (
    r"(?:steps?|actions?|options?|answers?|choices?|responses?|changes?|measures?|solutions?|statements?"
    r"|services?|features?|methods?|ways|tasks?|configurations?|recommendations?|combinations?)"
)
# "(Choose two)", "(Select TWO.)", "[Pick 2]", or "Select two." as a sentence of its own at the end
_TYPED = re.compile(
    rf"[(\[]\s*(?:please\s+)?(?:choose|select|pick|mark)\s+(?:the\s+|any\s+)?{_NUMBER}\b[^)\]]*[)\]]?"
    rf"|(?:^|(?<=[.?!:]\s))(?:please\s+)?(?:choose|select|pick)\s+(?:the\s+|any\s+)?"
    rf"{_NUMBER.replace('number', 'last')}(?:\s+(?:correct\s+|right\s+|best\s+)?{_THINGS})?\s*[.!]?\s*\Z",
    re.I,
)
# "Which two steps", "which combination of three actions", "what TWO changes"
_ASKED = re.compile(
    rf"\b(?:which|what)\s+(?:are\s+the\s+|of\s+the\s+following\s+|combination\s+of\s+)?{_NUMBER}\s+"
    rf"(?:of\s+(?:these|the|them)\b|(?:\w+\s+)?{_THINGS}\b)",
    re.I,
)
_LOUD = re.compile(rf"\b(?P<number>ONE|TWO|THREE|FOUR|FIVE|SIX)\s+(?:\w+\s+)?{_THINGS}\b")


def number_of(word: str) -> int:
    """A number from 1 to 6 as a word or a digit."""
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def typed(text: str) -> str:
    """The count typed in a text, as written; "" when there is none."""
    low = text.lower()
    if not any(map(low.__contains__, _VERBS)):
        return ""
    match = _TYPED.search(text)
    return match.group().strip() if match else ""


def counts(text: str) -> list[int]:
    """How many options a text says are to be selected; "two Availability Zones" says nothing."""
    low = text.lower()
    if not any(map(low.__contains__, _NUMBERED)):
        return []
    words = set(low.translate(_BARE).split())
    if not words & _NUMBERED:
        return []
    found = [
        match.groupdict().get("number") or match.groupdict().get("last") or ""
        for pattern in (_TYPED, _ASKED, _LOUD)
        for match in pattern.finditer(text)
    ]
    return [number_of(word) for word in found]


def count_mismatch(notes: Notes, look: Look) -> None:
    """A number of steps in stem or ask is the number of right options."""
    item, selects = look.item, len(look.right)
    if look.asked.isdisjoint(_NUMBERED):
        return
    for name, text in (("stem", item.stem), ("ask", item.ask)):
        wrong = next((number for number in counts(text) if number != selects), None)
        if wrong is not None and selects:
            what = f"`{name}` of the question `{item.id}` asks for {wrong}, but {selects} are right."
            hint = "Leave the number out (the program adds it), or mend the options."
            notes.add("count-mismatch", (name,), what, hint)


def count_typed(notes: Notes, look: Look) -> None:
    """Nobody types "(Select TWO.)": the program adds it."""
    item = look.item
    if look.asked.isdisjoint(_VERBS):
        return
    for name, text in (("stem", item.stem), ("ask", item.ask)):
        found = typed(text)
        if found:
            what = (
                f"`{name}` of the question `{item.id}` holds `{found}`; the program adds how many to select."
            )
            notes.add("count-typed", (name,), what, f"Delete `{found}`.")
