"""Advice on whole questions: the rules beyond structure, run by a check and not when a bank is opened."""

from __future__ import annotations

from collections.abc import Sequence

from keykata.bank.advising import Advice
from keykata.bank.drafts import Draft
from keykata.bank.model import Comparison, Question, Term
from keykata.bank.rules.cues import clang, rarely
from keykata.bank.rules.freshness import stale
from keykata.bank.rules.items import Examined
from keykata.bank.rules.look import tell, words_of
from keykata.bank.rules.placeholders import tell_placeholders
from keykata.bank.rules.services import right_answers, service_names


def advise(drafts: Sequence[Draft], examined: Examined, advice: Advice, exam: str) -> None:
    """Warnings and notes on every item that is whole.

    Args:
        examined: the questions among them; what was found not to be whole since is taken out.
        exam: the id of the exam the bank is for, "" when it is for none.
    """
    _drop_spoiled(examined)
    seen = examined.seen
    for one in seen:
        tell(one.draft, one.notes)
    for draft in drafts:
        if isinstance(draft.item, Term | Comparison):
            tell_placeholders(draft)
    most = rarely(len(seen))
    for one in seen:
        clang(one, examined.known, most)
    if advice.services.services:
        unnamed = {one.item.id for one in seen if not one.named}
        for draft in drafts:
            if not draft.spoiled and not (isinstance(draft.item, Question) and draft.item.id in unnamed):
                service_names(draft, advice.services)
        for one in seen:
            if one.named:
                right_answers(one, advice.services, exam)
    if advice.month:
        stale(drafts, advice.month, advice.stale)


def _drop_spoiled(examined: Examined) -> None:
    """Take out questions that a rule over the whole bank keeps out of it."""
    for one in examined.seen:
        if one.draft.spoiled:
            examined.known.subtract(set(words_of(one.item.stem)))
    examined.seen = [one for one in examined.seen if not one.draft.spoiled]
