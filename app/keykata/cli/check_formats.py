"""The findings of a check for other programs: JSON, annotations of GitHub Actions, SARIF."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.bank.model import Fix, Problem

LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_object(problem: Problem) -> dict[str, object]:
    """A problem as `--json` gives it."""
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }


def workflow_commands(problems: Iterable[Problem]) -> Iterator[str]:
    """A workflow command of GitHub Actions for each problem, by its rules of escaping."""
    for problem in problems:
        place = problem.place
        marks = {"file": place.file, "line": place.line, "col": place.column, "title": problem.code}
        said = ",".join(f"{name}={_property(str(value))}" for name, value in marks.items())
        text = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
        yield f"::{LEVELS[problem.severity]} {said}::{_data(text)}"


def _data(text: str) -> str:
    lines = [safe_line(line) for line in text.replace("%", "%25").split("\n")]
    return "%0A".join(lines)


def _property(text: str) -> str:
    return safe_line(text.replace("%", "%25")).replace(":", "%3A").replace(",", "%2C")


def sarif(problems: Sequence[Problem], version: str, pages: Iterable[dict[str, str]]) -> dict[str, Any]:
    """A SARIF 2.1.0 log of one run.

    Args:
        version: of this program.
        pages: for each code its `code`, `title`, `text`.
    """
    told = {page["code"]: page for page in pages}
    codes = list(dict.fromkeys(problem.code for problem in problems))
    rules = [_rule(code, told.get(code, {})) for code in codes]
    counts: Counter[tuple[str, str, str]] = Counter()
    results = []
    for problem in problems:
        key = (problem.place.file, problem.item, problem.code)
        results.append(_result(problem, codes.index(problem.code), counts[key]))
        counts[key] += 1
    driver = {"name": "KeyKata", "semanticVersion": version, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SARIF, "version": "2.1.0", "runs": [run]}


def _rule(code: str, page: dict[str, str]) -> dict[str, Any]:
    title = page.get("title", code)
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": page.get("text", title)},
    }


def _result(problem: Problem, rule: int, number: int) -> dict[str, Any]:
    place = problem.place
    address = quote(PurePath(place.file).as_posix(), errors="surrogateescape")  # the bytes as they are
    region = {"startLine": place.line, "startColumn": place.column}
    marked = "\0".join((address, problem.item, problem.code, str(number)))
    out: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": " ".join(filter(None, (problem.message, problem.hint)))},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": address}, "region": region}}],
        "partialFingerprints": {"keykata/v1": hashlib.sha256(marked.encode()).hexdigest()[:32]},
    }
    if problem.fix is not None:
        out["fixes"] = [_fix(problem.fix, address)]
    return out


def _fix(fix: Fix, address: str) -> dict[str, Any]:
    region = {
        "startLine": fix.line,
        "startColumn": fix.column,
        "endLine": fix.line,
        "endColumn": fix.column + len(fix.old),
    }
    replacement = {"deletedRegion": region, "insertedContent": {"text": fix.new}}
    change = {"artifactLocation": {"uri": address}, "replacements": [replacement]}
    return {"description": {"text": f"Write {fix.new}."}, "artifactChanges": [change]}
