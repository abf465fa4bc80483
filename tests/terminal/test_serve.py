"""The real program served to a client that speaks as the page in a browser does; only with textual-serve."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pyte
import pytest

from support.program import run
from support.served import PATIENCE, Served, with_web

pytestmark = [pytest.mark.terminal, *with_web]


class Page:
    """What the page in the browser does: draws what comes, sends keys."""

    def __init__(self, socket: object) -> None:
        self.socket = socket
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.screen.display)

    async def wait(self, shown: Callable[[str], bool]) -> str:
        """Read until the screen shows something."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not shown(self.text()):
                    self._stream.feed(await self.socket.receive_bytes())
        except TimeoutError:
            raise AssertionError(f"never saw it on:\n{self.text()}") from None
        return self.text()

    async def press(self, *keys: str) -> None:
        """Send keys."""
        for key in keys:
            await self.socket.send_json(["stdin", key])

    def vanish(self) -> None:
        """Be gone, as a page of a browser that was ended."""
        self.socket.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The program serving on an empty home."""
    made = Served(tmp_path)
    yield made
    made.close()


@contextlib.asynccontextmanager
async def page_of(served: Served, size: str = "width=80&height=24") -> AsyncIterator[Page]:
    """Open the printed address and then the websocket, with the cookie alone."""
    from aiohttp import ClientSession, CookieJar

    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        async with browser.get(served.address) as first:
            assert first.status == 200
            assert str(first.url) == served.root
        origin = {"Origin": served.root.rstrip("/")}
        address = f"{served.root}ws?{size}"
        async with browser.ws_connect(address, headers=origin) as socket:
            await socket.send_json(["resize", {"width": 80, "height": 24}])
            yield Page(socket)


def answers(folder: Path) -> list[dict[str, object]]:
    """What `keykata log --json` says of the home."""
    return [json.loads(line) for line in run(folder, "log", "--json").stdout.splitlines()]


async def test_a_question_answered_in_the_browser_is_in_the_log(tmp_path: Path, served: Served) -> None:
    async with page_of(served) as page:
        await page.wait(lambda text: "ten" in text.lower() and "enter" in text)
        await page.press("\r")
        await page.wait(lambda text: "1 of 10" in text and "enter confirm" in text)
        text = page.text()
        wanted = 3 if "select 3" in text else 2 if "select 2" in text else 1
        await page.press(*"abc"[:wanted], "\r")
        await page.wait(lambda text: "enter next" in text)
        assert len(answers(tmp_path)) == 1
        await page.press("\x11")
        from aiohttp import WSMsgType

        async with asyncio.timeout(PATIENCE):
            while (await page.socket.receive()).type is WSMsgType.BINARY:
                pass
    assert served.end(signal.SIGINT) == 0
    assert len(answers(tmp_path)) == 1


@pytest.mark.parametrize(
    "garbage", ["", "{", "[]", "5", '["stdin", 5]', '["resize", {"width": "wide"}]', "[" * 100_000]
)
async def test_garbage_of_a_page_is_dropped(served: Served, garbage: str) -> None:
    async with page_of(served) as page:
        await page.wait(lambda text: "Ten questions" in text)
        await page.socket.send_str(garbage)
        await page.press("\r")
        await page.wait(lambda text: "1 of 10" in text)
    assert served.complaints() == ""


async def test_a_paste_that_was_cut_amid_a_character_does_not_end_the_tab(served: Served) -> None:
    async with page_of(served) as page:
        await page.wait(lambda text: "Ten questions" in text)
        await page.press("/")
        await page.wait(lambda text: "Ten questions" not in text)
        await page.press("\x1b[200~envelope \ud83d\x1b[201~")
        await page.wait(lambda text: "envelope" in text)


def children(parent: int) -> list[int]:
    """The processes another one started and that still run."""
    command = ["ps", "-o", "pid=", "--ppid", str(parent)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # 1 says: none
    return [int(word) for word in found.stdout.split()]


with_ps = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks for children of a process")


@with_ps
async def test_each_tab_has_an_app_of_its_own_that_ends_with_it(served: Served) -> None:
    async with page_of(served) as first, page_of(served) as second:
        await first.wait(lambda text: "enter" in text)
        await second.wait(lambda text: "enter" in text)
        assert len(children(served.pid)) == 2
    async with asyncio.timeout(PATIENCE):
        while children(served.pid):
            await asyncio.sleep(0.1)


@with_ps
@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)])
async def test_the_app_does_not_outlive_the_server(served: Served, how: signal.Signals, code: int) -> None:
    async with page_of(served) as page:
        await page.wait(lambda text: "enter" in text)
        apps = children(served.pid)
        assert len(apps) == 1
        assert await asyncio.to_thread(served.end, how) == code
    async with asyncio.timeout(PATIENCE):
        while _runs(apps[0]):
            await asyncio.sleep(0.1)


@with_ps
async def test_a_tab_is_told_when_its_app_has_ended_in_whatever_way(served: Served) -> None:
    from aiohttp import WSMsgType

    async with page_of(served) as page:
        await page.wait(lambda text: "enter" in text)
        os.kill(children(served.pid)[0], signal.SIGKILL)
        async with asyncio.timeout(PATIENCE):
            while (await page.socket.receive()).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED):
                pass


@with_ps
@pytest.mark.parametrize("size", ["width=99999999&height=99999999", "width=-5&height=0", "width=x"])
async def test_no_size_a_page_asks_for_makes_an_app_too_large_to_end(served: Served, size: str) -> None:
    try:
        async with page_of(served, size) as page:
            await page.wait(lambda text: "KeyKata" in text)
            await page.socket.send_json(["resize", {"width": 10**9, "height": 10**9}])
            await page.socket.send_json(["resize", {"width": 80, "height": 24}])
            await page.wait(lambda text: "enter" in text)
        async with asyncio.timeout(PATIENCE):
            while children(served.pid):
                await asyncio.sleep(0.1)
    finally:
        for app in children(served.pid):
            os.kill(app, signal.SIGKILL)  # it would go on taking memory


async def test_a_paste_that_pretends_to_have_ended_presses_no_keys(tmp_path: Path, served: Served) -> None:
    async with page_of(served) as page:
        await page.wait(lambda text: "ten" in text.lower() and "enter" in text)
        await page.press("\r")
        await page.wait(lambda text: "1 of 10" in text and "enter confirm" in text)
        await page.press("\x1b[200~\x1b[201~abc\r\x11\x1b[201~", "m")
        await page.wait(lambda text: "marked" in text)
        assert "enter confirm" in page.text()
    assert answers(tmp_path) == []


async def test_signs_that_make_no_sense_do_not_make_the_app_deaf(served: Served) -> None:
    async with page_of(served) as page:
        await page.wait(lambda text: "ten" in text.lower() and "enter" in text)
        await page.press("\x1b[97;1:3u", "\x1b[:R", "\r")
        await page.wait(lambda text: "1 of 10" in text)
        await page.press("\x1b[9999999;1um")
        await page.wait(lambda text: "marked" in text)


async def test_ctrl_c_amid_requests_ends_the_server_without_a_word(tmp_path: Path) -> None:
    for _ in range(6):
        served = Served(tmp_path)
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
            host = f"Host: 127.0.0.1:{served.port}\r\n"
            writer.write(f"GET / HTTP/1.1\r\n{host}\r\n".encode() * 40)
            await reader.read(1)
            assert served.end(signal.SIGINT) == 0
            writer.close()
        finally:
            served.close()
        assert served.complaints() == ""


async def test_ctrl_c_ends_the_server_without_a_word_whatever_the_pages_do_just_then(tmp_path: Path) -> None:
    served = Served(tmp_path)
    try:
        async with page_of(served) as page:
            await page.wait(lambda text: "enter" in text)
            async with page_of(served):  # it is opening
                page.vanish()
                code = await asyncio.to_thread(served.hold, signal.SIGINT)
    finally:
        served.close()
    assert code == 0
    assert served.complaints() == ""
    assert served.said.splitlines()[1:] == ["ctrl+c ends it."]


BROWSER = """
import sys
from urllib.request import HTTPCookieProcessor, build_opener
with build_opener(HTTPCookieProcessor()).open(sys.argv[1], timeout=10) as page:
    print(page.status, file=open("seen", "w"))
"""


async def test_a_browser_that_is_waited_for_is_served_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "browser.py"
    script.write_text(BROWSER, encoding="utf-8")
    monkeypatch.setenv("BROWSER", f"{sys.executable} {script} %s")
    served = Served(tmp_path, "--open")
    try:
        async with asyncio.timeout(PATIENCE):
            while not ((tmp_path / "seen").exists() and (tmp_path / "seen").read_text("utf-8")):
                await asyncio.sleep(0.1)
        assert served.end(signal.SIGINT) == 0
    finally:
        served.close()
    assert served.complaints() == ""


async def test_a_browser_that_is_no_command_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", '"%s')
    served = Served(tmp_path, "--open")
    try:
        async with asyncio.timeout(PATIENCE):
            lines = await asyncio.to_thread(lambda: [served.line() for _ in range(3)])
        assert lines[-1] == "No browser could be started; open the address yourself."
    finally:
        served.close()
    assert served.complaints() == ""


async def test_requests_that_are_none_are_told_in_one_line(served: Served) -> None:
    for _ in range(3):
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        assert b" 400 " in await reader.readline()
        writer.close()
    assert await asyncio.to_thread(served.end, signal.SIGTERM) == 143
    (line,) = served.complaints().splitlines()
    assert line.startswith("keykata serve: ")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
