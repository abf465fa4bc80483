"""Questions as another program knows them, made to fit the shape of a bank; what is lost is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast, get_args

from keykata.bank.model import Level, Option, Place, Question
from keykata.bank.prose import fold_prose
from keykata.bank.rules.counting import typed
from keykata.bank.rules.shuffle import named_place
from keykata.core.safe import safe_text
from keykata.exchange.model import Finding, FindingSeverity, ForeignQuestion, place_of

NO_REASON = "The source gives no reason."
NO_ASK = "Which answer is right?"
SINGLE = (4, 4)
SEVERAL = (5, 6)
_SENTENCE = re.compile(r"(?<=[.?!])[\"')\]]*\s+")
_TASK = re.compile(r"\d{1,2}\.\d{1,2}")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_PICTURE = re.compile(r"!\[[^\]\n]{0,400}\]\([^)\n]{1,400}\)")
_LEVELS = get_args(Level)


def settle(
    foreign: ForeignQuestion, name: str, topics: Sequence[str] = ()
) -> tuple[Question | None, tuple[Finding, ...]]:
    """The question under a local id, and what was changed; None when it cannot fit.

    Args:
        topics: references to the terms that its tags name.
    """
    findings: list[Finding] = []
    where = place_of(foreign, name)

    def find(severity: FindingSeverity, message: str, hint: str = "") -> None:
        findings.append(
            Finding(severity=severity, message=message, hint=hint, line=foreign.line, where=where)
        )

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
        find("error", what, _cure(right, len(options), least))
        return None, tuple(findings)
    spare = [at for at, option in enumerate(options) if not option.right][most - right :]
    if spare:
        texts = "; ".join(f'"{options[at].text[:80]}"' for at in spare[:3])
        many = f"{len(spare)} distractors" if len(spare) > 1 else "A distractor"
        find("warning", f"{many} beyond {most} options dropped: {texts}{', ...' if spare[3:] else ''}.")
        gone = frozenset(spare)
        options = [option for at, option in enumerate(options) if at not in gone]
    stem, ask = split_ask(foreign.text)
    refs = tuple(dict.fromkeys(ref for ref in foreign.refs if _ADDRESS.fullmatch(ref)))
    if len(refs) < len(set(foreign.refs)):
        find("warning", "A reference that is no web address was dropped.")
    fixed = foreign.fixed
    said = [*((part.text, "An option") for part in options), *((part.why, "A reason") for part in options)]
    said.append((prose(foreign.explanation), "The explanation"))
    if not fixed and (
        told := next(((who, found) for text, who in said if (found := named_place(text))), None)
    ):
        find("note", f'{told[0]} says "{told[1]}", so the options keep their order.')
        fixed = True
    if pictures := sum(len(_PICTURE.findall(text)) for text in (stem, *(part.text for part in options))):
        what = f"{pictures} pictures stay as links" if pictures > 1 else "A picture stays as a link"
        find("note", f"{what}: a terminal shows its words.")
    question = Question(
        id=name,
        stem=stem,
        ask=ask,
        options=tuple(options),
        explanation=prose(foreign.explanation),
        task=foreign.task if _TASK.fullmatch(foreign.task) else "",
        level=cast(Level, foreign.level) if foreign.level in _LEVELS else "apply",
        topics=tuple(topics),
        refs=refs,
        fixed=fixed,
        place=Place(file=""),
    )
    return question, tuple(findings)


def _cure(right: int, count: int, least: int) -> str:
    """What to do in the source about a question that has no shape of the exam's."""
    rule = "The exam has one right of four, or several of five or six."
    if not right or count < least:
        wrong = (
            "a right option" if not right else f"{least - count} more wrong option{'s'[: least - count - 1]}"
        )
        return f"{rule} Give it {wrong} in the source, and import again."
    return rule


def prose(text: str) -> str:
    """A text as the bank keeps it: harmless and folded."""
    return fold_prose(safe_text(text))


def split_ask(text: str) -> tuple[str, str]:
    """Stem and asking sentence: the last question of the last paragraph, its count of options taken off.

    Pictures below that paragraph go with the stem. A text of one sentence is asked as it is, under a stem
    that says so.
    """
    whole = prose(text)
    found = typed(whole)
    while found:
        whole = fold_prose(whole.replace(found, " "))
        found = typed(whole)
    told, pictures = _pictures_off(whole)
    head, blank, last = told.rpartition("\n\n")
    if "```" in last or "~~~" in last or "\n" in last or not last:
        return whole, NO_ASK
    sentences = _SENTENCE.split(last)
    asks = [at for at, sentence in enumerate(sentences) if "?" in sentence]
    at = asks[-1] if asks else len(sentences) - 1
    ask = " ".join(sentences[at:])
    stem = f"{head}{blank}{' '.join(sentences[:at])}".strip()
    stem = "\n\n".join(part for part in (stem, pictures) if part)
    return (stem, ask) if stem else (whole, NO_ASK)


def _pictures_off(text: str) -> tuple[str, str]:
    """A text without the paragraphs of pictures at its end, and these."""
    parts = text.split("\n\n")
    end = len(parts)
    while end and _PICTURE.fullmatch(parts[end - 1].strip()):
        end -= 1
    return "\n\n".join(parts[:end]), "\n\n".join(parts[end:])
