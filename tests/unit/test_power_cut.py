"""What was said to be saved is there after a power cut, under all the names that lead to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from keykata.core.disk import make_folder
from keykata.study.caring import Care
from keykata.study.importing import import_file
from keykata.study.places import Places
from support.clocks import HandClock
from support.homes import Desk
from support.power import Power
from support.stores import opened

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a file is called is asked of Linux")
QUESTION = "### Which basket holds apples? (Select ONE)\n\n- [x] This\n- [ ] B\n- [ ] C\n- [ ] D\n"


@pytest.fixture
def power(monkeypatch: pytest.MonkeyPatch) -> Iterator[Power]:
    return Power(monkeypatch)


def test_a_new_home_and_its_device_are_there(tmp_path: Path, power: Power) -> None:
    home = tmp_path / "study" / "aws" / "home"
    store = opened(home)
    assert power.outlives(home / "device", under=tmp_path)
    before = (home / "device").read_bytes()
    store.renew_device()
    store.close()
    assert (home / "device").read_bytes() != before
    assert power.outlives(home / "device", under=tmp_path)


def test_a_backup_in_new_folders_is_there(tmp_path: Path, power: Power) -> None:
    opened(tmp_path / "home").close()
    care = Care(Places(home=tmp_path / "home", cache=None), HandClock())
    care.backup(tmp_path / "stick" / "keykata" / "copy.db")
    assert power.outlives(tmp_path / "stick" / "keykata", under=tmp_path)


def test_an_imported_bank_in_new_folders_is_there(tmp_path: Path, power: Power) -> None:
    (tmp_path / "exam.md").write_text(QUESTION, encoding="utf-8")
    into = tmp_path / "banks" / "mine" / "exam"
    import_file(tmp_path / "exam.md", into=into)
    made = [path for path in into.rglob("*") if path.is_file()]
    assert len(made) == 3
    assert all(power.outlives(path, under=tmp_path) for path in made)


def test_the_first_exchange_of_a_device_is_there(tmp_path: Path, power: Power) -> None:
    (tmp_path / "cloud").mkdir()
    desk = Desk(tmp_path / "home")
    dojo = desk.open()
    dojo.set_sync_folder(str(tmp_path / "cloud"))
    dojo.set_minutes(45)
    dojo.sync()
    desk.close()
    [own] = (tmp_path / "cloud").iterdir()
    assert power.outlives(own, under=tmp_path)


def test_a_folder_that_can_be_made_again_is_not_waited_for(tmp_path: Path, power: Power) -> None:
    make_folder(tmp_path / "cache", lasting=False)
    assert not power.outlives(tmp_path / "cache", under=tmp_path)
