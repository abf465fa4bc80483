"""The words shared by the screens and plain mode."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from keykata.core.days import HOUR, MINUTE
from keykata.core.errors import UsageError
from keykata.core.rounding import percent, round_half_up
from keykata.core.safe import quoted
from keykata.practice.attempt import Turn
from keykata.practice.marking import selects
from keykata.practice.paper import LETTERS, QuestionSlot, RecallSlot, Slot, SortSlot
from keykata.study.home_views import Coming
from keykata.study.phrases import date_phrase, days_phrase, plural
from keykata.study.views import Again, Report

RATING_WORDS = ("Forgot", "Hard", "Knew it", "Easy")
CAUSE_WORDS = {"unknown": "didn't know", "misread": "misread", "between": "between two", "slip": "slip"}
SPELLINGS = {
    "alb": "ALB",
    "api": "API",
    "arn": "ARN",
    "aws": "AWS",
    "az": "AZ",
    "cloudhsm": "CloudHSM",
    "cloudtrail": "CloudTrail",
    "cmk": "CMK",
    "dynamodb": "DynamoDB",
    "ebs": "EBS",
    "ec2": "EC2",
    "efs": "EFS",
    "fips": "FIPS",
    "hsm": "HSM",
    "iam": "IAM",
    "kms": "KMS",
    "nlb": "NLB",
    "rds": "RDS",
    "s3": "S3",
    "sns": "SNS",
    "sqs": "SQS",
    "sse": "SSE",
    "vpc": "VPC",
    "waf": "WAF",
}
KIND_LABELS = {
    "question": "question",
    "term": "term",
    "concept": "key concept",
    "faq": "question people ask",
    "loose": "they say, it is",
    "cell": "comparison",
    "sort": "sorter",
}


def share_of(text: str) -> float:
    """A share as people write it: `0.9`, `0,9`, `90`, `90 %`.

    Raises:
        UsageError: it is no number.
    """
    bare = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        raise UsageError(f"{quoted(text)} is not a share.", hint="Write it as 0.90.") from None
    return value / 100 if value > 1 else value


def slipped_phrase(lapses: int) -> str:
    """What to do about a card that is forgotten again and again."""
    return f"Forgotten {lapses} times. Asking again will not mend it: read its page, and note the difference."


def moment_phrase(moment: str, offset_at: Callable[[int], int]) -> str:
    """A moment (ISO 8601 UTC) in the learner's zone: `Wed 25 Nov 21:14`.

    Args:
        offset_at: seconds east of UTC at a moment (milliseconds UTC).
    """
    utc = datetime.fromisoformat(moment)
    local = utc + timedelta(seconds=offset_at(int(utc.timestamp() * 1000)))
    return f"{date_phrase(local.date().isoformat())} {local:%H:%M}"


def long_date_phrase(day: str) -> str:
    """The same in whole words: `Monday 14 December`; what is no date as it stands."""
    try:
        moment = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{moment:%A} {moment.day} {moment:%B}"


def again_phrase(again: Again) -> str:
    """When a card comes back: `again today`, `again tomorrow`, `again in 4 days`."""
    return f"again {days_phrase(again.days)}"


def outlook_phrase(again: Again) -> str:
    """What a rating would lead to: `in 10 min`, `tomorrow`, `in 4 days`."""
    if again.days:
        return days_phrase(again.days)
    minutes = max(1, round_half_up(again.seconds / MINUTE))
    return f"in {minutes} min" if minutes < 60 else f"in {round_half_up(again.seconds / HOUR)} h"


def chosen_words(slot: Slot, places: tuple[int, ...]) -> str:
    """Places as they are called on screen: `C`, `A and D`, or the subject's name in the sorter."""
    if isinstance(slot, SortSlot):
        names = [slot.choices[place].name for place in places]
    else:
        names = [LETTERS[place] for place in places]
    return (
        names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else "nothing"
    )


def sure_words(turn: Turn) -> str:
    """`, sure`, `, a guess`, or nothing."""
    return {"sure": ", sure", "guess": ", a guess"}.get(turn.confidence or "", "")


def answer_words(slot: Slot) -> str:
    """`The answer is B.` or `The answers are A and C.`"""
    verb = "answers are" if len(slot.right) > 1 else "answer is"
    return f"The {verb} {chosen_words(slot, slot.right)}."


def verdict_line(slot: Slot, turn: Turn) -> str:
    """What the screen says first after an answer, without its sign."""
    if turn.correct:
        return "Right, a guess." if turn.lucky else "Right."
    return (
        f"Not this one. You chose {chosen_words(slot, turn.chosen)}{sure_words(turn)}. {answer_words(slot)}"
    )


def rated_line(turn: Turn) -> str:
    """What was said of a fact: `You said: Knew it.`; a damaged log may hold any number."""
    known = 1 <= turn.rating <= len(RATING_WORDS)
    return f"You said: {RATING_WORDS[turn.rating - 1]}." if known else "Its rating is not known."


def plain_verdict(slot: Slot, turn: Turn, again: Again | None) -> str:
    """The first line of feedback in plain mode: exactly `Right.`, or one that begins `Wrong.`"""
    if turn.correct:
        return "Right."
    when = f" {again_phrase(again).capitalize()}." if again else ""
    chosen = f"You chose {chosen_words(slot, turn.chosen)}{sure_words(turn)}."
    return f"Wrong. {chosen} {answer_words(slot)}{when}"


def kind_label(slot: Slot) -> str:
    """What kind of item it is, in plain words."""
    return KIND_LABELS[slot.kind]


def select_phrase(slot: Slot) -> str:
    """`select 2` for multiple response, else nothing."""
    count = selects(slot)
    return f"select {count}" if isinstance(slot, QuestionSlot) and count > 1 else ""


def slot_heading(slot: Slot) -> str:
    """What a slot is about: `Customer managed key · Deletion`."""
    if isinstance(slot, RecallSlot):
        return f"{slot.title} · {slot.label}" if slot.label and slot.title else slot.title or slot.label
    return slot.title


def humanise(part: str) -> str:
    """A part's id as a label: `life-cycle` reads `Life cycle`, `or-cloudhsm` reads `Or CloudHSM`."""
    words = [SPELLINGS.get(word, word) for word in part.split("-")]
    return words[0][:1].upper() + " ".join(words)[1:]


def share_phrase(right: int, of: int) -> str:
    """`7 of 10, 70 %`."""
    return f"{right} of {of}, {percent(right, of)} %"


def score_line(report: Report) -> str:
    """The straight count of a report."""
    if not report.scored:
        return ""
    return (
        f"{report.scored_correct} of {report.scored} right, {percent(report.scored_correct, report.scored)} %"
    )


def facts_line(report: Report) -> str:
    """How the facts went: `6 facts: 4 known, 1 hard, 1 forgot`."""
    forgot, hard, good, easy = report.facts
    total = sum(report.facts)
    if not total:
        return ""
    pieces = [f"{good + easy} known", f"{hard} hard", f"{forgot} forgot"]
    shown = ", ".join(piece for piece in pieces if not piece.startswith("0 "))
    return f"{plural(total, 'fact')}: {shown}"


def coming_line(coming: tuple[Coming, ...]) -> str:
    """What comes back when: `tomorrow 4, Wed 25 Nov 2`."""
    if not coming:
        return "Nothing is waiting to come back."
    days = [_coming_day(entry) for entry in coming[:5]]
    return f"Comes back: {', '.join(days)}"


def _coming_day(entry: Coming) -> str:
    name = days_phrase(entry.in_days) if entry.in_days <= 1 else date_phrase(entry.day)
    return f"{name} {entry.cards}"


def found_phrase(shown: int, count: int) -> str:
    """How much a search found: `3 found`, `30 of 112 found`; none of `count` means names that resemble."""
    if not count:
        return f"{shown} like it" if shown else "0 found"
    return f"{count:,} found" if shown >= count else f"{shown:,} of {count:,} found"


def session_lines(report: Report) -> tuple[str, ...]:
    """The lines a session ends with: the questions, the facts, what comes back when."""
    missed = len(report.missed)
    score = score_line(report)
    first = f"{score}." + (f" {missed} to look at again." if missed else "") if score else ""
    facts = facts_line(report)
    return tuple(line for line in (first, facts + "." if facts else "", coming_line(report.coming)) if line)
