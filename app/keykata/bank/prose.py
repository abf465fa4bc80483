"""Prose as Markdown folds it: a single line break is a space, a blank line a paragraph, fenced code stays."""

from __future__ import annotations

import re

_BLANK = " \t\n\r"
_RUN = re.compile(r"[ \t]+")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_OWN_LINE = re.compile(r"[ \t]*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|>|\|)")
_BLOCKS = re.compile(r"\n(?:[\n >|#`~*+-]|\d+[.)])| \n")
_BULLET = re.compile(r"[ \t]*(?:[-*+]\s|1[.)]\s|#{1,6}\s|>|\|)")


def _starts_line(line: str, above: str) -> bool:
    """Whether Markdown lets a line begin something of its own under the line above it."""
    if not _OWN_LINE.match(line):
        return False
    return _BULLET.match(line) is not None or _OWN_LINE.match(above) is not None


def _folded(lines: list[str]) -> str:
    """One paragraph: its lines joined, except those that begin a list entry, a heading, a quote or a row."""
    out: list[str] = []
    for line in lines:
        words = _RUN.sub(" ", line.strip(_BLANK))
        if out and not _starts_line(line, out[-1]):
            out[-1] += " " + words
        elif _OWN_LINE.match(line):
            out.append(line[: len(line) - len(line.lstrip())] + words)
        else:
            out.append(words)
    return "\n".join(out)


def fold_prose(text: str) -> str:
    """The text with its paragraphs on a line each, an empty line between them; folding twice changes nothing.

    Lists, headings, quotes and tables keep their lines; fenced code keeps everything.
    """
    if (
        "\n" not in text
        and "A" <= text[:1] <= "z"
        and "  " not in text
        and "\t" not in text
        and "\r" not in text
    ):
        return text.rstrip(" ")  # most texts: one line that begins with a letter
    if (
        "  " not in text
        and "\t" not in text
        and "\r" not in text
        and not _BLOCKS.search("\n" + text.strip("\n"))
    ):
        return text.strip(_BLANK).replace("\n", " ")
    blocks: list[str] = []
    paragraph: list[str] = []
    fence: list[str] = []
    mark = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        if mark:
            fence.append(line)
            closing = line.strip()
            if closing.startswith(mark) and not closing.strip(mark[0]):
                blocks.append("\n".join(fence))
                fence, mark = [], ""
            continue
        opening = _FENCE.match(line)
        if opening or not line.strip(_BLANK):
            if paragraph:
                blocks.append(_folded(paragraph))
                paragraph = []
            if opening:
                mark, fence = opening.group(1), [line]
        else:
            paragraph.append(line.rstrip(_BLANK))
    if paragraph:
        blocks.append(_folded(paragraph))
    if fence:
        blocks.append("\n".join(fence).rstrip(_BLANK))
    return "\n\n".join(blocks).strip(_BLANK)
