"""The JSON the commands print."""

from __future__ import annotations

import json
import re
from pathlib import Path

from keykata.practice.paper import LETTERS
from support.homes import Desk

LOG_FIELDS = [
    "id",
    "at",
    "attempt",
    "mode",
    "item",
    "card",
    "kind",
    "chosen",
    "right",
    "options",
    "correct",
    "confidence",
    "rating",
    "seconds",
    "first",
    "position",
    "scored",
    "task",
    "cause",
    "marked",
    "struck",
    "changed_from",
]
HISTORY_FIELDS = [
    "id",
    "mode",
    "seed",
    "full",
    "started_at",
    "finished_at",
    "items",
    "answered",
    "correct",
    "scored",
    "scored_correct",
    "raw",
    "scaled",
    "passed",
    "domains",
]

CONTENT = Path(__file__).resolve().parents[2] / "content"


def test_a_line_of_the_log_says_what_was_shown_and_chosen(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(count=3, seed=7)
    slot = sitting.standing().slot
    desk.clock.pass_seconds(42.5)
    sitting.strike(3)
    sitting.respond((0,), "sure")
    (line,) = dojo.log_json()
    assert list(line) == LOG_FIELDS
    assert line["chosen"] == ["A"]
    assert line["options"] == [text.replace("`", "") for text in slot.texts]
    assert line["right"] == [LETTERS[place] for place in slot.right]
    assert line["correct"] == (slot.right == (0,))
    assert (line["seconds"], line["confidence"], line["struck"]) == (42.5, "sure", ["D"])
    assert (line["first"], line["position"], line["kind"], line["mode"]) == (True, 1, "question", "quiz")
    assert str(line["at"]).endswith("Z")
    assert json.loads(json.dumps(line)) == line


def test_the_report_counts_what_the_log_says(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(count=5, seed=7)
    for letter in (0, 1, 0, 2):
        sitting.respond((letter,))
        sitting.advance()
    report = dojo.report_json(sitting.id)
    answers = report.pop("answers")
    assert list(report) == HISTORY_FIELDS
    assert isinstance(answers, list)
    right = sum(answer["correct"] for answer in answers)
    assert (report["items"], report["answered"], report["scored"]) == (5, 4, 5)
    assert report["scored_correct"] == right
    assert report["raw"] == right / 5
    assert report["scaled"] is None
    assert report["finished_at"] is None


def test_history_lists_attempts_oldest_first(desk: Desk) -> None:
    dojo = desk.open()
    one = dojo.start_quiz(count=2)
    desk.clock.pass_seconds(60)
    two = dojo.start_opening()
    two.finish()
    history = dojo.history_json()
    assert [entry["id"] for entry in history] == [one.id, two.id]
    assert history[1]["finished_at"] is not None


def test_a_fact_has_a_rating_and_no_right_or_wrong(desk: Desk) -> None:
    dojo = desk.open()
    dojo.take_on("kms:grant")
    sitting = dojo.start_today()
    while sitting.standing().slot.right:
        sitting.skip()
    sitting.rate(2)
    (line,) = dojo.log_json()
    assert (line["correct"], line["rating"], line["options"], line["scored"]) == (None, 2, [], False)


def test_the_bank_is_counted_and_listed(desk: Desk) -> None:
    dojo = desk.open()
    summary = dojo.bank_json(items=True)
    files = {kind: list((CONTENT).glob(f"*/{kind}/*")) for kind in ("terms", "comparisons", "guides")}
    asked = [path.read_text(encoding="utf-8") for path in CONTENT.glob("*/questions/*.yaml")]
    questions = sum(len(re.findall(r"^  [a-z0-9-]+:$", text, re.M)) for text in asked)
    held = {"questions": questions} | {kind: len(found) for kind, found in files.items()}
    assert {kind: summary[kind] for kind in held} == held
    assert summary["by_task"]
    assert summary["by_domain"]
    items = summary["items"]
    assert isinstance(items, list)
    assert len(items) == sum(held.values())
    assert all(len(item["wording"]) == 16 for item in items if item["kind"] == "question")


def test_retention_is_said_once_there_is_any(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_opening()
    sitting.respond(sitting.standing().slot.right)
    assert dojo.stats_json()["retention"] is None
    desk.clock.pass_days(10)
    review = desk.open().start_review()
    review.respond(review.standing().slot.right)
    assert desk.open().stats_json()["retention"] == 1.0
