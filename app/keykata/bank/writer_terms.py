"""Terms as the YAML of a bank, one file a term; the reader reads it back equal."""

from __future__ import annotations

from collections.abc import Iterator

from keykata.bank.model import Term
from keykata.bank.writer import prose_field, scalar


def term_yaml(term: Term) -> str:
    """The text of a term's file: what imports can give it, in the order people write it."""
    return "\n".join(_term(term)) + "\n"


def _term(term: Term) -> Iterator[str]:
    yield f"id: {scalar(term.id)}"
    yield f"name: {scalar(term.name)}"
    for name in ("also", "retired"):
        yield from _list(name, getattr(term, name))
    yield from prose_field("", "short", term.short)
    yield from prose_field("", "definition", term.definition)
    if term.concepts:
        yield "concepts:"
        for concept in term.concepts:
            yield from prose_field("  ", concept.id, concept.text)
    if term.faqs:
        yield "faqs:"
        for faq in term.faqs:
            yield f"  {faq.id}:"
            yield from prose_field("    ", "q", faq.q)
            yield from prose_field("    ", "a", faq.a)
    yield from _list("refs", term.refs)


def _list(name: str, values: tuple[str, ...]) -> Iterator[str]:
    if values:
        yield f"{name}:"
        yield from (f"  - {scalar(value)}" for value in values)
