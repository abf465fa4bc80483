"""A printable exam: one HTML file, the questions first, then answers and reasons on their own sheet."""

from __future__ import annotations

from html import escape

from keykata.bank.model import Option, Question
from keykata.core.safe import safe_line
from keykata.exchange.html_text import html_of
from keykata.exchange.lost import terms_lost
from keykata.exchange.model import Export, Shipment

_STYLE = """
body { font: 11pt/1.45 Georgia, serif; color: #000; background: #fff; max-width: 44em; margin: 2em auto; }
pre, code { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: 0.9em; }
pre { border: 1px solid #000; padding: 0.5em; white-space: pre-wrap; }
.question, .answer { margin: 1.5em 0; }
.question h2, .option, .reason { break-inside: avoid; }
h2 { font-size: 1em; break-after: avoid; }
.option, .reason { display: flex; gap: 0.6em; margin: 0.4em 0; }
.option p, .reason p { margin: 0 0 0.3em; }
.answers { break-before: page; }
.sources { font-size: 0.85em; overflow-wrap: anywhere; }
@page { margin: 2cm; }
@media print { body { max-width: none; margin: 0; } }
""".strip()


def _letter(place: int) -> str:
    """A to Z, then numbers."""
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def _box(place: int) -> str:
    return f"&#9744;&nbsp;{_letter(place)}."


def _asked(number: int, question: Question) -> str:
    options = "\n".join(
        f'<div class="option"><span>{_box(place)}</span><div>{html_of(option.text)}</div></div>'
        for place, option in enumerate(question.options)
    )
    text = html_of(f"{question.stem}\n\n{question.ask}")
    choose = f"<p><em>Choose {question.selects}.</em></p>\n" if question.selects > 1 else ""
    return f'<section class="question">\n<h2>Question {number}</h2>\n{text}\n{choose}{options}\n</section>'


def _reason(place: int, option: Option) -> str:
    # The word says what a colour would: it must hold in black and white.
    verdict = "right" if option.right else "wrong"
    why = html_of(option.why)
    return f'<div class="reason"><span><b>{_letter(place)}</b>&nbsp;{verdict}</span><div>{why}</div></div>'


def _answered(number: int, key: str, question: Question) -> str:
    right = ", ".join(_letter(place) for place, option in enumerate(question.options) if option.right)
    reasons = "\n".join(_reason(place, option) for place, option in enumerate(question.options))
    head = f"<h2>Question {number}: {right}</h2>\n<p><code>{escape(safe_line(key))}</code></p>"
    told = f"{html_of(question.explanation)}\n{reasons}\n{_sources(question)}"
    return f'<section class="answer">\n{head}\n{told}</section>'


def _sources(question: Question) -> str:
    """The sources in full: paper has no links to follow."""
    lines = "".join(f"<li>{escape(safe_line(ref))}</li>" for ref in question.refs)
    return f'<ul class="sources">{lines}</ul>\n' if lines else ""


def write(shipment: Shipment) -> Export:
    """The exam as UTF-8 bytes, the same for the same shipment; terms do not fit on it and are named."""
    title = escape(safe_line(shipment.name))
    numbered = list(enumerate(shipment.questions.items(), 1))
    asked = "\n".join(_asked(number, question) for number, (_, question) in numbered)
    answered = "\n".join(_answered(number, key, question) for number, (key, question) in numbered)
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<h1>{title}</h1>\n{asked}\n"
        f'<div class="answers">\n<h1>Answers: {title}</h1>\n{answered}\n</div>\n</body>\n</html>\n'
    )
    return Export(data=page.encode("utf-8"), findings=terms_lost(shipment, "a printed exam"))
