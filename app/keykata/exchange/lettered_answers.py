"""Lines that tell which lettered options are right, and why."""

from __future__ import annotations

import re
from typing import NamedTuple

_BEHIND = r"(?![\w'’])[*_`]*[ \t]*[.):,;–—-]*(?:[*_`]+(?=[ \t]|$))?[ \t]*"
_LETTERS = (
    r"\(?[A-Ha-h1-9]\)?(?:(?:[ \t]*(?:,|&|/|\+|;|and)[ \t]*(?:and[ \t]+)?|[ \t]*)\(?[A-Ha-h1-9]\)?){0,7}"
)
_ANSWER = re.compile(
    r"[^\w<]*(?:(?:show|view|see|reveal)[ \t]+)?(?:the[ \t]+)?(?:correct[ \t]+|right[ \t]+)?"
    r"(?:answers?|ans|solution|response|key|correct|options?)(?:[ \t]*\(s\))?(?:[ \t]+options?)?"
    r"(?:[ \t]+(?:is|are))?[ \t*_]{0,20}[:=\-–]?[ \t*_`>]{0,20}(?:options?[ \t]+)?"
    rf"({_LETTERS}){_BEHIND}(.*)",
    re.I,
)
_BARE = re.compile(rf"[^\w<]*({_LETTERS})(?:(?![\w'’])[ \t*_`]*$|(?=[*_`]*[ \t]*[.):,;–—-]){_BEHIND}(.*))")
_ANNOUNCED = re.compile(
    r"[^\w]*(?:show|view|see|click[ \w]{0,20}|reveal)?[ \t]*(?:the[ \t]+)?(?:correct[ \t]+)?"
    r"(?:answers?|solution|response)(?:[ \t]+(?:key|and explanation|& explanation))?[^\w]*$",
    re.I,
)
_MIXED = re.compile(r"[A-H][a-h]|[a-h][A-H]")
_LONGEST = 120  # characters of a line that only announces the answer; the pattern is slow on long ones
_UNDER = re.compile(
    r"[ \t]*[-*+>]?[ \t]*[*_]{0,2}(?:explanation|reason|rationale|why)[*_]{0,2}:[*_]{0,2}[ \t]*(.+)", re.I
)
_BY_LETTER = re.compile(
    r"[ \t]*(?:[-*+>][ \t]+)?(?:\*\*|__)?(?:option[ \t]+)?\(?([A-H])(?:\*\*|__)?"
    r"(?:[ \t]+(is[ \t].+|\((?:in)?correct\).*)|[.):](?:\*\*|__)?[ \t]+(.+)|[ \t]*[–—][ \t]*(.+))",
    re.I,
)
_WHOLE = re.compile(r"[^\w]*\*\*([A-H])[.)][ \t]+[^*]{1,300}\*\*[ \t]*[:–—-]+[ \t]*(.+)")
_WHY = re.compile(r"[^\w]*why(?:[ \t]+not)?[ \t]+([A-H])(?:[ \t]+is[ \t]+\w+)?[*_]*[:?][*_]*[ \t]*(.+)", re.I)


class AnswerLine(NamedTuple):
    """The letters a line names, upper case, what it says behind them, and all of it as it was written."""

    letters: str
    rest: str
    said: str


def is_announced(text: str) -> bool:
    """Whether a line says only that the answer comes next."""
    return 0 < len(text) <= _LONGEST and bool(_ANNOUNCED.match(text))


def answer_of(text: str, *, announced: bool, alone: bool = False) -> AnswerLine | None:
    """The letters a line names as the answer; one that was announced may name them alone."""
    found = (None if alone else _ANSWER.match(text)) or (_BARE.match(text) if announced or alone else None)
    if found is None:
        return None
    named = found[1]
    letters = re.sub(r"[^A-Ha-h1-9]", "", re.sub(r"\band\b", " ", named))
    if letters.islower() and found.re is _ANSWER and not re.search(r"[:=*)]|^.{0,12}$", text):
        return None  # "answer a question"
    wanted = letters.upper()
    if len(set(wanted)) < len(wanted) or (any(map(str.isdigit, wanted)) and not wanted.isdigit()):
        return None
    if _MIXED.search(named):  # "Bad" is a word: as letters it fits no options
        wanted = letters
    return AnswerLine(wanted, found[2] or "", text[found.start(1) :])


def reason_of(text: str, *, under: bool) -> tuple[str, str] | None:
    """The letter a reason belongs to ("" for the option above it) and the reason."""
    if under:
        found = _UNDER.match(text)
        return ("", found[1]) if found else None
    told = _WHOLE.match(text) or _WHY.match(text)  # `❌ **B. the option**: reason`, `**Why not B:** reason`
    if told is not None:
        return told[1].upper(), told[2].strip()
    by = _BY_LETTER.match(text)
    if by is None:
        return None
    said = by[2] or by[3] or by[4] or ""
    said = said[2:].strip() if by[2] and by[2].startswith("is") else said.strip()
    return by[1].upper(), f"{said[:1].upper()}{said[1:]}"
