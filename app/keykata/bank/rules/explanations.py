"""Reasons and explanations: they teach something, agree with the key, and stand alone."""

from __future__ import annotations

import re

from keykata.bank.rules.look import Look, Notes
from keykata.bank.rules.shuffle import PLACES, named_place

NEW_WORDS = 6
_CORRECT = re.compile(
    r"^\s*(?:correct|right|true)\s*[.:,!\u2014-]"
    r"|(?<!not )\b(?:this|it|option|answer)\s+is\s+(?:the\s+)?(?:correct|right|best)"
    r"\s+(?:answer|option|choice|one)\b"
    r"|^\s*(?:this|it)\s+is\s+correct\b",
    re.I,
)
_INCORRECT = re.compile(
    r"^\s*(?:incorrect|wrong|false)\s*[.:,!\u2014-]"
    r"|\b(?:this|it|option|answer)\s+is\s+(?:an?\s+|the\s+)?(?:incorrect|wrong)\b"
    r"|\bis\s+not\s+(?:the\s+)?(?:correct|right)\s+(?:answer|option|choice)\b",
    re.I,
)
_HINGED = re.compile(
    r"\b(?:previous|preceding|last|next|following|earlier)\s+question\b|\bquestion\s+(?:above|below|#?\d+)\b",
    re.I,
)
_VERDICTS = frozenset({"correct", "incorrect", "right", "true", "wrong", "false", "best"})
_CURLY = re.compile("[\u201c\u201d\u2018\u2019\u2026]")


def rationale_echo(notes: Notes, look: Look) -> None:
    """A reason says more than the option it is for."""
    for number, (said, why) in enumerate(zip(look.sets, look.reasons, strict=True)):
        again = len(said.intersection(why)) * 2 > len(said)
        if again and len(set(why) - said) < NEW_WORDS:
            what = f"The reason of option {number + 1} of the question `{look.item.id}` repeats the option."
            notes.add(
                "rationale-echo", ("options", number, "why"), what, "Say why it is so.", severity="note"
            )


def rationale_disagrees(notes: Notes, look: Look) -> None:
    """No reason of a distractor calls it correct, and none of a right option calls it wrong."""
    if look.given.isdisjoint(_VERDICTS):
        return
    for number, option in enumerate(look.item.options):
        found = (_INCORRECT if option.right else _CORRECT).search(option.why)
        if found:
            kind = "right option" if option.right else "distractor"
            said = found.group().strip()
            what = f"Option {number + 1} of `{look.item.id}` is a {kind}, but its reason says `{said}`."
            hint = "Check which option is right, then mend the key or the reason."
            notes.add("rationale-disagrees", ("options", number, "why"), what, hint, severity="warning")


def letter_in_rationale(notes: Notes, look: Look) -> None:
    """The explanation names no letter and no place of an option: they are shuffled."""
    if look.item.fixed or look.given.isdisjoint(PLACES):
        return
    found = named_place(look.item.explanation)
    if found:
        what = f"The explanation of the question `{look.item.id}` says `{found}`; options are shuffled."
        hint = "Name what the option says instead."
        notes.add("letter-in-rationale", ("explanation",), what, hint, severity="warning")


def hinged(notes: Notes, look: Look) -> None:
    """A question needs no other question."""
    item = look.item
    if "question" not in look.asked and "question" not in look.given:
        return
    for name, text in (("stem", item.stem), ("ask", item.ask), ("explanation", item.explanation)):
        found = "uestion" in text and _HINGED.search(text)
        if found:
            what = f"`{name}` of the question `{item.id}` leans on another one: `{found.group()}`."
            notes.add(
                "hinged",
                (name,),
                what,
                "Repeat what is needed: questions are shown in any order.",
                severity="warning",
            )
    for number, option in enumerate(item.options):
        found = "uestion" in option.why and _HINGED.search(option.why)
        if found:
            what = f"A reason of the question `{item.id}` leans on another one: `{found.group()}`."
            notes.add(
                "hinged", ("options", number, "why"), what, "Repeat what is needed.", severity="warning"
            )


def typography(notes: Notes, look: Look) -> None:
    """Quotation marks and dots are plain: other programs that take plain text get them wrong."""
    item = look.item
    if look.plain:
        return
    for name, text in (("stem", item.stem), ("ask", item.ask)):
        if _CURLY.search(text):
            _curly(notes, look, (name,))
            return
    for number, option in enumerate(item.options):
        if _CURLY.search(option.text):
            _curly(notes, look, ("options", number))
            return


def _curly(notes: Notes, look: Look, path: tuple[str | int, ...]) -> None:
    what = f"The question `{look.item.id}` holds typographic quotation marks or dots."
    hint = "Type straight quotes and three dots; Aiken and others read only those."
    notes.add("typography", path, what, hint, severity="note")


EXPLANATIONS = (rationale_echo, rationale_disagrees, letter_in_rationale, hinged, typography)
