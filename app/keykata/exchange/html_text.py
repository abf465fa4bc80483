"""Markdown into HTML fragments that are safe to put in another program's page."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from keykata.core.safe import safe_text

# Raw HTML stays text, and no picture is fetched: the words of a picture become a link.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
_NO_XML = re.compile("[\ufffe\uffff]")


def html_of(text: str) -> str:
    """The HTML of a Markdown text: blocks, every character of it escaped, control characters made visible."""
    return str(_MARKDOWN.render(safe_text(text))).strip()


def xml_text(text: str) -> str:
    """The text with the two characters that XML does not know made visible."""
    return _NO_XML.sub("\ufffd", text)
