"""Which format a file has: what was asked for, else its ending, else how its first lines look."""

from __future__ import annotations

import re
from pathlib import Path

from keykata.core.errors import UsageError
from keykata.exchange.formats import FORMATS

QTI_ROOTS = frozenset({"assessmentItem", "qti-assessment-item", "qti-assessment-test", "assessmentTest"})
_FIRST_ELEMENT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_START = 65536  # bytes looked at
_LOOKS = (
    ("anki-text", re.compile(rb"\A#(?:separator|html|notetype|deck|tags|columns|guid)\b", re.I)),
    ("blackboard", re.compile(rb"\A(?:MC|MA|TF|ESS|FIB|MAT|ORD|NUM|SR)\t")),
    ("aiken", re.compile(rb"^ANSWER:[ \t]*[A-Z][ \t]*\r?$", re.M)),
    ("markdown", re.compile(rb"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX*]?\][ \t]", re.M)),
    ("gift", re.compile(rb"^(?:::|\$CATEGORY:)|\{[^{}]{0,2000}[=~][^{}]{0,2000}\}", re.M)),
)


def format_of(path: Path, name: str | None) -> str:
    """The format asked for, or that of the file's ending; of XML and `.txt` the content decides.

    A folder is one of Markdown, unless another format is asked for.

    Raises:
        UsageError: the format is unknown, is not read, or cannot be told.
    """
    if name is None and path.is_dir():
        name = "markdown"
    if name is None:
        endings = [(end, key) for key, form in FORMATS.items() for end in form.endings]
        fits = [(len(end), key) for end, key in endings if path.name.lower().endswith(end)]
        name = max(fits)[1] if fits else ""
        if name == "moodle" and _root_of(path) in QTI_ROOTS:
            name = "qti"
        elif not name and path.suffix.lower() == ".txt":
            start = _start_of(path).removeprefix(b"\xef\xbb\xbf")
            name = next((key for key, look in _LOOKS if look.search(start)), "")
        if not name:
            raise UsageError(f"{path.name} does not say its format.", hint="Name it with --format.")
    if name not in FORMATS or not FORMATS[name].reads:
        known = ", ".join(key for key, form in FORMATS.items() if form.reads)
        raise UsageError(f"The format {name} cannot be read.", hint=f"One of: {known}.")
    return name


def _start_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_START)
    except OSError:
        return b""  # reading the whole file says it better


def _root_of(path: Path) -> str:
    """The name of the first element of an XML file, "" when it cannot be told."""
    found = _FIRST_ELEMENT.search(re.sub(rb"<!--.*?-->", b"", _start_of(path), flags=re.S))
    return found.group(1).decode("ascii") if found else ""
