"""Options are shuffled at every showing: none may name a letter or a place."""

from __future__ import annotations

import re

from keykata.bank.rules.look import Look, Notes

_PLACE = re.compile(
    r"\b(?:all|none|any|both|either|neither)\s+of\s+the\s+(?:above|below|other\s+(?:options|answers|choices))\b"
    r"|\bthe\s+(?:first|second|third|fourth|fifth|sixth|last|previous|next|other)\s+(?:two\s+|three\s+)?"
    r"(?:options?|answers?|choices?)\b"
    r"|\b(?:options?|answers?|choices?)\s+(?:above|below)\b",
    re.I,
)
_LETTER = re.compile(
    r"\b(?:[Oo]ptions?|[Aa]nswers?|[Cc]hoices?)\s+\(?[A-F]\b(?!-|\s+records?\b)"
    r"|\b[Bb]oth\s+[A-F]\s+and\s+[A-F]\b"
    r"|(?<![\w-])[A-F]\s+and\s+[A-F]\b(?!\s+records?\b|-|/)"
)
# one of these stands in every text that names a letter or a place: much faster to look for
PLACES = frozenset(
    ["above", "below", "option", "options", "answer", "answers", "choice", "choices", *"bcdef"]
)  # words, of which every such text holds one
_SIGNS = ("above", "below", "ption", "nswer", "hoice", "OPTION", "ANSWER", "CHOICE", "ABOVE", "BELOW",
          "A and ", "B and ", "C and ", "D and ", "E and ", "F and ")  # fmt: skip


def named_place(text: str) -> str:
    """The letter or place a text names, as written; "" when it names none."""
    if not any(map(text.__contains__, _SIGNS)):
        return ""
    match = _PLACE.search(text) or _LETTER.search(text)
    return match.group() if match else ""


def shuffle_break(notes: Notes, look: Look) -> None:
    """Without `fixed: true` no option or reason names a letter or a place."""
    item = look.item
    if item.fixed or look.given.isdisjoint(PLACES):
        return
    for number, option in enumerate(item.options):
        for name, text in (("right" if option.right else "wrong", option.text), ("why", option.why)):
            found = named_place(text)
            if found:
                which = "The reason of option" if name == "why" else "Option"
                what = (
                    f"{which} {number + 1} of the question `{item.id}` says `{found}`; options are shuffled."
                )
                hint = "Name what the option says instead, or keep the order with `fixed: true`."
                notes.add("shuffle-break", ("options", number, name), what, hint)
