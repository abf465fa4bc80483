"""The preview follows its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from keykata.study.dojo import Dojo
from keykata.tui.starts import Start
from support.guide import write_guide_bank
from support.screens import LARGE, SMALL, app_of, message, text
from unit.test_study_previewing import QUESTIONS

STEP, STEPS = 0.02, 250


async def _until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    for _ in range(STEPS):
        if true():
            return
        await pilot.pause(STEP)
    raise AssertionError("The screen never showed it.")


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+c"])
async def test_the_preview_is_left_as_programs_that_watch_are(dojo: Dojo, tmp_path: Path, key: str) -> None:
    file = tmp_path / "made.yaml"
    file.write_text(QUESTIONS)
    app = app_of(dojo, Start(what="preview", file=str(file)))
    async with app.run_test(size=SMALL) as pilot:
        await _until(pilot, lambda: "keeps logs" in text(app))
        await pilot.press(key)
        await _until(pilot, lambda: not app.is_running)
    assert app.return_code == 0


async def test_the_preview_follows_a_folder_that_is_made_anew(dojo: Dojo, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    file = folder / "made.yaml"
    file.write_text(QUESTIONS)
    app = app_of(dojo, Start(what="preview", file=str(file)))
    async with app.run_test(size=SMALL) as pilot:
        await _until(pilot, lambda: "keeps logs" in text(app))
        file.write_text(QUESTIONS.replace("keeps logs", "files zebras"))
        await _until(pilot, lambda: "files zebras" in text(app))
        folder.rename(tmp_path / "away")
        await _until(pilot, lambda: "goes on when it comes back" in text(app))
        folder.mkdir()
        file.write_text(QUESTIONS)
        await _until(pilot, lambda: "keeps logs" in text(app))
        file.write_text(QUESTIONS.replace("keeps logs", "paints zebras"))
        await _until(pilot, lambda: "paints zebras" in text(app))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_preview_follows_saves_by_rename(
    dojo: Dojo, tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    folder = tmp_path / "desk"
    folder.mkdir()
    file, other = folder / "made.yaml", folder / ".made.yaml.swp"
    file.write_text(QUESTIONS)
    app = app_of(dojo, Start(what="preview", file=str(file)))
    async with app.run_test(size=size) as pilot:
        await _until(pilot, lambda: "keep-key" in text(app))
        assert "before/after" in text(app)
        other.write_text(QUESTIONS.replace("keeps logs", "files zebras"))
        other.replace(file)
        await _until(pilot, lambda: "files zebras" in text(app))
        assert "wording only: progress kept" in text(app)
        file.write_text(QUESTIONS.replace("    ask: Which", "    ask Which"))
        await _until(pilot, lambda: "An error is in the way" in text(app))
        assert "files zebras" in text(app)
        file.unlink()
        await _until(pilot, lambda: "goes on when it comes back" in text(app))
        file.write_text(QUESTIONS)
        await _until(pilot, lambda: "keeps logs" in text(app))
        await pilot.press("i")
        assert "Set VISUAL or EDITOR" in message(app)
        await pilot.press("tab")
        assert "Nobody can see it." in text(app)


async def test_a_file_may_lean_on_the_bank_around_it_though_nobody_opened_that(
    dojo: Dojo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_guide_bank(tmp_path)
    monkeypatch.chdir(tmp_path)
    file = Path("questions", "rotation.yaml")
    app = app_of(dojo, Start(what="preview", file=str(file)))
    async with app.run_test(size=SMALL) as pilot:
        await _until(pilot, lambda: "A bank encrypts reports" in text(app))
        assert "nothing to look at" in text(app)
        file.write_text(file.read_text().replace("key-rotation/period", "key-rotation/perod"))
        await _until(pilot, lambda: "1 to look at" in text(app))
        assert "Did you mean `period`?" in text(app)


async def test_the_bank_around_a_file_goes_before_an_open_one_of_its_name(
    dojo: Dojo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_guide_bank(tmp_path)
    monkeypatch.chdir(tmp_path)
    header = tmp_path / "bank.yaml"
    header.write_text(header.read_text().replace("id: rotation", "id: kms"))
    file = Path("questions", "rotation.yaml")
    app = app_of(dojo, Start(what="preview", file=str(file)))
    async with app.run_test(size=SMALL) as pilot:
        await _until(pilot, lambda: "A bank encrypts reports" in text(app))
        assert "nothing to look at" in text(app)
