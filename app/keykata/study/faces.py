"""How an item becomes what is shown: one slot for each card."""

from __future__ import annotations

import re
from functools import cached_property

from keykata.bank import clozes
from keykata.bank.library import Library
from keykata.bank.markdown import plain_text
from keykata.bank.model import Aspect, Comparison, Concept, Faq, Question, Scenario, Subject, Term
from keykata.bank.names import NameFinder
from keykata.core.ids import CardId, item_of
from keykata.memory.deck import concept_cards
from keykata.practice.form import option_order
from keykata.practice.paper import (
    Argument,
    Gap,
    QuestionSlot,
    RecallSlot,
    ShownOption,
    Slot,
    SortChoice,
    SortSlot,
    Topic,
)
from keykata.study.wording import humanise

GAP = "▁▁▁▁▁▁"


def argument_of(question: Question) -> Argument | None:
    """What its key is disputed with; None where nobody does."""
    told = question.disputed
    return Argument(since=told.since, claim=told.claim, links=told.links) if told else None


class Faces:
    """Builds slots from the library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def names(self) -> NameFinder:
        """Finds the terms of the open banks in texts; made at the first use."""
        return NameFinder(self._library.entries("term"))

    def question(self, item: str, *, seed: int, position: int) -> QuestionSlot | None:
        """A question with its options in the order drawn; None when the bank no longer has it."""
        question = self._library.item(item)
        if not isinstance(question, Question):
            return None
        order = option_order(
            len(question.options), seed=seed, position=position, item=item, fixed=question.fixed
        )
        options = [question.options[place] for place in order]
        named = self.names.distinguishing([option.text for option in options])
        topics = self._topics(question.topics)
        bank = item.split(":", 1)[0]
        exam = self._library.exam_of(bank)
        domain = exam.domain_of(question.task) if exam else None
        header = self._library.header(bank)
        return QuestionSlot(
            card=item,
            item=item,
            title=topics[0].name if topics else header.name if header else bank,
            stem=question.stem,
            ask=question.ask,
            options=tuple(
                ShownOption(text=option.text, right=option.right, why=option.why, names=names)
                for option, names in zip(options, named, strict=True)
            ),
            explanation=question.explanation,
            task=question.task,
            domain=domain.id if domain else "",
            level=question.level,
            topics=topics,
            tests=self._tested(question),
            refs=question.refs,
            alt=question.alt,
            checked=question.checked,
            wording=question.wording,
            scored=question.disputed is None,
            disputed=argument_of(question),
        )

    def of_card(self, card: str, *, seed: int, position: int) -> Slot | None:
        """What asks for a card; None when the bank no longer has it."""
        item = item_of(card)
        content = self._library.item(item)
        parts = card.split("/")[1:]
        if isinstance(content, Question) and not parts:
            return self.question(item, seed=seed, position=position)
        if isinstance(content, Term):
            return self._of_term(CardId(card), item, content, parts)
        if isinstance(content, Comparison) and len(parts) == 2:
            return self._of_comparison(CardId(card), item, content, parts)
        return None

    def _topics(self, ids: tuple[str, ...]) -> tuple[Topic, ...]:
        entries = [self._library.entry(topic) for topic in ids]
        return tuple(Topic(id=entry.id, name=entry.title) for entry in entries if entry)

    def _tested(self, question: Question) -> tuple[str, ...]:
        cards: list[str] = []
        for reference in question.tests:
            item, _, part = reference.partition("/")
            term = self._library.item(item)
            if isinstance(term, Term) and part:
                cards += concept_cards(item.split(":", 1)[0], term, part)
        return tuple(dict.fromkeys(cards))

    def _of_term(self, card: CardId, item: str, term: Term, parts: list[str]) -> Slot | None:
        if parts == ["front"]:
            return RecallSlot(
                card=card,
                item=item,
                recall="term",
                title=term.name,
                label="What is it?",
                prompt=f"What does **{term.name}** mean?",
                answer=term.short,
                why=term.definition,
                refs=term.refs,
            )
        if parts == ["back"]:
            return RecallSlot(
                card=card,
                item=item,
                recall="term",
                title="Name the term",
                prompt=mask(term.short, (term.name, *term.also, *term.retired)),
                answer=term.name,
                refs=term.refs,
            )
        concept = next((concept for concept in term.concepts if concept.id == parts[0]), None)
        faq = next((faq for faq in term.faqs if faq.id == parts[0]), None)
        if len(parts) == 2 and parts[1] == "loose":
            return _loose(card, item, term, concept, faq)
        if concept and len(parts) == 2:
            return _concept(card, item, term, concept, parts[1])
        if faq and len(parts) == 1:
            return RecallSlot(
                card=card,
                item=item,
                recall="faq",
                title=term.name,
                label="Asked often",
                prompt=faq.q,
                answer=faq.a,
                refs=faq.refs or term.refs,
            )
        return None

    def _of_comparison(
        self, card: CardId, item: str, comparison: Comparison, parts: list[str]
    ) -> Slot | None:
        if parts[0] == "sorter":
            scenarios = comparison.sorter.scenarios if comparison.sorter else ()
            scenario = next((scenario for scenario in scenarios if scenario.id == parts[1]), None)
            return self._sort(card, item, comparison, scenario) if scenario else None
        aspect = next((aspect for aspect in comparison.aspects if aspect.id == parts[0]), None)
        return _cell(card, item, comparison, aspect, parts[1]) if aspect else None

    def _sort(self, card: CardId, item: str, comparison: Comparison, scenario: Scenario) -> SortSlot:
        ids = [subject.id for subject in comparison.subjects]
        choices = tuple(
            SortChoice(
                id=subject.id,
                name=self.subject_name(subject),
                why=scenario.because if subject.id == scenario.fits else scenario.others.get(subject.id, ""),
                names=(subject.term,),
            )
            for subject in comparison.subjects
        )
        return SortSlot(
            card=card,
            item=item,
            title=comparison.sorter.title if comparison.sorter else comparison.title,
            say=scenario.say,
            choices=choices,
            fits=ids.index(scenario.fits),
            because=scenario.because,
            rule=comparison.sorter.rule if comparison.sorter else "",
            refs=scenario.refs or comparison.refs,
        )

    def subject_name(self, subject: Subject) -> str:
        """What a comparison's subject is called."""
        return subject_name(self._library, subject)


def subject_name(library: Library, subject: Subject) -> str:
    """What a comparison's subject is called: its own name, else that of its term."""
    entry = library.entry(subject.term)
    return subject.name or (entry.title if entry else subject.term)


def _concept(card: CardId, item: str, term: Term, concept: Concept, cloze: str) -> RecallSlot | None:
    parts = clozes.pieces(concept.text)
    if cloze not in {piece.cloze for piece in parts}:
        return None
    gaps = tuple(Gap(text=piece.text, hidden=piece.cloze == cloze, hint=piece.hint) for piece in parts)
    return RecallSlot(
        card=card,
        item=item,
        recall="concept",
        title=term.name,
        label=humanise(concept.id),
        gaps=gaps,
        why=concept.why,
        refs=concept.refs or term.refs,
    )


def _loose(
    card: CardId, item: str, term: Term, concept: Concept | None, faq: Faq | None
) -> RecallSlot | None:
    part = concept or faq
    if part is None or not part.loose:
        return None
    answer = clozes.plain(part.text) if isinstance(part, Concept) else part.a
    claim, _, correction = _claim(part.loose)
    return RecallSlot(
        card=card,
        item=item,
        recall="loose",
        title=term.name,
        label="They say",
        prompt=f"Study pages often say: {claim}\n\nWhat is right?",
        answer=f"{correction}\n\n{answer}" if correction else answer,
        refs=part.refs or term.refs,
    )


def _claim(loose: str) -> tuple[str, str, str]:
    """A loose form is a quoted claim, and may go on after a colon with what is right."""
    match = re.match(r'(?P<claim>["“].+?["”])\s*:\s*(?P<rest>.+)\Z', loose, re.S)
    return (match.group("claim"), ":", match.group("rest")) if match else (loose, "", "")


def _cell(card: CardId, item: str, comparison: Comparison, aspect: Aspect, subject: str) -> RecallSlot | None:
    if subject not in aspect.cells:
        return None
    phrase = comparison.subject(subject).phrase
    return RecallSlot(
        card=card,
        item=item,
        recall="cell",
        title=comparison.title,
        label=aspect.label,
        prompt=aspect.ask.replace("{subject}", phrase),
        answer=aspect.cells[subject],
        why=aspect.why,
        refs=aspect.refs or comparison.refs,
    )


def mask(text: str, names: tuple[str, ...]) -> str:
    """The text with every one of the names blanked, whatever its case."""
    wanted = sorted((name for name in names if name), key=len, reverse=True)
    if not wanted:
        return text
    return re.sub("|".join(rf"\b{re.escape(name)}s?\b" for name in wanted), GAP, text, flags=re.IGNORECASE)


def lead(slot: Slot, width: int = 70) -> str:
    """The first words of what a slot shows, on one line."""
    if isinstance(slot, QuestionSlot):
        text = slot.stem or slot.ask
    elif isinstance(slot, SortSlot):
        text = slot.say
    else:
        text = slot.prompt or "".join(gap.text for gap in slot.gaps)
    line = " ".join(plain_text(text).split())
    return line if len(line) <= width else line[: width - 1].rsplit(" ", 1)[0] + " …"
