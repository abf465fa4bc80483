"""What the banks cover: by blueprint, level and topic, and what the answers say of the questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from keykata.bank.library import Library
from keykata.bank.model import Entry
from keykata.core import event as ev
from keykata.practice.item_stats import Showing, Trouble, troubles
from keykata.store.store import Store
from keykata.study.examiner import Examiner
from keykata.study.views import Coverage, CoverageNote, CoveredDomain, CoveredTask, OddItem


def coverage(
    library: Library, examiner: Examiner, answers: Iterable[dict[str, Any]], bank: str = ""
) -> Coverage:
    """What the banks cover.

    Args:
        answers: the log as `keykata log --json` tells it.
        bank: only this one; "" for all.
    """
    entries = [entry for entry in library.entries("question") if not bank or _bank(entry) == bank]
    tasks = Counter(entry.task for entry in entries)
    needs = examiner.needs()
    exam = next(iter(library.exams.values()), None)
    domains, by_task = [], []
    for domain in exam.domains if exam else ():
        count = sum(tasks[task] for task in domain.tasks)
        need = needs.get(domain.id, 0)
        domains.append(CoveredDomain(domain.id, domain.short, domain.weight, count, max(0, need - count)))
        by_task += [CoveredTask(task, name, tasks[task]) for task, name in domain.tasks.items()]
    topics = Counter(topic for entry in entries for topic in entry.topics)
    terms = [entry for entry in library.entries("term") if not bank or _bank(entry) == bank]
    return Coverage(
        questions=len(entries),
        multiple=sum(entry.selects > 1 for entry in entries),
        without_task=tasks[""],
        domains=tuple(domains),
        tasks=tuple(by_task),
        levels=dict(sorted(Counter(entry.level or "none" for entry in entries).items())),
        topics={entry.id: topics[entry.id] for entry in terms if topics[entry.id]},
        untested=tuple(entry.id for entry in terms if not topics[entry.id]),
        odd=tuple(_odd(entries, answers)),
    )


def notes(library: Library, store: Store) -> tuple[CoverageNote, ...]:
    """What the learner wrote on items, and what was reported as wrong, oldest first, with its place."""
    found = []
    for event in store.events():
        if event.kind in (ev.NOTE, ev.REPORT) and event.item:
            entry = library.entry(event.item)
            place = (entry.file, entry.line) if entry else ("", 0)
            text = str(event.body.get("text", ""))
            found.append(CoverageNote(event.item, event.kind, event.day, text, *place))
    return tuple(found)


def _bank(entry: Entry) -> str:
    return entry.id.partition(":")[0]


def _odd(entries: Iterable[Entry], answers: Iterable[dict[str, Any]]) -> Iterable[OddItem]:
    asked = [a for a in answers if a["kind"] == "question" and a["correct"] is not None]
    sittings: dict[str, list[bool]] = defaultdict(list)
    for answer in asked:
        sittings[answer["attempt"]].append(bool(answer["correct"]))
    shown: dict[str, list[Showing]] = defaultdict(list)
    for answer in asked:
        shown[answer["item"]].append(_showing(answer, sittings[answer["attempt"]]))
    for entry in entries:
        for trouble in troubles(shown.get(entry.id, ())):
            yield _told(entry, trouble)


def _showing(answer: dict[str, Any], sitting: list[bool]) -> Showing:
    texts = dict(zip("ABCDEF", answer["options"], strict=False))
    others = len(sitting) - 1
    return Showing(
        correct=bool(answer["correct"]),
        chosen=tuple(texts[letter] for letter in answer["chosen"] if letter in texts),
        wrong=tuple(text for letter, text in texts.items() if letter not in answer["right"]),
        options=max(1, len(texts)),
        others=(sum(sitting) - bool(answer["correct"])) / others if others else None,
    )


def _told(entry: Entry, trouble: Trouble) -> OddItem:
    return OddItem(
        item=entry.id,
        trouble=trouble.kind,
        answers=trouble.answers,
        share=round(trouble.share, 3),
        texts=trouble.texts,
        file=entry.file,
        line=entry.line,
    )
