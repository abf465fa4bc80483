"""`stats --json`: field names as documented in docs/json.md, stable."""

from __future__ import annotations

import msgspec

from keykata.study.progress_views import Bin, Mastery, Past, Progress

Json = dict[str, object]


def stats_object(now: Progress, past: Past | None, ready: Json | None, needs: Json | None) -> Json:
    """The essentials first, then everything the Progress page draws.

    Args:
        ready: how likely passing is. needs: what is missing to say it.
    """
    new, learning, review, due = now.cards
    essentials: Json = {
        "cards": {"new": new, "learning": learning, "review": review, "due": due},
        "retention": past.measured if past else None,
        "answers": now.answers,
        "readiness": ready,
        "readiness_needs": needs,
    }
    more: Json = {
        "desired_retention": now.retention,
        "fit": None if now.fit is None else msgspec.to_builtins(now.fit),
        "year": msgspec.to_builtins(now.year),
        "forecast": msgspec.to_builtins(now.forecast),
    }
    return essentials | more | (_past(past) if past else {})


def _past(past: Past) -> Json:
    return {
        "predicted": past.predicted,
        "learned": past.learned,
        "reviews": {
            "count": past.reviews,
            "remembered": past.remembered,
            "expected": past.expected,
            "log_loss": past.log_loss,
        },
        "months": msgspec.to_builtins(past.months),
        "calibration": [_bin(one) for one in past.bins],
        "domains": [_mastery(one) for one in past.domains],
        "tasks": [_mastery(one) for one in past.tasks],
        "times": msgspec.to_builtins(past.paces),
        "exams": msgspec.to_builtins(past.exams),
        "pass_score": past.pass_score,
        "weakest": msgspec.to_builtins(past.weakest),
        "leeches": msgspec.to_builtins(past.leeches),
        "cost": [
            {"days": days, **msgspec.to_builtins(cost)}
            for days, costs in past.costs.items()
            for cost in costs
        ],
    }


def _bin(one: Bin) -> Json:
    return msgspec.structs.asdict(one) | {"measured": one.measured}


def _mastery(one: Mastery) -> Json:
    return msgspec.structs.asdict(one)
