"""A damaged database in the app: what happened is said, and one key mends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Static

from keykata.core.errors import DamagedError
from keykata.study.caring import Care, damage_of
from keykata.tui.rescue import RescueApp
from keykata.tui.running import run_untold
from support.homes import Desk
from support.screens import app_of, painted


def page(app: RescueApp) -> str:
    return "\n".join(str(app.query_one(part, Static).render()) for part in ("#page", "#ways"))


async def test_one_key_takes_the_newest_good_backup(desk: Desk) -> None:
    desk.open().set_minutes(45)
    desk.close()
    path = desk.places.home / "keykata.db"
    path.write_bytes(path.read_bytes()[:5_000])
    error = damage_of(desk.places.home)
    assert isinstance(error, DamagedError)
    app = RescueApp(Care(desk.places, desk.clock), error)
    async with app.run_test() as pilot:
        assert "damaged" in page(app)
        assert "nothing is deleted" in page(app)
        await pilot.press("r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Restored from" in page(app)
        await pilot.press("enter")
    assert app.return_value is True
    assert desk.open().settings()["minutes"] == 45
    assert len(list(desk.places.home.glob("kept-*.db"))) == 1


async def test_leaving_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.open().set_minutes(45)
    desk.close()
    path = desk.places.home / "keykata.db"
    path.write_bytes(path.read_bytes()[:5_000])
    before = path.read_bytes()
    error = damage_of(desk.places.home)
    assert error is not None
    app = RescueApp(Care(desk.places, desk.clock), error)
    async with app.run_test() as pilot:
        await pilot.press("q")
    assert not app.return_value
    assert path.read_bytes() == before


async def test_damage_that_a_worker_meets_ends_the_app_too(desk: Desk) -> None:
    desk.open().set_minutes(45)
    desk.close()
    dojo = desk.open()
    app = app_of(dojo)
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        path = desk.places.home / "keykata.db"
        path.write_bytes(b"x" * path.stat().st_size)
        await pilot.press("e")
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert isinstance(app.trouble, DamagedError)


async def test_its_signs_are_plain_where_that_is_wanted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYKATA_ASCII", "1")
    app = RescueApp(Care(desk.places, desk.clock), DamagedError("It is damaged – “so”…"))
    async with app.run_test():
        assert 'It is damaged - "so".' in page(app)
        assert page(app).isascii()


async def test_its_keys_are_in_sight_on_a_small_terminal_and_its_text_scrolls(desk: Desk) -> None:
    desk.open().set_minutes(45)
    desk.close()
    made, _ = Care(desk.places, desk.clock).backup()
    path = desk.places.home / "keykata.db"
    path.write_bytes(path.read_bytes()[:5_000])
    error = damage_of(desk.places.home)
    assert error is not None
    app = RescueApp(Care(desk.places, desk.clock), error)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        seen = painted(app)
        assert "r  take that backup" in seen
        assert "q  leave everything as it is" in seen
        assert "nothing is deleted" not in seen
        await pilot.press("end")
        await pilot.pause()
        assert "nothing is deleted" in painted(app)
        await pilot.press("r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "enter  open KeyKata" in painted(app)
    assert made.exists()


async def test_ctrl_c_leaves(desk: Desk) -> None:
    app = RescueApp(Care(desk.places, desk.clock), DamagedError("It is damaged."))
    async with app.run_test() as pilot:
        await pilot.press("ctrl+c")
    assert (app.return_value, app.return_code) == (None, 0)


async def test_what_went_wrong_is_in_sight_on_a_small_terminal(desk: Desk) -> None:
    home = desk.places.home
    home.mkdir()
    (home / "keykata.db").write_bytes(b"nothing of a database" * 99)
    app = RescueApp(Care(desk.places, desk.clock), DamagedError("It is damaged.", where=str(home)))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("r")
        await app.workers.wait_for_complete()
        for _ in range(100):  # laid out, then painted
            if "No answer could be read out" in painted(app):
                break
            await pilot.pause(0.01)
        assert "No answer could be read out" in painted(app)


async def test_who_leaves_after_mending_is_not_led_into_the_app(desk: Desk) -> None:
    desk.open().set_minutes(45)
    desk.close()
    Care(desk.places, desk.clock).backup()
    path = desk.places.home / "keykata.db"
    path.write_bytes(path.read_bytes()[:5_000])
    app = RescueApp(Care(desk.places, desk.clock), DamagedError("It is damaged."))
    async with app.run_test() as pilot:
        await pilot.press("r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "q  leave" in painted(app)
        await pilot.press("q")
    assert app.return_value is False


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file here that fails when it is read")
async def test_a_backup_that_cannot_be_read_is_not_told_as_none(desk: Desk) -> None:
    desk.open().set_minutes(45)
    desk.close()
    path = desk.places.home / "keykata.db"
    backup = path.parent / "backups" / "daily-2026-11-20.db"
    backup.parent.mkdir(exist_ok=True)
    for made in backup.parent.glob("*.db"):
        made.unlink()
    backup.symlink_to("/proc/self/mem")
    app = RescueApp(Care(desk.places, desk.clock), DamagedError("It is damaged."))
    async with app.run_test() as pilot:
        assert "A backup cannot be read (Input/output error)" in page(app)
        assert "r  look for a good backup again" in page(app)
        backup.unlink()  # moved away, to go on without
        await pilot.press("r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "enter  open KeyKata" in page(app)


class Breaking(App[None]):
    def on_mount(self) -> None:
        raise ZeroDivisionError("by nothing")

    def run(self, **_: object) -> None:
        super().run(headless=True)


def test_what_an_app_breaks_on_is_kept_and_not_written_to_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert "by nothing" in run_untold(Breaking())
    assert "by nothing" not in "".join(capfd.readouterr())
