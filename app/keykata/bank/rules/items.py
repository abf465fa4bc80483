"""The rules of one item at a time: those of structure, which keep an item out of the bank, and advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from keykata.bank.drafts import Draft
from keykata.bank.model import Exam, Question, Term
from keykata.bank.references import check_task
from keykata.bank.registry import Registry
from keykata.bank.rules.clozes import cloze_broken
from keykata.bank.rules.counting import count_mismatch, count_typed
from keykata.bank.rules.cues import CUES
from keykata.bank.rules.explanations import EXPLANATIONS
from keykata.bank.rules.freshness import exact_figure
from keykata.bank.rules.look import Look, Note, Notes, Seen, tell
from keykata.bank.rules.names import allow_names
from keykata.bank.rules.options import dup_option, rationale_missing, right_missing, shape_multi, shape_single
from keykata.bank.rules.placeholders import placeholder
from keykata.bank.rules.shuffle import shuffle_break
from keykata.bank.rules.sources import source_missing
from keykata.bank.rules.stems import STEMS
from keykata.bank.rules.twins import stem_runs
from keykata.bank.rules.wording import WORDING

_OPTION_RULES = (right_missing, shape_single, shape_multi, dup_option, rationale_missing, shuffle_break)
_ADVICE = (*CUES, *STEMS, *WORDING, *EXPLANATIONS, exact_figure)
# what the wording of a question showed: told once ids and references are settled, in order
Waiting = tuple[tuple[Note, ...], Seen | None]


@dataclass(slots=True)
class Examined:
    """Questions that are whole as far as the rules of one item go, with the advice on each.

    `known` counts the questions whose stem holds a word.
    """

    seen: list[Seen] = field(default_factory=list)
    known: Counter[str] = field(default_factory=Counter)


def look_at(drafts: Iterable[Draft], services: Registry | None, known: Counter[str]) -> list[Waiting]:
    """The wording of the questions among some drafts, right after their file is read: later it is far off.

    Args:
        services: give advice on questions too, by these names.
        known: counts the questions whose stem holds a word.
    """
    waiting: list[Waiting] = []
    stems: list[set[str]] = []
    for draft in drafts:
        item = draft.item
        if not isinstance(item, Question):
            continue
        look = Look(item)
        draft.runs = stem_runs(look)
        notes, seen = Notes(), None
        _structure(draft, notes, look)
        if services is not None and not draft.spoiled and not notes.errors:
            seen = _advised(draft, look, services)
            stems.append(set(look.stem))
        waiting.append((tuple(notes.kept), seen))
    known.update(chain.from_iterable(stems))
    return waiting


def settle(
    drafts: Iterable[Draft],
    waiting: Iterable[Waiting],
    known: Counter[str],
    exam: Exam | None,
    *,
    strict_task: bool,
    shipped: bool,
) -> Examined:
    """The rules of one item at a time; the drafts are those looked at, in that order, and others."""
    found = Examined(known=known)
    tasks = frozenset(task for domain in exam.domains for task in domain.tasks) if exam else frozenset()
    looked = iter(waiting)
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
        if item.task not in tasks:
            check_task(draft, exam)
        if strict_task and not item.task and "task" not in draft.raw.bad and not draft.spoiled:
            what = f"The question `{item.id}` has no `task`."
            hint = "Add `task:` with the number of a task statement, here or in `defaults`."
            draft.add("schema-missing-field", (), what, hint)
        notes, seen = next(looked)
        tell(draft, notes)
        if seen is not None:
            seen.item = item
            found.seen.append(seen)
    return found


def _structure(draft: Draft, notes: Notes, look: Look) -> None:
    count_typed(notes, look)
    if "options" in draft.raw.bad or not draft.raw.node_is_whole:
        return
    count_mismatch(notes, look)
    for rule in _OPTION_RULES:
        rule(notes, look)


def _advised(draft: Draft, look: Look, services: Registry) -> Seen:
    notes = Notes()
    begun = placeholder(draft) if "todo" in look.asked or "todo" in look.given else None
    if begun is not None:  # advice on wording can wait for the wording
        notes.add("placeholder", (), *begun, severity="warning")
    else:
        for rule in _ADVICE:
            rule(notes, look)
    named = services.maybe_in(look.asked) or services.maybe_in(look.given)
    return Seen(draft, look, notes, named=named)
