"""Banks made of generated words, as loaded: for the cache, the library and the search."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from keykata.bank.loading import LoadedBank
from keykata.bank.model import (
    BankHeader,
    Concept,
    Exam,
    Faq,
    Item,
    Option,
    Place,
    Problem,
    Question,
    Term,
)
from keykata.bank.reading import Reader
from keykata.core.digest import sha256_hex

PLACE = Place(file="made.yaml")
SYLLABLES = [a + b for a in "bcdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "is", "ol")]


def made_words(seed: int, count: int) -> list[str]:
    """Words of two to four syllables, no two alike."""
    dice = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4)))] = None
    return list(found)


def made_items(questions: int, terms: int, *, seed: int = 1, vocabulary: int = 8000) -> tuple[Item, ...]:
    """Items of about the size of real ones; frequent words are much more frequent than rare ones."""
    dice = random.Random(seed)
    words = made_words(seed, vocabulary)
    weights = [1 / (rank + 3) for rank in range(vocabulary)]

    def text(count: int) -> str:
        return " ".join(dice.choices(words, weights, k=count)) + "."

    items: list[Item] = [
        Term(
            id=f"term-{number}",
            name=text(3)[:-1],
            short=text(12),
            definition=text(40),
            concepts=tuple(Concept(id=f"c-{n}", text=text(14)) for n in range(5)),
            faqs=tuple(Faq(id=f"f-{n}", q=text(9), a=text(25)) for n in range(3)),
            place=PLACE,
        )
        for number in range(terms)
    ]
    items += [
        Question(
            id=f"question-{number}",
            stem=text(45),
            ask=text(9),
            options=tuple(Option(text=text(13), right=place == 0, why=text(16)) for place in range(4)),
            explanation=text(30),
            task="1.3",
            topics=(f"term-{number % max(1, terms)}",),
            wording=sha256_hex(str(number).encode())[:16],
            place=PLACE,
        )
        for number in range(questions)
    ]
    return tuple(items)


def made_bank(
    items: tuple[Item, ...],
    bank: str = "made",
    *,
    blueprint: bool = True,
    opening: tuple[str, ...] = (),
    sealed: tuple[tuple[str, ...], ...] = (),
) -> LoadedBank:
    """A loaded bank of items."""
    return LoadedBank(
        header=BankHeader(id=bank, name=bank, blueprint=blueprint, opening=opening, sealed=sealed),
        exam=None,
        items=items,
        problems=(),
        files={"bank.yaml": sha256_hex(b"id: made\n")},
    )


@dataclass
class MadeReader:
    """Reads made banks by folder name, and counts how often it is asked."""

    banks: Mapping[str, LoadedBank]
    reads: list[str] = field(default_factory=list)

    def __call__(self) -> Reader:
        return Reader(load_bank=self.load, load_exam=self.exam, known_ids=self.known)

    def load(self, folder: Path, **_: object) -> LoadedBank:
        self.reads.append(folder.name)
        return self.banks[folder.name]

    def exam(self, path: Path) -> tuple[Exam | None, tuple[Problem, ...]]:
        return None, ()

    def known(self, bank: LoadedBank) -> frozenset[str]:
        return frozenset(f"{bank.header.id}:{item.id}" for item in bank.items)
