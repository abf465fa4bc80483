"""Coverage, for authors: what banks hold against the blueprint, and what answers tell of their questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from keykata.bank.entry import Entry
from keykata.bank.library import Library
from keykata.bank.model import BankHeader, Exam
from keykata.core.errors import UsageError
from keykata.practice import item_figures
from keykata.practice.blueprint import number_order
from keykata.practice.filling import ExamItem
from keykata.practice.item_figures import Figures, Trouble
from keykata.practice.paper import LETTERS
from keykata.practice.supply import supply
from keykata.store.store import Store
from keykata.study.coverage_views import Coverage, ExamCover, FirstShown, Group, Multiple, Troubled
from keykata.study.examiner import blueprint_of
from keykata.study.files import from_here
from keykata.study.given import given_answers
from keykata.study.remarks import Remark, remarks
from keykata.study.shelf import Shelf

LEVELS = ("recall", "apply", "analyse")


class Covering:
    """Counts over some of the open banks, or all of them.

    Args:
        names: ids of open banks; none means all.

    Raises:
        UsageError: no open bank has such an id.
    """

    def __init__(self, library: Library, store: Store, shelf: Shelf, names: Sequence[str]) -> None:
        self._library = library
        self._store = store
        self._shelf = shelf
        self._banks = _named(library, names)
        self._questions = self._of_kind("question")
        self._rows = store.item_rows()

    def coverage(self) -> Coverage:
        """All the counts."""
        answers = tuple(given_answers(self._library, self._store, self._banks))
        found = item_figures.figures(answers)
        multiples = sum(entry.selects > 1 for entry in self._questions)
        count = len(self._questions)
        return Coverage(
            banks=tuple(self._banks),
            kinds=self._kinds(),
            multiple=Multiple(questions=multiples, share=multiples / count if count else None),
            exam=self._exam(),
            by_domain=self._by_domain(),
            by_task=self._by_task(),
            by_level=tuple(self._group(n, n, [e for e in self._questions if e.level == n]) for n in LEVELS),
            by_topic=self._by_topic(),
            untested=self._untested(),
            answers=len(answers),
            answered=len(found),
            trouble=tuple(self._trouble(found)),
        )

    def remarks(self) -> tuple[Remark, ...]:
        """The notes and reports on items of these banks, oldest first."""
        return remarks(self._library, self._store, self._banks)

    # --- what there is ----------------------------------------------------------------------------------

    def _of_kind(self, kind: str) -> tuple[Entry, ...]:
        return tuple(e for e in self._library.entries(kind) if e.id.split(":", 1)[0] in self._banks)

    def _kinds(self) -> dict[str, int]:
        terms, comparisons = self._of_kind("term"), self._of_kind("comparison")
        return {
            "terms": len(terms),
            "concepts": sum(entry.parts[0] for entry in terms),
            "faqs": sum(entry.parts[1] for entry in terms),
            "comparisons": len(comparisons),
            "sorter": sum(entry.parts[1] for entry in comparisons),
            "questions": len(self._questions),
            "guides": len(self._of_kind("guide")),
        }

    def _exam(self) -> ExamCover | None:
        """The exam of the first bank held to its blueprint, else of the first that prepares for one."""
        headers = sorted(self._banks.values(), key=lambda header: not header.blueprint)
        exams = ((header, self._library.exam_of(header.id)) for header in headers)
        header, exam = next(((header, exam) for header, exam in exams if exam), (None, None))
        if header is None or exam is None:
            return None
        held = header.blueprint
        banks = [h.id for h in self._banks.values() if h.exam == exam.id and h.blueprint == held]
        own = [entry for entry in self._questions if entry.id.split(":", 1)[0] in banks]
        fit = [entry for entry in own if exam.domain_of(entry.task)]
        blueprint = blueprint_of(exam)
        return ExamCover(
            exam=exam.id,
            code=exam.code,
            items=blueprint.count,
            held=held,
            banks=tuple(banks),
            domains=supply(
                (_exam_item(entry, exam) for entry in fit if not entry.disputed),
                blueprint,
                apart=self._shelf.apart,
                task_names=_task_names(exam),
            ),
            elsewhere=len(own) - len(fit),
            disputed=sum(entry.disputed for entry in own),
        )

    # --- groups -----------------------------------------------------------------------------------------

    def _group(self, name: str, title: str, entries: Sequence[Entry]) -> Group:
        rows = (self._rows.get(entry.id) for entry in entries)
        firsts = [row.first_correct for row in rows if row and row.first_correct is not None]
        return Group(
            name=name, title=title, questions=len(entries), first=FirstShown(len(firsts), sum(firsts))
        )

    def _by_domain(self) -> tuple[Group, ...]:
        names = {domain.id: domain.short for exam in self._exams() for domain in exam.domains}
        return self._numbered(names, {entry.id: self._shelf.domain(entry) for entry in self._questions})

    def _by_task(self) -> tuple[Group, ...]:
        names = {task: name for exam in self._exams() for task, name in _task_names(exam).items()}
        return self._numbered(names, {entry.id: entry.task for entry in self._questions})

    def _numbered(self, names: Mapping[str, str], number_of: Mapping[str, str]) -> tuple[Group, ...]:
        """A group for every number of the exams, those without questions too."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._questions:
            found[number_of[entry.id]].append(entry)
        return tuple(self._group(n, names[n], found[n]) for n in sorted(names, key=number_order))

    def _exams(self) -> Iterator[Exam]:
        for bank in self._banks:
            if exam := self._library.exam_of(bank):
                yield exam

    def _by_topic(self) -> tuple[Group, ...]:
        """The terms the questions are about, the one with most questions first."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._questions:
            for topic in entry.topics:
                found[topic].append(entry)
        groups = [self._group(term, self._title(term), entries) for term, entries in found.items()]
        return tuple(sorted(groups, key=lambda group: (-group.questions, group.title, group.name)))

    def _untested(self) -> tuple[Group, ...]:
        """The terms of these banks that no question of any open bank is about."""
        terms = (e for e in self._of_kind("term") if not self._library.questions_on(e.id))
        return tuple(self._group(entry.id, entry.title, ()) for entry in terms)

    def _title(self, term: str) -> str:
        entry = self._library.entry(term)
        return entry.title if entry else term

    # --- trouble ----------------------------------------------------------------------------------------

    def _trouble(self, found: Mapping[str, Figures]) -> Iterator[Troubled]:
        """Every finding, the gravest first, then by item."""
        order = list(get_args(Trouble))
        pairs = [(trouble, item) for item, counted in found.items() for trouble in counted.troubles()]
        for trouble, item in sorted(pairs, key=lambda pair: (order.index(pair[0]), pair[1])):
            counted, entry = found[item], self._library.entry(item)
            if entry is None:
                continue
            idle = counted.idle if trouble == "idle-distractor" else ()
            yield Troubled(
                item=item,
                trouble=trouble,
                file=from_here(entry.file),
                line=max(1, entry.line),
                tries=counted.tries,
                correct=counted.correct,
                firm=counted.firm,
                firm_correct=counted.firm_correct,
                chance=counted.chance,
                options=tuple(LETTERS[place] for place in idle),
                fit=counted.fit,
                fit_answers=counted.fit_answers,
            )


def _named(library: Library, names: Sequence[str]) -> dict[str, BankHeader]:
    """The headers of the banks of these names, in loading order.

    Raises:
        UsageError: no open bank has such an id.
    """
    headers = {bank.header.id: bank.header for bank in library.banks}
    unknown = next((name for name in names if name not in headers), None)
    if unknown is not None:
        raise UsageError(f"No open bank is called {unknown!r}.", hint=f"Open are: {', '.join(headers)}.")
    return {name: header for name, header in headers.items() if not names or name in names}


def _exam_item(entry: Entry, exam: Exam) -> ExamItem:
    domain = exam.domain_of(entry.task)
    return ExamItem(
        id=entry.id,
        domain=domain.id if domain else "",
        task=entry.task,
        topics=entry.topics,
        selects=entry.selects,
    )


def _task_names(exam: Exam) -> dict[str, str]:
    return {task: name for domain in exam.domains for task, name in domain.tasks.items()}
