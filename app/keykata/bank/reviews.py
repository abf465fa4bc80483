"""The review log of a shipped bank: who read which wording blind, a JSON object a line (`review.jsonl`)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from keykata.bank.drafts import Draft
from keykata.bank.findings import Sheet
from keykata.bank.manifest import MAX_BYTES
from keykata.bank.model import Question
from keykata.core.disk import read_at_most

REVIEWS = "review.jsonl"


class Review(msgspec.Struct, frozen=True):
    """One blind reading: the full item id, its wording then, and whether the reader chose the answer."""

    item: str
    wording: str
    agreed: bool
    on: str = ""
    verdict: str = ""


def read_reviews(folder: Path) -> tuple[list[Review], Sheet]:
    """The readings of a bank, and the lines that are none."""
    path = folder / REVIEWS
    data = read_at_most(path, MAX_BYTES) if path.is_file() else b""
    text = data.decode("utf-8", "replace")
    sheet = Sheet(str(path), text)
    found: list[Review] = []
    if len(data) > MAX_BYTES:
        what = f"The file holds more than {MAX_BYTES:,} bytes, which is the limit."
        sheet.add("yaml-limit", 0, 0, what, "Keep the newest readings.")
        return found, sheet
    for number, line in enumerate(text.splitlines()):
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line, type=Review))
        except (msgspec.MsgspecError, RecursionError) as error:
            hint = "A line is an object with `item`, `wording` and `agreed`."
            sheet.add("schema-bad-value", number, 0, f"This is no entry of a review log: {error}.", hint)
    return found, sheet


def review_missing(drafts: Iterable[Draft], bank: str, reviews: Iterable[Review]) -> None:
    """Every question was read blind at its present wording, and the reader agreed."""
    agreed = {(review.item, review.wording) for review in reviews if review.agreed}
    known = {review.item for review in reviews}
    for draft in drafts:
        item = draft.item
        if not isinstance(item, Question) or draft.spoiled or (f"{bank}:{item.id}", item.wording) in agreed:
            continue
        seen = f"{bank}:{item.id}" in known
        why = "was changed after its last blind reading" if seen else "was never read blind"
        what = f"The question `{item.id}` {why}."
        hint = f"Let somebody answer it without its answer, and add an entry to {REVIEWS}."
        draft.add("review-missing", (), what, hint, severity="warning")
