"""The reading aid: what is asked first, then the limits, then the story.

A limit is a sentence of the stem that binds the answer: something must or must not be, within a time, a
number or a budget. It is found by its words; a sentence without any of them belongs to the story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BINDING = re.compile(
    r"\b(must|cannot|can not|may not|needs? to|has to|have to|requires?|required|demands?|insists?"
    r"|without|within|at most|at least|no more than|no longer than|no less than|only|never"
    r"|RPO|RTO|minutes?|hours?|seconds?|deadline|budget|regulation|policy states|standard)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"'(])")
_FENCE = re.compile(r"(^```.*?^```\s*$)", re.S | re.M)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question in reading order: the sentence that asks, the sentences that bind, the story as written."""

    ask: str
    limits: tuple[str, ...]
    story: str


def reading(stem: str, ask: str) -> Reading:
    """The reading order of a question; nothing of the stem is left out of the story."""
    prose = _FENCE.sub("", stem)
    sentences = [
        part.strip() for block in prose.split("\n\n") for part in _SENTENCE.split(block) if part.strip()
    ]
    return Reading(ask=ask, limits=tuple(one for one in sentences if _BINDING.search(one)), story=stem)
