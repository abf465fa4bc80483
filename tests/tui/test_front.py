"""The front: Home as it was last seen, painted before anything is opened, and asked again behind it."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from msgspec.structs import replace

from keykata.core.errors import UnreadableError
from keykata.study.dojo import Dojo
from keykata.study.front import Front, Frontage
from keykata.tui.app import KeyKataApp
from keykata.tui.themes import LIGHT
from support.homes import Desk
from support.screens import LARGE, SMALL, text


class Killed(KeyKataApp):
    """An app that comes no further than its first paint."""

    CSS_PATH = str(Path(inspect.getfile(KeyKataApp)).with_name("styles") / "app.tcss")

    def _started(self) -> None:
        self.exit()


class Once(KeyKataApp):
    """An app that counts how often its styles were read in again, which costs a start some of its time."""

    CSS_PATH = Killed.CSS_PATH
    read_in_again = 0

    def refresh_css(self, animate: bool = True) -> None:
        self.read_in_again += 1
        super().refresh_css(animate)


class Start:
    """A start of the app that notes what was on screen when the dojo was first asked for."""

    def __init__(self, desk: Desk, cache: Path) -> None:
        self._desk = desk
        self.frontage = Frontage(desk.places._replace(cache=cache), desk.clock)
        self.app = KeyKataApp(self._door, None, self.frontage)
        self.painted_first: str | None = None
        self._dojo: Dojo | None = None

    def _door(self) -> Dojo:
        if self._dojo is None:
            self.painted_first = text(self.app) if self.app.is_running and self.app.screen.size else ""
            self._dojo = self._desk.open()
        return self._dojo

    def leave(self) -> None:
        """What follows the last screen."""
        self.frontage.renew(self._door())
        self._desk.close()
        self.frontage.settle()


async def first_day(desk: Desk, cache: Path) -> str:
    """Ten first questions answered, and the app left at Home; what Home showed."""
    start = Start(desk, cache)
    async with start.app.run_test(size=LARGE) as pilot:
        await pilot.press("1")
        for _ in range(10):
            await pilot.press("a", "enter", "enter")
        await pilot.press("escape")
        await pilot.pause()
        shown = text(start.app)
    start.leave()
    return shown


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache of this test alone."""
    return tmp_path / "cache"


async def test_the_next_start_paints_home_before_the_dojo_is_open(desk: Desk, cache: Path) -> None:
    shown = await first_day(desk, cache)
    start = Start(desk, cache)
    async with start.app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert start.painted_first == shown
        assert text(start.app) == shown
        assert "10 answered" in shown


async def test_what_another_program_answered_meanwhile_is_not_painted_over(desk: Desk, cache: Path) -> None:
    await first_day(desk, cache)
    desk.open().set_minutes(45)
    desk.close()
    start = Start(desk, cache)
    async with start.app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert start.painted_first is not None
        assert "Today" not in start.painted_first


async def test_the_first_start_of_a_day_paints_the_home_of_that_day_at_once(desk: Desk, cache: Path) -> None:
    before = await first_day(desk, cache)
    desk.clock.pass_days(1)
    start = Start(desk, cache)
    async with start.app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert start.painted_first is not None
        assert "10 answered" in before
        assert "10 answered" not in start.painted_first
        assert [line for line in start.painted_first.split("\n") if "repeat" in line]
        assert start.painted_first == text(start.app)


async def test_who_only_looks_is_greeted_as_quickly_the_day_after(desk: Desk, cache: Path) -> None:
    await first_day(desk, cache)
    for _ in range(2):
        start = Start(desk, cache)
        async with start.app.run_test(size=LARGE) as pilot:
            await pilot.pause()
        start.leave()
        desk.clock.pass_days(1)
        assert start.painted_first is not None
        assert "Today" in start.painted_first


async def test_the_home_of_another_day_is_not_painted(desk: Desk, cache: Path) -> None:
    await first_day(desk, cache)
    desk.clock.pass_days(2)
    start = Start(desk, cache)
    async with start.app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert start.painted_first is not None
        assert "Today" not in start.painted_first
        assert "10 answered" not in text(start.app)


async def test_a_start_that_is_killed_at_its_first_paint_has_kept_it_for_the_next(
    desk: Desk, cache: Path
) -> None:
    before = Start(desk, cache)
    async with Killed(before._door, None, before.frontage).run_test(size=LARGE) as pilot:
        await pilot.pause()
    start = Start(desk, cache)
    async with start.app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert start.painted_first is not None
        assert "Start with one of these" in start.painted_first


async def test_a_front_that_is_wrong_is_mended_at_once(desk: Desk, cache: Path) -> None:
    await first_day(desk, cache)
    before = Start(desk, cache).frontage
    kept = before.kept()
    assert kept is not None
    before.keep(before.stamp(), Front(replace(kept.home, answered_today=777), kept.around), 4)
    start = Start(desk, cache)
    async with start.app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert start.painted_first is not None
        assert "777 answered" in start.painted_first
        assert "10 answered" in text(start.app)


DAMAGE = {
    "empty": b"",
    "zeros": b"\x00" * 40,
    "words": b"not a front",
    "no text": b"\x81\xa3day\xa1\xff",
    "nested without end": b"\x81\xa1x" + b"\x91" * 100_000 + b"\xc0",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
async def test_a_damaged_front_is_passed_over(desk: Desk, cache: Path, damage: bytes) -> None:
    shown = await first_day(desk, cache)
    for path in (cache / "front").iterdir():
        path.write_bytes(damage)
    start = Start(desk, cache)
    async with start.app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert start.painted_first is not None
        assert "Today" not in start.painted_first
        assert text(start.app) == shown


async def test_a_cache_that_cannot_be_written_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder", encoding="utf-8")
    await first_day(desk, nowhere)
    start = Start(desk, nowhere)
    async with start.app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert "10 answered" in text(start.app)


async def test_keys_pressed_on_a_front_do_what_they_say(desk: Desk, cache: Path) -> None:
    await first_day(desk, cache)
    start = Start(desk, cache)
    async with start.app.run_test(size=SMALL) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "1 of" in text(start.app)


async def test_what_cannot_be_opened_behind_a_front_ends_the_app_in_words(desk: Desk, cache: Path) -> None:
    await first_day(desk, cache)
    broken = UnreadableError("The database is damaged.", hint="Restore it.")

    def door() -> Dojo:
        raise broken

    app = KeyKataApp(door, None, Start(desk, cache).frontage)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
    assert app.trouble is broken
    assert app.return_code == broken.exit_code


async def test_a_theme_that_was_chosen_is_there_at_the_next_start(desk: Desk, cache: Path) -> None:
    start = Start(desk, cache)
    async with start.app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        start.app.action_look("keykata-light")
        assert start.app.theme == "keykata-light"
    start.leave()
    after = Start(desk, cache)
    lit = Once(after._door, None, after.frontage)
    assert lit.theme == "keykata-light"
    async with lit.run_test(size=SMALL):
        assert lit.screen.styles.background.hex.lower() == LIGHT.background
    assert lit.read_in_again == 0
    (desk.places.home / "config.toml").write_text("look = [", encoding="utf-8")
    assert Start(desk, cache).app.theme == "keykata-dark"
