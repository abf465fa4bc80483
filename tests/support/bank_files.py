"""Small banks on disk, written as people write them."""

from __future__ import annotations

import os
from pathlib import Path

LONG_AGO = 1_000_000_000  # seconds since 1970: well before any manifest

EXAM = """\
id: saa-c03
code: SAA-C03
name: An exam
scored: 50
unscored: 15
minutes: 130
pass: 720
scale: {from: 100, to: 1000}
domains:
  "1":
    name: Design Secure Architectures
    short: Secure
    weight: 100
    tasks:
      "1.3": Determine appropriate data security controls
refs: [https://docs.aws.amazon.com/x.html]
checked: 2026-11
"""

TERM = """\
id: {id}
name: {name}
also: [{also}]
short: What it is, in a sentence.
definition: |
  {definition}
concepts:
  first: You may ==switch it off==.
faqs:
  why:
    q: Why would anybody use {id}?
    a: Because it helps.
refs: [https://docs.aws.amazon.com/{id}.html]
checked: 2026-11
"""

QUESTION = """\
questions:
  {id}:
    task: 1.3
    level: apply
    topics: [{topic}]
    checked: 2026-11
    refs: [https://docs.aws.amazon.com/{id}.html]
    stem: {stem}
    ask: Which choice meets this requirement?
    options:
      - {{right: Keep the data close., why: It does what is asked for.}}
      - {{wrong: Send the data away., why: It does something else.}}
      - {{wrong: Make copies of it all., why: It does nothing of this.}}
      - {{wrong: Throw the data away., why: It does the opposite.}}
    explanation: Data that stays close can be reached.
"""


def write(path: Path, text: str, *, at: int = LONG_AGO) -> Path:
    """Write a file that was last changed at a moment (seconds since 1970)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))
    return path


def write_term(
    bank: Path, name: str, *, called: str = "", also: str = "", definition: str = "A thing."
) -> Path:
    """Write a term into a bank's folder."""
    text = TERM.format(
        id=name, name=called or name.replace("-", " ").title(), also=also, definition=definition
    )
    return write(bank / "terms" / f"{name}.yaml", text)


def write_question(bank: Path, name: str, *, topic: str, stem: str = "") -> Path:
    """Write a file with one question into a bank's folder; its stem names it unless one is given."""
    stem = stem or f"A company stores data as {name} says."
    return write(bank / "questions" / f"{name}.yaml", QUESTION.format(id=name, topic=topic, stem=stem))


def write_bank(folder: Path, name: str, *, more: str = "") -> Path:
    """A bank of that name with one term `<name>-term` and one question `<name>-question` about it."""
    bank = folder / name
    write(bank / "bank.yaml", f"id: {name}\nname: {name}\nexam: saa-c03\nblueprint: false\n{more}")
    write_term(bank, f"{name}-term")
    write_question(bank, f"{name}-question", topic=f"{name}-term")
    return bank


def write_exams(folder: Path) -> Path:
    """A folder with the blueprint of one exam."""
    write(folder / "exams" / "saa-c03.yaml", EXAM)
    return folder / "exams"
