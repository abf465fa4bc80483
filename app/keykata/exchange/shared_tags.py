"""Task, level and topics of a question as the tags of programs that know tags only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from keykata.bank.model import Question

_TASK, _LEVEL, FIXED = "task::", "level::", "order::fixed"


def tag(text: str) -> str:
    """A tag of a text: nothing in it splits tags or means anything to HTML."""
    return re.sub(r"[^\w:.+-]+", "-", text)


def tags_of(question: Question) -> tuple[str, ...]:
    """Topics, task, level and fixed order of a question, a tag each."""
    task = (_TASK + tag(question.task),) if question.task else ()
    level = (_LEVEL + question.level,) if question.level else ()
    return (*map(tag, question.topics), *task, *level, *((FIXED,) if question.fixed else ()))


def told_by(tags: Iterable[str]) -> tuple[str, str, bool, tuple[str, ...]]:
    """Task, level, whether the order is fixed, and the tags that say none of these."""
    words = tuple(tags)
    task = next((word.removeprefix(_TASK) for word in words if word.startswith(_TASK)), "")
    level = next((word.removeprefix(_LEVEL) for word in words if word.startswith(_LEVEL)), "")
    rest = tuple(word for word in words if not word.startswith((_TASK, _LEVEL)) and word != FIXED)
    return task, level, FIXED in words, rest
