"""An exam file into its blueprint."""

from __future__ import annotations

from keykata.bank.findings import Sheet
from keykata.bank.kinds_bank import EXAM
from keykata.bank.model import Domain, Exam
from keykata.bank.nodes import Tree, spot
from keykata.bank.read_term import file_id, only, parts_of, root_of
from keykata.bank.records import Raw


def read_exam(tree: Tree, sheet: Sheet) -> Exam | None:
    """The blueprint of a file; None when it has an error."""
    root = root_of(tree, sheet)
    if root is None:
        return None
    name = file_id(tree, sheet)
    with sheet.inside("exam", name):
        raw = EXAM.read(root, sheet)
        if raw is not None:
            _check(raw, sheet)
    if raw is None or sheet.errors:
        return None
    values = raw.values
    scale: Raw | None = values.get("scale")
    bounds = {"scale_from": scale.values["from"], "scale_to": scale.values["to"]} if scale is not None else {}
    domains = tuple(
        Domain(id=key, **only(part.values, "name", "short", "weight", "tasks"))
        for key, part in parts_of(raw, "domains")
    )
    names = (
        "id",
        "code",
        "name",
        "scored",
        "unscored",
        "minutes",
        "extra_minutes",
        "pass_score",
        "refs",
        "checked",
    )
    return Exam(domains=domains, **bounds, **only(values, *names))


def _check(raw: Raw, sheet: Sheet) -> None:
    """Weights fill the whole, a task stands once, the score that passes is on the scale."""
    domains = dict(parts_of(raw, "domains"))
    total = sum(part.values["weight"] for part in domains.values())
    if domains and not sheet.errors and total != 100:
        what = f"The weights of the domains add up to {total} percent."
        sheet.at(spot(raw.node, "domains") or raw.key, "schema-bad-value", what, "They must add up to 100.")
    seen: dict[str, str] = {}
    for key, part in domains.items():
        for task in part.values["tasks"]:
            if task in seen:
                what = f"The task statement {task} stands in the domains {seen[task]} and {key}."
                node = spot(part.node, "tasks", task) or part.key
                sheet.at(node, "dup-id", what, "Keep it in one of them.")
            seen.setdefault(task, key)
    scale: Raw | None = raw.values.get("scale")
    if scale is not None and not scale.bad:
        low, high = scale.values["from"], scale.values["to"]
        if not low < high or not low <= raw.values.get("pass_score", low) <= high:
            what = f"The scale from {low} to {high} does not hold the score that passes."
            sheet.at(scale.key, "schema-bad-value", what, "Write the lower number under `from`.")
