"""The served app in a real browser, headless; only where textual-serve and Chromium are installed."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyte
import pytest

from support.program import run
from support.served import PATIENCE, Served, with_web

if TYPE_CHECKING:
    from aiohttp import ClientWebSocketResponse

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
DEVTOOLS = re.compile(r"DevTools listening on (ws://\S+)")
KEYS = {
    "\r": {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13},
    "\x1b": {"key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27},
}

pytestmark = [
    pytest.mark.terminal,
    *with_web,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]


class Tab:
    """A tab of the browser, by its DevTools; what the websocket brings is drawn here as well."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._session = ""
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.asked: list[str] = []
        self.refused: list[str] = []

    def text(self) -> str:
        """What the app has drawn."""
        return "\n".join(self.screen.display)

    async def open(self, address: str) -> None:
        """Open an address in a new tab of 80 by 24 cells or more."""
        target = await self.call("Target.createTarget", url="about:blank")
        attached = await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        await self.call("Network.enable")
        await self.call("Page.enable")
        await self.call("Page.navigate", url=address)

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call the browser and wait for its answer."""
        number = next(self._numbers)
        message: dict[str, object] = {"id": number, "method": method, "params": parameters}
        await self._socket.send_json(message | ({"sessionId": self._session} if self._session else {}))
        while (answer := await self._next()).get("id") != number:
            pass
        assert "error" not in answer, answer
        return dict(answer["result"])

    async def evaluate(self, expression: str) -> object:
        """The value of an expression in the page."""
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")

    async def wait(self, shown: Callable[[str], bool]) -> None:
        """Read until the app has drawn something."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not shown(self.text()):
                    await self._next()
        except TimeoutError:
            raise AssertionError(f"never saw it on:\n{self.text()}") from None

    async def press(self, *keys: str) -> None:
        """Press keys in the page."""
        for key in keys:
            more = KEYS.get(key, {"key": key})
            await self.call("Input.dispatchKeyEvent", type="keyDown", text=key, **more)
            await self.call("Input.dispatchKeyEvent", type="keyUp", **more)

    async def _next(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            message: dict[str, Any] = json.loads(await self._socket.receive_str())
        told = message.get("params", {})
        match message.get("method"):
            case "Network.webSocketFrameReceived" if told["response"]["opcode"] == 2:
                self._stream.feed(base64.b64decode(told["response"]["payloadData"]))
            case "Network.webSocketFrameSent":
                self._resize(json.loads(told["response"]["payloadData"]))
            case "Network.requestWillBeSent":
                self.asked.append(told["request"]["url"])
            case "Network.loadingFailed" if told.get("blockedReason"):
                self.refused.append(told["blockedReason"])
        return message

    def _resize(self, said: list[Any]) -> None:
        if said[0] == "resize":
            self.screen.resize(said[1]["height"], said[1]["width"])


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    """A tab of a fresh headless browser."""
    from aiohttp import ClientSession

    command = ["--headless=new", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # it refuses to start one for root
    process = await asyncio.create_subprocess_exec(
        CHROMIUM,
        *command,
        f"--user-data-dir={tmp_path / 'profile'}",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    try:
        async with asyncio.timeout(PATIENCE):
            while not (found := DEVTOOLS.search((await process.stderr.readline()).decode(errors="replace"))):
                pass
        reading = asyncio.create_task(process.stderr.read())  # a full pipe would stop it
        async with ClientSession() as session, session.ws_connect(found[1], max_msg_size=0) as socket:
            made = Tab(socket)
            yield made
            await socket.send_json({"id": 0, "method": "Browser.close"})
            await asyncio.wait_for(process.wait(), PATIENCE)
            await reading
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_the_page_takes_keys_at_once_and_when_its_window_comes_back(tmp_path: Path, tab: Tab) -> None:
    served = Served(tmp_path)
    try:
        await tab.open(served.address)
        await tab.wait(lambda text: "Ten questions" in text)
        await tab.press("?")
        await tab.wait(lambda text: "esc" in text and "Ten questions" not in text)
        await tab.evaluate("document.activeElement.blur()")
        await tab.evaluate("window.dispatchEvent(new Event('focus'))")
        await tab.press("\x1b")
        await tab.wait(lambda text: "Ten questions" in text)
    finally:
        served.close()


async def test_a_question_answered_in_a_real_browser(tmp_path: Path, tab: Tab) -> None:
    served = Served(tmp_path)
    try:
        await tab.open(served.address)
        await tab.wait(lambda text: "Ten questions" in text)
        assert await tab.evaluate("location.href") == served.root
        assert await tab.evaluate("document.cookie") == ""
        assert await tab.evaluate("document.body.classList.contains('-first-byte')") is True
        await tab.press("\r")
        await tab.wait(lambda text: "1 of 10" in text and "enter confirm" in text)
        text = tab.text()
        wanted = 3 if "select 3" in text else 2 if "select 2" in text else 1
        await tab.press(*"abc"[:wanted], "\r")
        await tab.wait(lambda text: "enter next" in text)
        assert len(run(tmp_path, "log", "--json").stdout.splitlines()) == 1
        ours = (served.root, served.address, served.root.replace("http", "ws", 1))
        strange = [url for url in tab.asked if not url.startswith((*ours, "data:"))]
        assert len(tab.refused) == len(strange)
        assert set(tab.refused) <= {"csp"}
    finally:
        served.close()


async def test_the_address_can_be_followed_from_a_page_of_another_site(tmp_path: Path, tab: Tab) -> None:
    served = Served(tmp_path)
    try:
        await tab.open(f"data:text/html,<a href='{served.address}'>KeyKata</a>")
        async with asyncio.timeout(PATIENCE):
            while not await tab.evaluate("document.links.length"):
                await asyncio.sleep(0.05)
        await tab.evaluate("document.links[0].click()")
        await tab.wait(lambda text: "Ten questions" in text)
        assert await tab.evaluate("location.href") == served.root
    finally:
        served.close()
