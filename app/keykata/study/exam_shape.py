"""How the paper of an exam differs from a whole one, by the paper alone: the banks may be others by now."""

from __future__ import annotations

from collections import Counter

from keykata.practice.blueprint import in_shares
from keykata.practice.paper import Paper, QuestionSlot
from keykata.study.phrases import shape_words


def even(paper: Paper) -> bool:
    """Whether its domains have the shares of the exam."""
    slots = [slot for slot in paper.slots if isinstance(slot, QuestionSlot)]
    return in_shares(
        Counter(slot.domain for slot in slots),
        {domain.id: domain.weight for domain in paper.domains},
        scored=sum(slot.scored for slot in slots),
    )


def shape_of(paper: Paper) -> str:
    """In words; "" of a whole exam, and of one whose paper is lost."""
    return "" if paper.lost else shape_words(full=paper.full, even=even(paper))
