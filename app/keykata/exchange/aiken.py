"""Aiken: a stem on a line, `A. option` lines, `ANSWER: A`. One right answer, no reasons."""

from __future__ import annotations

import re

from keykata.bank.model import Question
from keykata.exchange.incoming import text_of
from keykata.exchange.lost import terms_lost
from keykata.exchange.model import Export, Finding, ForeignOption, ForeignQuestion, Harvest, Shipment

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OPTION = re.compile(r"([A-Z])[).]\s*(.*)")
_ANSWER = re.compile(r"ANSWER:\s*([A-Z])\s*$")


def read(data: bytes) -> Harvest:
    """The questions; a stem over several lines is read whole."""
    text, findings = text_of(data)
    questions: list[ForeignQuestion] = []
    stem: list[str] = []
    options: dict[str, str] = {}
    twice = ""
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        option, answer = _OPTION.match(line), _ANSWER.match(line)
        if answer:
            if twice:
                what = f"Two options have the letter {twice}; the question was left out."
                findings.append(Finding(severity="error", message=what, line=start))
            elif stem and answer.group(1) in options:
                parts = tuple(
                    ForeignOption(text=words, right=letter == answer.group(1))
                    for letter, words in options.items()
                )
                questions.append(ForeignQuestion(text="\n".join(stem), options=parts, line=start))
            else:
                what = "The answer belongs to no option; the question was left out."
                findings.append(Finding(severity="error", message=what, line=start or number))
            stem, options, twice, start = [], {}, "", 0
        elif option and stem:
            twice = option.group(1) if option.group(1) in options else twice
            options[option.group(1)] = option.group(2)
        elif len(line) > 1 and options:
            what = "No ANSWER follows the options; the question was left out."
            findings.append(Finding(severity="error", message=what, line=start))
            stem, options, twice, start = [line], {}, "", number
        elif len(line) > 1:
            start = start or number
            stem.append(line)
    if stem or options:
        what = "The file ends before the ANSWER; the question was left out."
        findings.append(Finding(severity="error", message=what, line=start))
    return Harvest(questions=tuple(questions), findings=tuple(findings))


def write(shipment: Shipment) -> Export:
    """The questions with one right option; others, reasons and terms are findings."""
    findings: list[Finding] = []
    parts: list[str] = []
    for name, question in shipment.questions.items():
        if question.selects != 1:
            what = "Aiken takes one right answer; the question was left out."
            findings.append(Finding(severity="error", message=what, where=name))
            continue
        if question.explanation or question.refs or any(option.why for option in question.options):
            what = "Reasons, explanation and references are not carried by Aiken."
            findings.append(Finding(severity="warning", message=what, where=name))
        parts.append(_written(question))
    findings += terms_lost(shipment, "Aiken")
    return Export(data="\n".join(parts).encode(), findings=tuple(findings))


def _written(question: Question) -> str:
    stem = _line(f"{question.stem} {question.ask}")
    if _OPTION.match(stem) or _ANSWER.match(stem):
        stem = f"Question: {stem}"  # or it would be read as an option
    lines = [stem]
    right = ""
    for letter, option in zip(LETTERS, question.options, strict=False):
        lines.append(f"{letter}. {_line(option.text)}")
        right = letter if option.right else right
    return "\n".join([*lines, f"ANSWER: {right}"]) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())
