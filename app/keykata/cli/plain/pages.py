"""Pages of the library in lines: one fact a line, the kind of line first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keykata.bank.model import Item
from keykata.cli.plain.speech import one_line, prose, sentence, short
from keykata.core.errors import UsageError
from keykata.practice.paper import LETTERS
from keykata.study.bare_pages import bare_page
from keykata.study.dojo import Dojo
from keykata.study.page_views import ComparisonPage, GuidePage, Hit, LibraryRow, Link, QuestionPage, TermPage
from keykata.study.phrases import plural
from keykata.study.prose import concept_plain
from keykata.study.wording import humanise, slipped_phrase


def page_lines(dojo: Dojo, item: str) -> tuple[str, ...]:
    """The page of an item.

    Raises:
        UsageError: there is no such item.
    """
    match dojo.kind_of(item):
        case "term":
            return tuple(_term(dojo.term_page(item)))
        case "comparison":
            return tuple(_comparison(dojo.comparison_page(item)))
        case "question":
            return tuple(_question(dojo.question_page(item)))
        case "guide":
            return tuple(_guide(dojo.guide_page(item)))
        case _:
            raise UsageError(f'There is no page "{item}".', hint="keykata search finds pages by words.")


def written_lines(item: Item) -> Iterator[str]:
    """An item as its file has it, without anything that is known of a learner."""
    match bare_page(item):
        case TermPage() as page:
            yield from _term(page, learnt=False)
        case ComparisonPage() as page:
            yield from _comparison(page, learnt=False)
            yield from _scenarios(page)
        case QuestionPage() as page:
            yield from _question(page, learnt=False)
        case GuidePage() as page:
            yield from _guide(page)


def _scenarios(page: ComparisonPage) -> Iterator[str]:
    sorter = page.comparison.sorter
    for scenario in sorter.scenarios if sorter else ():
        yield from _labelled("Scenario", prose(scenario.say))
        yield f"Fits: {sentence(page.names.get(scenario.fits, scenario.fits))}"
        yield from _labelled("Because", prose(scenario.because))


def hit_line(hit: Hit) -> str:
    """A search result."""
    about = f" {sentence(hit.snippet)}" if hit.snippet else ""
    return f"{hit.kind.capitalize()}: {sentence(hit.title)} {hit.id}.{about}"


def row_line(row: LibraryRow) -> str:
    """A row of the library."""
    return f"{row.kind.capitalize()}: {sentence(row.title)} {sentence(row.state)}".rstrip()


def _labelled(label: str, lines: Iterable[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield f"{label}: {line}" if place == 0 else line


def _links(label: str, links: Iterable[Link]) -> Iterator[str]:
    names = ", ".join(one_line(link.name) for link in links)
    if names:
        yield f"{label}: {names}."


def _sources(refs: Iterable[str], checked: str) -> Iterator[str]:
    yield from (f"Source: {one_line(ref)}" for ref in refs)
    if checked:
        yield f"Last held against its sources: {checked}."


def _state(known: int, total: int, to_take_on: int) -> Iterator[str]:
    yield f"State: {known} of {plural(total, 'fact')} known. {to_take_on} not in your queue yet."


def _notes(notes: Iterable[str], *, kept: bool, slipped: int) -> Iterator[str]:
    if kept:
        yield "Kept for good."
    if slipped:
        yield slipped_phrase(slipped)
    yield from (f"Your note: {one_line(note)}" for note in notes)


def _term(page: TermPage, *, learnt: bool = True) -> Iterator[str]:
    term = page.term
    yield f"Term: {sentence(term.name)}"
    yield from _labelled("Also called", [sentence(", ".join(term.also))] if term.also else [])
    yield from _labelled("Retired name", [sentence(", ".join(term.retired))] if term.retired else [])
    yield f"In short: {short(term.short)}"
    yield from _labelled("Definition", prose(term.definition))
    yield from _labelled("Sensei", prose(term.sensei))
    for concept in term.concepts:
        yield from _labelled(f"Key concept, {humanise(concept.id)}", prose(concept_plain(concept.text)))
        yield from _labelled("Why", prose(concept.why))
        yield from _labelled("Often said", prose(concept.loose))
    for angle in term.on_exam:
        yield from _labelled(f"On the exam, {humanise(angle.id)}", prose(angle.text))
    for faq in term.faqs:
        yield f"Asked: {short(faq.q)}"
        yield from _labelled("Answer", prose(faq.a))
        yield from _labelled("Often said", prose(faq.loose))
    yield from _links("Related", page.related)
    yield from _links("Easily confused with", page.confused)
    yield from _links("Compared in", page.comparisons)
    yield from _links("Guides", page.guides)
    if learnt:
        yield f"Questions on it: {page.questions}."
        yield from _state(page.known, page.total, page.to_take_on)
        yield from _notes(page.notes, kept=page.kept, slipped=page.slipped)
    yield from _sources(term.refs, term.checked)


def _comparison(page: ComparisonPage, *, learnt: bool = True) -> Iterator[str]:
    comparison = page.comparison
    yield f"Comparison: {sentence(comparison.title)}"
    yield f"Compared: {sentence(', '.join(page.names[subject.id] for subject in comparison.subjects))}"
    for decision in comparison.decide:
        then = sentence(page.names.get(decision.subject, decision.subject))
        yield (
            f"Deciding: {short(decision.condition)} Then {then}"
            if decision.condition
            else f"Otherwise: {then}"
        )
    for aspect in comparison.aspects:
        yield f"Aspect: {sentence(aspect.label)}"
        for subject in comparison.subjects:
            if subject.id in aspect.cells:
                yield f"{one_line(page.names[subject.id])}: {short(aspect.cells[subject.id])}"
        yield from _labelled("Why", prose(aspect.why))
    if comparison.sorter:
        count = f" {plural(page.scenarios, 'scenario')}." if learnt else ""
        yield f"Sorter: {sentence(comparison.sorter.title)}{count}"
        yield from _labelled("Rule", prose(comparison.sorter.rule))
    if learnt:
        yield from _state(page.known, page.total, page.to_take_on)
    yield from _sources(comparison.refs, comparison.checked)


def _question(page: QuestionPage, *, learnt: bool = True) -> Iterator[str]:
    question = page.question
    yield f"Question: {page.id}."
    yield from _links("About", page.topics)
    yield from prose(question.stem, question.alt)
    yield f"Asked: {short(question.ask)} Select {question.selects}."
    for letter, option in zip(LETTERS, question.options, strict=False):
        yield from _labelled(letter, prose(option.text))
    right = [letter for letter, option in zip(LETTERS, question.options, strict=False) if option.right]
    yield f"Right: {' and '.join(right)}."
    yield from _labelled("Because", prose(question.explanation))
    for letter, option in zip(LETTERS, question.options, strict=False):
        yield from _labelled(f"{letter}, {'right' if option.right else 'wrong'}", prose(option.why))
    if question.disputed:
        yield short(f"Disputed since {question.disputed.since}: {question.disputed.claim}")
        yield from (f"Link: {one_line(link)}" for link in question.disputed.links)
    if learnt:
        yield (
            f"Your tries: {page.right} of {page.tries} right." if page.tries else "You have not tried it yet."
        )
        yield from _notes(page.notes, kept=page.kept, slipped=page.slipped)
    yield from _sources(question.refs, question.checked)


def _guide(page: GuidePage) -> Iterator[str]:
    guide = page.guide
    yield f"Guide: {sentence(guide.title)} {guide.kind.replace('-', ' ').capitalize()}, {guide.minutes} min."
    yield from _links("Terms", page.terms)
    yield from prose(guide.body)
    yield from _sources(guide.refs, guide.checked)
