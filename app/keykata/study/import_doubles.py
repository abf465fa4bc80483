"""Questions a source holds more than once: taken once, and told."""

from __future__ import annotations

from collections.abc import Iterable

from keykata.exchange.model import Finding, ForeignQuestion
from keykata.exchange.settling import split_ask

Said = tuple[str, str, frozenset[tuple[str, bool]]]


def singled(
    questions: Iterable[ForeignQuestion],
) -> tuple[tuple[ForeignQuestion, ...], tuple[Finding, ...]]:
    """The questions without those that ask the same with the same options again, and a word on each.

    What has a key of its own is another question, whatever it says.
    """
    first: dict[Said, ForeignQuestion] = {}
    kept: list[ForeignQuestion] = []
    findings: list[Finding] = []
    for one in questions:
        before = first.setdefault(_said(one), one)
        if before is one or one.key:
            kept.append(one)
        else:
            what = f"This question stands {_place(before)} too; it was taken once."
            findings.append(Finding(severity="warning", message=what, line=one.line, where=one.file))
    return tuple(kept), tuple(findings)


def _said(question: ForeignQuestion) -> Said:
    """What a question asks and offers, whatever its spaces, case, stops and typed counts."""
    stem, ask = split_ask(question.text)
    options = frozenset((_folded(option.text), option.right) for option in question.options)
    return _folded(stem), _folded(ask), options


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".").rstrip()


def _place(question: ForeignQuestion) -> str:
    line = f"on line {question.line}" if question.line else "before"
    return f"{line} of {question.file}" if question.file else line
