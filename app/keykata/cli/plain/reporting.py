"""The report of a test or exam in words: the estimate, the straight count, domains, and what was missed."""

from __future__ import annotations

from collections.abc import Iterator

from keykata.cli.plain.speech import one_line, sentence
from keykata.cli.plain.timing import duration_words
from keykata.core.days import MINUTE
from keykata.core.rounding import percent, round_half_up
from keykata.study.blanks import blanks_of, list_lines
from keykata.study.exam_shape import even, shape_of
from keykata.study.pacing import habits
from keykata.study.phrases import plural
from keykata.study.ready_views import ReadinessView
from keykata.study.ready_words import ready_sentence
from keykata.study.views import DomainLine, Earlier, Report
from keykata.study.wording import coming_line, long_date_phrase, share_phrase


def report_lines(report: Report, ready: ReadinessView | None = None) -> Iterator[str]:
    """Everything a handed-in test or exam is told with, most important first.

    Args:
        ready: what all first tries say after it, where that is to be told.
    """
    yield f"{sentence(report.title)} {long_date_phrase(report.day)}. {_time_used(report)}"
    yield from _estimate(report)
    yield from _counts(report)
    yield from (_domain_line(domain) for domain in report.domains)
    if ready is not None:
        yield f"Ready? {ready_sentence(ready)}"
    yield from _habit_lines(report)
    yield from (_earlier_line(earlier) for earlier in report.earlier)
    yield from missed_lines(report)
    yield sentence(coming_line(report.coming))


def _time_used(report: Report) -> str:
    limit = report.paper.minutes
    if not limit:
        return f"{sentence(duration_words(report.seconds).capitalize())}"
    return f"{round_half_up(report.seconds / MINUTE)} of {plural(limit, 'minute')}."


def _estimate(report: Report) -> Iterator[str]:
    if report.scaled is None:
        return
    verdict = "Passed" if report.passed else "Not passed"
    yield f"Estimated {report.scaled}. {report.paper.pass_score} passes. {verdict}."
    if report.proven:
        yield f"One paper says this much: {report.proven[0]} to {report.proven[1]}."
    if not report.paper.full:
        yield f"It was not a whole exam: {plural(report.items, 'question')}."
        if not report.paper.lost and not even(report.paper):
            yield shape_of(report.paper)


def _counts(report: Report) -> Iterator[str]:
    right, of = report.unscored
    if of:
        yield (
            f"{report.scored_correct} of the {report.scored} that count were right, "
            f"and {right} of the {of} that do not."
        )
    elif report.scored:
        yield f"{share_phrase(report.scored_correct, report.scored)} right."
    blanks = blanks_of(list_lines(report.paper, report.attempt))
    if blanks.empty:
        yield f"Left blank, so wrong: {' '.join(map(str, blanks.empty))}."
    if blanks.partly:
        yield f"Too few chosen, so wrong: {' '.join(map(str, blanks.partly))}."


def _domain_line(domain: DomainLine) -> str:
    """Its weight, its straight count, and what it is estimated as."""
    name = f"{one_line(domain.name)}, {domain.weight} % of the exam"
    if not domain.scored:
        return f"{name}: nothing that counts was asked."
    meets = "meets competencies" if domain.meets else "needs improvement"
    estimated = "too few questions to estimate" if domain.meets is None else f"estimated as: {meets}"
    share = percent(domain.correct, domain.scored)
    return f"{name}: {domain.correct} of {domain.scored} right, {share} %, {estimated}."


def _habit_lines(report: Report) -> Iterator[str]:
    """What was done, and what it cost."""
    found = habits(report.paper, report.attempt)
    if found.changed:
        ways = (
            (found.to_right, "to right"),
            (found.to_wrong, "to wrong"),
            (found.wrong_to_wrong, "wrong to wrong"),
        )
        told = ", ".join(f"{len(places)} {way}" for places, way in ways if places)
        yield f"Changed {plural(found.changed, 'answer')}: {told}. {_worth(found.net)}"
    if found.sure_wrong:
        yield f"Sure, but wrong: {_places(found.sure_wrong)}."
    if found.guessed_right:
        yield f"A guess, and right: {_places(found.guessed_right)}."
    if found.slow:
        yield f"Over four minutes: {_places(found.slow)}. Of them right: {len(found.slow_right)}."
    if found.crossed_out:
        yield f"Wrong, with a right option crossed out: {_places(found.crossed_out)}."


def _worth(net: int) -> str:
    if not net:
        return "Worth nothing either way."
    return f"Worth {abs(net)} more." if net > 0 else f"It cost {abs(net)}."


def _places(places: tuple[int, ...]) -> str:
    return " ".join(map(str, places))


def _earlier_line(earlier: Earlier) -> str:
    estimate = "" if earlier.scaled is None else f", estimated {earlier.scaled}"
    return (
        f"Before, on {long_date_phrase(earlier.day)}: "
        f"{earlier.scored_correct} of {earlier.scored} right{estimate}."
    )


def missed_lines(report: Report) -> Iterator[str]:
    """What was answered wrongly, a line each."""
    if report.missed:
        yield f"Missed {plural(len(report.missed), 'question')}:"
    for missed in report.missed:
        yield f"Question {missed.position}. {sentence(missed.title)} {sentence(missed.lead)}"
