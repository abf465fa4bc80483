"""HTML fragments of other programs into Markdown: paragraphs, lists, code and stress."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from keykata.core.safe import safe_text

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_BLOCKS = frozenset({"p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "table"})
_SILENT = frozenset({"script", "style"})
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>()]+\Z")
_PICTURE = re.compile(r"<(?:img|svg|audio|video|object|embed|iframe)\b", re.I)
_NUMBER = re.compile(r"[0-9]{1,9}")  # what Markdown takes for one
BULLETS = -1


def _first_number(start: str | None) -> int:
    """The number a list begins with; 1 where it is not told in figures."""
    return int(start) if start and _NUMBER.fullmatch(start.strip()) else 1


class _Teller(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.raw = False
        self.silent = False
        self.address = ""
        self.numbers: list[int] = []  # of the next point of each open list; BULLETS: it has none

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Turn a tag into its mark; of attributes the address of a link and the first number are carried."""
        if tag in ("ul", "ol"):
            self.numbers.append(_first_number(dict(attrs).get("start")) if tag == "ol" else BULLETS)
        if tag in _SILENT:
            self.silent = True
        elif tag == "pre":
            self.raw = True
            self.parts.append("\n\n```\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "li":
            self.parts.append(self._bullet())
        elif tag == "a" and not self.raw and not self.address:
            self._link(dict(attrs).get("href") or "")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _MARKS and not self.raw:
            self.parts.append(_MARKS[tag])

    def _bullet(self) -> str:
        number = self.numbers[-1] if self.numbers else BULLETS
        if number == BULLETS:
            return "\n- "
        self.numbers[-1] += 1
        return f"\n{number}. "

    def _link(self, href: str) -> None:
        if _ADDRESS.match(href):
            self.address = href
            self.parts.append("[")

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag opened."""
        if tag in ("ul", "ol") and self.numbers:
            self.numbers.pop()
        if tag == "a" and self.address:
            # words that show nothing would make a link nobody sees
            self.parts.append(self.address if self.parts[-1] == "[" else "")
            self.parts.append(f"]({self.address})")
            self.address = ""
        elif tag in _SILENT:
            self.silent = False
        elif tag == "pre" and self.raw:
            self.raw = False
            self.parts.append("```\n\n" if self.parts[-1].endswith("\n") else "\n```\n\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _MARKS and not self.raw:
            self.parts.append(_MARKS[tag])

    def handle_data(self, data: str) -> None:
        """Keep words; outside of `pre` raw line ends mean nothing."""
        if self.silent:
            return
        text = data if self.raw else re.sub(r"\s+", " ", data)
        if not self.raw and (not self.parts or self.parts[-1].endswith("\n")):
            text = text.lstrip()
        if text:
            self.parts.append(text)


def markdown_of(html: str) -> str:
    """The Markdown of an HTML fragment; scripts and styles go, unknown tags give their text."""
    teller = _Teller()
    # The parser raises on broken declarations, so they are text to it.
    html = html.replace("<!", "&lt;!")
    # A tag that never closes would cost time squared: it is text too.
    teller.feed(re.sub(r"<(?=[^<>]*(?:<|$))", "&lt;", html))
    teller.close()
    if teller.address:
        teller.handle_endtag("a")
    return re.sub(r"\n{3,}", "\n\n", safe_text("".join(teller.parts))).strip()


def pictures_in(html: str) -> int:
    """How many pictures, sounds and frames a fragment holds: `markdown_of` leaves them out."""
    return len(_PICTURE.findall(html))
