"""Figures in lines: sessions, answers, what is known, what the banks hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from keykata.cli.plain.speech import one_line, sentence
from keykata.core.clock import Clock
from keykata.core.rounding import percent
from keykata.study import progress_words as words
from keykata.study.dojo import Dojo
from keykata.study.phrases import date_phrase, plural
from keykata.study.progress_views import Past, Progress
from keykata.study.ready_views import ReadinessView
from keykata.study.ready_words import gain_phrase, ready_sentence, tell_phrase, width_phrase
from keykata.study.wording import coming_line, long_date_phrase, moment_phrase

Json = Mapping[str, Any]
SHOWN = 5
COST_DAYS = 30
RATED = {1: "forgot", 2: "hard", 3: "knew it", 4: "easy"}


def stats_lines(opened: Dojo) -> Iterator[str]:
    """What `keykata stats` says."""
    now, past, home = opened.progress(), opened.look_at_all(), opened.home()
    if past is None:
        return
    new, learning, review, due = now.cards
    yield words.lead_sentence(now, past)
    yield f"Answers: {now.answers:,}. Today: {home.answered_today:,}."
    yield f"Cards due now: {due:,}."
    yield f"Cards in review: {review:,}."
    yield f"Cards being learned: {learning:,}. New: {new:,}."
    known = "too few to say" if past.measured is None else words.share(past.measured)
    yield f"Remembered when it came back: {known}."
    yield f"Retention: {words.retention_words(past)}"
    yield f"Scheduler: {words.calibration_words(past)}"
    for one in past.bins if past.reviews >= words.LEAST_REVIEWS else ():
        came = f"{words.share(one.measured)} came" if one.reviews >= words.LEAST_REVIEWS else "too few to say"
        yield f"Expected {' '.join(words.bin_words(one).split())}: {came}, {plural(one.reviews, 'review')}."
    for line in home.tries:
        right = f"{line.right} of {line.tried} right at first sight" if line.tried else "nothing tried yet"
        yield f"{one_line(line.name)}, {line.weight} % of the exam: {right}."
    yield from _past_lines(now, past)
    yield from readiness_lines(opened.readiness())
    yield sentence(coming_line(home.coming))
    if home.exam_date:
        yield f"Exam: {long_date_phrase(home.exam_date)}."


def readiness_lines(view: ReadinessView | None) -> Iterator[str]:
    """How likely passing is today, and what would gain and tell most."""
    yield f"Ready? {ready_sentence(view) if view else 'Too few to say.'}"
    ready = view.ready if view else None
    if ready is None:
        return
    yield f"One paper would probably bring {ready.score_low} to {ready.score_high}."
    for gain in ready.gains:
        yield f"Gains most: task {gain.task}, {one_line(gain.name)}: {gain_phrase(gain)}."
    for tell in ready.tells[:1]:
        yield f"What would tell most: {tell_phrase(tell)}, {width_phrase(tell)}."


def _past_lines(now: Progress, past: Past) -> Iterator[str]:
    for task in past.tasks:
        if task.tried:
            yield f"Task {task.number}: {words.known_words(task.known, task.questions)}."
    for pace in past.paces:
        yield f"{words.PACE_NAMES[pace.kind]}: {words.pace_words(pace)}."
    for exam in past.exams:
        scaled = f"{exam.scaled} estimated, {past.pass_score} passes"
        yield f"{one_line(exam.title)}, {date_phrase(exam.day)}: {scaled}."
    for weak in past.weakest[:SHOWN]:
        yield f"Weak: {one_line(weak.title)}, {words.lost_words(weak)}."
    for leech in past.leeches[:SHOWN]:
        yield f"Forgotten again and again: {one_line(leech.title)}, {words.leech_words(leech)}."
    if past.leeches:
        yield words.LEECH_ADVICE
    yield f"Desired retention: {words.share(now.retention)}."
    yield from cost_lines(past, COST_DAYS)
    yield words.fit_words(now)


def cost_lines(past: Past, days: int) -> Iterator[str]:
    """What each retention costs over so many days to come."""
    for cost in past.costs.get(days, ()):
        yield f"{words.share(cost.retention)} desired, the next {days} days: {words.cost_words(cost)}."


def history_line(session: Json, clock: Clock) -> str:
    """One session, in the learner's zone."""
    when = moment_phrase(str(session["started_at"]), clock.utc_offset)
    ended = "" if session["finished_at"] else " Still open."
    scored, right = session["scored"], session["scored_correct"]
    told = scored and (session["finished_at"] or session["answered"])
    score = f" {right} of {scored} right, {percent(right, scored)} %." if told else ""
    answered = f"{session['answered']} of {plural(session['items'], 'item')} answered."
    estimated = session["scaled"] is not None and session["finished_at"]
    estimate = f" Estimated {session['scaled']}." if estimated else ""
    lost = " What it showed is lost." if session["full"] is None else ""
    name = str(session["id"])[-6:]
    return f"{when}. {str(session['mode']).capitalize()}. {answered}{score}{estimate}{ended}{lost} {name}."


def answer_line(answer: Json, clock: Clock) -> str:
    """One answer, in the learner's zone."""
    when = moment_phrase(str(answer["at"]), clock.utc_offset)
    state = f" {str(answer['state']).capitalize()}." if answer.get("state", "counts") != "counts" else ""
    return f"{when}. {answer['card']}. {_outcome(answer)}.{state}"


def _outcome(answer: Json) -> str:
    if answer["correct"] is None:
        return RATED.get(answer["rating"], "not marked yet").capitalize()
    chosen = " ".join(answer["chosen"])
    return f"{'Right' if answer['correct'] else 'Wrong'}, chose {chosen}"


def bank_lines(held: Json) -> Iterator[str]:
    """What the banks hold, and every item when it was asked for."""
    for name in ("terms", "concepts", "faqs", "questions", "comparisons", "sorter", "guides"):
        label = {"faqs": "Questions people ask", "sorter": "Sorter scenarios"}.get(name, name.capitalize())
        yield f"{label}: {held[name]:,}."
    for domain, count in held["by_domain"].items():
        yield f"Domain {domain}: {plural(count, 'question')}."
    for task, count in held["by_task"].items():
        yield f"Task {task}: {plural(count, 'question')}."
    for item in held.get("items", ()):
        details = [str(item[name]) for name in ("kind", "task", "level") if item[name]]
        yield f"{item['item']}. {', '.join(details).capitalize()}."
