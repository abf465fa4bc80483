"""Coverage in aligned lines that fit 80 columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from keykata.core.rounding import percent, round_half_up
from keykata.core.safe import safe_line
from keykata.practice.item_figures import LEAST_FIT, LEAST_HARD, LEAST_SHOWN
from keykata.practice.supply import DomainCover
from keykata.study.coverage_views import Coverage, ExamCover, FirstShown, Group, Troubled
from keykata.study.phrases import date_phrase, plural
from keykata.study.remarks import Remark

WIDTH = 80
NAME = 40
COLUMN = 8
WORDS = {
    "too-hard": "right less often than by chance",
    "misfit": "right when the others go wrong",
    "too-easy": "never wrong, at first sight neither",
    "idle-distractor": "a distractor nobody chose",
}
KINDS = (
    ("terms", "term", "terms"),
    ("concepts", "key concept", "key concepts"),
    ("faqs", "question people ask", "questions people ask"),
    ("comparisons", "comparison", "comparisons"),
    ("sorter", "sorter scenario", "sorter scenarios"),
    ("questions", "question", "questions"),
    ("guides", "guide", "guides"),
)


def coverage_lines(found: Coverage) -> Iterator[str]:
    """What there is, what is missing, and what the answers tell."""
    yield from _flowing(f"Counted: {', '.join(found.banks) or 'no bank'}.")
    yield from _flowing(_list(plural(found.kinds[name], one, many) for name, one, many in KINDS))
    if found.exam:
        yield from ("", *_exam(found.exam))
    multiple = found.multiple
    if multiple.share is not None:
        share = _percent(multiple.share)
        wanted = f"{_percent(multiple.low)} to {_percent(multiple.high)} wanted"
        yield ""
        yield f"Multiple response: {multiple.questions:,} of the questions, {share}; {wanted}."
    yield from _groups("By task statement", [group for group in found.by_task if group.questions])
    yield from _groups("By level", found.by_level)
    yield from _groups("By topic", found.by_topic)
    yield from _flowing("Met: asked at least once. Right: at first sight; later tries tell of memory.")
    if found.untested:
        yield ""
        yield from _flowing(f"Terms without a question: {_list(group.title for group in found.untested)}")
    yield from ("", *_trouble(found))


def _exam(exam: ExamCover) -> Iterator[str]:
    banks = ", ".join(exam.banks)
    yield _row(f"{exam.code}, a form of {exam.items}", ("wanted", "there", "items", "need", "missing"))
    for domain in exam.domains:
        yield from _domain(domain)
    if exam.missing:
        yield f"One full form lacks {plural(exam.missing, 'question')}."
    else:
        yield "One full form can be filled."
    if not exam.held:
        yield from _flowing(f"Not held to the blueprint, so in no mock exam; counted as if it were: {banks}.")
    kept_out = [domain for domain in exam.domains if domain.questions - domain.have > 0 and domain.missing]
    if kept_out:
        yield from _flowing(
            "Kept out of one form with the others: twins, near-duplicates, a fourth question on one term"
            f" ({_list(f'{d.questions - d.have} in {d.name}' for d in kept_out).rstrip('.')})."
        )
    if exam.elsewhere:
        yield f"Of no task statement of this exam: {plural(exam.elsewhere, 'question')}."
    if exam.disputed:
        yield f"Disputed, and so in no exam: {plural(exam.disputed, 'question')}."


def _domain(domain: DomainCover) -> Iterator[str]:
    share = "-" if domain.share is None else _percent(domain.share)
    cells = (_percent(domain.wanted), share, f"{domain.questions:,}", str(domain.need), str(domain.missing))
    yield _row(f"{domain.domain} {domain.name}", cells)
    for task in domain.tasks:
        yield _row(
            f"  {task.task} {task.name}", ("", "", f"{task.questions:,}", str(task.need), str(task.missing))
        )


def _groups(title: str, groups: Sequence[Group]) -> Iterator[str]:
    if not groups:
        return
    yield ""
    yield _row(title, ("items", "met", "right"))
    for group in groups:
        number = f"{group.name} " if group.name[:1].isdigit() else ""
        cells = (f"{group.questions:,}", f"{group.first.tried:,}", _right(group.first))
        yield _row(f"{number}{group.title}", cells)


def _right(first: FirstShown) -> str:
    return f"{percent(first.right, first.tried)} %" if first.tried else "-"


def _trouble(found: Coverage) -> Iterator[str]:
    if not found.answers:
        yield "Nothing was answered here yet, so the answers tell nothing of the questions."
        return
    answers = f"{plural(found.answers, 'answer')} to {plural(found.answered, 'question')}"
    yield from _flowing(
        f"Trouble in the log: {answers}. One learner's log is weak evidence: too hard takes {LEAST_HARD}"
        f" answers, a misfit {LEAST_FIT}, an idle distractor {LEAST_SHOWN} showings, and what was met"
        " before is remembered rather than solved."
    )
    if not found.trouble:
        yield "Nothing stands out."
    for one in found.trouble:
        yield f"{safe_line(one.file)}:{one.line} {safe_line(one.item)}"
        yield from _flowing(f"{WORDS[one.trouble].capitalize()}: {_evidence(one)}", indent="    ")


def _evidence(one: Troubled) -> str:
    if one.trouble == "too-hard":
        return (
            f"{one.firm_correct} of {one.firm} right, guesses left out; chance gives {_percent(one.chance)}."
        )
    if one.trouble == "misfit":
        return (
            f"correlation {one.fit:.2f} with the other questions of the sittings, {one.fit_answers} answers."
        )
    if one.trouble == "too-easy":
        return f"{one.correct} of {one.tries} right. It may only be well remembered."
    wrong = plural(one.tries - one.correct, "wrong answer")
    return f"option {_list(one.options)[:-1]} in {one.tries} showings, {wrong} among them."


def remark_lines(found: Sequence[Remark]) -> Iterator[str]:
    """Notes and reports: the place on a line of its own, what was written under it."""
    if not found:
        yield "No notes and no reports yet."
    for one in found:
        place = f"{safe_line(one.file)}:{one.line}" if one.file else "no longer in an open bank"
        what = "Reported as wrong" if one.kind == "report" else "Note"
        yield f"{place} {safe_line(one.item)}"
        yield from _flowing(
            f"{what}, {date_phrase(one.day)} {one.day[:4]}: {one.text.strip() or 'without words'}",
            indent="    ",
        )


# --- words and columns -----------------------------------------------------------------------------------


def _percent(share: float) -> str:
    return f"{round_half_up(100 * share)} %"


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) + "."


def _row(name: str, cells: Sequence[str]) -> str:
    return (_cut(name) + "".join(f"{cell:>{COLUMN}}" for cell in cells)).rstrip()


def _cut(text: str) -> str:
    """A text in exactly the cells of a row's name."""
    line = safe_line(text)
    if _cells(line) > NAME:
        while _cells(line) >= NAME:
            line = line[:-1]
        line = line.rstrip() + "…"
    return line + " " * (NAME - _cells(line))


def _cells(text: str) -> int:
    """Cells a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in ("W", "F") else 1 for char in text)


def _flowing(text: str, indent: str = "") -> Iterator[str]:
    """A text broken between words at 80 columns."""
    line = indent
    for word in safe_line(text).split():
        if line.strip() and len(line) + len(word) + 1 > WIDTH:
            yield line
            line = indent
        line += word if line == indent else f" {word}"
    if line.strip():
        yield line
