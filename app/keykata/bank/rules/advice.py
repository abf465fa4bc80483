"""Advice on whole questions: the rules beyond structure, run by a check and not when a bank is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from keykata.bank.advising import Advice
from keykata.bank.drafts import Draft
from keykata.bank.model import Question
from keykata.bank.rules.cues import CUES, clang
from keykata.bank.rules.explanations import EXPLANATIONS
from keykata.bank.rules.freshness import exact_figure, stale
from keykata.bank.rules.look import Look
from keykata.bank.rules.services import right_answers, service_names
from keykata.bank.rules.stems import STEMS
from keykata.bank.rules.wording import WORDING

_EACH = (*CUES, *STEMS, *WORDING, *EXPLANATIONS, exact_figure)


def looks_at(drafts: Sequence[Draft]) -> list[tuple[Draft, Look]]:
    """Every question that is whole, cut into words once for all rules."""
    return [
        (draft, Look(draft.item))
        for draft in drafts
        if isinstance(draft.item, Question) and not draft.spoiled
    ]


def advise(drafts: Sequence[Draft], seen: Sequence[tuple[Draft, Look]], advice: Advice, exam: str) -> None:
    """Warnings and notes on every item that is whole.

    Args:
        seen: the questions among them.
        exam: the id of the exam the bank is for, "" when it is for none.
    """
    for draft, look in seen:
        for rule in _EACH:
            rule(draft, look)
    echoes = frozenset(chain.from_iterable(look.echoes for _, look in seen))
    known = Counter(chain.from_iterable(look.stem_set & echoes for _, look in seen))
    for draft, look in seen:
        clang(draft, look, known, len(seen))
    if advice.services.services:
        for draft in drafts:
            if not draft.spoiled:
                service_names(draft, advice.services)
        for draft, look in seen:
            right_answers(draft, look, advice.services, exam)
    if advice.month:
        stale(drafts, advice.month, advice.stale)
