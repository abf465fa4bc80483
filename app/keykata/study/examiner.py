"""Mock exams: what the open banks can give, and the papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

import msgspec
from msgspec.structs import replace

from keykata.bank.library import Library, SealedPaper
from keykata.bank.model import Exam
from keykata.core.errors import UnreadableError, UsageError
from keykata.practice.blueprint import Blueprint, BlueprintDomain
from keykata.practice.exam_form import ExamForm, Shortage, candidates_of, exam_form, sealed_form
from keykata.practice.filling import ExamItem, Pool
from keykata.practice.paper import Paper, QuestionSlot, decode_paper
from keykata.study.home_views import ExamOffer, Lack
from keykata.study.ledger import Ledger
from keykata.study.papers import Papers
from keykata.study.phrases import kept_out_words
from keykata.study.sealed_papers import kept
from keykata.study.shelf import Shelf

Made = tuple[Paper, dict[str, object]]


class Examiner:
    """Makes the papers of mock exams from the banks that follow a blueprint."""

    def __init__(
        self, library: Library, ledger: Ledger, shelf: Shelf, papers: Papers, draw_seed: Callable[[], int]
    ) -> None:
        self._library = library
        self._ledger = ledger
        self._shelf = shelf
        self._papers = papers
        self._draw_seed = draw_seed
        self._pool: tuple[frozenset[str], Pool] | None = None

    def offer(self) -> ExamOffer:
        """The exam the banks can give now; no items when they can give none."""
        exam = self._library.held_exam()
        if exam is None:
            return ExamOffer(items=0, minutes=0, lengthened=0, full=False, lacks=(), sealed=0)
        left = self._shelf.left()
        made = self._next(exam, left, seed=0, by_history=True)
        form = made.form if isinstance(made, Shortage) else made
        lacks = made.missing if isinstance(made, Shortage) else ()
        return ExamOffer(
            items=len(form.ids) if form else 0,
            minutes=form.minutes if form else 0,
            lengthened=form.minutes + form.extra_minutes if form else 0,
            full=form is not None and form.full,
            lacks=tuple(Lack(lack.name, lack.have, lack.need, lack.items - lack.have) for lack in lacks),
            sealed=len(left),
            papers=len(self._shelf.papers),
            even=form is None or form.even,
        )

    def paper(self, *, extra: bool, strict: bool, seed: int | None) -> Made:
        """The next mock exam and what it was chosen by.

        A sealed paper that is left comes first; with a seed sealed papers are left out and history plays
        no part.

        Raises:
            UsageError: the banks cannot give an exam; it says what is missing.
        """
        exam = self._library.held_exam()
        if exam is None:
            raise UsageError(
                "No open bank follows an exam's blueprint.", hint="Practise, or open one with --bank."
            )
        drawn = self._draw_seed() if seed is None else seed
        left = self._shelf.left() if seed is None else {}
        made = self._next(exam, left, seed=drawn, by_history=seed is None)
        form = made.form if isinstance(made, Shortage) else made
        if form is None:
            raise _nothing(made)
        wanted: dict[str, object] = kept(next(iter(left))) if left else {"count": len(form.ids)}
        return self._made(exam, form, drawn, extra=extra, strict=strict), wanted

    def _next(
        self, exam: Exam, left: Mapping[SealedPaper, tuple[str, ...]], *, seed: int, by_history: bool
    ) -> ExamForm | Shortage:
        """The first sealed paper that is left, else a form from what is open."""
        if left:
            entries = (self._library.entry(item) for item in next(iter(left.values())))
            items = [entry.id for entry in entries if entry and not entry.disputed]
            return sealed_form(items, self._domains(items), blueprint_of(exam), seed)
        return self._form(exam, seed=seed, by_history=by_history)

    def _form(self, exam: Exam, *, seed: int, by_history: bool) -> ExamForm | Shortage:
        blueprint = blueprint_of(exam)
        return exam_form(
            self._candidates(blueprint, with_history=by_history),
            blueprint,
            seed=seed,
            apart=self._shelf.apart,
            by_history=by_history,
        )

    def _candidates(self, blueprint: Blueprint, *, with_history: bool) -> Pool:
        """What a form is chosen from: gathered once for all forms until a sealed paper is sat."""
        sealed = self._shelf.sealed
        if self._pool is None or self._pool[0] != sealed:
            self._pool = (sealed, candidates_of(self._held(sealed), blueprint))
        pool = self._pool[1]
        if not with_history:
            return pool
        seen = self._ledger.store.last_answered() | self._under_way()
        items = [replace(item, last_at=seen[item.id]) if item.id in seen else item for item in pool.items]
        return Pool(items, pool.shapes)

    def _under_way(self) -> dict[str, int]:
        """The questions of exams left open, each with the moment its exam began."""
        store = self._ledger.store
        met: dict[str, int] = {}
        for row in store.open_attempts():
            if row.mode == "exam":
                with suppress(
                    UnreadableError, ValueError
                ):  # a damaged paper keeps no new exam from being made
                    paper = decode_paper(store.snapshot(row.snapshot))
                    met.update((slot.item, row.started_at) for slot in paper.slots)
        return met

    def _held(self, without: frozenset[str]) -> Iterator[ExamItem]:
        """Every question of the banks that are held to a blueprint, without disputed ones and some others."""
        held, domain_of = self._library.held, self._shelf.domain_of
        for entry in self._library.entries("question"):
            bank = entry.id.partition(":")[0]
            if bank in held and not entry.disputed and entry.id not in without:
                domain = domain_of(bank, entry.task)
                yield ExamItem(entry.id, domain, entry.task, entry.topics, entry.selects)

    def _domains(self, items: Iterable[str]) -> dict[str, str]:
        entries = (self._library.entry(item) for item in items)
        return {entry.id: self._shelf.domain(entry) for entry in entries if entry}

    def _made(self, exam: Exam, form: ExamForm, seed: int, *, extra: bool, strict: bool) -> Paper:
        sat = len(self._ledger.store.attempts_of("exam"))
        paper = self._papers.questions(form.ids, mode="exam", seed=seed, title=f"Mock exam {sat + 1}")
        slots = tuple(
            msgspec.structs.replace(slot, scored=slot.scored and slot.item not in form.unscored)
            for slot in paper.slots
            if isinstance(slot, QuestionSlot)
        )
        return msgspec.structs.replace(
            paper,
            slots=slots,
            feedback="end",
            full=form.full,
            minutes=form.minutes + (form.extra_minutes if extra else 0),
            strict=strict,
            pass_score=exam.pass_score,
            scale_from=exam.scale_from,
            scale_to=exam.scale_to,
        )


def blueprint_of(exam: Exam) -> Blueprint:
    """What forms take of an exam."""
    return Blueprint(
        domains=tuple(BlueprintDomain(d.id, d.short, d.weight, tuple(d.tasks)) for d in exam.domains),
        scored=exam.scored,
        unscored=exam.unscored,
        minutes=exam.minutes,
        extra_minutes=exam.extra_minutes,
    )


def _nothing(made: ExamForm | Shortage) -> UsageError:
    lacks = made.missing if isinstance(made, Shortage) else ()
    said = ", ".join(f"{lack.name} has {lack.have} of {lack.need}" for lack in lacks)
    kept_out = kept_out_words([(lack.name, lack.items - lack.have) for lack in lacks])
    return UsageError(
        " ".join(filter(None, (f"The open banks cannot fill an exam: {said}.", kept_out))),
        hint="Practise, or open another bank.",
    )
