"""The JSON the commands print: field names as documented in docs/json.md, stable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from keykata.bank.entry import Entry
from keykata.bank.library import Library
from keykata.bank.markdown import plain_text
from keykata.core import event as ev
from keykata.core.days import iso_utc
from keykata.core.event import Event, in_turn, places, voided, whole
from keykata.practice.attempt import Attempt, Turn, fold_attempt
from keykata.practice.marking import letters
from keykata.practice.paper import Paper, QuestionSlot, Slot
from keykata.practice.score import score
from keykata.store.rows import AttemptRow
from keykata.store.store import Store

if TYPE_CHECKING:
    from keykata.study.ready_views import ReadinessPoint, ReadinessView

Json = dict[str, object]


def log_lines(
    store: Store, papers: Mapping[str, Paper], *, attempt: str | None = None, everything: bool = False
) -> Iterator[Json]:
    """Answers in log order, a line each.

    Args:
        papers: the paper of every attempt that may occur.
        attempt: only this one.
        everything: also superseded choices and undone answers, each line with its `state`.
    """
    seen: set[str] = set()
    first: dict[str, bool] = {}
    by_attempt: dict[str, list[Event]] = {}
    for event in store.events():
        if (
            event.kind == ev.ANSWER and event.card
        ):  # one from an import, which has no attempt, comes first too
            first[event.id] = event.card not in seen
            seen.add(event.card)
        if event.attempt in papers:
            by_attempt.setdefault(str(event.attempt), []).append(event)
    lines: list[tuple[tuple[int, str, int], Json]] = []
    for name, history in by_attempt.items():
        if attempt is None or name == attempt:
            lines += _attempt_lines(name, papers[name], in_turn(history), first, everything=everything)
    for _, line in sorted(lines, key=lambda pair: pair[0]):
        yield line


def _attempt_lines(
    attempt_id: str, paper: Paper, history: list[Event], first: Mapping[str, bool], *, everything: bool
) -> list[tuple[tuple[int, str, int], Json]]:
    gone = voided(history)
    state = fold_attempt(paper, history)
    hidden = paper.feedback == "end" and not state.finished
    latest = {
        _position(event): event.id for event in history if _counts(event, hidden) and event.id not in gone
    }
    lines = []
    for event in history:
        if event.kind not in (ev.ANSWER, ev.RESPONSE):
            continue
        status = _status(event, gone, latest, hidden=hidden)
        slot = _slot(paper, event)
        if slot and (status == "counts" or (everything and status)):
            came_first = first.get(event.id, False)
            line = _line(attempt_id, paper.mode, state, event, slot, first=came_first, hidden=hidden)
            line |= _unknown(event) if paper.lost else {}
            lines.append((event.order, line | ({"state": status} if everything else {})))
    return lines


def _counts(event: Event, hidden: bool) -> bool:
    return event.kind == (ev.RESPONSE if hidden else ev.ANSWER)


def _status(event: Event, gone: frozenset[str], latest: Mapping[int, str], *, hidden: bool) -> str:
    """counts, undone, superseded, or "" for a choice that its own answer repeats."""
    if event.id in gone:
        return "undone" if event.kind == ev.ANSWER else ""
    if _counts(event, hidden):
        return "counts" if latest.get(_position(event)) == event.id else "superseded"
    return ""


def _position(event: Event) -> int:
    return whole(event.body.get("position"), 0)


def _slot(paper: Paper, event: Event) -> Slot | None:
    """What an event is about; None when it names nothing of the paper."""
    place = whole(event.body.get("slot"), -1)
    return paper.slots[place] if 0 <= place < len(paper.slots) else None


def _line(
    attempt_id: str, mode: str, state: Attempt, event: Event, slot: Slot, *, first: bool, hidden: bool
) -> Json:
    body = event.body
    turn = _turn(state, _position(event))
    count = len(slot.texts)
    before = body.get("changed_from")
    return {
        "id": event.id,
        "at": iso_utc(event.at),
        "attempt": attempt_id,
        "mode": mode,
        "item": event.item,
        "card": event.card,
        "kind": slot.kind,
        "chosen": letters(places(body.get("chosen"), count)).split(),
        "right": None if hidden else letters(slot.right).split(),
        "options": [" ".join(plain_text(text).split()) for text in slot.texts],
        "correct": None if hidden else body.get("correct"),
        "confidence": body.get("confidence"),
        "rating": None if hidden else body.get("rating"),
        "seconds": body.get("seconds"),
        "first": first,
        "position": _position(event),
        "scored": _scored(slot),
        "task": slot.task or None,
        "cause": turn.cause if turn and turn.answer_id == event.id else None,
        "marked": bool(turn and turn.marked),
        "struck": letters(turn.struck).split() if turn else [],
        "changed_from": None if before is None else letters(places(before, count)).split(),
    }


def _unknown(event: Event) -> Json:
    """What is not known of an answer whose paper is lost, and its kind, which the answer tells itself."""
    return {"kind": event.body.get("kind"), "right": None, "options": [], "task": None, "scored": None}


def _turn(state: Attempt, position: int) -> Turn | None:
    return state.turns[position - 1] if 1 <= position <= len(state.turns) else None


def _scored(slot: Slot) -> bool:
    return slot.scored if isinstance(slot, QuestionSlot) else bool(slot.right)


def history_object(row: AttemptRow, paper: Paper, attempt: Attempt) -> Json:
    """One attempt of `history --json`."""
    marked = score(paper, attempt)
    if paper.lost:  # which of them count, and what of the blanks, is not known
        marked = replace(marked, raw=None, scaled=None, passed=None)
    return {
        "id": row.id,
        "mode": paper.mode,
        "seed": paper.seed,
        "full": None if paper.lost else paper.full,
        "started_at": iso_utc(row.started_at),
        "finished_at": None if row.finished_at is None else iso_utc(row.finished_at),
        "items": len(paper.slots),
        "answered": sum(turn.answered or bool(turn.chosen) for turn in attempt.turns[: len(paper.slots)]),
        "correct": marked.correct,
        "scored": marked.scored,
        "scored_correct": marked.scored_correct,
        "raw": marked.raw,
        "scaled": marked.scaled,
        "passed": marked.passed,
        "domains": [
            {
                "domain": domain.domain,
                "name": domain.name,
                "weight": domain.weight,
                "items": domain.items,
                "scored": domain.scored,
                "correct": domain.correct,
                "meets": domain.meets,
            }
            for domain in marked.domains
            if domain.items
        ],
    }


def readiness_object(view: ReadinessView, history: Iterable[ReadinessPoint]) -> Json | None:
    """What is said of being ready; None while there are too few to say."""
    if view.ready is None:
        return None
    said: Json = msgspec.structs.asdict(view.ready)
    tells = [
        {"domain": t.domain, "name": t.name, "questions": t.count, "before": t.before, "after": t.after}
        for t in view.ready.tells
    ]
    gains = [
        {"task": g.task, "name": g.name, "first_showings": g.tries, "share": g.share, "gain": g.gain}
        for g in view.ready.gains
    ]
    return said | {
        "first_showings": view.tries,
        "banks": list(view.banks),
        "gains": gains,
        "tells": tells,
        "history": [msgspec.structs.asdict(point) for point in history],
    }


def needs_object(view: ReadinessView) -> Json:
    """What is missing before anything is said."""
    return {"first_showings": view.tries, "more": view.more, "domains": list(view.lacking)}


def bank_object(library: Library, *, items: bool) -> Json:
    """`bank --json`, over all open banks."""
    counts = library.counts()
    summary: Json = {
        "terms": counts.terms,
        "concepts": counts.concepts,
        "faqs": counts.faqs,
        "questions": counts.questions,
        "comparisons": counts.comparisons,
        "sorter": counts.sorter,
        "guides": counts.guides,
        "by_domain": dict(library.by_domain()),
        "by_task": dict(library.by_task()),
    }
    if not items:
        return summary
    return summary | {"items": [_item_object(entry) for entry in library.entries()]}


def _item_object(entry: Entry) -> Json:
    return {
        "item": entry.id,
        "kind": entry.kind,
        "task": entry.task or None,
        "level": entry.level or None,
        "wording": entry.wording or None,
    }
