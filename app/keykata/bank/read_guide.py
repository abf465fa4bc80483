"""A guide (Markdown with front matter) into a draft."""

from __future__ import annotations

import re

from keykata.bank.drafts import WHOLE_FILE, Draft, place_of
from keykata.bank.events import read_tree
from keykata.bank.findings import Sheet
from keykata.bank.kinds import GUIDE
from keykata.bank.model import Guide
from keykata.bank.read_term import file_id, only, root_of
from keykata.bank.source import Source, unseen
from keykata.core.safe import is_safe, safe_text

_FENCE = re.compile(r"---[ \t]*\Z")
_LINK = re.compile(r"\]\(term:(?P<target>[^)\s]+)\)")


def _closing(lines: list[str]) -> int:
    """The number of the line that ends the front matter, 0 when there is none."""
    if not lines or not _FENCE.match(lines[0]):
        return 0
    return next((number for number, line in enumerate(lines) if number and _FENCE.match(line)), 0)


def _body(lines: list[str], first: int, sheet: Sheet) -> str:
    text = "\n".join(lines[first:]).strip("\n")
    if is_safe(text):
        return text
    for number in range(first, len(lines)):
        if not is_safe(lines[number]):
            sheet.add("text-control", number, 0, *unseen(lines[number]), severity="warning")
    return safe_text(text)


def links(lines: list[str]) -> list[tuple[int, int, str]]:
    """Line and column (from 0) and target of every `term:` link of a guide."""
    return [
        (number, match.start("target"), match.group("target"))
        for number, line in enumerate(lines)
        for match in _LINK.finditer(line)
    ]


def read_guide(source: Source) -> list[Draft]:
    """The guide of a file: one draft, or none when its front matter cannot be found."""
    sheet = source.sheet
    end = _closing(sheet.lines)
    if not end:
        if not sheet.errors:
            hint = "Begin the file with `---`, its `id`, `title` and `kind`, and `---` again."
            sheet.add("schema-missing-field", 0, 0, "The guide has no front matter.", hint)
        return []
    front = "\n".join(["", *sheet.lines[1:end], ""])
    tree = read_tree(Source(front, sheet, source.odd))
    root = root_of(tree, sheet)
    if root is None:
        return []
    name = file_id(tree, sheet)
    sheet.item = name
    with sheet.inside("guide", name):
        raw = GUIDE.read(root, sheet)
    body = _body(sheet.lines, end + 1, sheet)
    if not body.strip():
        sheet.add(
            "empty-field", end, 0, f"The guide `{name}` has no text.", "Write it under the front matter."
        )
    sheet.item = ""
    sheet.claim(name, *WHOLE_FILE)
    if raw is None:
        return []
    values = raw.values
    guide = Guide(
        id=values.get("id", name),
        title=values.get("title", ""),
        kind=values.get("kind", "study-guide"),
        body=body,
        place=place_of(raw, sheet),
        **only(values, "terms", "refs", "checked", "allow"),
    )
    return [Draft(guide, raw, sheet, spoiled=sheet.errors > 0 or not raw.node_is_whole)]
