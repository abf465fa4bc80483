"""How a question and a sorter scenario look on a sheet, before and after answering."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from rich.cells import cell_len
from textual.content import Content

from keykata.practice.paper import LETTERS, Argument, QuestionSlot, ShownOption, SortSlot
from keykata.study.phrases import plural
from keykata.study.prose import reading
from keykata.study.views import Standing
from keykata.study.wording import again_phrase, select_phrase, slipped_phrase, verdict_line
from keykata.tui.signs import CHOSEN, HERE, RIGHT, WRONG
from keykata.tui.widgets.prose import inline, prose
from keykata.tui.widgets.sheet import ACCENT, BAD, DIM, GOOD, INDENT, Sheet, Zone


@dataclass(frozen=True, slots=True)
class Choosing:
    """What is chosen and not confirmed yet (shown places), and the option the cursor stands on.

    `aid`: the reading aid is on, what is asked first, then the limits, then the story.
    """

    chosen: tuple[int, ...] = ()
    cursor: int = 0
    struck: Set[int] = field(default_factory=frozenset)
    aid: bool = False


def option_target(place: int) -> str:
    """The target of an option."""
    return f"option {place}"


# --- questions --------------------------------------------------------------------------------------------


def lay_question(sheet: Sheet, slot: QuestionSlot, state: Choosing) -> None:
    """Stem, the asking sentence in bold, options; or in reading order."""
    if state.aid:
        _lay_aided(sheet, slot)
    else:
        if slot.stem:
            prose(sheet, slot.stem)
            sheet.blank()
        _ask(sheet, slot)
    for place, option in enumerate(slot.options):
        if place:
            sheet.blank(soft="first")
        _open_option(sheet, place, option, state)


def _ask(sheet: Sheet, slot: QuestionSlot) -> None:
    sheet.text(inline(slot.ask).stylize("bold"), right=Content.styled(select_phrase(slot), ACCENT))
    sheet.blank()


def _lay_aided(sheet: Sheet, slot: QuestionSlot) -> None:
    """What is asked, the sentences that bind, the story whole."""
    order = reading(slot.stem, slot.ask)
    _ask(sheet, slot)
    for limit in order.limits:
        prose(sheet, limit, lead="  • ")
    if order.limits:
        sheet.blank()
    if order.story:
        sheet.text("The story", style=DIM)
        prose(sheet, order.story)
        sheet.blank()


def _open_option(sheet: Sheet, place: int, option: ShownOption, state: Choosing) -> None:
    here, chosen, struck = place == state.cursor, place in state.chosen, place in state.struck
    sign = CHOSEN if chosen else HERE if here else " "
    letter = (LETTERS[place], "bold $accent" if here else "")
    sheet.text(
        inline(option.text),
        lead=Content.assemble((sign, "bold $accent" if here else ACCENT), " ", letter, "  "),
        right=Content.styled("crossed out", DIM) if struck else "",
        style=DIM if struck else "",
        target=option_target(place),
    )


def lay_answered(sheet: Sheet, slot: QuestionSlot, now: Standing, *, whole: bool = False) -> None:
    """Verdict and schedule, the principle, the answer and mine, the rest, in the order they were shown.

    `whole` shows the question's text too, for looking back.
    """
    _verdict(sheet, slot, now)
    if whole:
        if slot.stem:
            prose(sheet, slot.stem, indent=INDENT)
            sheet.blank(soft="if-fits")
        sheet.text(inline(slot.ask).stylize("bold"), indent=INDENT)
        sheet.blank()
    if slot.explanation:
        prose(sheet, slot.explanation, indent=INDENT)
        sheet.blank()
    chosen = now.turn.chosen
    rest = [place for place in range(len(slot.options)) if place not in slot.right and place not in chosen]
    mine = [place for place in chosen if place not in slot.right]
    for place in (*slot.right, *mine, *rest):
        _told_option(sheet, slot, place, chosen=place in chosen)
        sheet.blank(soft="if-fits")
    if slot.disputed:
        _dispute(sheet, slot.disputed, indent=INDENT)
    names = ", ".join(topic.name for topic in slot.topics)
    facts = [
        names,
        f"task {slot.task}" if slot.task else "",
        f"checked {slot.checked}" if slot.checked else "",
    ]
    sheet.text(" · ".join(fact for fact in facts if fact), style=DIM, indent=INDENT)


def lay_ahead(sheet: Sheet, slot: QuestionSlot) -> None:
    """Break the texts that come after answering into lines, so that the feedback need not wait for it."""
    prose(sheet, slot.explanation, indent=INDENT)
    for place in range(len(slot.options)):
        _told_option(sheet, slot, place, chosen=False)


def lay_read_only(sheet: Sheet, slot: QuestionSlot) -> None:
    """A question of the library: the whole of it with its answer, asked by nobody."""
    if slot.stem:
        prose(sheet, slot.stem)
        sheet.blank()
    sheet.text(inline(slot.ask).stylize("bold"), right=Content.styled(select_phrase(slot), ACCENT))
    sheet.blank()
    for place in range(len(slot.options)):
        _told_option(sheet, slot, place, chosen=False)
        sheet.blank(soft="if-fits")
    if slot.explanation:
        sheet.blank(soft="if-fits")
        prose(sheet, slot.explanation)
    if slot.disputed:
        sheet.blank(soft="if-fits")
        _dispute(sheet, slot.disputed, indent=0)


def _dispute(sheet: Sheet, argument: Argument, *, indent: int) -> None:
    prose(sheet, f"Disputed since {argument.since}: {argument.claim}", style="$warning", indent=indent)
    for link in argument.links:
        sheet.text(link, indent=indent, style=DIM)


def _verdict(sheet: Sheet, slot: QuestionSlot | SortSlot, now: Standing) -> None:
    good = bool(now.turn.correct)
    sign = Content.assemble((RIGHT if good else WRONG, GOOD if good else BAD), "  ")
    again = Content.styled(again_phrase(now.again), DIM) if now.again else ""
    sheet.text(Content.styled(verdict_line(slot, now.turn), GOOD if good else BAD), lead=sign, right=again)
    if now.entered:
        sheet.text(f"{plural(now.entered, 'fact')} behind it will be repeated.", style=DIM, indent=INDENT)
    if now.slipped and not good:
        sheet.text(slipped_phrase(now.slipped), style="$warning", indent=INDENT)
    sheet.blank()


def _told_option(sheet: Sheet, slot: QuestionSlot, place: int, *, chosen: bool) -> None:
    option = slot.options[place]
    sign = (RIGHT, GOOD) if option.right else (WRONG, BAD) if chosen else (" ", "")
    lead = Content.assemble(sign, " ", (LETTERS[place], sign[1]), "  ")
    sheet.text(inline(option.text), lead=lead, right=Content.styled("yours", DIM) if chosen else "")
    if option.why:
        prose(sheet, option.why, indent=5, style=DIM)


# --- the sorter -------------------------------------------------------------------------------------------


def lay_sort(sheet: Sheet, slot: SortSlot, cursor: int, *, before: str = "") -> None:
    """The scenario, and three places that never change."""
    sheet.blank(2, soft="if-fits")
    prose(sheet, slot.say, indent=INDENT)
    sheet.blank()
    if slot.rule:
        prose(sheet, slot.rule, indent=INDENT, style=DIM)
        sheet.blank(2)
    _places(sheet, slot, cursor)
    if before:
        sheet.blank(2)
        prose(sheet, f"Before: right. {before}", indent=INDENT, style=DIM)


def lay_sorted(sheet: Sheet, slot: SortSlot, now: Standing) -> None:
    """What was right, and why the other places are not."""
    _verdict(sheet, slot, now)
    prose(sheet, slot.say, indent=INDENT, style=DIM)
    sheet.blank()
    chosen = now.turn.chosen
    order = [slot.fits, *(p for p in chosen if p != slot.fits)]
    order += [place for place in range(len(slot.choices)) if place not in order]
    for place in order:
        choice = slot.choices[place]
        mine = place in chosen
        sign = (RIGHT, GOOD) if place == slot.fits else (WRONG, BAD) if mine else (" ", "")
        lead = Content.assemble(sign, " ", (str(place + 1), sign[1]), "  ")
        sheet.text(choice.name, lead=lead, right=Content.styled("yours", DIM) if mine else "")
        why = slot.because if place == slot.fits else choice.why
        if why:
            prose(sheet, why, indent=5, style=DIM)
        sheet.blank(soft="if-fits")


def _places(sheet: Sheet, slot: SortSlot, cursor: int) -> None:
    names = [choice.name for choice in slot.choices]
    width = max(25, max(cell_len(name) for name in names) + 4)
    if INDENT + width * len(names) - 4 > sheet.width:
        for place, name in enumerate(names):
            sign = HERE if place == cursor else " "
            sheet.text(
                name, lead=Content.assemble((f"{sign} {place + 1}  ", ACCENT)), target=option_target(place)
            )
        return
    top, bottom, zones = Content(" " * (INDENT - 2)), " " * INDENT, []
    for place, name in enumerate(names):
        sign = HERE if place == cursor else " "
        zones.append(Zone(INDENT + place * width, INDENT + (place + 1) * width - 2, option_target(place)))
        top = Content.assemble(top, (f"{sign} {place + 1}".ljust(width), ACCENT))
        bottom += name + " " * (width - cell_len(name))
    sheet.line(top.rstrip(), zones=tuple(zones))
    sheet.line(bottom.rstrip(), zones=tuple(zones))
