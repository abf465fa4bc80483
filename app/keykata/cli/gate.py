"""Who is let in when the app is served to a browser.

Three things are asked of every request: that it names this server by the very address that was given out
(another name that leads here is a trick with DNS), that no other page sends it, and that it knows the token.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from ipaddress import ip_address

from keykata.core.errors import UsageError

TOKEN_BYTES = 24
HTTP_PORT = 80  # the one that browsers leave out
HOST_HINT = "Leave --host out. From another computer, forward the port by ssh."


@dataclass(frozen=True, slots=True)
class Visit:
    """What a request says of itself.

    Attributes:
        hosts: its Host headers; exactly one is right.
        origins: its Origin headers; a browser sends one with everything a page of another site asks for.
        cookie: what it brings of what the gate gave it, "" for none.
        token: the token in its address, None when there is none.
        first: it asks for the first page.
    """

    hosts: Sequence[str]
    origins: Sequence[str] = ()
    cookie: str = ""
    token: str | None = None
    first: bool = False


class Verdict(Enum):
    """What becomes of a request; the value is what a refused one is told."""

    ENTER = ""
    TAKE_COOKIE = "Welcome."  # the token leaves the address, which others may see
    WRONG_HOST = "This address is not the one that keykata serve printed."
    WRONG_ORIGIN = "Another page may not ask for this."
    NO_TOKEN = "Open the whole address that keykata serve printed; it ends with a token."


class Gate:
    """Judges requests to one server.

    Args:
        host, port: where it listens; a name or number of this computer only.
        token: what a visitor must know; "" lets in everyone who comes by the right address.
    """

    def __init__(self, host: str, port: int, token: str) -> None:
        self._token = token
        name = f"[{host}]" if ":" in host else host
        self.authority = name if port == HTTP_PORT else f"{name}:{port}"
        self.origin = f"http://{self.authority}"
        self.cookie_name = f"keykata-{port}"  # browsers keep cookies by host: two servers must not mix theirs

    @property
    def address(self) -> str:
        """The address to open, token and all."""
        return f"{self.origin}/?token={self._token}" if self._token else f"{self.origin}/"

    def judge(self, visit: Visit) -> Verdict:
        """Whether a request may enter."""
        if [host.lower() for host in visit.hosts] != [self.authority]:
            return Verdict.WRONG_HOST
        if visit.origins and list(visit.origins) != [self.origin]:
            return Verdict.WRONG_ORIGIN
        if not self._token:
            return Verdict.ENTER
        if visit.token is not None and self._knows(visit.token):
            return Verdict.TAKE_COOKIE if visit.first else Verdict.ENTER
        return Verdict.ENTER if self._knows(visit.cookie) else Verdict.NO_TOKEN

    def _knows(self, word: str) -> bool:
        # as bytes: text other than ASCII cannot be compared in constant time
        return hmac.compare_digest(word.encode(errors="replace"), self._token.encode())


def loopback(host: str) -> str:
    """A host that leads to this computer and no further.

    Raises:
        UsageError: it is another one, or a name that might be.
    """
    wanted = host.strip().lower()
    if wanted == "localhost":
        return wanted
    try:
        address = ip_address(wanted)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise UsageError(f"{host!r} is not a loopback address; others could reach the app.", hint=HOST_HINT)
    return str(address)  # as browsers write it, whatever the zeros
