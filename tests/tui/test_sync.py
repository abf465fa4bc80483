"""The synced folder on the screen: folded in at the start, and on a key."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from keykata.tui.app import KeyKataApp
from support.homes import Desk
from support.screens import SMALL, app_of, message, text


def other_computer(tmp_path: Path, folder: Path, *, seed: int) -> None:
    place = tmp_path / f"other{seed}"
    place.mkdir()
    desk = Desk(place)
    dojo = desk.open()
    dojo.set_sync_folder(str(folder))
    sitting = dojo.start_quiz(count=3, seed=seed)
    while not sitting.done:
        sitting.respond(sitting.standing().slot.right)
        sitting.advance()
    sitting.finish()
    dojo.sync()
    desk.close()


async def told(pilot: Pilot[None]) -> None:
    """Wait until the exchange says something."""
    app = pilot.app
    assert isinstance(app, KeyKataApp)
    for _ in range(200):
        if message(app).startswith("Synced"):
            return
        await pilot.pause(0.05)
    raise AssertionError("the exchange said nothing")


async def test_home_takes_in_what_another_computer_wrote(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "cloud"
    folder.mkdir()
    other_computer(tmp_path, folder, seed=7)
    dojo = desk.open()
    dojo.set_sync_folder(str(folder))
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot)
        assert message(app) == "Synced: 3 answers of 1 device."
        assert "Past sessions" in text(app)
        assert "f Sync" in text(app)
        other_computer(tmp_path, folder, seed=8)
        await pilot.press("f")
        await told(pilot)
        assert message(app).startswith("Synced: 3 answers of 1 device")
        await pilot.press("f")
        await told(pilot)
        assert message(app) == "Synced: nothing new."
    assert (folder / f"{dojo.rooms.ledger.store.device}.jsonl").exists()


async def test_a_key_amid_an_exchange_begins_another_one_after_it(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "cloud"
    folder.mkdir()
    dojo = desk.open()
    dojo.set_sync_folder(str(folder))
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        other_computer(tmp_path, folder, seed=7)
        await pilot.press("f", "f", "f")
        await told(pilot)
        await app.workers.wait_for_complete()
        other_computer(tmp_path, folder, seed=8)
        app.sync(asked=False)
        app.sync(asked=True)
        assert message(app) == "Syncing."
        await told(pilot)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert message(app) == "Synced: nothing new."


async def test_a_damaged_line_is_told_with_its_place(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "cloud"
    folder.mkdir()
    (folder / "old.jsonl").write_text('{"half": \n', encoding="utf-8")
    dojo = desk.open()
    dojo.set_sync_folder(str(folder))
    app = app_of(dojo)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot)
        assert "old.jsonl, line 1" in message(app)


async def test_the_key_says_how_to_set_a_folder(desk: Desk) -> None:
    app = app_of(desk.open())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f")
        assert "keykata config sync FOLDER" in message(app)
