"""Decks of cards in Markdown: hashcards (`Q:` and `A:`, `C:` with [gaps]) and hascard (parts and rules)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keykata.exchange.model import (
    Finding,
    ForeignOption,
    ForeignQuestion,
    ForeignTerm,
    Harvest,
)

_TAG = re.compile(r"([QACTD]):(?:[ \t]+(.*))?$")
_RULE = re.compile(r"[ \t]*-{3,}[ \t]*$")
_TITLE = re.compile(r"#{1,6}[ \t]+(.*)")
_GAP = re.compile(r"(?<!\!)\[([^\[\]\n]+)\](?!\()")
_BOXED = re.compile(r"[ \t]*\[([ *xX]?)\][ \t]+(.*)")
_STARRED = re.compile(r"[ \t]*([-*])[ \t]+(.*)")
_ORDERED = re.compile(r"[ \t]*\d+\.[ \t]")
_BLANK = re.compile(r"(?<![\w`])_[^_\s][^_\n]*_(?!\w)")
Card = ForeignQuestion | ForeignTerm


def is_tagged(lines: list[str]) -> bool:
    """Whether the lines are a deck of hashcards: a question or a text with gaps stands at the margin."""
    starts = {match.group(1) for line in lines if (match := _TAG.match(line))}
    return "C" in starts or {"Q", "A"} <= starts or {"T", "D"} <= starts


def is_ruled(lines: list[str]) -> bool:
    """Whether the lines are a deck of hascard: each part between rules begins with a title."""
    parts = list(_parts(lines))
    return len(parts) > 1 and all(_TITLE.match(part[0]) for _, part in parts)


def read_tagged(lines: list[str], findings: list[Finding]) -> Harvest:
    """The cards of a deck of hashcards."""
    cards: list[ForeignTerm] = []
    open_tag, start = "", 0
    texts: dict[str, list[str]] = {}

    def close() -> None:
        nonlocal open_tag, texts
        said = {tag: "\n".join(text).strip() for tag, text in texts.items()}
        front, back = said.get("Q") or said.get("T", ""), said.get("A") or said.get("D", "")
        if "C" in said:
            gaps = _GAP.sub(r"==\1==", said["C"])
            front, back = (gaps, "") if gaps != said["C"] else ("", "")
        if texts and not (front and (back or "C" in said)):
            what = "A card without an answer or a gap was left out."
            findings.append(Finding(severity="error", message=what, line=start))
        elif texts:
            cards.append(ForeignTerm(front=front, back=back, line=start))
        open_tag, texts = "", {}

    for number, line in enumerate(lines, 1):
        tag = _TAG.match(line)
        if _RULE.match(line) or (tag and tag.group(1) in "QCT"):
            close()
        if tag:
            start = start if texts else number
            open_tag = tag.group(1)
            texts[open_tag] = [tag.group(2) or ""]
        elif open_tag and not _RULE.match(line):
            texts[open_tag].append(line)
    close()
    return Harvest(terms=tuple(cards), findings=tuple(findings))


def read_ruled(lines: list[str], findings: list[Finding]) -> Harvest:
    """The cards of a deck of hascard."""
    found: list[Card] = []
    for number, part in _parts(lines):
        card = _ruled(part, number)
        if isinstance(card, str):
            findings.append(Finding(severity="error", message=f"{card} It was left out.", line=number))
        else:
            found.append(card)
    return Harvest(
        questions=tuple(card for card in found if isinstance(card, ForeignQuestion)),
        terms=tuple(card for card in found if isinstance(card, ForeignTerm)),
        findings=tuple(findings),
    )


def _parts(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """What stands between rules, without empty lines around it, and the line it starts on."""
    start, part = 0, list[str]()
    for number, line in enumerate([*lines, "---"], 1):
        if _RULE.match(line):
            while part and not part[-1].strip():
                part.pop()
            if part:
                yield start, part
            part = []
        elif part or line.strip():
            start = start if part else number
            part.append(line)


def _ruled(part: list[str], line: int) -> Card | str:
    """The card of a part, or why it is none."""
    title = _TITLE.match(part[0])
    front = title.group(1).strip() if title else ""
    body = [text for text in part[1:] if text.strip()]
    if not front or not body:
        return "A card without a title or a body is no card."
    boxed = [_BOXED.match(text) for text in body]
    starred = [_STARRED.match(text) for text in body]
    if all(boxed):
        options = tuple(
            ForeignOption(text=m[2].strip(), right=m[1] in "*xX" and m[1] != "") for m in boxed if m
        )
    elif all(starred) and sum(m[1] == "*" for m in starred if m) == 1 and len(body) > 1:
        options = tuple(ForeignOption(text=m[2].strip(), right=m[1] == "*") for m in starred if m)
    elif all(map(_ORDERED.match, body)) and len(body) > 1:
        return "A card that asks for an order is not read."
    elif _BLANK.search("\n".join(body)):
        return "A card with gaps to fill in is not read."
    else:
        return ForeignTerm(front=front, back="\n".join(part[1:]).strip(), line=line)
    if not any(option.right for option in options):
        return "No option of the card is marked right."
    return ForeignQuestion(text=front, options=options, line=line)
