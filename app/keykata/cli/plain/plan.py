"""The plan in lines: the exam, today, each day, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from keykata.cli.out import Out
from keykata.cli.plain.patience import patiently
from keykata.cli.plain.speech import sentence
from keykata.study import pack_text
from keykata.study.dojo import Dojo
from keykata.study.plan_views import Pack, PlanPage
from keykata.study.plan_words import day_line, exam_line, notes, today_line

ASKED = "Say pack, exam and its date as 2026-12-14, exam none, or back."


def talk_plan(dojo: Dojo, say: Callable[[str], str | None], out: Out) -> None:
    """Say the plan; then the pack, or another date of the exam, if that is wanted.

    Args:
        say: asks with a prompt; None for back.
    """
    out.lines(plan_lines(dojo.plan()))
    out.line(ASKED)
    while (words := say("The plan:")) is not None:
        word, _, rest = words.casefold().partition(" ")
        if words.casefold() == "pack":
            out.lines(pack_lines(dojo.pack()))
        elif word == "exam" and rest:
            patiently(partial(dojo.set_exam_date, None if rest == "none" else rest), out)
            out.lines(plan_lines(dojo.plan()))
        else:
            out.line(ASKED)


def plan_lines(page: PlanPage) -> Iterator[str]:
    """What `keykata plan` says."""
    yield exam_line(page)
    yield today_line(page)
    if page.exam_date is None:
        yield "To plan the days: keykata config exam-date 2026-12-14"
    for row in page.days:
        line = day_line(row, page.mock_minutes)
        if row.in_days or row.mock:
            yield line
        elif page.begun:
            yield f"Left of today's time: {line.removeprefix('Today: ')}"
    yield from notes(page)


def pack_lines(pack: Pack) -> Iterator[str]:
    """The pack, a fact after the other."""
    yield sentence(f"The night before. {pack_text.title(pack)}")
    if pack_text.empty(pack):
        yield pack_text.NOTHING
    for number, fact in enumerate(pack.facts, 1):
        yield f"Fact {number}. {sentence(fact.heading)} {sentence(pack_text.recall_words(fact))}"
        yield from (sentence(line) for line in f"{fact.prompt}\n{fact.answer}".split("\n") if line.strip())
    for mixup in pack.mixups:
        yield sentence(f"Mixed up: {pack_text.mixup_words(mixup)}")
        if mixup.question:
            yield f"What decides: {sentence(mixup.question)}"
    yield from (f"Habit: {habit}" for habit in pack.habits)
