"""A bank of three queues that are easily taken for each other, on disk."""

from __future__ import annotations

from pathlib import Path

NAMES = ("red", "blue", "green")
REF = "https://docs.aws.amazon.com/mine/page.html"
TERM = """\
id: {id}
name: {name}
short: {name} in a sentence.
definition: It is what it is.
concepts:
  first: It ==waits== for a while.
refs: [{ref}]
checked: 2026-11
"""
QUESTION = """\
  {id}:
    level: recall
    task: 1.3
    topics: [red]
    tests: [red/first]
    stem: A team sends messages, as the case {id} has it.
    ask: Which service should the team use?
    options:
      - right: Send them to {right} from now on
        why: It keeps them.
      - wrong: Send them to {wrong} from now on
        why: It drops them.
      - wrong: Send them by post from now on
        why: It is too slow.
      - wrong: Send nothing at all from now on
        why: It is not what is asked.
    explanation: Only one of them keeps messages.
    refs: [{ref}]
    checked: 2026-11
"""
COMPARISON = """\
id: queues
title: Three queues
subjects:
  red: {term: red, as: a red queue}
  blue: {term: blue, as: a blue queue}
  green: {term: green, as: a green queue}
decide:
  - if: Must messages keep their order?
    then: blue
  - if: Must messages be kept at all?
    then: red
  - else: green
aspects:
  order:
    label: Order
    ask: Does {subject} keep the order?
    red: No
    blue: Yes
    green: No
  kept:
    label: Keeps
    ask: How long does {subject} keep a message?
    red: 4 days
    blue: 4 days
    green: Not at all
  size:
    label: Size
    ask: How large may a message of {subject} be?
    red: 256 KB
    blue: 1 MB
    green: 64 KB, never more
  replay:
    label: Replay
    ask: Can {subject} send a message again?
    red: Yes
    blue: Yes, for a day
    green: Never
  cost:
    label: Cost
    ask: What does {subject} cost?
    red: Little
    blue: Much
    green: Nothing
refs: [https://docs.aws.amazon.com/mine/page.html]
checked: 2026-11
"""
SORTER = """\
sorter:
  title: Queue sorter
  rule: The cheapest that does it.
  scenarios:
    keep:
      say: Messages may wait for days, in any order.
      fits: red
      because: It keeps them.
    in-turn:
      say: Orders must be worked off one after the other.
      fits: blue
      because: It keeps their order.
    drop:
      say: Messages may be lost.
      fits: green
      because: It keeps nothing.
"""


def queue_bank(folder: Path, *, sorter: bool = True, questions: int = 3, surname: str = "") -> Path:
    """The bank `mine`: questions `q1`, `q2`, ... in which Red queue is right and Blue queue is wrong.

    Args:
        surname: what their names have behind `Red queue`, `Blue queue` and `Green queue`.
    """
    bank = folder / "mine"
    for part in ("terms", "questions", "comparisons"):
        (bank / part).mkdir(parents=True, exist_ok=True)
    (bank / "bank.yaml").write_text(
        "id: mine\nname: Mine\nexam: saa-c03\nblueprint: false\n", encoding="utf-8"
    )
    for name in NAMES:
        title = f"{name.title()} queue"
        text = TERM.format(id=name, name=f"{title}{surname}", ref=REF)
        if surname:
            text += f"also: [{title}]\nrelated: [{', '.join(other for other in NAMES if other != name)}]\n"
        (bank / "terms" / f"{name}.yaml").write_text(text, encoding="utf-8")
    asked = [
        QUESTION.format(id=f"q{number}", right="a red queue", wrong="a Blue queue", ref=REF)
        for number in range(1, questions + 1)
    ]
    (bank / "questions" / "q.yaml").write_text("questions:\n" + "".join(asked), encoding="utf-8")
    text = COMPARISON + (SORTER if sorter else "")
    (bank / "comparisons" / "queues.yaml").write_text(text, encoding="utf-8")
    return bank
