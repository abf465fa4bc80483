"""What the menu offers besides practice: the mock exam, the missed list and the mix-ups, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from keykata.cli.plain.speech import one_line, sentence, short
from keykata.practice.paper import Paper
from keykata.study.exam_shape import even, shape_of
from keykata.study.home_views import ExamOffer, Lack, OpenSitting
from keykata.study.phrases import kept_out_words, open_phrase, plural, shape_words
from keykata.study.views import MissedItem, MixUp
from keykata.study.wording import long_date_phrase


def offer_lines(offer: ExamOffer, left_open: Sequence[OpenSitting] = ()) -> Iterator[str]:
    """The mock exams left open, and the one there is now."""
    yield from map(left_open_line, left_open)
    size = f"{plural(offer.items, 'question')}, {plural(offer.minutes, 'minute')}"
    if offer.lengthened > offer.minutes:
        size += f", or {offer.lengthened} with the extra time"
    yield f"{'Another mock exam' if left_open else 'Mock exam'}: {size}."
    yield from lack_lines(offer)
    if offer.sealed:
        yield f"{plural(offer.sealed, 'paper')} kept back for it, of questions you have not met in practice."
    elif offer.papers:
        yield "No paper kept back is left. It takes questions you have not met first."


def left_open_line(sitting: OpenSitting) -> str:
    """What can go on."""
    return f"Left open: {one_line(sitting.title)}, {open_phrase(sitting)}."


def lack_lines(offer: ExamOffer) -> Iterator[str]:
    """What is missing for a whole exam; nothing when it is one."""
    if offer.full:
        return
    if not offer.lacks:  # a sealed paper, whatever else the banks could give
        yield shape_words(full=False, even=offer.even)
        return
    yield "The open banks cannot fill a whole exam. This is the largest in its proportions."
    yield from lack_list(offer.lacks)


def lack_list(lacks: Sequence[Lack]) -> Iterator[str]:
    """What each domain lacks, and what keeps questions it has out."""
    yield from (f"{one_line(lack.name)} has {lack.have} of {lack.need} questions." for lack in lacks)
    if kept_out := kept_out_words([(one_line(lack.name), lack.kept_out) for lack in lacks]):
        yield kept_out


def shape_lines(paper: Paper, offer: ExamOffer) -> Iterator[str]:
    """How an exam that begins differs from a whole one, and what the banks lack where that is why.

    Args:
        paper: of the exam. offer: what the banks can give next.
    """
    yield shape_of(paper)
    if even(paper):
        yield from lack_list(offer.lacks)


def missed_list_lines(items: Iterable[MissedItem]) -> Iterator[str]:
    """The missed list, two lines an item where there are notes."""
    for number, item in enumerate(items, 1):
        right = (
            "never right" if item.last_right is None else f"last right on {long_date_phrase(item.last_right)}"
        )
        missed = f"Missed {item.missed} of {plural(item.tries, 'time')}, {right}."
        yield f"{number}. {sentence(item.title)} {sentence(item.lead)} {missed}"
        yield from (f"Your note: {sentence(note)}" for note in item.notes)


def mixup_lines(mixups: Iterable[MixUp]) -> Iterator[str]:
    """Mix-ups, each with what decides."""
    for number, mixup in enumerate(mixups, 1):
        pair = f"{one_line(mixup.chosen_name)} taken for {one_line(mixup.right_name)}"
        yield f"{number}. {pair}, {mixup.times} of {plural(mixup.of, 'time')}."
        if mixup.question:
            yield f"What decides: {short(mixup.question)}"
