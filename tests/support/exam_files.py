"""A made-up bank on disk that can fill whole exams: 25 questions for each task of the blueprint."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

from support.bank_files import write, write_term
from support.made_banks import made_words

TASKS = ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "3.5", "4.1", "4.2", "4.3", "4.4")
EACH = 25
PER_TERM = 3
MULTIPLE_EVERY = 7

HEADER = "id: whole\nname: A whole exam\nexam: saa-c03\nblueprint: true\n"


def write_exam_bank(folder: Path, *, tasks: tuple[str, ...] = TASKS, each: int = EACH) -> Path:
    """Write the bank `whole`; every seventh question takes two letters, and no two read alike."""
    bank = folder / "whole"
    write(bank / "bank.yaml", HEADER)
    dice = random.Random(5)
    words = made_words(5, 6000)

    def text(count: int) -> str:
        return " ".join(dice.sample(words, count)).capitalize() + "."

    number = 0
    for task in tasks:
        lines = ["questions:"]
        for _ in range(each):
            if number % PER_TERM == 0:
                write_term(bank, f"thing-{number // PER_TERM}", called=f"Thing {text(2)[:-1]}")
            lines += _question(number, task, text)
            number += 1
        write(bank / "questions" / f"task-{task.replace('.', '-')}.yaml", "\n".join(lines) + "\n")
    return bank


def seal(bank: Path, *papers: Iterable[int]) -> None:
    """Seal papers of a written bank, each the numbers of its questions; every task has `EACH` in a row."""
    rows = "".join(f"  - [{', '.join(f'question-{one}' for one in paper)}]\n" for paper in papers)
    write(bank / "bank.yaml", f"{HEADER}sealed:\n{rows}")


def _question(number: int, task: str, text: Callable[[int], str]) -> list[str]:
    rights = 2 if number % MULTIPLE_EVERY == 0 else 1
    kinds = ["right"] * rights + ["wrong"] * 3
    return [
        f"  question-{number}:",
        f'    task: "{task}"',
        "    level: apply",
        f"    topics: [thing-{number // PER_TERM}]",
        "    checked: 2026-11",
        f"    refs: [https://docs.aws.amazon.com/question-{number}.html]",
        f"    stem: {text(30)}",
        f"    ask: Which choice meets this requirement of {text(2)[:-1]}?",
        "    options:",
        *(f"      - {{{kind}: {text(8)}, why: {text(6)}}}" for kind in kinds),
        f"    explanation: {text(10)}",
    ]
