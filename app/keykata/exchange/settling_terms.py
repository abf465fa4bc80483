"""Cards of two sides, and texts with gaps, as terms of a bank: front = name, back = short and definition."""

from __future__ import annotations

import re

from keykata.bank.clozes import pieces
from keykata.bank.model import Concept, Place, Term
from keykata.core.safe import safe_line
from keykata.exchange.model import Finding, ForeignTerm, place_of
from keykata.exchange.settling import prose

LONGEST_NAME = 120  # characters
LONGEST_SHORT = 160
_END = re.compile(r"(?<=[.!?])\s")
_FENCE = re.compile(r"^(?:```|~~~)", re.M)
_BREAKS = re.compile(r"[ \t]*\n(?=[^\s#>|`~*+\d-])")  # before a line of plain words


def settle_term(foreign: ForeignTerm, name: str) -> tuple[Term | None, tuple[Finding, ...]]:
    """The term under a local id, and what was changed; None when a side of the card is empty."""
    whole = _lines(foreign.back or foreign.front)
    gaps = [piece for piece in pieces(whole) if piece.cloze] if not foreign.back else []
    front = gaps[0].text if gaps else foreign.front
    title = " ".join(safe_line(front).split())
    if not title or not whole or not (foreign.back or gaps):
        what = "A card without a front or a back cannot be a term; it was left out."
        return None, (
            Finding(severity="error", message=what, line=foreign.line, where=place_of(foreign, name)),
        )
    findings = []
    if len(title) > LONGEST_NAME:
        what = f"The front has {len(title):,} characters; the name keeps the first {LONGEST_NAME}."
        findings.append(
            Finding(severity="warning", message=what, line=foreign.line, where=place_of(foreign, name))
        )
        whole = f"{_lines(foreign.front)}\n\n{whole}" if not gaps else whole
        title = title[:LONGEST_NAME].rstrip()
    plain = "".join(piece.text for piece in pieces(whole)) if gaps else whole
    term = Term(
        id=name,
        name=title,
        short=_first_sentence(plain),
        definition=plain,
        concepts=(Concept(id="text", text=whole),) if gaps else (),
        place=Place(file=""),
    )
    return term, tuple(findings)


def _lines(text: str) -> str:
    """The text of a card, whose line ends mean lines: each a paragraph, unless it holds code."""
    return prose(text if _FENCE.search(text) else _BREAKS.sub("\n\n", text))


def _first_sentence(text: str) -> str:
    """What a term shows in a list: the first sentence of the text, cut at a word when it is long."""
    first = _END.split(text.split("\n\n", 1)[0].strip(), maxsplit=1)[0]
    if len(first) <= LONGEST_SHORT:
        return first
    return f"{first[:LONGEST_SHORT].rsplit(' ', 1)[0]} ..."
