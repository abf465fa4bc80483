"""The numbers of a report counted again from the log alone, by the rules as they are written down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]
SCORED = {"1": 15, "2": 13, "3": 12, "4": 10}
UNSCORED = {"1": 4, "2": 4, "3": 4, "4": 3}


def half_up(value: float) -> int:
    """The next whole number from one half on."""
    return int(value + 0.5)


def recounted(answers: Sequence[Json]) -> Json:
    """What a whole exam's answers come to: counts, raw, scaled, passed, and the right ones by domain."""
    scored = [answer for answer in answers if answer["scored"]]
    right = sum(answer["chosen"] == answer["right"] for answer in scored)
    scaled = half_up(100 + 900 * right / 50)
    return {
        "answered": len(answers),
        "correct": sum(answer["chosen"] == answer["right"] for answer in answers),
        "scored_correct": right,
        "raw": right / 50,
        "scaled": scaled,
        "passed": scaled >= 720,
        "domains": {
            domain: sum(a["chosen"] == a["right"] for a in scored if a["task"][0] == domain)
            for domain in SCORED
        },
    }


def as_told(report: Json) -> Json:
    """The same figures as a report tells them."""
    told = {name: report[name] for name in recounted(()) if name != "domains"}
    return told | {"domains": {line["domain"]: line["correct"] for line in report["domains"]}}
