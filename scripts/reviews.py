"""Blind reading of shipped questions.

`sheet` prints every question that has no agreed reading at its present wording, without answers and reasons;
an item's options stand in the same order every time. `record FILE` takes what a reader answered, a JSON
object from item id to letters (`{"kms:one": "B", "kms:two": "AC"}`), appends what agrees to the review log,
and prints where reader and bank disagree.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from keykata.bank.library import Library
from keykata.bank.model import Option, Question
from keykata.bank.reviews import REVIEWS, read_reviews
from keykata.core.digest import seeded_order
from keykata.study.opening import content_folder, library_of
from keykata.study.places import Places

LETTERS = "ABCDEF"


def unread(library: Library, bank: str) -> Iterator[tuple[str, Question]]:
    """Questions of a bank without an agreed reading at their present wording."""
    reviews, _ = read_reviews(content_folder() / bank)
    agreed = {(review.item, review.wording) for review in reviews if review.agreed}
    for entry in library.entries("question"):
        item = library.item(entry.id)
        if not entry.id.startswith(f"{bank}:") or not isinstance(item, Question):
            continue
        if (entry.id, item.wording) not in agreed:
            yield entry.id, item


def shown(name: str, item: Question) -> list[Option]:
    """The options in the order of the sheet."""
    return seeded_order(item.options, 0, name, lambda option: option.text)


def sheet(library: Library, bank: str) -> None:
    """Print what is to be read."""
    for name, item in unread(library, bank):
        print(f"## {name}\n\n{item.stem}\n\n**{item.ask}** (select {item.selects})\n")
        for letter, option in zip(LETTERS, shown(name, item), strict=False):
            print(f"{letter}. {option.text}")
        print()


def record(library: Library, bank: str, answers: Path, on: str) -> int:
    """Append the readings; how many disagree."""
    given = json.loads(answers.read_text(encoding="utf-8"))
    waiting = dict(unread(library, bank))
    apart = 0
    with (content_folder() / bank / REVIEWS).open("a", encoding="utf-8") as log:
        for name, letters in given.items():
            item = waiting.get(name)
            if item is None:
                print(f"{name}: not waiting for a reading")
                continue
            order = shown(name, item)
            chosen = [order[LETTERS.index(letter)] for letter in sorted(letters.upper())]
            agreed = all(option.right for option in chosen) and len(chosen) == item.selects
            if not agreed:
                apart += 1
                print(f"{name}: the reader chose {letters}; settle it by the documentation")
                continue
            entry = {
                "item": name,
                "wording": item.wording,
                "on": on,
                "blind_choice": [option.text for option in chosen],
                "agreed": True,
                "verdict": "kept",
                "source": item.refs[0] if item.refs else "",
            }
            log.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return apart


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["sheet", "record"])
    parser.add_argument("answers", nargs="?", type=Path, help="for record: the reader's answers")
    parser.add_argument("--bank", default="kms")
    parser.add_argument("--on", default="", help="for record: the day of the reading, YYYY-MM-DD")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        library = library_of(Places(home=Path(home), cache=None))
        if given.what == "sheet":
            sheet(library, given.bank)
            return 0
        if given.answers is None or not given.on:
            parser.error("record takes a file and --on")
        return 1 if record(library, given.bank, given.answers, given.on) else 0


if __name__ == "__main__":
    sys.exit(main())
