"""What a value that is slightly off can only have meant; "" when that is not sure."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

from keykata.core.ids import is_id

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s*[-/. ]?\s*(\d{1,2})(?:[-/. ]\d{1,2})?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*((?:19|20)\d\d)")
_NAMED = re.compile(r"(?:\d{1,2}\.?\s+)?([A-Za-z]{3,9})\.?\s+(?:\d{1,2},\s*)?((?:19|20)\d\d)")
_NAMED_LAST = re.compile(r"((?:19|20)\d\d)\s+([A-Za-z]{3,9})\.?")
_OTHER = re.compile(r"[^a-z0-9]+")


def as_month(text: str) -> str:
    """`2026-1`, `2026/01`, `2026-01-15`, `1/2026`, `Jan 2026`, `15 January 2026` as `2026-01`."""
    said = text.strip()
    for pattern, year, month in ((_YEAR_FIRST, 1, 2), (_YEAR_LAST, 2, 1)):
        match = pattern.fullmatch(said)
        if match:
            number = int(match.group(month))
            return f"{match.group(year)}-{number:02d}" if 1 <= number <= 12 else ""
    for pattern, year, month in ((_NAMED, 2, 1), (_NAMED_LAST, 1, 2)):
        match = pattern.fullmatch(said)
        name = match.group(month).casefold() if match else ""
        if match and name[:3] in _MONTHS and _full(name):
            return f"{match.group(year)}-{_MONTHS.index(name[:3]) + 1:02d}"
    return ""


def _full(name: str) -> bool:
    """Whether a word is a month or the beginning of one: `Nov`, `Sept`, `November`, not `Marvel`."""
    whole = (
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    )  # fmt: skip
    return any(one.startswith(name) for one in whole)


def as_id(text: str) -> str:
    """A name as an id: small letters, digits and single hyphens; "" where letters would be lost."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    if len([sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum()]) != len(
        [sign for sign in plain if sign.isalnum()]
    ):
        return ""
    name = _OTHER.sub("-", plain.lower()).strip("-")
    return name if is_id(name) else ""


def as_reference(text: str) -> str:
    """A reference with each of its parts as an id."""
    bank, colon, rest = text.partition(":") if ":" in text else ("", "", text)
    parts = [as_id(part) for part in chain([bank] if colon else [], rest.split("/"))]
    if ":" in rest or not all(parts) or len(parts) > 4:
        return ""
    return f"{parts[0]}:{'/'.join(parts[1:])}" if colon else "/".join(parts)
