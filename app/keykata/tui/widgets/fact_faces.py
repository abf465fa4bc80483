"""How a fact looks on a sheet, before and after it is turned, and the four words that rate it."""

from __future__ import annotations

from textual.content import Content

from keykata.practice.paper import RecallSlot
from keykata.study.views import Standing
from keykata.study.wording import (
    RATING_WORDS,
    kind_label,
    outlook_phrase,
    rated_line,
    slipped_phrase,
    slot_heading,
)
from keykata.tui.signs import GAP
from keykata.tui.widgets.prose import inline, prose
from keykata.tui.widgets.sheet import ACCENT, DIM, INDENT, Sheet, Zone

RATING_WIDTH = 17


def lay_recall(sheet: Sheet, slot: RecallSlot, now: Standing, *, turned: bool) -> None:
    """The fact with its gap; shown, with the four words and what each leads to, or with the one given."""
    sheet.blank(soft="if-fits")
    sheet.text(Content.styled(slot_heading(slot), "bold"), right=Content.styled(kind_label(slot), DIM))
    sheet.blank(2)
    if slot.gaps:
        sheet.text(_gapped(slot, turned=turned), indent=INDENT)
    else:
        prose(sheet, slot.prompt, indent=INDENT)
        if turned:
            sheet.blank()
            prose(sheet, slot.answer, indent=INDENT, style="bold")
    sheet.blank(2)
    if not turned:
        return
    if slot.why:
        prose(sheet, slot.why, indent=INDENT, style=DIM)
        sheet.blank(soft="if-fits")
    for address in slot.refs[:1]:
        sheet.text(address, indent=INDENT, style=DIM)
    if now.slipped:
        sheet.blank(soft="if-fits")
        sheet.text(slipped_phrase(now.slipped), style="$warning", indent=INDENT)
    sheet.blank()
    sheet.blank(2, soft="if-fits")
    if now.turn.answered:
        sheet.text(rated_line(now.turn), indent=INDENT)
    else:
        lay_ratings(sheet, now)


def _gapped(slot: RecallSlot, *, turned: bool) -> Content:
    parts: list[str | tuple[str, str] | Content] = []
    for gap in slot.gaps:
        if not gap.hidden:
            parts.append(inline_keep(gap.text))
        elif turned:
            parts += [("‹", ACCENT), inline_keep(gap.text).stylize("bold"), ("›", ACCENT)]
        else:
            hint = inline_keep(f" ({gap.hint})").stylize(DIM) if gap.hint else ""
            parts += [(GAP * 8, ACCENT), hint]
    return Content.assemble(*parts)


def inline_keep(text: str) -> Content:
    """Inline prose with the blanks at its ends kept: stretches of a sentence."""
    bare = text.strip()
    if not bare:
        return Content(text)
    start = text.index(bare)
    return Content.assemble(text[:start], inline(bare), text[start + len(bare) :])


def lay_ratings(sheet: Sheet, now: Standing) -> None:
    """Four words, four dates; each can be clicked."""
    dates = [outlook_phrase(again) for again in now.outlooks] or [""] * len(RATING_WORDS)
    if sheet.width < INDENT + len(RATING_WORDS) * RATING_WIDTH - 5:
        for number, (word, date) in enumerate(zip(RATING_WORDS, dates, strict=True), 1):
            sheet.line(
                Content.assemble((f"{number} ", ACCENT), f"{word:<10}", (date, DIM)), target=f"rate {number}"
            )
        return
    names, when, zones = Content(" " * INDENT), " " * INDENT, []
    for number, (word, date) in enumerate(zip(RATING_WORDS, dates, strict=True), 1):
        start = names.cell_length
        names = Content.assemble(names, (f"{number} ", ACCENT), f"{word:<{RATING_WIDTH - 2}}")
        when += f"{date:<{RATING_WIDTH}}"
        zones.append(Zone(start, start + RATING_WIDTH - 2, f"rate {number}"))
    sheet.line(names.rstrip(), zones=tuple(zones))
    sheet.line(when.rstrip(), zones=tuple(zones), style=DIM)


def rating_words(now: Standing, width: int) -> Content:
    """The four words on one line, with their dates where there is room."""
    dates = [f" {outlook_phrase(again)}" for again in now.outlooks] or [""] * len(RATING_WORDS)
    told = _rating_line(dates)
    return told if told.cell_length <= width else _rating_line([""] * len(RATING_WORDS))


def _rating_line(dates: list[str]) -> Content:
    parts = [
        Content.assemble((f"{number} ", ACCENT), word.lower(), (date, DIM))
        for number, (word, date) in enumerate(zip(RATING_WORDS, dates, strict=True), 1)
    ]
    return Content("  ").join(parts)
