"""Pages of items as they are written, without anything that is known of a learner or of other items."""

from __future__ import annotations

from keykata.bank.model import Comparison, Guide, Item, Question, Term
from keykata.study.page_views import ComparisonPage, GuidePage, QuestionPage, TermPage


def bare_page(item: Item) -> TermPage | ComparisonPage | QuestionPage | GuidePage:
    """The page of an item of a file."""
    match item:
        case Term():
            return bare_term(item)
        case Comparison():
            return bare_comparison(item)
        case Question():
            return QuestionPage(id=item.id, question=item, topics=(), tries=0, right=0)
        case Guide():
            return GuidePage(id=item.id, guide=item, terms=())


def bare_term(term: Term) -> TermPage:
    """The page of a term."""
    return TermPage(
        id=term.id,
        term=term,
        facts={},
        known=0,
        total=0,
        to_take_on=0,
        questions=0,
        related=(),
        confused=(),
        comparisons=(),
        guides=(),
    )


def bare_comparison(comparison: Comparison) -> ComparisonPage:
    """The page of a comparison; subjects without a name of their own go by their phrase."""
    return ComparisonPage(
        id=comparison.id,
        comparison=comparison,
        names={subject.id: subject.name or subject.phrase for subject in comparison.subjects},
        links={},
        known=0,
        total=0,
        to_take_on=0,
        scenarios=0,
    )
