"""What textual-serve does for each tab, within bounds: of size, of what a paste may do, of an app's life."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from aiohttp import WSMsgType, web
from textual_serve.server import Server

from keykata.core.bounds import HIGHEST, WIDEST

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from textual_serve.app_service import AppService

PASTE, PASTED = b"\x1b[200~", b"\x1b[201~"  # what stands around a paste
HALVES = re.compile("[\ud800-\udfff]")  # JSON joins those that belong together
GOODBYE = 1.0  # seconds a page has to answer that its app has ended
PATIENCE = 5.0  # seconds an app has to end by itself when its page is gone or the server ends
# not before the app draws: told of the focus earlier, it would not hear it, and take itself for left
TAKE_KEYS = """<script>
  const takeKeys = () => {
    if (document.body.classList.contains("-first-byte") && document.activeElement === document.body) {
      document.querySelector(".xterm-helper-textarea").focus();
    }
  };
  const drawn = new MutationObserver(() => {
    if (document.body.classList.contains("-first-byte")) {
      drawn.disconnect();
      takeKeys();
    }
  });
  drawn.observe(document.body, { attributeFilter: ["class"] });
  window.addEventListener("focus", takeKeys);
  window.addEventListener("click", takeKeys);
</script>
"""
OVER = "Session ended."
WHY = "Where you did not leave it, the terminal of keykata serve says why."
QUIT: dict[str, str | int | bool | None] = {"type": "quit"}


class Tabs(Server):
    """Runs an app for each tab; a tab is told when its app has ended, and all end with the server."""

    def __init__(self, command: str, *, title: str, public_url: str) -> None:
        super().__init__(command, title=title, public_url=public_url)
        self._open: set[asyncio.Future[None]] = set()
        self._apps: set[AppService] = set()
        self._left: set[asyncio.Task[None]] = set()
        self._ending = False

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page, with its title, its words at the end, and what lets it take keys without a click."""
        page = cast("web.Response", await super().handle_index(request))
        text = (page.text or "").replace("<head>", f"<head>\n    <title>{self.title}</title>", 1)
        text = text.replace(OVER, f"{OVER} {WHY}")
        page.text = text.replace("</body>", TAKE_KEYS + "</body>")
        return page

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Serve a tab until its app has ended.

        Raises:
            HTTPBadRequest: it is asked for like a page.
        """
        if not web.WebSocketResponse().can_prepare(request):
            raise web.HTTPBadRequest(text="This is for the page of the app alone.\n")
        asked = request.query
        width, height = drawable(asked.get("width"), asked.get("height"))
        bounded = request.rel_url.update_query(width=width, height=height)
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._open.add(over)
        try:
            return await super().handle_websocket(request.clone(rel_url=bounded))
        finally:
            self._open.discard(over)
            over.set_result(None)

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        self._apps = {app for app in self._apps if not _transport(app).is_closing()} | {app_service}
        websocket._timeout = GOODBYE  # the app's own end waits for it
        if self._ending:  # it was opening, and missed the call to end
            await app_service.send_meta(QUIT)
        closing = asyncio.create_task(_close_after(app_service, websocket))
        try:
            async for message in websocket:
                if message.type is WSMsgType.TEXT:
                    await _obey(message.data, app_service, websocket)
        finally:
            closing.cancel()
            insisting = asyncio.create_task(_insist(app_service))
            self._left.add(insisting)
            insisting.add_done_callback(self._left.discard)

    async def on_shutdown(self, _: web.Application) -> None:
        """Let every app end while the loop still runs; without it, their ends would be told as faults."""
        self._ending = True
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._end_apps()
        for app in self._apps:
            _transport(app).close()  # this ends one that would not
        await self._apps_ended()
        for insisting in self._left:
            insisting.cancel()

    async def _end_apps(self) -> None:
        await asyncio.gather(*(app.send_meta(QUIT) for app in self._apps))
        if self._open:
            await asyncio.wait(self._open)  # also those that are opening just now
        await self._apps_ended()

    async def _apps_ended(self) -> None:
        await asyncio.gather(*(_process(app).wait() for app in self._apps))


async def _obey(message: str, app: AppService, websocket: web.WebSocketResponse) -> None:
    """Hand on what a page says, within bounds; what makes no sense is dropped."""
    match _parsed(message):
        case ["stdin", str(text)]:
            await app.send_bytes(one_paste(whole(text).encode()))
        case ["resize", {"width": width, "height": height}]:
            await app.set_terminal_size(*drawable(width, height))
        case ["ping", str(sent)]:
            with suppress(ConnectionError):  # gone already
                await websocket.send_json(["pong", sent])
        case ["focus"]:
            await app.focus()
        case ["blur"]:
            await app.blur()


def _parsed(message: str) -> object:
    try:
        return json.loads(message)
    except (ValueError, RecursionError):
        return None


def whole(text: str) -> str:
    """A text of a page with a sign for each half of a character: a text that a script cut may end in one."""
    return HALVES.sub("\ufffd", text)


def one_paste(data: bytes) -> bytes:
    """What was typed as it is, and a paste without the signs that would end it before its end."""
    if not (data.startswith(PASTE) and data.endswith(PASTED)):
        return data
    return PASTE + data[len(PASTE) : -len(PASTED)].replace(b"\x1b", b"") + PASTED


def drawable(width: object, height: object) -> tuple[int, int]:
    """The size nearest to the one asked for that an app can draw; 80 by 24 where it is no number."""
    return _within(width, 80, WIDEST), _within(height, 24, HIGHEST)


def _within(asked: object, usual: int, most: int) -> int:
    try:
        return max(1, min(int(str(asked)), most))
    except ValueError:
        return usual


async def _close_after(app: AppService, websocket: web.WebSocketResponse) -> None:
    if app._task is not None:
        await asyncio.wait([app._task])  # it reads what the app says, to the end
        await websocket.close()


async def _insist(app: AppService) -> None:
    """End an app whose page is gone, also one that is busy or deaf: nobody could do it by hand."""
    process, reading = _process(app), app._task
    for end in (process.terminate, process.kill):
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), PATIENCE)
        if process.returncode is not None:
            return
        if reading is not None:
            reading.cancel()  # what an app says that is ended, as one amid its start, is no fault to tell
        end()


def _process(app: AppService) -> Process:
    assert app._process is not None, "only apps that were started are kept"
    return app._process


def _transport(app: AppService) -> asyncio.SubprocessTransport:
    """What leads to the process of an app and back; it must be closed before the loop is."""
    found: asyncio.SubprocessTransport = vars(_process(app))["_transport"]
    return found
