"""Questions as the YAML of a bank: prose in blocks, as people write it; the reader reads it back equal."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator

from keykata.bank.model import Option, Question
from keykata.bank.prose import fold_prose

WIDTH = 76
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 /_-]*[A-Za-z0-9]|[0-9]\.[0-9]|[0-9]{4}-[0-9]{2}")


def questions_yaml(questions: Iterable[Question]) -> str:
    """The text of a file of questions, by their local ids."""
    parts = ["\n".join(_question(question)) for question in questions]
    return "questions:\n" + "\n\n".join(parts) + "\n"


def bank_yaml(bank: str, name: str) -> str:
    """The text of `bank.yaml` of a bank that no blueprint measures."""
    return f"id: {scalar(bank)}\nname: {scalar(name)}\nblueprint: false\n"


def scalar(text: str) -> str:
    """A text on one line: plain where nothing in it can be misread, else in quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _question(question: Question) -> Iterator[str]:
    yield f"  {question.id}:"
    for name in ("task", "level"):
        value = getattr(question, name)
        if value:
            yield f"    {name}: {scalar(value)}"
    yield from _list("topics", question.topics)
    yield from _list("tests", question.tests)
    yield from prose_field("    ", "stem", question.stem)
    yield from prose_field("    ", "ask", question.ask)
    yield "    options:"
    for option in question.options:
        yield from _option(option)
    if question.explanation:
        yield from prose_field("    ", "explanation", question.explanation)
    if question.fixed:
        yield "    fixed: true"
    if question.twin:
        yield f"    twin: {scalar(question.twin)}"
    for name in ("alt", "was", "refs"):
        yield from _list(name, getattr(question, name))
    if question.checked:
        yield f"    checked: {question.checked}"
    if question.allow:
        yield "    allow:"
        yield from (f"      {rule}: {scalar(why)}" for rule, why in question.allow.items())
    if question.disputed:
        yield "    disputed:"
        yield f"      since: {question.disputed.since}"
        yield from prose_field("      ", "claim", question.disputed.claim)
        if question.disputed.links:
            yield "      links:"
            yield from (f"        - {scalar(link)}" for link in question.disputed.links)


def _option(option: Option) -> Iterator[str]:
    first, *rest = prose_field("        ", "right" if option.right else "wrong", option.text)
    yield f"      - {first.strip()}"
    yield from rest
    if option.why:
        yield from prose_field("        ", "why", option.why)


def _list(name: str, values: tuple[str, ...]) -> Iterator[str]:
    if values:
        yield f"    {name}:"
        yield from (f"      - {scalar(value)}" for value in values)


def prose_field(indent: str, name: str, text: str) -> Iterator[str]:
    """A field of prose as a block, whose text YAML never guesses at."""
    yield f"{indent}{name}: |"
    for line in _wrapped(text, WIDTH - len(indent)).split("\n"):
        yield f"{indent}  {line}" if line.strip() else ""


def _wrapped(text: str, width: int) -> str:
    """The text in lines of a width, where folding gives the same text back; else as it is."""
    blocks = [
        block
        if "\n" in block
        else textwrap.fill(block, width, break_long_words=False, break_on_hyphens=False)
        for block in text.split("\n\n")
    ]
    wrapped = "\n\n".join(blocks)
    return wrapped if fold_prose(wrapped) == fold_prose(text) else text
