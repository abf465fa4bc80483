"""A bank on disk that follows the blueprint of SAA-C03, as large as a test needs."""

from __future__ import annotations

import hashlib
from pathlib import Path

PAGE = "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html"
LETTERS = str.maketrans("0123456789", "ghijklmnop")
TASKS = ["1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "3.5", "4.1", "4.2", "4.3", "4.4"]
FULL = 65


def exam_bank(folder: Path, *, per_task: int = 12, sealed: int = 0) -> Path:
    """Write bank `whole`: so many questions a task, every seventh multiple response; and sealed papers."""
    made = folder / "whole"
    (made / "questions").mkdir(parents=True)
    names = [(task, number) for task in TASKS for number in range(per_task)]
    for task in TASKS:
        text = "\n".join(_question(name, number) for name, number in names if name == task)
        (made / "questions" / f"{task.replace('.', '-')}.yaml").write_text(
            f"questions:\n{text}", encoding="utf-8"
        )
    papers = [_paper(per_task, which) for which in range(sealed)]
    listed = "".join(f"\n  - [{', '.join(paper)}]" for paper in papers)
    header = "id: whole\nname: The whole exam\nexam: saa-c03\nblueprint: true\n"
    (made / "bank.yaml").write_text(header + (f"sealed:{listed}\n" if papers else ""), encoding="utf-8")
    return made


def one_domain_bank(folder: Path) -> Path:
    """Write bank `whole` with questions of the first domain alone."""
    made = exam_bank(folder, per_task=3)
    for path in (made / "questions").glob("[2-4]-*.yaml"):
        path.unlink()
    return made


def _id(task: str, number: int) -> str:
    return f"q-{task.replace('.', '-')}-{number}"


def _paper(per_task: int, which: int) -> list[str]:
    """19, 17, 16 and 13 questions of the four domains, others for each paper."""
    chosen = []
    for domain, need in (("1", 19), ("2", 17), ("3", 16), ("4", 13)):
        pool = [_id(task, number) for number in range(per_task) for task in TASKS if task.startswith(domain)]
        chosen += pool[which * need : (which + 1) * need]
    return chosen


def _words(seed: str, count: int = 12) -> str:
    """Made-up words that share no run of three with those of another seed."""
    digest = hashlib.sha256(seed.encode()).hexdigest()
    return " ".join(digest[place * 5 : place * 5 + 5].translate(LETTERS) for place in range(count))


def _question(task: str, number: int) -> str:
    name = _id(task, number)
    multiple = number % 7 == 3
    rows = [f"{_words(f'{name}/{place}', 5).capitalize()}" for place in range(5 if multiple else 4)]
    options = "\n".join(
        f"      - {'right' if place == 0 or (multiple and place == 1) else 'wrong'}: {row}\n"
        f"        why: Reason {_words(f'{name}/why/{place}', 8)}"
        for place, row in enumerate(rows)
    )
    return (
        f"  {name}:\n    task: {task}\n    level: apply\n    stem: {_words(name).capitalize()}\n"
        f"    ask: What about {_words(f'{name}/ask', 3)}?\n    options:\n{options}\n"
        f"    explanation: Because {_words(f'{name}/because', 6)}.\n"
        f"    refs: [{PAGE}]\n    checked: 2026-11\n"
    )
