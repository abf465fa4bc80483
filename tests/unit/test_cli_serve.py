"""Serving to a browser: requests to the real web application, which is there only with textual-serve."""

from __future__ import annotations

import asyncio
import shlex
import sys
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from keykata.cli import serve
from keykata.cli.gate import Gate
from keykata.core.errors import UsageError
from keykata.study.places import Places
from support.program import run

if TYPE_CHECKING:
    from aiohttp.test_utils import TestClient

TOKEN = "opensesame"
HOST = "127.0.0.1:8123"
GATE = Gate("127.0.0.1", 8123, TOKEN)
HERE = {"Host": HOST}

with_web = pytest.mark.skipif(find_spec("textual_serve") is None, reason="textual-serve is not installed")


@pytest.fixture
async def browser() -> AsyncIterator[TestClient]:
    """A client of the web application that keeps no cookies."""
    from aiohttp import DummyCookieJar
    from aiohttp.test_utils import TestClient, TestServer

    application = await serve.web_application(GATE, "exit 1")
    async with TestClient(TestServer(application), cookie_jar=DummyCookieJar()) as client:
        yield client


@with_web
async def test_the_token_is_exchanged_for_a_cookie_no_script_and_no_other_site_can_use(
    browser: TestClient,
) -> None:
    reply = await browser.get(f"/?token={TOKEN}&fontsize=20", headers=HERE, allow_redirects=False)
    assert reply.status == 303
    assert reply.headers["Location"] == "/?fontsize=20"
    cookie = reply.headers["Set-Cookie"]
    assert cookie.startswith(f"{GATE.cookie_name}={TOKEN};")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    page = await browser.get("/", headers={**HERE, "Cookie": f"{GATE.cookie_name}={TOKEN}"})
    assert page.status == 200
    assert f"ws://{HOST}/ws" in await page.text()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert TOKEN not in await page.text()


@with_web
async def test_who_followed_the_address_from_another_site_is_led_on_by_a_page(browser: TestClient) -> None:
    """Where a redirection leads, browsers still bring no strict cookie."""
    came = {**HERE, "Sec-Fetch-Site": "cross-site"}
    reply = await browser.get(f'/?token={TOKEN}&fontsize="20', headers=came, allow_redirects=False)
    assert reply.status == 200
    assert reply.headers["Set-Cookie"].startswith(f"{GATE.cookie_name}={TOKEN};")
    assert 'content="0; url=/?fontsize=%2220"' in await reply.text()
    assert TOKEN not in await reply.text()
    assert (await browser.get("/", headers=came)).status == 403


@with_web
@pytest.mark.parametrize(
    "path", ["/", "/ws", "/static/js/textual.js", "/download/x", "/nothing", "/?token=no"]
)
async def test_without_the_token_nothing_is_given(browser: TestClient, path: str) -> None:
    reply = await browser.get(path, headers=HERE)
    assert reply.status == 403
    assert "token" in await reply.text()


@with_web
async def test_an_address_of_two_slashes_leads_nowhere_else(browser: TestClient) -> None:
    reader, writer = await asyncio.open_connection(browser.host, browser.port)
    writer.write(f"GET //evil.example/?token={TOKEN} HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
    reply = (await asyncio.wait_for(reader.read(), 30)).decode()
    writer.close()
    await writer.wait_closed()
    assert reply.startswith("HTTP/1.0 404")
    assert "Location" not in reply
    assert "Set-Cookie" not in reply


@with_web
async def test_what_asks_for_the_websocket_like_a_page_is_told_so(browser: TestClient) -> None:
    reply = await browser.get("/ws", headers={**HERE, "Cookie": f"{GATE.cookie_name}={TOKEN}"})
    assert reply.status == 400
    assert "page of the app" in await reply.text()
    assert "Content-Security-Policy" in reply.headers


@with_web
async def test_the_websocket_is_shut_to_strangers_and_other_pages(browser: TestClient) -> None:
    from aiohttp import WSServerHandshakeError

    cookie = {**HERE, "Cookie": f"{GATE.cookie_name}={TOKEN}"}
    refused = [
        {**HERE, "Origin": GATE.origin},
        {**cookie, "Origin": "http://evil.example"},
        {**cookie, "Host": "evil.example:8123"},
    ]
    for headers in refused:
        with pytest.raises(WSServerHandshakeError) as error:
            await browser.ws_connect("/ws", headers=headers)
        assert error.value.status == 403


def test_a_free_port_is_found_and_a_taken_one_is_told() -> None:
    with serve.listening("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        assert port
        with pytest.raises(UsageError, match=f"Port {port} of 127.0.0.1 cannot be used"):
            serve.listening("127.0.0.1", port)


@pytest.mark.skipif(sys.platform == "win32", reason="another shell quotes in another way")
def test_the_app_is_started_on_the_same_home_and_banks_whatever_their_names(tmp_path: Path) -> None:
    odd = tmp_path / "a; touch 'b' $(c)"
    words = shlex.split(serve.app_command(Places(home=odd, cache=None, banks=(tmp_path / "x y",))))
    assert words[-6:] == ["-m", "keykata", "--home", str(odd), "--bank", str(tmp_path / "x y")]


def test_another_host_is_refused_in_words(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", "--host", "0.0.0.0")
    assert done.returncode == 2
    assert "not a loopback address" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(find_spec("textual_serve") is not None, reason="textual-serve is installed")
def test_without_the_extra_a_message_says_how_to_install_it(tmp_path: Path) -> None:
    done = run(tmp_path, "serve")
    assert done.returncode == 2
    assert f"{sys.executable} -m pip install textual-serve" in done.stderr
    assert "keykata[web]" in done.stderr
    assert not (tmp_path / "home").exists()
