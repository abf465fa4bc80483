"""How old facts are: when they were last held against the documentation, and whether figures say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from keykata.bank.drafts import Draft
from keykata.bank.model import Guide
from keykata.bank.rules.look import Look, Notes, path_of

MONTHS = 12
_PRICE = re.compile(r"(?:\$|USD\s?)\d|\d\s?(?:USD|dollars?|cents?)\b", re.I)
_LIMIT = re.compile(
    r"\b\d[\d,.]*\s?(?:%|(?:percent|[KMGTP]i?B|bytes?|ms|milliseconds?|seconds?|minutes?|hours?|days?|weeks?"
    r"|months?|years?|IOPS|requests?|messages?|nodes?|copies|times)\b)",
    re.I,
)


def months_between(earlier: str, later: str) -> int:
    """Whole months from one YYYY-MM to another; negative when the second is earlier."""
    return (int(later[:4]) - int(earlier[:4])) * MONTHS + int(later[5:7]) - int(earlier[5:7])


def stale(drafts: Sequence[Draft], month: str, most: int) -> None:
    """Facts were looked up in the last `most` months; what never was is told once for a file."""
    undated: dict[str, list[Draft]] = {}
    for draft in drafts:
        checked = draft.item.checked
        if checked:
            age = months_between(checked, month)
            if age > most:
                what = (
                    f"The facts of the {draft.kind} `{draft.item.id}` were last looked up {age} months ago."
                )
                hint = f"Hold them against the documentation, then write `checked: {month}`."
                draft.add("stale", ("checked",), what, hint, severity="note")
        elif "checked" not in draft.raw.bad and not draft.spoiled and not isinstance(draft.item, Guide):
            undated.setdefault(draft.sheet.file, []).append(draft)
    for group in undated.values():
        first, *others = group
        more = f" and {len(others)} more of this file" if others else ""
        what = f"Nothing says when the facts of the {first.kind} `{first.item.id}`{more} were looked up."
        hint = f"Write `checked: {month}` once they were" + (", under `defaults` for all." if others else ".")
        first.add("stale", (), what, hint, severity="note")


def exact_figure(notes: Notes, look: Look) -> None:
    """A price in the stem, or a price or limit in a right option, says when it was looked up."""
    item = look.item
    if item.checked:
        return
    found = _PRICE.search(item.stem)
    path: tuple[str | int, ...] = ("stem",)
    for number in look.right:
        text = item.options[number].text
        if not found and any(map(str.isdecimal, text)):
            found = _PRICE.search(text) or _LIMIT.search(text)
            path = path_of(number, item.options[number])
    if found:
        what = f"The question `{item.id}` rests on the figure `{found.group()}`, and has no `checked`."
        hint = "Prices and limits move: look it up and write `checked: YYYY-MM`."
        notes.add("exact-figure", path, what, hint, severity="note")
