"""Prose for showing, reached by the screens and plain mode through this door."""

from __future__ import annotations

from keykata.bank.clozes import pieces as cloze_pieces
from keykata.bank.clozes import plain as concept_plain
from keykata.bank.markdown import Block, Span, blocks, plain_text, spans
from keykata.practice.reading import Reading, reading

__all__ = [
    "Block",
    "Reading",
    "Span",
    "blocks",
    "cloze_pieces",
    "concept_plain",
    "plain_text",
    "reading",
    "spans",
]
