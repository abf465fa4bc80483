"""Bytes of other programs' text files into lines, bounded and named when they are no text."""

from __future__ import annotations

from keykata.exchange.limits import MOST_BYTES, MOST_LINES
from keykata.exchange.model import Finding

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def text_of(data: bytes) -> tuple[str, list[Finding]]:
    """The text with LF line ends and no byte order mark; bad bytes become U+FFFD, each line of them found.

    UTF-16 is read where a byte order mark tells it, all else as UTF-8. What lies behind the lines that are
    read is a finding.
    """
    if len(data) > MOST_BYTES:
        what = f"The file has {len(data)} bytes; at most {MOST_BYTES} are read."
        return "", [Finding(severity="error", message=what, hint="Split it into smaller files.")]
    findings: list[Finding] = []
    if data.startswith(_UTF16):  # "Unicode text" of spreadsheets
        data = data.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    lines = data.removeprefix(_BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n", MOST_LINES)
    if len(lines) > MOST_LINES and lines.pop():
        what = f"At most {MOST_LINES:,} lines are read; the rest was left out."
        hint = "Split it into smaller files."
        findings.append(Finding(severity="error", message=what, hint=hint, line=MOST_LINES + 1))
    texts = []
    for number, raw in enumerate(lines, 1):
        try:
            texts.append(raw.decode("utf-8"))
        except UnicodeDecodeError:
            texts.append(raw.decode("utf-8", errors="replace"))
            what = "Some bytes are not UTF-8 text; they were replaced."
            hint = "Save the file as UTF-8."
            findings.append(Finding(severity="warning", message=what, hint=hint, line=number))
    return "\n".join(texts), findings
