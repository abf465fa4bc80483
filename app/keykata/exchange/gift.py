"""GIFT: `::name::stem {=right#reason ~wrong#reason ####explanation}`; several right ones carry weights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from keykata.bank.model import Question
from keykata.exchange.html_markdown import markdown_of
from keykata.exchange.incoming import text_of
from keykata.exchange.limits import MOST_OPTIONS
from keykata.exchange.lost import EACH_ALONE, PARTS, terms_lost
from keykata.exchange.model import Export, Finding, ForeignOption, ForeignQuestion, Harvest, Shipment
from keykata.exchange.shared_tags import tags_of, told_by

_ESCAPE = re.compile(r"([~=#{}:\\])")
_UNESCAPE = re.compile(r"\\([~=#{}:\\n])")
# Runs are taken whole and never given back: a long file costs neither a step a character nor memory for it.
_TITLE = re.compile(r"::((?:[^:\\]++|\\.)*+)::\s*", re.S)
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]\s*")
_TOLD = re.compile(
    r"\[(id|tag):((?:[^\]\\]++|\\.)*+)(\]|\\?\Z)"
)  # without an end it is told by the last group
_BRACES = re.compile(r"((?:[^{}\\]++|\\.)*+)\{((?:[^{}\\]++|\\.)*+)\}(.*)", re.S)
_GENERAL = re.compile(r"((?:[^\\#]++|\\.|\\\Z|(?!####)#)*+)(?:####(.*))?", re.S)
_PART = re.compile(r"([=~])((?:[^=~\\]++|\\.)*+)", re.S)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,9})?)%")
_LIKE_WEIGHT = re.compile(r"\s*%\s*[-+]?\d[\d.,eE+-]*\s*%")
_REASON = re.compile(r"((?:[^#\\]++|\\.|\\\Z)*+)(?:#(.*))?", re.S)

WHOLE = 100  # percent of the mark


def read(data: bytes) -> Harvest:
    """The multiple-choice items; other kinds of items are findings with their line."""
    text, findings = text_of(data)
    questions: list[ForeignQuestion] = []
    for line, item, told in _items(text):
        question = _question(item, line, told, findings)
        if question is None:
            what = "This is no multiple-choice item with a right option; it was left out."
            findings.append(Finding(severity="error", message=what, line=line))
        else:
            questions.append(question)
    return Harvest(questions=tuple(questions), findings=tuple(findings))


def _items(text: str) -> Iterator[tuple[int, str, dict[str, list[str]]]]:
    """Items between empty lines: the line each starts on, its text, ids and tags of the comments above it."""
    start, kept = 0, list[str]()
    told: dict[str, list[str]] = {"id": [], "tag": []}
    for number, line in enumerate([*text.split("\n"), ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            for name, value, end in _TOLD.findall(bare):
                if end == "]":
                    told[name].append(_plain(value))
            continue
        if bare.startswith("$CATEGORY:"):
            continue
        if bare:
            start = start or number
            kept.append(line)
        elif kept:
            yield start, "\n".join(kept), told
            start, kept, told = 0, [], {"id": [], "tag": []}


def _question(
    item: str, line: int, told: dict[str, list[str]], findings: list[Finding]
) -> ForeignQuestion | None:
    title = _TITLE.match(item)
    body = item[title.end() :] if title else item
    format_mark = _FORMAT.match(body)
    braces = _BRACES.match(body[format_mark.end() :] if format_mark else body)
    if braces is None:
        return None
    stem, inside, after = braces.groups()
    choices, general = _cut(_GENERAL, inside)
    parts = [part.groups() for part in islice(_PART.finditer(choices), MOST_OPTIONS + 1)]
    if len(parts) > MOST_OPTIONS or not any(mark == "~" for mark, _ in parts):
        return None
    single = any(mark == "=" for mark, _ in parts)
    options = tuple(_option(mark, words, single=single) for mark, words in parts)
    if not any(option.right for option in options) or any(_is_odd(mark, words) for mark, words in parts):
        return None
    if single and sum(option.right for option in options) > 1:
        findings.append(Finding(severity="warning", message=EACH_ALONE, line=line))
    if single and any(_earns(mark, words) for mark, words in parts):
        findings.append(Finding(severity="warning", message=PARTS, line=line))
    tidy = markdown_of if format_mark and format_mark.group(1) == "html" else str
    task, level, fixed, rest = told_by(told["tag"])
    title_text = _plain(title.group(1)) if title else ""
    return ForeignQuestion(
        text=tidy(_plain(f"{stem}_____{after}" if after.strip() else stem)),
        options=tuple(
            ForeignOption(text=tidy(one.text), right=one.right, why=tidy(one.why)) for one in options
        ),
        key=next(iter(told["id"]), title_text),
        explanation=tidy(_plain(general)),
        task=task,
        level=level,
        tags=rest,
        fixed=fixed,
        line=line,
    )


def _is_odd(mark: str, words: str) -> bool:
    """Whether an option begins with numbers where its weight would stand, and they are none."""
    return mark == "~" and bool(_LIKE_WEIGHT.match(words)) and not _WEIGHT.match(words)


def _earns(mark: str, words: str) -> bool:
    """Whether an option without `=` earns a part of the mark."""
    weight = _WEIGHT.match(words)
    return mark == "~" and weight is not None and 0 < float(weight.group(1)) < WHOLE


def _option(mark: str, words: str, *, single: bool) -> ForeignOption:
    """An option; beside one with `=` only a whole mark makes others right."""
    weight = _WEIGHT.match(words)
    if mark == "=" and weight is not None and float(weight.group(1)) < WHOLE:
        weight = None  # right already: these are words
    earned = float(weight.group(1)) if weight else 0
    right = mark == "=" or earned >= WHOLE or (earned > 0 and not single)
    text, why = _cut(_REASON, words[weight.end() :] if weight else words)
    return ForeignOption(text=_plain(text), right=right, why=_plain(why))


def _cut(mark: re.Pattern[str], text: str) -> tuple[str, str]:
    """What stands before a mark that is not escaped, and what behind it; "" without one."""
    found = mark.match(text)
    before, behind = found.groups() if found else (text, None)
    return before, behind or ""


def _plain(text: str) -> str:
    return _UNESCAPE.sub(lambda match: "\n" if match[1] == "n" else match[1], text).strip()


def _escaped(text: str) -> str:
    return _ESCAPE.sub(r"\\\1", text).replace("\n", "\\n")


def write(shipment: Shipment) -> Export:
    """The questions, named by their full ids; Moodle still pays parts of several right options."""
    findings: list[Finding] = []
    parts = [_written(name, question) for name, question in shipment.questions.items()]
    for name, question in shipment.questions.items():
        if question.selects > 1:
            what = "Moodle pays part marks for some of the right options; GIFT cannot switch that off."
            findings.append(Finding(severity="warning", message=what, where=name))
        if question.refs:
            what = "References are not carried by GIFT."
            findings.append(Finding(severity="warning", message=what, where=name))
    findings += terms_lost(shipment, "GIFT")
    return Export(data="\n".join(parts).encode(), findings=tuple(findings))


def _written(name: str, question: Question) -> str:
    weight = f"{100 / max(question.selects, 1):.5f}".rstrip("0").rstrip(".")
    told = " ".join(f"[tag:{word}]" for word in tags_of(question))
    lines = [f"// [id:{name}] {told}".rstrip()]
    lines += [f"::{_escaped(name)}::[markdown]{_escaped(question.stem)}\\n\\n{_escaped(question.ask)} {{"]
    for option in question.options:
        mark = "=" if option.right else "~"
        if question.selects > 1:
            mark = f"~%{weight}%" if option.right else "~%-100%"
        if mark == "~" and option.text.lstrip().startswith("%"):
            mark = "~%0%"  # or its first words would be read as a weight
        lines.append(f"{mark}{_escaped(option.text)}" + (f"#{_escaped(option.why)}" if option.why else ""))
    if question.explanation:
        lines.append(f"####{_escaped(question.explanation)}")
    return "\n".join([*lines, "}"]) + "\n"
