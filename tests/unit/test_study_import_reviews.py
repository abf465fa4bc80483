"""Reviews of an Anki package become answers of the learner: once, on the right card, at their own time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.bank.reader import load_bank
from keykata.core.errors import UsageError
from keykata.core.event import ANSWER, IMPORT
from keykata.exchange.model import ForeignReview
from keykata.practice.form import Filter
from keykata.study.dojo import Dojo
from keykata.study.import_home import ImportHome, card_of
from keykata.study.importing import import_file
from support.anki_items import legacy, note, term
from support.clocks import DAY, START
from support.exchange_samples import question
from support.homes import Desk


def review(at: int, card: int, ease: int) -> str:
    """The SQL of a review."""
    return f"INSERT INTO revlog VALUES ({at}, {card}, {ease}, 4200);"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def home_of(dojo: Dojo) -> ImportHome:
    return ImportHome(dojo.library, dojo.rooms.ledger)


def deck(folder: Path, *reviews: str) -> Path:
    path = folder / "deck.apkg"
    path.write_bytes(legacy(note(7, 1, "Front", "Back"), *reviews))
    return path


def test_a_deck_brings_its_reviews_once(desk: Desk, tmp_path: Path) -> None:
    dojo = desk.open()
    path = deck(tmp_path, review(START - 9 * DAY, 7, 3), review(START - 5 * DAY, 7, 1))
    first = import_file(path, as_terms=True, home=home_of(dojo))
    assert (first.reviews, len(first.added)) == (2, 1)
    state = dojo.rooms.ledger.store.card(f"deck:{first.added[0]}/front")
    assert state is not None
    assert (state.reps, state.last_at) == (2, START - 5 * DAY)
    path = deck(tmp_path, *(review(START - day * DAY, 7, 3) for day in (9, 5, 1)))
    again = import_file(path, home=home_of(dojo))
    assert (again.reviews, len(again.unchanged)) == (1, 1)
    kinds = [event.kind for event in dojo.rooms.ledger.store.events()]
    assert (kinds.count(ANSWER), kinds.count(IMPORT)) == (3, 2)
    before = dojo.rooms.ledger.store.card(f"deck:{first.added[0]}/front")
    dojo.rooms.ledger.store.rebuild()
    assert dojo.rooms.ledger.store.card(f"deck:{first.added[0]}/front") == before


def test_an_answer_after_imported_reviews_is_not_told_as_the_first(desk: Desk) -> None:
    dojo = desk.open()
    sitting = dojo.start_quiz(Filter(), count=2)
    reviews = [ForeignReview(key=str(sitting.standing().slot.card), at=START - DAY, rating=3)]
    home_of(dojo).take(reviews, {}, bank="deck", source="deck.apkg")
    for _ in range(2):
        sitting.respond(sitting.standing().slot.right)
        sitting.advance()
    assert [line["first"] for line in dojo.log_json()] == [False, True]


def test_what_we_exported_comes_home_to_its_own_cards(desk: Desk) -> None:
    dojo = desk.open()
    entry = dojo.library.entries("question")[0]
    reviews = [ForeignReview(key=entry.id, at=START - DAY, rating=3)]
    assert home_of(dojo).take(reviews, {}, bank="deck", source="deck.apkg") == (1, [])
    state = dojo.rooms.ledger.store.card(entry.id)
    assert state is not None
    assert state.reps == 1
    assert dojo.rooms.ledger.store.items([entry.id])[entry.id].tries == 1


def test_reviews_astray_or_of_tomorrow_are_told(desk: Desk) -> None:
    dojo = desk.open()
    items = {"k": question("one")}
    reviews = [
        ForeignReview(key="k", at=START + DAY, rating=3),
        ForeignReview(key="other", at=START - DAY, rating=3),
    ]
    count, findings = home_of(dojo).take(reviews, items, bank="deck", source="deck.apkg")
    assert count == 0
    assert [one.message for one in findings] == [
        "1 review was left out: its card was not imported.",
        "1 review was left out: it lies in the future.",
    ]


def test_reviews_may_stay_behind(desk: Desk, tmp_path: Path) -> None:
    dojo = desk.open()
    home = ImportHome(dojo.library, dojo.rooms.ledger, keeps_reviews=False)
    report = import_file(deck(tmp_path, review(START - DAY, 7, 3)), as_terms=True, home=home)
    assert report.reviews == 0
    assert not list(dojo.rooms.ledger.store.events())


def test_a_home_that_cannot_be_written_loses_reviews_only(desk: Desk, tmp_path: Path) -> None:
    dojo = desk.open()
    dojo.rooms.ledger.store.writable = False
    report = import_file(deck(tmp_path, review(START - DAY, 7, 3)), as_terms=True, home=home_of(dojo))
    assert len(report.added) == 1
    assert any("Nothing can be saved" in one.message for one in report.findings)
    assert load_bank(Path(report.folder), exams={}).items


def test_each_card_of_a_note_is_known_by_its_number() -> None:
    held = term()
    assert card_of("kms", held, "kms:key-policy", 0) == "kms:key-policy/front"
    assert card_of("kms", held, "kms:key-policy/why", 0) == "kms:key-policy/why"
    gaps = [card_of("kms", held, "kms:key-policy/arn", number) for number in range(3)]
    assert all(card.startswith("kms:key-policy/arn/w") for card in gaps[:2])
    assert (gaps[0] != gaps[1], gaps[2]) == (True, "")
    assert card_of("made", question("one"), "", 0) == "made:one"


def test_a_new_bank_takes_no_id_of_an_open_one(desk: Desk, tmp_path: Path) -> None:
    dojo = desk.open()
    path = tmp_path / "kms.csv"
    path.write_text("Front,Back\nS3,Keeps objects.\n", encoding="utf-8")
    report = import_file(path, as_terms=True, home=home_of(dojo))
    assert report.bank == "kms-2"
    assert load_bank(Path(report.folder), exams={}).header.id == "kms-2"
    again = import_file(path, home=home_of(dojo))
    assert (again.bank, len(again.unchanged)) == ("kms-2", 1)
    with pytest.raises(UsageError):
        import_file(path, into=tmp_path / "new", bank="kms", home=home_of(dojo))
