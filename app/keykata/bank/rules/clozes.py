"""Marks of clozes that hide nothing, or not what was meant."""

from __future__ import annotations

from keykata.bank.clozes import pieces
from keykata.bank.drafts import Draft
from keykata.bank.model import Term

MARK = "=="


def cloze_broken(draft: Draft, term: Term) -> None:
    """A `==` that opens or closes nothing: the words after it would be shown with the marks."""
    for concept in term.concepts:
        if any(MARK in piece.text for piece in pieces(concept.text)):
            what = f"The key concept `{concept.id}` holds a `==` without its partner."
            hint = "Put `==` before and after the hidden words."
            draft.add("cloze-broken", ("concepts", concept.id), what, hint)
