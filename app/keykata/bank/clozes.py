"""Clozes: `==hidden==`, `==hidden|hint==`, `==1|hidden|hint==`, and Anki's `{{c1::hidden::hint}}`.

The number is a cloze's identity (`c1`); without one it is `w` and the first eight hex digits of SHA-256 of
its hidden words, folded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from keykata.core.digest import sha256_hex

# a body after `{{c1::` is cut out by hand: a pattern would try every pair of its marks
_PATTERN = re.compile(r"==(?!=)(?P<own>.+?)==(?!=)|\{\{c(?P<n>\d{1,9})::", re.S)
# only with all three parts is a leading number the identity: `==30|default==` hides the 30
_NUMBERED = re.compile(r"\s*(\d{1,3})\s*\|([^|]*\|.*)\Z", re.S)


class Piece(NamedTuple):
    """A stretch of a concept's text: plain when `cloze` is "", else hidden under that identity."""

    text: str
    cloze: str = ""
    hint: str = ""


def fold_words(text: str) -> str:
    """Words in lower case with single spaces: what identity and comparison look at."""
    return " ".join(text.casefold().split())


def cloze_identity(hidden: str) -> str:
    """The identity of a cloze without a number."""
    return "w" + sha256_hex(fold_words(hidden).encode())[:8]


def _own(body: str) -> tuple[str, str, str]:
    """(identity, hidden, hint) of the text between the marks."""
    numbered = _NUMBERED.match(body)
    number, rest = (numbered.group(1), numbered.group(2)) if numbered else ("", body)
    hidden, _, hint = rest.partition("|")
    hidden, hint = hidden.strip(), hint.strip()
    return (f"c{int(number)}" if number else cloze_identity(hidden)), hidden, hint


def _anki(text: str, at: int) -> tuple[str, str, int] | None:
    """(hidden, hint, where it ends) of what begins right behind `{{c1::`; None when nothing closes it."""
    close = text.find("}}", at + 1)
    if close < 0:
        return None
    parted = text.find("::", at + 1, close)
    end = text.find("}}", parted + 3) if parted >= 0 else -1
    if end >= 0:
        return text[at:parted], text[parted + 2 : end], end + 2
    return text[at:close], "", close + 2


def pieces(text: str) -> tuple[Piece, ...]:
    """The text cut into plain and hidden stretches, in order."""
    out: list[Piece] = []
    at = looked = 0
    last = text.rfind("}}")
    while match := _PATTERN.search(text, looked):
        looked = match.end()
        if match.group("own") is not None:
            identity, hidden, hint = _own(match.group("own"))
        elif looked < last and (body := _anki(text, looked)) is not None:
            hidden, hint, looked = body
            identity = f"c{int(match.group('n'))}"
        else:
            continue
        if match.start() > at:
            out.append(Piece(text[at : match.start()]))
        out.append(Piece(hidden, identity, hint))
        at = looked
    if at < len(text):
        out.append(Piece(text[at:]))
    return tuple(out)


def identities(text: str) -> tuple[str, ...]:
    """The clozes of a text, each identity once, in order of first appearance."""
    return tuple(dict.fromkeys(piece.cloze for piece in pieces(text) if piece.cloze))


def plain(text: str) -> str:
    """The text with its clozes filled in."""
    return "".join(piece.text for piece in pieces(text))
