"""The rules of structure, over one item at a time: what breaks them keeps an item out of the bank."""

from __future__ import annotations

from collections.abc import Iterable

from keykata.bank.drafts import Draft
from keykata.bank.model import Exam, Question, Term
from keykata.bank.references import check_task
from keykata.bank.rules.clozes import cloze_broken
from keykata.bank.rules.counting import count_mismatch, count_typed
from keykata.bank.rules.names import allow_names
from keykata.bank.rules.options import dup_option, rationale_missing, right_missing, shape_multi, shape_single
from keykata.bank.rules.shuffle import shuffle_break
from keykata.bank.rules.sources import source_missing

_OPTION_RULES = (right_missing, shape_single, shape_multi, dup_option, rationale_missing, shuffle_break)


def check_items(drafts: Iterable[Draft], exam: Exam | None, *, strict_task: bool, shipped: bool) -> None:
    """The rules of one item at a time."""
    for draft in drafts:
        item = draft.item
        if item.allow:
            allow_names(draft)
        if "refs" not in draft.raw.bad and draft.raw.node_is_whole:
            source_missing(draft, shipped=shipped)
        if isinstance(item, Term) and "concepts" not in draft.raw.bad:
            cloze_broken(draft, item)
        if not isinstance(item, Question):
            continue
        check_task(draft, exam)
        if strict_task and not item.task and "task" not in draft.raw.bad and not draft.spoiled:
            what = f"The question `{item.id}` has no `task`."
            hint = "Add `task:` with the number of a task statement, here or in `defaults`."
            draft.add("schema-missing-field", (), what, hint)
        count_typed(draft, item)
        if "options" in draft.raw.bad or not draft.raw.node_is_whole:
            continue
        count_mismatch(draft, item)
        for rule in _OPTION_RULES:
            rule(draft, item)
