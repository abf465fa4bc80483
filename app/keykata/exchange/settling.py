"""Questions as another program knows them, made to fit the shape of a bank; what is lost is told."""

from __future__ import annotations

import re

from keykata.bank.model import Option, Place, Question
from keykata.bank.prose import fold_prose
from keykata.bank.rules.counting import typed
from keykata.core.safe import safe_text
from keykata.exchange.model import Finding, FindingSeverity, ForeignQuestion

NO_REASON = "The source gives no reason."
NO_ASK = "Which answer is right?"
SINGLE = (4, 4)
SEVERAL = (5, 6)
_SENTENCE = re.compile(r"(?<=[.?!])[\"')\]]*\s+")
_TASK = re.compile(r"\d{1,2}\.\d{1,2}")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def settle(foreign: ForeignQuestion, name: str) -> tuple[Question | None, tuple[Finding, ...]]:
    """The question under a local id, and what was changed; None when it cannot fit."""
    findings: list[Finding] = []

    def find(severity: FindingSeverity, message: str, hint: str = "") -> None:
        findings.append(Finding(severity=severity, message=message, hint=hint, line=foreign.line, where=name))

    options = [
        Option(
            text=prose(part.text), right=part.right, why=prose(part.why) or (NO_REASON if part.right else "")
        )
        for part in foreign.options
    ]
    right = sum(option.right for option in options)
    least, most = SINGLE if right == 1 else SEVERAL
    if not right or len(options) < least or right >= most:
        what = f"{right} right among {len(options)} options cannot be asked here; the question was left out."
        find("error", what, "The exam has one right of four, or several of five or six.")
        return None, tuple(findings)
    while len(options) > most:
        last = max(at for at, option in enumerate(options) if not option.right)
        find("warning", f'A distractor beyond {most} options was dropped: "{options[last].text[:80]}".')
        del options[last]
    stem, ask = split_ask(foreign.text)
    refs = tuple(dict.fromkeys(ref for ref in foreign.refs if _ADDRESS.fullmatch(ref)))
    if len(refs) < len(set(foreign.refs)):
        find("warning", "A reference that is no web address was dropped.")
    question = Question(
        id=name,
        stem=stem,
        ask=ask,
        options=tuple(options),
        explanation=prose(foreign.explanation),
        task=foreign.task if _TASK.fullmatch(foreign.task) else "",
        refs=refs,
        fixed=foreign.fixed,
        place=Place(file=""),
    )
    return question, tuple(findings)


def prose(text: str) -> str:
    """A text as the bank keeps it: harmless and folded."""
    return fold_prose(safe_text(text))


def split_ask(text: str) -> tuple[str, str]:
    """Stem and asking sentence: the last question of the last paragraph, its count of options taken off.

    A text of one sentence is asked as it is, under a stem that says so.
    """
    whole = prose(text)
    found = typed(whole)
    while found:
        whole = fold_prose(whole.replace(found, " "))
        found = typed(whole)
    head, blank, last = whole.rpartition("\n\n")
    if "```" in last or "\n" in last or last.startswith("!["):
        return whole, NO_ASK
    sentences = _SENTENCE.split(last)
    asks = [at for at, sentence in enumerate(sentences) if "?" in sentence]
    at = asks[-1] if asks else len(sentences) - 1
    ask = " ".join(sentences[at:])
    stem = f"{head}{blank}{' '.join(sentences[:at])}".strip()
    return (stem, ask) if stem else (whole, NO_ASK)
