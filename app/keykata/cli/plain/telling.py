"""What plain mode says of a position: the item, the turned fact, the feedback. One fact a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keykata.cli.plain.grammar import Ask, SlotKind
from keykata.cli.plain.speech import BLANK, one_line, prose, sentence, short
from keykata.practice.paper import LETTERS, QuestionSlot, RecallSlot, Slot, SortSlot
from keykata.study.home_views import Notice
from keykata.study.phrases import plural
from keykata.study.prose import reading
from keykata.study.views import Standing
from keykata.study.wording import (
    RATING_WORDS,
    again_phrase,
    outlook_phrase,
    plain_verdict,
    slipped_phrase,
    slot_heading,
)

CAUSES_LINE = "You may say why: unknown, misread, between, slip."


def slot_kind(slot: Slot) -> SlotKind:
    """Which grammar a slot takes."""
    if isinstance(slot, QuestionSlot):
        return "question"
    return "sort" if isinstance(slot, SortSlot) else "recall"


def asked(slot: Slot, *, turned: bool, missed: bool, patient: bool) -> Ask:
    """What the prompt at a slot takes."""
    return Ask(
        kind=slot_kind(slot),
        options=len(slot.texts),
        select=len(slot.right),
        turned=turned,
        missed=missed,
        patient=patient,
    )


def prompt_of(slot: Slot, *, turned: bool) -> str:
    """The words of the prompt."""
    if isinstance(slot, RecallSlot):
        return "Your rating:" if turned else "Any line turns it:"
    return "Your answer:"


def item_lines(standing: Standing) -> Iterator[str]:
    """The item as it is asked."""
    slot = standing.slot
    where = f"{standing.position} of {standing.total}. {sentence(slot_heading(slot))}"
    if isinstance(slot, QuestionSlot):
        yield f"Question {where} Select {len(slot.right)}."
        yield from question_lines(slot)
    elif isinstance(slot, SortSlot):
        yield f"Scenario {where}"
        yield from scenario_lines(slot)
    else:
        yield f"Fact {where}"
        yield from _prompt_lines(slot)


def question_lines(slot: QuestionSlot) -> Iterator[str]:
    """A question: its story, what is asked, its options."""
    yield from prose(slot.stem, slot.alt)
    yield f"Asked: {short(slot.ask)}"
    for place, option in enumerate(slot.options):
        yield from _option(LETTERS[place], option.text)


def aided_lines(slot: Slot) -> Iterator[str]:
    """The reading order: what is asked, the sentences that bind the answer, then the story."""
    if not isinstance(slot, QuestionSlot):
        yield "asked belongs to questions."
        return
    order = reading(slot.stem, slot.ask)
    yield f"Asked: {short(order.ask)}"
    yield from (f"Limit: {short(limit)}" for limit in order.limits)
    first, *more = prose(order.story, slot.alt) or ("",)
    yield f"Story: {first}"
    yield from more


def scenario_lines(slot: SortSlot) -> Iterator[str]:
    """A scenario of the sorter, and its places."""
    yield from prose(slot.say)
    yield "Asked: Which one fits?"
    for number, choice in enumerate(slot.choices, 1):
        yield f"{number}. {sentence(choice.name)}"


def _option(letter: str, text: str) -> Iterator[str]:
    first, *more = prose(text) or ("",)
    yield f"{letter}. {first}"
    yield from more


def _prompt_lines(slot: RecallSlot) -> Iterator[str]:
    if slot.gaps:
        yield f"Fill in: {short(''.join(_gap(gap.text, gap.hint, hidden=gap.hidden) for gap in slot.gaps))}"
        return
    yield from prose(slot.prompt)


def _gap(text: str, hint: str, *, hidden: bool) -> str:
    if not hidden:
        return text
    return f"(blank: {one_line(hint)})" if hint else BLANK


def turned_lines(standing: Standing) -> Iterator[str]:
    """A recalled fact with its answer, and what each rating leads to."""
    slot = standing.slot
    if not isinstance(slot, RecallSlot):
        return
    if slot.gaps:
        hidden = list(dict.fromkeys(one_line(gap.text) for gap in slot.gaps if gap.hidden))
        yield f"Answer: {short('; '.join(hidden))}"
        yield f"In full: {short(''.join(gap.text for gap in slot.gaps))}"
    else:
        yield from _labelled("Answer", slot.answer)
    yield from _labelled("Because", slot.why)
    yield "Rate it: " + " ".join(_rating_line(standing, rating) for rating in range(1, 5))


def _rating_line(standing: Standing, rating: int) -> str:
    when = f", {outlook_phrase(standing.outlooks[rating - 1])}" if len(standing.outlooks) == 4 else ""
    return f"{rating} {RATING_WORDS[rating - 1].lower()}{when}."


def feedback_lines(standing: Standing) -> Iterator[str]:
    """What is said after an answer; the first line is `Right.` or begins `Wrong.`, or names the rating."""
    slot, turn = standing.slot, standing.turn
    if isinstance(slot, RecallSlot):
        yield sentence(f"{RATING_WORDS[turn.rating - 1]}. {_again(standing)}")
        yield from _slipped(standing, missed=turn.rating == 1)
        return
    yield one_line(plain_verdict(slot, turn, standing.again))
    if turn.correct:
        yield from (line for line in [_again(standing)] if line)
    if isinstance(slot, QuestionSlot):
        yield from _labelled("Because", slot.explanation)
        yield from _reasons(slot, turn.chosen)
        if slot.disputed:
            yield short(f"Disputed since {slot.disputed.since}: {slot.disputed.claim}")
            yield from (f"Link: {one_line(link)}" for link in slot.disputed.links)
    else:
        yield from _labelled("Because", slot.because)
        yield from _sort_reasons(slot, turn.chosen)
    if standing.entered:
        yield f"Your queue now holds {plural(standing.entered, 'more fact', 'more facts')} on this."
    yield from _slipped(standing, missed=turn.correct is False)


def _slipped(standing: Standing, *, missed: bool) -> Iterator[str]:
    if standing.slipped and missed:
        yield slipped_phrase(standing.slipped)


def _again(standing: Standing) -> str:
    return f"{again_phrase(standing.again).capitalize()}." if standing.again else ""


def _reasons(slot: QuestionSlot, chosen: tuple[int, ...]) -> Iterator[str]:
    """Why each option is right or not: the right ones first, then the learner's, then the others."""
    rest = [place for place in range(len(slot.options)) if place not in slot.right and place not in chosen]
    yours = [place for place in chosen if place not in slot.right]
    for place in (*slot.right, *yours, *rest):
        kind = ", right" if place in slot.right else ", yours" if place in yours else ""
        yield from _labelled(f"{LETTERS[place]}{kind}", slot.options[place].why)


def _sort_reasons(slot: SortSlot, chosen: tuple[int, ...]) -> Iterator[str]:
    for place in chosen:
        if place != slot.fits:
            yield from _labelled(f"{one_line(slot.choices[place].name)}, yours", slot.choices[place].why)
    yield from _labelled("Rule", slot.rule)


def _labelled(label: str, text: str) -> Iterator[str]:
    lines = prose(text)
    if lines:
        yield f"{label}: {lines[0]}"
        yield from lines[1:]


def notice_lines(notices: Iterable[Notice]) -> tuple[str, ...]:
    """What the learner is to be told before anything else."""
    return tuple(f"Notice: {sentence(notice.text)} {sentence(notice.hint)}".strip() for notice in notices)
