"""Writing Markdown check-lists: in the plainest grammar, which all readers take, or with all ours reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from keykata.bank.model import Question
from keykata.exchange.lost import terms_lost
from keykata.exchange.markdown_read import read
from keykata.exchange.model import Export, Finding, ForeignQuestion, Shipment

_OWN_BLOCK = re.compile(r"```|~~~|!\[[^\]\n]*\]\([^)\n]*\)\Z")
_PART = re.compile(r"((?:```|~~~)[^\n]*\n.*?(?:\n(?:```|~~~)[ \t]*(?=\n|\Z)|\Z))|\n[ \t]*\n", re.S)
_NEXT = "\n### next\n\n- [x] yes\n"
Way = Callable[[Question], str]


def write(shipment: Shipment) -> Export:
    """A line a stem, a line an option; code blocks and pictures stand between them."""
    return _export(shipment, (_plain, _flat), ("reasons", "explanation", "references"))


def write_full(shipment: Shipment) -> Export:
    """Stems and options of several paragraphs, a reason under each option, the explanation at the end."""
    return _export(shipment, (_full, _plain, _flat), ("references",))


def _export(shipment: Shipment, ways: tuple[Way, ...], lost: tuple[str, ...]) -> Export:
    findings: list[Finding] = []
    parts = [_written(name, question, ways, lost, findings) for name, question in shipment.questions.items()]
    findings += terms_lost(shipment, "a check-list")
    return Export(data="\n".join(parts).encode(), findings=tuple(findings))


def _written(
    name: str, question: Question, ways: tuple[Way, ...], lost: tuple[str, ...], findings: list[Finding]
) -> str:
    """The first way of writing that is read back whole."""
    there = {
        "reasons": any(option.why for option in question.options),
        "explanation": bool(question.explanation),
        "references": bool(question.refs),
    }
    way, text = next(((way, text) for way in ways if _holds(text := way(question), question)), (_flat, ""))
    text = text or _flat(question)
    gone = [label for label, has in there.items() if has and (label in lost or way is not _full)]
    if _full in ways and way is not _full:
        what = "A line of it would be read as Markdown of another kind: it was written in the plainest form."
        findings.append(Finding(severity="warning", message=what, where=name))
    if way is _plain and _full not in ways and _has_blocks(question):
        what = "A code block or picture stands under the stem: readers of the plainest grammar may skip it."
        findings.append(Finding(severity="note", message=what, where=name))
    if way is _flat and _has_blocks(question):
        what = "The lines of a code block were joined."
        findings.append(Finding(severity="warning", message=what, where=name))
    if gone:
        what = f"Not carried by a check-list: {', '.join(gone)}."
        findings.append(Finding(severity="warning", message=what, where=name))
    return text


def _holds(text: str, question: Question) -> bool:
    """Whether what was written is read as one question of the same words, and the next one as another."""
    harvest = read(f"{text}{_NEXT}".encode())
    if len(harvest.questions) != 2 or harvest.findings or harvest.questions[1].text != "next":
        return False
    return _words(harvest.questions[0]) in (_said(question, whole=True), _said(question, whole=False))


def _words(found: ForeignQuestion) -> object:
    """What was read, without what spaces and line ends mean, and the order of blocks in the stem."""
    options = tuple((_line(one.text), one.right, _line(one.why)) for one in found.options)
    return sorted(found.text.split()), options, _line(found.explanation)


def _said(question: Question, *, whole: bool) -> object:
    options = tuple((_line(o.text), o.right, _line(o.why) if whole else "") for o in question.options)
    stem = sorted(f"{question.stem} {question.ask}".split())
    return stem, options, _line(question.explanation) if whole else ""


def _has_blocks(question: Question) -> bool:
    return any("```" in text or "~~~" in text or "![" in text for text in (question.stem, question.ask))


def _flat(question: Question) -> str:
    """Everything on one line each, whatever it was."""
    lines = [f"### {_line(question.stem + ' ' + question.ask)}", ""]
    lines += [f"- [{_mark(option.right)}] {_line(option.text)}" for option in question.options]
    return "\n".join(lines) + "\n"


def _plain(question: Question) -> str:
    """Words on a line each; code and pictures as blocks of their own between stem and options."""
    words: list[str] = []
    blocks: list[str] = []
    for part in (*_parts(question.stem), question.ask):
        (blocks if _OWN_BLOCK.match(part) else words).append(part)
    lines = [f"### {_line(' '.join(words))}", ""]
    lines += [line for block in blocks for line in (*block.split("\n"), "")]
    for option in question.options:
        first, *more = _folded(option.text).split("\n") if "```" in option.text else [_line(option.text)]
        lines += [f"- [{_mark(option.right)}] {first}", *_indented(more)]
    return "\n".join(lines) + "\n"


def _full(question: Question) -> str:
    """Every paragraph as it is."""
    first, *more = f"{question.stem}\n\n{question.ask}".split("\n")
    lines = [f"### {first}", *more, ""]
    for option in question.options:
        start, *rest = option.text.split("\n")
        lines += [f"- [{_mark(option.right)}] {start}", *_indented(rest)]
        lines += [f"  > {line}".rstrip() for line in option.why.split("\n") if option.why]
    if question.explanation:
        lines += ["", *question.explanation.split("\n")]
    return "\n".join(lines) + "\n"


def _mark(right: bool) -> str:
    return "x" if right else " "


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"  {line}".rstrip() for line in lines)


def _parts(text: str) -> list[str]:
    """Paragraphs and code blocks."""
    return [part.strip("\n") for part in _PART.split(text) if part and part.strip()]


def _folded(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def _line(text: str) -> str:
    return " ".join(text.split())
