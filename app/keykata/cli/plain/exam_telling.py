"""What plain mode says of a test or exam under way: nothing of right and wrong."""

from __future__ import annotations

from collections.abc import Iterator

from keykata.cli.plain.speech import one_line, sentence
from keykata.cli.plain.telling import question_lines, scenario_lines
from keykata.cli.plain.timing import where_line
from keykata.practice.paper import QuestionSlot, SortSlot
from keykata.study.exam_sitting import ExamSitting
from keykata.study.phrases import SET_BACK, plural
from keykata.study.views import ExamStanding, ListLine
from keykata.study.wording import chosen_words


def opening_lines(sitting: ExamSitting) -> tuple[str, ...]:
    """What a test or exam begins with."""
    paper, standing = sitting.paper, sitting.standing()
    limit = f", {plural(paper.minutes, 'minute')}" if paper.minutes else ""
    start = f"{sentence(sitting.title)} {plural(standing.total, 'question')}{limit}. Seed {paper.seed}."
    answered = [f"{standing.answered} answered already."] if standing.answered else []
    strict = ["The clock runs on while you are away."] if paper.strict else []
    set_back = [SET_BACK] if sitting.clock_set_back else []
    told = "What is right is told when it is handed in. Say help for the words."
    return (" ".join([start, *answered]), *strict, *set_back, told)


def place_lines(standing: ExamStanding) -> Iterator[str]:
    """The question on show, and what was done with it so far."""
    slot, turn = standing.slot, standing.turn
    yield where_line(standing)
    if isinstance(slot, QuestionSlot):
        yield from question_lines(slot)
    elif isinstance(slot, SortSlot):
        yield from scenario_lines(slot)
    yield f"Select {standing.selects}."
    if turn.chosen:
        sure = {"sure": ", sure", "guess": ", a guess"}.get(turn.confidence or "", "")
        yield f"Your choice: {one_line(chosen_words(slot, turn.chosen))}{sure}."
    if turn.struck:
        yield f"Crossed out: {one_line(chosen_words(slot, tuple(sorted(turn.struck))))}."
    if turn.marked:
        yield "Marked."


def list_line(line: ListLine) -> str:
    """A position in words: `12. A and C. Marked.`, `13. Blank.`, `14. A, 1 more to select.`"""
    chosen = " and ".join(line.chosen.split())
    missing = f", {line.missing} more to select" if chosen and line.missing else ""
    return f"{line.position}. {chosen or 'Blank'}{missing}.{' Marked.' if line.marked else ''}"
