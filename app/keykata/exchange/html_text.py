"""Markdown into HTML fragments that are safe to put in another program's page."""

from __future__ import annotations

from markdown_it import MarkdownIt

from keykata.core.safe import safe_text

# Raw HTML stays text, and no picture is fetched: the words of a picture become a link.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")


def html_of(text: str) -> str:
    """The HTML of a Markdown text: blocks, every character of it escaped, control characters made visible."""
    return str(_MARKDOWN.render(safe_text(text))).strip()
