"""What Progress says in words, on screen and in plain lines alike."""

from __future__ import annotations

from keykata.core.rounding import percent, round_half_up
from keykata.study.phrases import date_phrase, plural
from keykata.study.progress_views import Bin, Cost, Fit, Leech, Pace, Past, Progress, Weak
from keykata.study.wording import KIND_LABELS

LEAST_REVIEWS = 20  # of a bin, a month, or all, before a share is told
CLEARLY = 0.05  # a proportion: fewer remembered than expected by more is said
STANDS_OUT = 1.0  # forgotten cards from which a term is named
PACE_NAMES = {"question": "A question", "fact": "A fact", "sort": "A sorter case"}
LEECH_ADVICE = (
    "Asking again will not mend these. Read the page, find what you take it for, and write the difference"
    " down in a note."
)


def share(value: float) -> str:
    """A proportion in whole percent: `88 %`."""
    return f"{round_half_up(100 * value)} %"


def lead_sentence(now: Progress, past: Past) -> str:
    """The one sentence on top."""
    if not now.answers:
        began = "Ten questions are enough for this page to begin."
        return f"Nothing was answered yet. {began if now.askable else 'The open banks hold no question.'}"
    worst = past.weakest[0] if past.weakest else None
    if worst is not None and worst.lost >= STANDS_OUT:
        return f"{worst.title} is what you lose most: {lost_words(worst)}."
    if past.reviews < LEAST_REVIEWS or past.predicted is None:
        return (
            f"Too few answers came back yet to say what you lose most: {past.reviews} of {LEAST_REVIEWS}"
            " reviews on a later day."
        )
    if _less_than_expected(past):
        return f"No one term stands out, but {_came_back(past)}."
    return f"Nothing stands out: {share(past.predicted)} of what you learned should be there today."


def _less_than_expected(past: Past) -> bool:
    """Whether clearly more is forgotten than the scheduler expects."""
    return (past.expected or 0.0) - (past.measured or 0.0) > CLEARLY


def _came_back(past: Past) -> str:
    """`of 26 reviews, 31 % were remembered, 90 % expected`."""
    measured, expected = share(past.measured or 0.0), share(past.expected or 0.0)
    return f"of {plural(past.reviews, 'review')}, {measured} were remembered, {expected} expected"


def lost_words(weak: Weak) -> str:
    """`about 4 of its 9 facts and questions are likely forgotten`."""
    count = max(1, round_half_up(weak.lost))
    are = "is" if count == 1 else "are"
    return f"about {count} of its {weak.cards} facts and questions {are} likely forgotten"


def retention_words(past: Past) -> str:
    """What is held now, and what came back so far."""
    if past.predicted is None:
        return "Nothing was learned yet; this begins with the first answer."
    held = f"Today {share(past.predicted)} of {plural(past.learned, 'card')} should be there."
    if past.reviews < LEAST_REVIEWS:
        return f"{held} Measured after {LEAST_REVIEWS} reviews on a later day; so far {past.reviews}."
    told = _came_back(past)
    return f"{held} {told[:1].upper()}{told[1:]}."


def calibration_words(past: Past) -> str:
    """Whether the scheduler is right about this learner."""
    if past.reviews < LEAST_REVIEWS or past.expected is None or past.measured is None:
        return (
            f"Begins at {LEAST_REVIEWS} reviews on a later day than the card's last; so far {past.reviews}."
        )
    gap = round_half_up(100 * (past.measured - past.expected))
    if abs(gap) <= 2:
        verdict = "The scheduler knows you well: what it expects is what comes."
    elif gap < 0:
        verdict = f"You forget more than the scheduler expects, by {-gap} points in a hundred."
    else:
        verdict = f"You remember more than the scheduler expects, by {gap} points in a hundred."
    return verdict


def bin_words(one: Bin) -> str:
    """`80 to 85 %`."""
    return f"{round_half_up(100 * one.low):>2} to {round_half_up(100 * one.high):>3} %"


def cost_words(cost: Cost) -> str:
    """`12 reviews a day, about 5 min`."""
    reviews = round_half_up(cost.reviews)
    minutes = round_half_up(cost.minutes)
    time = f"about {minutes} min" if minutes else "under a minute"
    return f"{plural(reviews, 'review')} a day, {time}"


def short_cost(cost: Cost) -> str:
    """`12 a day, 5 min`, where there is little room."""
    return f"{round_half_up(cost.reviews)} a day, {round_half_up(cost.minutes)} min"


def pace_words(pace: Pace) -> str:
    """`74 s in the middle; right 61 s, wrong 95 s`."""
    parts = [
        f"{name} {round_half_up(seconds)} s"
        for name, seconds in (("right", pace.right), ("wrong", pace.wrong))
        if seconds is not None
    ]
    tail = f"; {', '.join(parts)}" if parts else ""
    return f"{round_half_up(pace.seconds)} s, the median of {pace.answers:,}{tail}"


def fit_words(now: Progress) -> str:
    """Which weights the scheduler uses."""
    if now.fit is not None:
        return f"Fitted to you{_fitted(now.fit)}."
    if now.answers < now.fit_after:
        need = f"{now.fit_after} answers; so far {now.answers}"
        return f"The published weights hold. They can be fitted to you at {need}."
    return "The published weights hold. They can be fitted to your own answers."


def _fitted(fit: Fit) -> str:
    if not fit.day:
        return ""
    return (
        f" on {date_phrase(fit.day)}: log loss {fit.before:.4f} before, {fit.after:.4f} after, on"
        f" {plural(fit.held_out, 'later review')} held out of {fit.reviews:,}"
    )


def fit_result_words(before: float, after: float, held_out: int, *, kept: bool) -> str:
    """What a fit came to."""
    figures = (
        f"Log loss {before:.4f} before, {after:.4f} after, on {plural(held_out, 'later review')} held out."
    )
    if kept:
        return f"{figures} The fit is better, so it is kept; every card is reckoned by it now."
    return f"{figures} The fit is no better, so nothing changes."


def leech_words(leech: Leech) -> str:
    """`key concept, forgotten 9 times`."""
    return f"{KIND_LABELS.get(leech.kind, leech.kind)}, forgotten {leech.lapses} times"


def known_words(known: int, questions: int) -> str:
    """`27 of 41 known, 66 %`."""
    return f"{known} of {questions} known, {percent(known, questions)} %" if questions else "no question yet"
