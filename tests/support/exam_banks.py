"""A bank wide enough for whole exams, as files: fourteen task statements with thirty questions each."""

from __future__ import annotations

from pathlib import Path

from support.made_banks import made_words

TASKS = {"1": 3, "2": 2, "3": 5, "4": 4}
EACH = 30
TERMS = 60
MULTIPLE_EVERY = 7
WORDS_EACH = 67
VOCABULARY = 14 * EACH * WORDS_EACH + 100  # no two questions share a sentence


def _sentence(words: list[str], at: int, count: int) -> str:
    chosen = [words[(at + step) % len(words)] for step in range(count)]
    return " ".join(chosen).capitalize() + "."


def _question(number: int, task: str, words: list[str]) -> str:
    at = number * WORDS_EACH
    rights = 2 if number % MULTIPLE_EVERY == 0 else 1
    options = 5 if rights == 2 else 4
    lines = [
        f"  q-{number:03d}:",
        f'    task: "{task}"',
        "    level: apply",
        f"    topics: [term-{number % TERMS:02d}]",
        "    checked: 2026-11",
        f"    refs: [https://docs.aws.amazon.com/q-{number:03d}.html]",
        f"    stem: {_sentence(words, at, 30)}",
        f"    ask: {_sentence(words, at + 30, 6)[:-1]}?",
        "    options:",
    ]
    for place in range(options):
        kind = "right" if place < rights else "wrong"
        text = _sentence(words, at + 36 + place * 6, 6)
        lines.append(f"      - {{{kind}: {text}, why: Reason {place} of {number}.}}")
    lines.append(f"    explanation: {_sentence(words, at + 5, 10)}")
    return "\n".join(lines) + "\n"


def write_exam_bank(folder: Path, name: str = "wide", *, each: int = EACH) -> Path:
    """Write the bank; its folder."""
    bank = folder / name
    (bank / "terms").mkdir(parents=True)
    (bank / "questions").mkdir()
    (bank / "bank.yaml").write_text(f"id: {name}\nname: Wide\nexam: saa-c03\nblueprint: true\n")
    words = made_words(7, VOCABULARY)
    for number in range(TERMS):
        (bank / "terms" / f"term-{number:02d}.yaml").write_text(
            f"id: term-{number:02d}\nname: {words[-1 - number].title()} service\n"
            f"short: {_sentence(words, number * 9, 8)}\ndefinition: {_sentence(words, number * 11, 12)}\n"
            f"concepts:\n  first: You may =={words[number]}== it.\n"
            f"refs: [https://docs.aws.amazon.com/t{number}.html]\nchecked: 2026-11\n"
        )
    tasks = [f"{domain}.{task}" for domain, count in TASKS.items() for task in range(1, count + 1)]
    for place, task in enumerate(tasks):
        questions = [_question(place * each + number, task, words) for number in range(each)]
        (bank / "questions" / f"task-{task.replace('.', '-')}.yaml").write_text(
            "questions:\n" + "".join(questions)
        )
    return bank
