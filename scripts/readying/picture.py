"""The reliability diagram, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from readying.measures import Bin

SIDE, LEFT, TOP = 360, 60, 30
INK, READY, PLAIN = "#333", "#0b6", "#b50"


def diagram(told: Sequence[Bin], plain: Sequence[Bin]) -> str:
    """Told against passed, for readiness and for the share right so far."""
    return "\n".join(_lines(told, plain)) + "\n"


def _lines(told: Sequence[Bin], plain: Sequence[Bin]) -> Iterator[str]:
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE + 260} {SIDE + 90}" role="img"'
    yield ' font-family="sans-serif" font-size="12">'
    yield "<title>Of learners told a probability, the share that passed</title>"
    yield '<rect width="100%" height="100%" fill="#fff"/>'
    for step in range(0, 101, 20):
        x, y = _x(step / 100), _y(step / 100)
        yield f'<path d="M{LEFT} {y}H{LEFT + SIDE}M{x} {TOP}V{TOP + SIDE}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end" fill="{INK}">{step} %</text>'
        yield f'<text x="{x}" y="{TOP + SIDE + 18}" text-anchor="middle" fill="{INK}">{step} %</text>'
    yield f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="{INK}" stroke-dasharray="5 4"/>'
    yield f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 42}" text-anchor="middle">told</text>'
    yield f'<text x="{LEFT}" y="18">passed</text>'
    for one in plain:
        x, y = _x(one.told), _y(one.passed)
        yield f'<path d="M{x - 5} {y - 5}l10 10m0 -10l-10 10" stroke="{PLAIN}" stroke-width="2"/>'
    for one in told:
        low, high = _wilson(one)
        x = _x(one.told)
        yield f'<path d="M{x} {_y(low)}V{_y(high)}" stroke="{READY}" stroke-width="2"/>'
        yield f'<circle cx="{x}" cy="{_y(one.passed)}" r="5" fill="{READY}"/>'
    legend = LEFT + SIDE + 20
    yield f'<circle cx="{legend}" cy="60" r="5" fill="{READY}"/>'
    yield f'<text x="{legend + 12}" y="64">readiness, with 90 % of chance</text>'
    yield f'<path d="M{legend - 5} 79l10 10m0 -10l-10 10" stroke="{PLAIN}" stroke-width="2"/>'
    yield f'<text x="{legend + 12}" y="88">share right so far, as odds</text>'
    yield f'<path d="M{legend - 6} 108h12" stroke="{INK}" stroke-dasharray="5 4"/>'
    yield f'<text x="{legend + 12}" y="112">told = passed</text>'
    yield "</svg>"


def _x(share: float) -> float:
    return round(LEFT + SIDE * share, 1)


def _y(share: float) -> float:
    return round(TOP + SIDE * (1 - share), 1)


def _wilson(one: Bin, z: float = 1.645) -> tuple[float, float]:
    """The interval by which chance moves a share of so many."""
    n, p = one.count, one.passed
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)
