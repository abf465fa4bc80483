"""The signs of the screens, each one cell wide, and their ASCII twins for terminals that cannot draw them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from keykata.core.safe import safe_in_place

if TYPE_CHECKING:
    from textual.content import Content

HERE = "›"
CHOSEN = "●"
RIGHT = "✓"
WRONG = "✗"
NOT_YET = "·"
FOLDED = "▸"
UNFOLDED = "▾"
THIN = "─"
HEAVY = "━"
EVEN = "┊"
CUT = "┃"
BLANK = "–"
GAP = "▁"
MARK = "*"

TWINS = str.maketrans(
    {
        HERE: ">",
        CHOSEN: "o",
        RIGHT: "+",
        WRONG: "x",
        NOT_YET: "-",
        FOLDED: ">",
        UNFOLDED: "v",
        THIN: "-",
        HEAVY: "=",
        EVEN: ":",
        CUT: "|",
        GAP: "_",
        "‹": "<",
        "•": "*",
        "↑": "^",
        "↓": "v",
        "←": "<",
        "→": ">",
        "–": "-",
        "—": "-",
        "…": ".",
        "±": "~",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
    }
)


def wants_ascii(environment: Mapping[str, str], encoding: str) -> bool:
    """Whether to draw twins: asked for with `KEYKATA_ASCII=1`, or the terminal's encoding is not UTF-8."""
    asked = environment.get("KEYKATA_ASCII", "")
    if asked:
        return asked != "0"
    return encoding.lower().replace("-", "").replace("_", "") not in ("utf8", "utf8sig")


def shown(content: Content, *, ascii_signs: bool) -> Content:
    """What is drawn of a content: no character that drives the terminal, whatever the text came from."""
    text = safe_in_place(twins(content.plain) if ascii_signs else content.plain)
    return content if text == content.plain else type(content)(text, list(content.spans))


def twins(text: str) -> str:
    """The text with every sign replaced by its twin; as long as before."""
    return text.translate(TWINS)
