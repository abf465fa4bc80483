"""The apps of the tabs end with the server; only with textual-serve."""

from __future__ import annotations

import asyncio
import os
import shlex
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from keykata.cli import serve
from keykata.cli.gate import Gate

if find_spec("textual_serve") is None:
    pytest.skip("textual-serve is not installed", allow_module_level=True)
if sys.platform == "win32":
    pytest.skip("asks for processes by signals", allow_module_level=True)

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from textual_serve.app_service import AppService

from keykata.cli import tabs
from keykata.tui.listening import Listener

GATE = Gate("127.0.0.1", 8123, "")
HERE = {"Host": "127.0.0.1:8123", "Origin": GATE.origin}

# it tells its page its number, and is told to quit
BEGIN = """
import os, sys, time
number = str(os.getpid()).encode()
os.write(1, b"__GANGLION__\\nD" + len(number).to_bytes(4, "big") + number)
os.read(0, 1)
"""
SLOW = BEGIN + "os.close(1); os.close(2); time.sleep(0.3)"  # the page has its end before it has
STARTING = """
import os, signal, sys, time
def told(*_):
    sys.exit("Traceback: ended while it starts")
signal.signal(signal.SIGTERM, told)
with open(sys.argv[1] + ".part", "x") as file:
    file.write(str(os.getpid()))
os.rename(file.name, sys.argv[1])
time.sleep(60)
"""
STUBBORN = BEGIN + "time.sleep(60)"


def runs(process: int) -> bool:
    """Whether a process is there, be it only to be asked how it ended."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def is_listened_to() -> bool:
    """Whether the server still reads what an app says."""
    running = (getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks())
    return AppService.run.__qualname__ in running


async def after_the_server(app: str, *, page_stays: bool) -> int:
    """The process of an app whose server has ended."""
    application = await serve.web_application(GATE, "exec " + shlex.join([sys.executable, "-c", app]))
    async with TestClient(TestServer(application)) as browser:
        page = await browser.ws_connect("/ws", headers=HERE)
        process = int(await page.receive_bytes(timeout=20))
        assert runs(process)
        if not page_stays:
            await page.close()
    return process


@pytest.mark.parametrize("page_stays", [True, False], ids=["open page", "page just closed"])
async def test_the_server_ends_after_its_apps(page_stays: bool) -> None:
    assert not runs(await after_the_server(SLOW, page_stays=page_stays))


@pytest.mark.parametrize("page_stays", [True, False], ids=["open page", "page just closed"])
async def test_an_app_that_will_not_end_is_ended(page_stays: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "PATIENCE", 0.1)
    assert not runs(await after_the_server(STUBBORN, page_stays=page_stays))


@pytest.mark.parametrize("deaf", ["", "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "])
async def test_an_app_whose_page_is_gone_is_ended(deaf: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "PATIENCE", 0.1)
    command = "exec " + shlex.join([sys.executable, "-c", deaf + STUBBORN])
    async with TestClient(TestServer(await serve.web_application(GATE, command))) as browser:
        page = await browser.ws_connect("/ws", headers=HERE)
        process = int(await page.receive_bytes(timeout=20))
        await page.close()
        async with asyncio.timeout(20):
            while runs(process):
                await asyncio.sleep(0.01)


async def test_an_app_that_is_left_while_it_starts_tells_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tabs, "PATIENCE", 0.1)
    starts = tmp_path / "starts"
    command = "exec " + shlex.join([sys.executable, "-c", STARTING, str(starts)])
    server = web.AppRunner(await serve.web_application(GATE, command))  # one for tests forgets whom it served
    await server.setup()
    with serve.listening("127.0.0.1", 0) as door:
        await web.SockSite(server, door).start()
        address = f"http://127.0.0.1:{door.getsockname()[1]}/ws"
        async with ClientSession() as browser, browser.ws_connect(address, headers=HERE):
            async with asyncio.timeout(20):
                while not starts.exists():
                    await asyncio.sleep(0.01)
        async with asyncio.timeout(20):
            while runs(int(starts.read_text("utf-8"))) or is_listened_to():
                await asyncio.sleep(0.01)
        await server.cleanup()
    assert caplog.messages == []
    assert capsys.readouterr() == ("", "")


async def test_the_page_has_a_title() -> None:
    application = await serve.web_application(GATE, "exit 1")
    async with TestClient(TestServer(application)) as browser:
        page = await (await browser.get("/", headers=HERE)).text()
    assert page.partition("</head>")[0].count("<title>KeyKata</title>") == 1


async def test_the_page_tells_where_stands_why_its_app_ended() -> None:
    application = await serve.web_application(GATE, "exit 1")
    async with TestClient(TestServer(application)) as browser:
        page = await (await browser.get("/", headers=HERE)).text()
    assert "the terminal of keykata serve says why" in page.partition("closed-dialog")[2]


async def test_the_page_gives_the_keys_to_the_terminal() -> None:
    application = await serve.web_application(GATE, "exit 1")
    async with TestClient(TestServer(application)) as browser:
        page = await (await browser.get("/", headers=HERE)).text()
        script = await (await browser.get("/static/js/textual.js", headers=HERE)).text()
    assert page.count(tabs.TAKE_KEYS + "</body>") == 1
    for name in ("xterm-helper-textarea", "-first-byte"):  # what the page's own script calls them
        assert name in tabs.TAKE_KEYS
        assert name in script


def test_the_largest_page_is_the_largest_terminal() -> None:
    """What a page is given at most is heard, and nothing beyond it."""
    width, height = tabs.drawable(10**6, 10**6)
    told = {
        size: [*Listener().hear(f"\x1b[48;{size[1]};{size[0]};0;0t")]
        for size in ((width, height), (width + 1, height), (width, height + 1))
    }
    assert [len(messages) for messages in told.values()] == [1, 0, 0]
