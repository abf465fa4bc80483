"""The words for being ready, shared by the screens and plain mode."""

from __future__ import annotations

from collections.abc import Sequence

from keykata.core.rounding import round_half_up
from keykata.study.phrases import plural
from keykata.study.ready_views import Gain, ReadinessView, Ready, Tell


def percent_of(share: float) -> int:
    """A proportion in whole percent, from 1 to 99: nothing about an exam to come is certain."""
    return min(99, max(1, round_half_up(100 * share)))


def ready_phrase(ready: Ready) -> str:
    """`61 % likely to pass today`."""
    return f"{percent_of(ready.probability)} % likely to pass today"


def between_phrase(ready: Ready) -> str:
    """`between 44 % and 76 %`."""
    return f"between {percent_of(ready.low)} % and {percent_of(ready.high)} %"


def ready_sentence(view: ReadinessView) -> str:
    """`61 % likely to pass today, between 44 % and 76 %, by 120 first tries.`, or what is missing."""
    if view.ready is None:
        return needs_phrase(view) if view.wide else f"Too few to say. {needs_phrase(view)}"
    tries = plural(view.tries, "first try", "first tries")
    return f"{ready_phrase(view.ready)}, {between_phrase(view.ready)}, by {tries}."


def needs_phrase(view: ReadinessView) -> str:
    """What is missing before anything is said: `12 more first tries and this can say something.`"""
    tries = plural(view.more, "more first try", "more first tries")
    where = f", some on {_listed(view.lacking)}," if view.lacking and view.tries else ""
    open_still = "The first tries leave it open, or are long ago. " if view.wide else ""
    if view.left is not None and view.left < view.more:
        some = f"only {view.left:,} that count" if view.left else "none that counts"
        return f"{open_still}This takes {tries}{where.rstrip(',')}; the open banks have {some}."
    return f"{open_still}{tries}{where} and this can say something."


def gain_phrase(gain: Gain) -> str:
    """`about 59 % right; half of the rest learned gains 10 %`."""
    return f"about {percent_of(gain.share)} % right; half of the rest learned gains {_points(gain.gain)} %"


def tell_phrase(tell: Tell) -> str:
    """`20 new questions on Resilient`."""
    return f"{plural(tell.count, 'new question')} on {tell.name}"


def width_phrase(tell: Tell) -> str:
    """`±8 to ±7`: what is not known of the share right, in percent; a decimal where whole ones hide it."""
    before, after = 100 * tell.before, 100 * tell.after
    whole = round_half_up(before) != round_half_up(after)
    return f"±{before:.0f} to ±{after:.0f}" if whole else f"±{before:.1f} to ±{after:.1f}"


def _listed(names: Sequence[str]) -> str:
    """`Secure, Resilient and Cost-optimized`."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _points(gain: float) -> int:
    return round_half_up(100 * gain)
