"""Banks of installed packages: their folders are read, their code is not run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.study.opening import bank_folders
from keykata.study.places import Places


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder where packages are installed, whose code says when it is run."""
    place = tmp_path / "site"
    (place / "fruits" / "apples").mkdir(parents=True)
    for folder in ("fruits", "fruits/apples"):
        code = f"from pathlib import Path\nPath({str(tmp_path / 'ran')!r}).touch()\n"
        (place / folder / "__init__.py").write_text(code, encoding="utf-8")
        (place / folder / "bank.yaml").write_text("id: fruits\nname: Fruits\n", encoding="utf-8")
    monkeypatch.syspath_prepend(place)
    yield place
    assert not (tmp_path / "ran").exists()


def _offer(site: Path, *offers: str) -> None:
    about = site / "fruits-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: fruits\nVersion: 1\n", encoding="utf-8")
    lines = [f"bank{number} = {offer}" for number, offer in enumerate(offers)]
    (about / "entry_points.txt").write_text("\n".join(["[keykata.banks]", *lines, ""]), encoding="utf-8")


def _opened(tmp_path: Path) -> list[Path]:
    found = bank_folders(Places(home=tmp_path / "home", cache=None))
    return [folder.path for folder in found if not folder.shipped]


def test_the_folder_of_a_package_or_of_one_in_it_is_a_bank(tmp_path: Path, site: Path) -> None:
    _offer(site, "fruits", "fruits.apples:anything")
    assert _opened(tmp_path) == [site / "fruits", site / "fruits" / "apples"]


def test_an_offer_of_what_is_not_there_is_passed_over(tmp_path: Path, site: Path) -> None:
    _offer(site, "nothing", "nothing.more", "fruits.pears", "fruits.bank", "__main__", ":fruits")
    assert _opened(tmp_path) == []
