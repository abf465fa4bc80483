"""Advice on whole questions: the rules beyond structure, run by a check and not when a bank is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from keykata.bank.drafts import Draft
from keykata.bank.model import Question
from keykata.bank.rules.cues import CUES, clang
from keykata.bank.rules.explanations import EXPLANATIONS
from keykata.bank.rules.look import Look
from keykata.bank.rules.stems import STEMS
from keykata.bank.rules.wording import WORDING

_EACH = (*CUES, *STEMS, *WORDING, *EXPLANATIONS)


def advise(drafts: Sequence[Draft]) -> None:
    """Warnings and notes on every question that is whole."""
    seen = [
        (draft, Look(draft.item))
        for draft in drafts
        if isinstance(draft.item, Question) and not draft.spoiled
    ]
    for draft, look in seen:
        for rule in _EACH:
            rule(draft, look)
    known = Counter(chain.from_iterable(look.stem_content for _, look in seen))
    for draft, look in seen:
        clang(draft, look, known, len(seen))
