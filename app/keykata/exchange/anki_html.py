"""Markdown as the HTML of a note's field, and back: bold, italics, code and line ends; all else is escaped.

`from_html(to_html(text))` is `text`, stripped, for every safe text.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from keykata.core.safe import safe_text

_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_BOLD = re.compile(r"(?<!\*)\*\*(?![\s*])([^*\n]+)(?<!\s)\*\*(?!\*)")
_ITALIC = re.compile(r"(?<![\w*])\*(?![\s*])([^*\n]+)(?<!\s)\*(?![\w*])")
_HELD = re.compile("\x00(\\d+)\x00")
# what Anki would act upon inside a field: sounds, speech, LaTeX
_ACTIVE = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$)", re.I)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_SILENT = frozenset({"script", "style", "head", "title"})


def to_html(text: str) -> str:
    """A Markdown text as HTML in which only our own tags act."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(f"<code>{match.group(1)}</code>")
        return f"\x00{len(held) - 1}\x00"

    out = html.escape(safe_text(text), quote=True)
    out = _CODE.sub(hold, out)
    out = _BOLD.sub(r"<b>\1</b>", out)
    out = _ITALIC.sub(r"<i>\1</i>", out)
    out = _HELD.sub(lambda match: held[int(match.group(1))], out)
    return _ACTIVE.sub("&#91;", out).replace("\n", "<br>")


class _Reader(HTMLParser):
    """Collects the words of a field; list items and blocks begin lines, scripts stay silent."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._silent = 0
        self._raw = False

    def _new_line(self) -> None:
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Turn a tag into its mark; no attribute is carried."""
        del attrs
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self.out.append("\n")
        elif tag == "pre" and not self._raw:
            self._new_line()
            self.out.append("```\n")
            self._raw = True
        elif tag in _MARKS and not self._raw:
            self.out.append(_MARKS[tag])
        elif tag == "li":
            self._new_line()
            self.out.append("- ")
        elif tag in _BLOCKS:
            self._new_line()

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag opened."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "pre" and self._raw:
            self._new_line()
            self.out.append("```\n")
            self._raw = False
        elif tag in _MARKS and not self._raw:
            self.out.append(_MARKS[tag])
        elif tag in _BLOCKS:
            self._new_line()

    def handle_data(self, data: str) -> None:
        """Keep words; raw line ends mean nothing in HTML, but in `pre`."""
        if not self._silent:
            self.out.append(data if self._raw else re.sub(r"[\r\n]+", " ", data))


def from_html(text: str) -> str:
    """The Markdown of a field; pictures, sounds and scripts are left out."""
    if "<" not in text and "&" not in text:
        return safe_text(re.sub(r"[\r\n]+", " ", text)).strip()
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
        reader.handle_endtag("pre")
    except AssertionError:  # how html.parser names a declaration it does not know
        return safe_text(html.unescape(re.sub(r"<[^<>]*>?", " ", text))).strip()
    return safe_text("".join(reader.out).replace("\xa0", " ")).strip()


_MEDIA = re.compile(r"<(?:img|audio|video)\b|\[sound:", re.I)


def media_in(text: str) -> int:
    """How many pictures and sounds a field names."""
    return len(_MEDIA.findall(text))


def list_html(texts: tuple[str, ...]) -> str:
    """Texts as a lettered list."""
    return '<ol type="A">' + "".join(f"<li>{to_html(text)}</li>" for text in texts) + "</ol>"


_ITEM = re.compile(r"<li\b[^<>]*>(.*?)(?=<li\b|</li>|</[ou]l>|\Z)", re.I | re.S)


def list_items(text: str) -> tuple[str, ...]:
    """The Markdown of each item of an HTML list."""
    return tuple(from_html(match.group(1)) for match in _ITEM.finditer(text))


_GAP = re.compile(r"\{\{c(\d{1,3})::")


def _gap(number: str, inside: str) -> str:
    hidden, _, hint = (from_html(part) for part in inside.partition("::"))
    if any(mark in hidden + hint for mark in ("::", "}}")):
        return f"=={number}|{hidden}|{hint}=="
    return f"{{{{c{number}::{hidden}" + (f"::{hint}" if hint else "") + "}}"


def from_cloze(text: str) -> str:
    """The Markdown of a cloze field, "" if it hides nothing.

    A gap whose words would end or split it gets our own marks.
    """
    out: list[str] = []
    at, gaps = 0, 0
    while match := _GAP.search(text, at):
        end = text.find("}}", match.end())
        if end < 0:
            break
        out += [text[at : match.start()], html.escape(_gap(match.group(1), text[match.end() : end]))]
        at, gaps = end + 2, gaps + 1
    return from_html("".join([*out, text[at:]]).replace("\n", "<br>")) if gaps else ""
