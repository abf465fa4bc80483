"""coverage: what the banks cover, and what the answers say of their questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from keykata.cli.figures import figure_options
from keykata.cli.home import dojo
from keykata.cli.out import stdout
from keykata.core.rounding import percent
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.study.views import Coverage, CoverageNote, OddItem

TROUBLE = {
    "too-easy": "right every time: it tells nothing any more",
    "too-hard": "right less often than by chance: is the answer wrong, or the stem unclear?",
    "never-picked": "nobody picks this distractor",
    "wrong-slope": "missed in the sittings that went well: may be ambiguous",
}
MULTIPLE = "10 to 20 % is usual"
NAME = 70


@click.command()
@figure_options
@click.option("--of", "bank", default="", metavar="BANK", help="Only the bank of this id.")
@click.option("--notes", is_flag=True, help="Notes and reports of something wrong, with file and line.")
@click.pass_context
def coverage(context: click.Context, bank: str, notes: bool, as_json: bool) -> None:
    """What the open banks cover against the blueprint, and what the answers say of their questions."""
    import msgspec

    with dojo(context) as opened:
        if notes:
            found = opened.coverage_notes()
            if as_json:
                stdout().json(msgspec.to_builtins(found))
            else:
                stdout().lines(note_lines(found))
            return
        covered = opened.coverage(bank)
        if as_json:
            stdout().json(msgspec.to_builtins(covered))
        else:
            stdout().lines(coverage_lines(covered))


def coverage_lines(found: Coverage) -> Iterator[str]:
    """The whole report, narrow enough for 80 columns."""
    share = f"{percent(found.multiple, found.questions)} %" if found.questions else "none"
    yield f"{found.questions} questions, {found.multiple} with several answers ({share}; {MULTIPLE})"
    if found.without_task:
        yield f"{found.without_task} without a task statement"
    yield ""
    yield f"{'':<26}of the exam   in the banks   missing for one paper"
    for domain in found.domains:
        held = f"{percent(domain.questions, found.questions)} %" if found.questions else ""
        missing = str(domain.missing) if domain.missing else "none"
        yield f"{domain.name:<26}{domain.weight:>6} %{domain.questions:>10}{held:>7}{missing:>12}"
    yield ""
    for task in found.tasks:
        name = safe_line(task.name)
        yield f"{task.task:<5}{name[:NAME]:<{NAME}}{task.questions:>5}"
    yield ""
    yield "Levels   " + "   ".join(f"{name} {count}" for name, count in found.levels.items())
    yield from _topic_lines(found)
    yield from _odd_lines(found.odd)


def _topic_lines(found: Coverage) -> Iterator[str]:
    if found.topics:
        yield ""
        yield "Questions by term"
        for term, count in sorted(found.topics.items(), key=lambda pair: (-pair[1], pair[0])):
            yield f"  {safe_line(term):<{NAME}}{count:>5}"
    if found.untested:
        yield ""
        yield "Terms without a question"
        yield from (f"  {safe_line(term)}" for term in found.untested)


def _odd_lines(odd: tuple[OddItem, ...]) -> Iterator[str]:
    yield ""
    if not odd:
        yield "The answers in this log show no trouble, or are too few to say."
        return
    yield "What the answers show (one learner's log: hints, not proof)"
    for item in odd:
        yield f"  {safe_line(item.file)}:{item.line}  {safe_line(item.item)}"
        yield f"    {TROUBLE[item.trouble]} ({item.answers} answers, {round(100 * item.share)} % right)"
        yield from (f"    - {safe_line(text)}" for text in item.texts)


def note_lines(notes: tuple[CoverageNote, ...]) -> Iterator[str]:
    """A note or report a line, its place first."""
    if not notes:
        yield "No notes and no reports yet. n and w on a question write them."
    for note in notes:
        place = f"{safe_line(note.file)}:{note.line}" if note.file else "no longer in the banks"
        kind = "wrong" if note.kind == "report" else "note"
        yield f"{place}  {safe_line(note.item)}  {note.day}  {kind}: {safe_line(note.text)}"
