"""serve: the app in a browser on this computer, by textual-serve, behind a gate."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Awaitable, Callable
from contextlib import suppress
from html import escape
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

import keykata
from keykata.cli.gate import TOKEN_BYTES, Gate, Verdict, Visit, loopback
from keykata.cli.home import dojo, global_options, places
from keykata.cli.out import stderr, stdout
from keykata.core.errors import UsageError
from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from aiohttp import web

    from keykata.study.places import Places

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LINGER = 1.0  # seconds what is still being sent has when the server ends
BACKLOG = 16
# the page's own script stands in the page; whatever else it names must come from here
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self' ws://{authority}; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
# who comes from a page of another site brings no cookie where a redirection leads, only where our page leads
ONWARD = (
    '<!DOCTYPE html>\n<title>KeyKata</title>\n<meta http-equiv="refresh" content="0; url={address}">\n'
    '<a href="{address}">Open KeyKata</a>\n'
)


@click.command()
@global_options
@click.option("--host", default="127.0.0.1", show_default=True, help="A loopback address; no other is taken.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0 takes a free one."
)
@click.option("--no-token", is_flag=True, help="Let in whoever uses this computer.")
@click.option("--open", "show", is_flag=True, help="Open the address in your browser.")
@click.pass_context
def serve(context: click.Context, host: str, port: int, no_token: bool, show: bool) -> None:
    """Open the app in a browser on this computer, on one home, until ctrl+c."""
    host = loopback(host)
    if find_spec("textual_serve") is None:
        raise UsageError(
            "Serving to a browser needs textual-serve, which is not installed.",
            hint=f"{sys.executable} -m pip install textual-serve (the extra keykata[web] brings it along).",
        )
    with dojo(context):  # what is wrong with home or banks is told here, not in the browser
        where = places(context)
    with listening(host, port) as door:
        gate = Gate(host, door.getsockname()[1], "" if no_token else secrets.token_urlsafe(TOKEN_BYTES))
        out = stdout()
        out.line(f"KeyKata is open at {gate.address}")
        out.line(f"Home: {safe_line(str(where.home.absolute()))}")
        out.line("ctrl+c ends it.")
        if show:  # beside the server: a browser of the terminal is waited for until it is left
            Thread(target=_show, args=(gate.address,), name="browser", daemon=True).start()
        _run(gate, where, door)


def _show(address: str) -> None:
    with suppress(webbrowser.Error, OSError, ValueError):  # BROWSER may hold what is no command line
        if webbrowser.open(address):
            return
    stdout().line("No browser could be started; open the address yourself.")


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections on a loopback address; port 0 takes a free one.

    Raises:
        UsageError: the port is taken or not allowed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(BACKLOG)
    except OSError as error:
        door.close()
        what = f"Port {port} of {host} cannot be used: {error.strerror}."
        raise UsageError(what, hint="Choose another with --port, or leave it out.") from error
    return door


def app_command(where: Places) -> str:
    """The command line of the app itself on this home and these banks, for the system's shell."""
    # -P: a folder named keykata where one happens to stand is not the program
    words = [sys.executable, "-P", "-m", "keykata", "--home", str(where.home.absolute())]
    for bank in where.banks:
        words += ["--bank", str(bank.absolute())]
    # ctrl+c in the terminal reaches the apps too: one that is just starting or ending would tell of it
    return "trap '' INT; exec " + shlex.join(words) if os.name == "posix" else subprocess.list2cmdline(words)


def web_application(gate: Gate, command: str) -> Awaitable[web.Application]:
    """The web application that runs a command for each visitor whom the gate lets in."""
    from keykata.cli.tabs import Tabs

    return _gated(Tabs(command, title="KeyKata", public_url=gate.origin)._make_app(), gate)


async def _gated(making: Awaitable[web.Application], gate: Gate) -> web.Application:
    from aiohttp import web

    async def ask(request: web.Request, handler: Handler) -> web.StreamResponse:
        verdict = gate.judge(visit_of(request, gate))
        if verdict is Verdict.ENTER:
            return await handler(request)
        if verdict is not Verdict.TAKE_COOKIE:
            return web.Response(status=403, text=verdict.value + "\n")
        bare = str(request.rel_url.without_query_params("token"))
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            answer = web.Response(content_type="text/html", text=ONWARD.format(address=escape(bare)))
        else:
            answer = web.Response(status=303, headers={"Location": bare})
        token = request.query["token"]
        answer.set_cookie(gate.cookie_name, token, httponly=True, samesite="Strict", path="/")
        return answer

    async def guard(_: web.Request, response: web.StreamResponse) -> None:
        response.headers["Content-Security-Policy"] = POLICY.format(authority=gate.authority)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Cache-Control", "no-store")

    application = await making
    application.on_startup.clear()  # its greeting: ours is printed already
    application.middlewares.append(web.middleware(ask))
    application.on_response_prepare.append(guard)
    return application


def visit_of(request: web.Request, gate: Gate) -> Visit:
    """What a request says of itself."""
    headers = request.headers
    return Visit(
        hosts=headers.getall("Host", []),
        origins=headers.getall("Origin", []),
        cookie=request.cookies.get(gate.cookie_name, ""),
        token=request.query.get("token"),
        first=request.path == "/",
    )


def _run(gate: Gate, where: Places, door: socket.socket) -> None:
    from aiohttp import web

    _set_environment(os.environ)
    _quiet_log()
    loop = asyncio.new_event_loop()
    _end_between_steps(loop)
    with suppress(KeyboardInterrupt):  # the way to end it, also while it is ending
        web.run_app(
            web_application(gate, app_command(where)),
            sock=door,
            loop=loop,
            handle_signals=False,
            shutdown_timeout=LINGER,
            access_log=None,  # it would hold the token
            print=None,
        )


def _end_between_steps(loop: asyncio.AbstractEventLoop) -> None:
    """Let what ends the program reach the loop itself, once; amid a request it would be told as a fault."""
    found = [(number, signal.getsignal(number)) for number in _enders()]
    handlers = {number: handler for number, handler in found if callable(handler)}

    def end(number: signal.Signals) -> None:
        for other in handlers:
            loop.remove_signal_handler(other)
            signal.signal(
                other, signal.SIG_IGN
            )  # it ends in a moment; amid its last steps it would tell of it
        logging.disable()  # who ends it wants to hear no more
        handlers[number](number, None)

    for number in handlers:
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, end, number)


def _enders() -> list[signal.Signals]:
    return [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _set_environment(environment: dict[str, str] | os._Environ[str]) -> None:
    """What the app inherits: a browser draws, whatever this terminal can do."""
    environment.pop("KEYKATA_PLAIN", None)
    environment["TERM"] = "xterm-256color"
    package = str(Path(keykata.__file__).resolve().parent.parent)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (package, environment.get("PYTHONPATH"))))


class _Lines(logging.Handler):
    """Tells what the server complains of, a harmless line each, without traces."""

    def __init__(self) -> None:
        super().__init__()
        self._told = ""

    def emit(self, record: logging.LogRecord) -> None:
        """One line on standard error; the same one again is not told."""
        line = f"keykata serve: {safe_line(record.getMessage())}"
        if line != self._told:  # thousands a second, where connections take all that the system allows
            stderr().line(line)
        self._told = line


def _quiet_log() -> None:
    lines = _Lines()
    for name in ("textual-serve", "aiohttp", "asyncio"):
        log = logging.getLogger(name)
        log.setLevel(logging.WARNING)
        log.propagate = False
        log.handlers = [lines]
