"""The pack as text to print: Markdown, which reads as plain text too, and one HTML page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from keykata.core.rounding import round_half_up
from keykata.core.safe import safe_line, safe_text
from keykata.study.phrases import plural
from keykata.study.plan_views import Pack, PackFact
from keykata.study.views import MixUp
from keykata.study.wording import long_date_phrase

NOTHING = "Nothing to pack yet: facts come here once you repeat them, mix-ups and habits once you answer."
_STYLE = (
    "body{font:11pt/1.4 serif;max-width:44em;margin:2em auto;padding:0 1em}h1{font-size:1.5em}"
    "h2{font-size:1.1em;margin-top:1.5em}li{margin:.5em 0;break-inside:avoid}.q{font-style:italic}"
    ".p{color:#555;font-size:.85em}@media print{body{margin:0;max-width:none}ol{columns:2;column-gap:2em}}"
)


def title(pack: Pack) -> str:
    """What the page is called."""
    code = f"{pack.exam_code} " if pack.exam_code else ""
    return f"{code}on {long_date_phrase(pack.at)}" if pack.exam_date else f"For {long_date_phrase(pack.at)}"


def recall_words(fact: PackFact) -> str:
    """How likely it is remembered by then."""
    if fact.recall is None:
        return "not begun"
    return f"{round_half_up(100 * fact.recall)} % by then"


def mixup_words(mixup: MixUp) -> str:
    """`A for B, 4 of 6 times`."""
    pair = f"{safe_line(mixup.chosen_name)} for {safe_line(mixup.right_name)}"
    return f"{pair}, {mixup.times} of {plural(mixup.of, 'time')}"


def empty(pack: Pack) -> bool:
    """Whether there is nothing in it."""
    return not (pack.facts or pack.mixups or pack.habits)


def markdown(pack: Pack) -> Iterator[str]:
    """The pack in lines of Markdown."""
    yield f"# {title(pack)}"
    if empty(pack):
        yield from ("", NOTHING)
        return
    if pack.facts:
        yield from ("", f"## {plural(len(pack.facts), 'fact')} you may forget", "")
    for number, fact in enumerate(pack.facts, 1):
        yield f"{number}. {safe_line(fact.heading)} ({recall_words(fact)})"
        yield from (f"   {line}" for text in (fact.prompt, fact.answer) for line in _lines(text))
    if pack.mixups:
        yield from ("", "## What you mix up", "")
    for mixup in pack.mixups:
        yield f"- {mixup_words(mixup)}"
        if mixup.question:
            yield f"  {safe_line(mixup.question)}"
    if pack.habits:
        yield from ("", "## Habits", "")
    yield from (f"- {habit}" for habit in pack.habits)


def html(pack: Pack) -> str:
    """The pack as one page that needs nothing else."""
    return "\n".join(_html(pack)) + "\n"


def _html(pack: Pack) -> Iterator[str]:
    name = escape(title(pack))
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    yield f"<title>{name}</title><style>{_STYLE}</style></head><body><h1>{name}</h1>"
    if empty(pack):
        yield f"<p>{NOTHING}</p>"
    if pack.facts:
        yield f"<h2>{plural(len(pack.facts), 'fact')} you may forget</h2><ol>"
        for fact in pack.facts:
            heading = f"<b>{escape(safe_line(fact.heading))}</b>"
            asked = f'<br><span class="q">{_broken(fact.prompt)}</span>' if fact.prompt else ""
            likely = f'<span class="p">{recall_words(fact)}</span>'
            yield f"<li>{heading} {likely}{asked}<br>{_broken(fact.answer)}</li>"
        yield "</ol>"
    if pack.mixups:
        yield "<h2>What you mix up</h2><ul>"
        for mixup in pack.mixups:
            deciding = f"<br>{escape(safe_line(mixup.question))}" if mixup.question else ""
            yield f"<li>{escape(mixup_words(mixup))}{deciding}</li>"
        yield "</ul>"
    if pack.habits:
        habits = "".join(f"<li>{escape(habit)}</li>" for habit in pack.habits)
        yield f"<h2>Habits</h2><ul>{habits}</ul>"
    yield "</body></html>"


def _lines(text: str) -> list[str]:
    return [line for line in safe_text(text).split("\n") if line.strip()]


def _broken(text: str) -> str:
    return "<br>".join(escape(line) for line in _lines(text))
