"""Whatever happens to the files of the cache, the library says what the bank says."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.bank.library import BankFolder, Library, open_library
from keykata.bank.search import search
from support.bank_files import write
from support.made_banks import MadeReader, made_bank, made_items

LOADED = made_bank(made_items(12, 4, vocabulary=60))
READER = MadeReader({"made": LOADED})


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder with one bank and its cache."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "made" / "bank.yaml", "id: made\n")
        yield folder


def _open(folder: Path) -> Library:
    banks = [BankFolder(folder / "made")]
    return open_library(banks, exams_folder=folder / "none", cache=folder / "cache", reader=READER)


def _said(library: Library) -> object:
    items = [library.item(entry.id) for entry in library.entries()]
    return library.banks, items, list(library.items()), search(library, "b")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_never_shows(place: Path, data: st.DataObject) -> None:
    whole = _said(_open(place))
    files = sorted((place / "cache").iterdir())
    path = data.draw(st.sampled_from(files))
    content = bytearray(path.read_bytes())
    kind = data.draw(st.sampled_from(["flip", "cut", "grow", "empty", "gone", "swap"]))
    if kind == "flip":
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
    elif kind == "cut":
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    elif kind == "grow":
        content += data.draw(st.binary(min_size=1, max_size=40))
    elif kind == "empty":
        content.clear()
    elif kind == "swap":
        content = bytearray(data.draw(st.sampled_from(files)).read_bytes())
    late = data.draw(st.booleans())
    library = _open(place) if late else None
    if kind == "gone":
        path.unlink()
    else:
        path.write_bytes(content)
    assert _said(library or _open(place)) == whole
