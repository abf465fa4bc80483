"""A public repository of hundreds of questions, with everything that is irregular in such files."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from random import Random

import pytest

from keykata.bank.model import Question
from keykata.bank.reader import load_bank
from keykata.core.errors import UnreadableError
from keykata.study.importing import Report, import_file

MANY = 700
TOP = "**[⬆ Back to Top](#table-of-contents)**"
HEAD = "# Practice exam\n\n![Promotional image](images/promotional.png)\n\n## ❣️ Support\n\nSee [us](a.md).\n"
WORDS = [
    "archive",
    "bucket",
    "customer",
    "data",
    "east",
    "fleet",
    "gateway",
    "host",
    "instance",
    "job",
    "key",
    "latency",
    "memory",
    "network",
    "object",
    "peak",
    "queue",
    "region",
    "snapshot",
    "table",
    "upload",
    "volume",
    "web",
    "zone",
    "audit",
    "batch",
    "cache",
    "disk",
    "endpoint",
]


def stem(number: int) -> str:
    """A stem of its own, unlike the others."""
    chance = Random(number)
    words = " ".join(chance.choices(WORDS, k=18))
    return f"A company runs {number} of {words}. Which {chance.choice(WORDS)} fits"


def block(number: int) -> str:
    """A question, irregular in a way of its own."""
    kind = number % 35
    count = {1: 2, 2: 3, 3: 5, 4: 5, 5: 6}.get(kind, 4)
    right = {4: 2, 5: 3}.get(kind, 1)
    options = [f"- [{'x' if at < right else ' '}] Take the {WORDS[at]} {number}." for at in range(count)]
    Random(number).shuffle(options)
    ask = stem(number)
    title = {4: f"{ask} (Choose two)?", 5: f"{ask}? (Select THREE.)"}.get(kind, f"{ask}?")
    middle = "\n"
    if kind == 6:
        middle = f"\n![Question {number}](images/question{number}.jpg)\n\n"
    elif kind == 7:
        middle = '\n```json\n{\n  "Effect": "Deny"\n}\n```\n\n'
    elif kind == 8:
        options[-1] = options[-1][:6] + "All of the above"
    elif kind == 9:
        options = [line.replace("- [x]", "* [X]").replace("- [ ]", "* [ ]") for line in options]
    elif kind == 10:
        options = [f"{line}\n" for line in options]
    elif kind == 11:
        options = [f"{line}\n  and keep it" for line in options]
    elif kind == 12:
        options = [line.replace("[ ]", "[]") for line in options]
    elif kind == 13:
        title += "  "
    elif kind == 14:
        middle = ""
    return f"### {title}\n{middle}" + "\n".join(options) + "\n"


def repository(folder: Path, numbers: list[int], *, end: str = "\n") -> Path:
    """The file of the repository."""
    folder.mkdir(exist_ok=True)
    path = folder / "README.md"
    text = HEAD + "".join(f"\n{block(number)}\n{TOP}\n" for number in numbers)
    path.write_bytes(text.replace("\n", end).encode())
    return path


def imported(path: Path, folder: Path) -> tuple[Report, dict[str, Question]]:
    report = import_file(path, into=folder)
    bank = load_bank(folder, exams={})
    assert not [one for one in bank.problems if one.severity == "error"]
    return report, {item.id: item for item in bank.items if isinstance(item, Question)}


def test_hundreds_come_in_and_again_when_the_repository_goes_on(tmp_path: Path) -> None:
    numbers = list(range(MANY))
    report, items = imported(repository(tmp_path / "r", numbers), tmp_path / "bank")
    too_few = 2 * MANY // 35
    assert (len(report.added), report.left_out) == (MANY - too_few, too_few)
    lines = [one.line for one in report.findings if one.severity == "error"]
    text = (tmp_path / "r" / "README.md").read_text("utf-8").split("\n")
    assert all(text[line - 1].startswith("### A company") for line in lines)
    asks = [item.ask for item in items.values()]
    assert not [ask for ask in asks if re.search("choose|select", ask, re.I)]
    assert sum("![Question" in item.stem for item in items.values()) == MANY // 35
    assert sum('```json\n{\n  "Effect": "Deny"\n}\n```' in item.stem for item in items.values()) == MANY // 35
    assert sum(item.fixed for item in items.values()) == MANY // 35
    assert sum(item.selects > 1 for item in items.values()) == 2 * MANY // 35

    Random(1).shuffle(numbers)
    again, same = imported(repository(tmp_path / "r", numbers, end="\r\n"), tmp_path / "bank")
    assert (again.added, again.changed, len(again.unchanged)) == ([], [], MANY - too_few)
    assert same == items

    later, _ = imported(
        repository(tmp_path / "r", [*numbers[70:], *range(MANY, MANY + 35)]), tmp_path / "bank"
    )
    assert (len(later.added), later.changed) == (33, [])
    assert 0 < len(later.gone) <= 70


def test_a_file_of_a_thousand_complaints_is_told_within_bounds(tmp_path: Path) -> None:
    (tmp_path / "junk.md").write_text("# Nothing\n" * 25_000 + "# One\n- [x] a\n- [ ] b\n", encoding="utf-8")
    report = import_file(tmp_path / "junk.md")
    *listed, last = report.findings
    assert len(listed) == 20_000
    assert [one.severity for one in listed if one.severity != "note"] == [
        "error"
    ]  # the last line of the file
    assert listed[-1].severity == "error"
    assert last.message == "5,001 more findings are not listed."
    assert report.left_out == 1


def test_a_folder_that_cannot_be_looked_through_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes" / "gone").mkdir(parents=True)
    look, place = os.scandir, str(tmp_path / "notes" / "gone")

    def vanishing(path: str) -> object:
        """As of a folder that goes away between being seen and being opened."""
        if str(path) == place:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), place)
        return look(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    with pytest.raises(UnreadableError, match="cannot be looked through") as told:
        import_file(tmp_path / "notes")
    assert told.value.hint == "Name a folder of files to import."
